/** What came in one message: a call, the end of one, or an item of the feed that a client sends with a call. */
export type Message =
  | { readonly kind: "call"; readonly id: string; readonly path: string; readonly body: unknown }
  | { readonly kind: "abort"; readonly id: string }
  | { readonly kind: "item"; readonly id: string; readonly event: unknown; readonly body: unknown };

/** As the contract's names make it. Whatever else a library would take for the same path is not sent by any page or station. */
const namedPath = /^(?:\/[A-Za-z_]+){2,}$/;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads the outside of a message as the wire library of pages and stations writes it: `i` id, `t` type (absent or 1: call,
 * 3: item, 4: abort), `p` with `u` path, `b` body; of an item `e` event, `d` body. Undefined for anything else. Never throws.
 */
export function readMessage(text: string): Message | undefined {
  const envelope = parsed(text);
  if (!isRecord(envelope)) return undefined;
  const { i: id, t: type, p: payload } = envelope;
  if (typeof id !== "string" || id.length === 0 || id.length > 64) return undefined;
  if (type === 4) return { kind: "abort", id };
  if (type === 3) return isRecord(payload) ? { kind: "item", id, event: payload.e, body: payload.d } : undefined;
  if ((type !== undefined && type !== 1) || !isRecord(payload)) return undefined;
  const { u: path, m: method, b: body } = payload;
  if (typeof path !== "string" || path.length > 200 || !namedPath.test(path)) return undefined;
  return method === undefined || method === "POST" ? { kind: "call", id, path, body } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
