import type { Frame } from "./schema.ts";
import type { TextTemplate } from "./text-compile.ts";
import { isImpossible, isMeasured, type Value, type Values } from "./value.ts";

/** Keys with values, in any order: `Wk,82.7` or a line `CHOL: 3.29mmol/L`. */

type Pairs = NonNullable<Frame["pairs"]>;
interface Pair {
  readonly key: string;
  readonly value: string;
}
const mostPairs = 256;

/** Splits outside of quotes. Undefined where a quote has no end. */
function split(text: string, { separator, quote }: Pairs): readonly string[] | undefined {
  if (quote === undefined) return text.split(separator);
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === quote) quoted = !quoted;
    else if (!quoted && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at));
      from = at + separator.length;
      at = from - 1;
    }
  }
  parts.push(text.slice(from));
  return quoted ? undefined : parts;
}

function pairOf(text: string, { between = "", keyWidth }: Pairs): Pair | undefined {
  if (keyWidth !== undefined)
    return text.length < keyWidth ? undefined : { key: text.slice(0, keyWidth), value: text.slice(keyWidth).trim() };
  const at = text.indexOf(between);
  return at < 1 ? undefined : { key: text.slice(0, at), value: text.slice(at + between.length).trim() };
}

function pairsOf(text: string, rule: Pairs): readonly Pair[] | undefined {
  if (text === "") return [];
  const parts = split(text, rule);
  if (parts === undefined) return undefined;
  if (rule.between === rule.separator)
    return parts.length % 2 === 0
      ? parts.flatMap((key, i) => (i % 2 === 0 ? [{ key, value: parts[i + 1] ?? "" }] : []))
      : undefined;
  const pairs = parts.map((part) => {
    const free = rule.free?.some((begin) => part.startsWith(begin)) === true;
    return free ? { key: part, value: "" } : pairOf(part, rule);
  });
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

/** Without its quotes; undefined where quotes stand inside. */
function unquoted(
  value: string,
  quote: string | undefined,
): { readonly text: string; readonly was: boolean } | undefined {
  if (quote === undefined || !value.includes(quote)) return { text: value, was: false };
  const inside = value.slice(1, -1);
  return value.length >= 2 && value.startsWith(quote) && value.endsWith(quote) && !inside.includes(quote)
    ? { text: inside, was: true }
    : undefined;
}

const carriesNumber = (value: Value): boolean =>
  isMeasured(value) ||
  typeof value === "number" ||
  (typeof value === "object" && value !== null && "notCalculable" in value);

const printable = /^[\x20-\x7e\xa0-\xff]*$/;

export interface PairsRead {
  readonly values: Values;
  readonly impossible: { readonly field: string; readonly raw: string } | undefined;
  readonly notes: Readonly<Record<string, string>>;
}

/** Undefined where a pair is none, a key stands twice or a value is not what its field holds: then nothing of it counts. */
export function readPairs({ frame, keyed }: TextTemplate, text: string): PairsRead | undefined {
  const rule = frame.pairs;
  const pairs = rule === undefined ? undefined : pairsOf(text, rule);
  if (rule === undefined || pairs === undefined || pairs.length > (rule.most ?? mostPairs)) return undefined;
  const values: Record<string, Value> = {};
  const notes: Record<string, string> = {};
  let impossible: PairsRead["impossible"];
  for (const { name } of keyed.values()) values[name] = null;
  const seen = new Set<string>();
  let numbers = 0;
  for (const pair of pairs) {
    const known = keyed.get(pair.key);
    const name = known?.name ?? `key ${pair.key}`;
    const value = unquoted(pair.value, rule.quote);
    if (seen.has(name) || value === undefined) return undefined;
    seen.add(name);
    if (known === undefined) {
      if (rule.unknown === "refuse" || !printable.test(pair.key + value.text)) return undefined;
      if (rule.unknown === "note") notes[pair.key] = value.text;
      continue;
    }
    if (value.was !== (rule.quote !== undefined && known.field.type === "text")) return undefined;
    const read = known.codec.read(value.text, 0, value.text.length);
    if (read?.next !== value.text.length) return undefined;
    if (isImpossible(read.value)) {
      impossible ??= { field: known.name, raw: read.value.raw };
      numbers++;
    } else {
      values[known.name] = read.value;
      if (carriesNumber(read.value)) numbers++;
    }
  }
  return numbers < rule.least ? undefined : { values, impossible, notes };
}

export function writePairs({ frame, keyed }: TextTemplate, values: Values): string {
  const rule = frame.pairs;
  if (rule === undefined) throw new Error("there are no pairs");
  const written = new Set<string>();
  const pairs: string[] = [];
  for (const [key, { name, field, codec }] of keyed) {
    const value = values[name] ?? null;
    // The first key of a field is the one that is written.
    if (value === null || written.has(name)) continue;
    written.add(name);
    const quote = field.type === "text" ? (rule.quote ?? "") : "";
    pairs.push(`${key}${rule.between ?? ""}${quote}${codec.write(value)}${quote}`);
  }
  return pairs.join(rule.separator);
}
