import { z } from "zod";
import { mostProfileBytes } from "../../core/contract/technician-devices.ts";

/** Largest frame a client may send, in UTF-8 bytes (realtime.md §6). */
export const maxFrameBytes = 64 * 1024;

/** Calls that carry a file. */
const fileCalls: ReadonlySet<string> = new Set(["/technician/devices/addProfile", "/technician/voice/keep"]);
/** Largest frame of such a call: every character of its text escaped, and what stands around it. */
export const maxFileFrameBytes = 2 * mostProfileBytes + 4_096;

/**
 * The envelope of a client's frame as oRPC 1.16 writes it: `i` id, `t` type (absent: request, 3: item of a client's
 * stream, 4: abort), `p` payload. It is checked here because the library throws on frames of another shape, outside of any
 * `catch`. Bodies of another kind than JSON (files, forms, client streams) are not part of our contracts and are refused.
 */
const frameSchema = z.union([
  z.strictObject({
    i: z.string().min(1).max(64),
    p: z.strictObject({
      u: z.string().regex(/^\/[A-Za-z0-9/._-]{1,200}$/),
      b: z.unknown().optional(),
      h: z.strictObject({}).optional(),
    }),
  }),
  z.strictObject({ i: z.string().min(1).max(64), t: z.literal(4), p: z.undefined().optional() }),
]);

/** Nothing in our contracts is nested deeper; schemas walk down recursively, and the stack ends long before 64 kB of `[` do. */
const maxDepth = 32;

/** `id`: that of the request, where it could be read, so that its caller can be answered. */
export type Checked =
  { readonly ok: true } | { readonly ok: false; readonly why: "size" | "form"; readonly id: string | undefined };

/** Never throws. */
export function checkFrame(frame: unknown): Checked {
  if (typeof frame !== "string") return { ok: false, why: "form", id: undefined };
  // A UTF-16 unit takes up to three bytes of UTF-8: short texts need no counting.
  const large = frame.length * 3 > maxFrameBytes && Buffer.byteLength(frame) > maxFrameBytes;
  if (large && frame.length > maxFileFrameBytes) return { ok: false, why: "size", id: undefined };
  if (depthOf(frame) > maxDepth) return { ok: false, why: "form", id: undefined };
  const value = parsed(frame);
  if (large && !carriesFile(value)) return { ok: false, why: "size", id: idIn(value) };
  return frameSchema.safeParse(value).success ? { ok: true } : { ok: false, why: "form", id: idIn(value) };
}

function carriesFile(value: unknown): boolean {
  const frame = frameSchema.safeParse(value);
  return frame.success && frame.data.p !== undefined && fileCalls.has(frame.data.p.u);
}

/** How deep brackets are nested in a JSON text; for other texts some number. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at];
    if (quoted) {
      if (unit === "\\") at++;
      else if (unit === '"') quoted = false;
    } else if (unit === '"') quoted = true;
    else if (unit === "[" || unit === "{") deepest = Math.max(deepest, ++depth);
    else if (unit === "]" || unit === "}") depth--;
  }
  return deepest;
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return undefined;
  }
}

function idIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("i" in value)) return undefined;
  return typeof value.i === "string" && value.i.length <= 64 ? value.i : undefined;
}

/** The answer to a frame that was not let in, in the library's own form. An unread id is answered as "". */
export function refusalFrame(id: string | undefined): string {
  const error = {
    defined: false,
    code: "BAD_REQUEST",
    status: 400,
    message: "the frame was not accepted",
    data: { code: "wire.badInput" },
  };
  return JSON.stringify({ i: id ?? "", p: { s: 400, b: { json: error } } });
}
