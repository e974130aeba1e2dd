import type { DiscardReason } from "../../core/domain/outcome.ts";
import type { Unit } from "../../core/domain/quantity.ts";
import type { EnvelopeKind, ReaderParts } from "./envelope.ts";
import type { Framer, FrameSink } from "./framer.ts";
import { checkedTime } from "./device-time.ts";
import { asciiBytes, asciiText, fromHex } from "./hex.ts";
import type { AnalyteField, Field, Frame, LabelEnvelope } from "./schema.ts";
import { isMeasured, textOf, type Impossible, type Value, type Values } from "./value.ts";

const LF = 0x0a;

/** Row texts of a label by y, in the order they were printed. */
type Rows = ReadonlyMap<number, string>;

type Cut =
  | { readonly is: "whole"; readonly end: number; readonly rows: Rows }
  | { readonly is: "open" }
  | { readonly is: "broken" };

/** The fixed texts of a printer's language as bytes. */
interface Texts {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly rowEnd: Uint8Array;
  readonly blank: Uint8Array;
  readonly print: Uint8Array;
  readonly mark: Uint8Array;
  readonly endMark: Uint8Array;
  /** By y; no more rows than a label of the greatest size has. */
  readonly y: Map<number, Uint8Array>;
}

const textsOf = new WeakMap<LabelEnvelope, Texts>();
/** Made once for each envelope: a label is looked at again with every row that may end it. */
function labelTexts(envelope: LabelEnvelope): Texts {
  const known = textsOf.get(envelope);
  if (known !== undefined) return known;
  const texts = {
    head: asciiBytes(envelope.row.head),
    tail: asciiBytes(`${envelope.row.tail}"`),
    rowEnd: asciiBytes('"\n'),
    blank: asciiBytes(`${" ".repeat(envelope.clear.blanks)}"\n`),
    print: asciiBytes(`${envelope.print}\n`),
    mark: fromHex(envelope.start),
    endMark: fromHex(envelope.end),
    y: new Map<number, Uint8Array>(),
  };
  textsOf.set(envelope, texts);
  return texts;
}
function yText(envelope: LabelEnvelope, texts: Texts, y: number): Uint8Array {
  const known = texts.y.get(y);
  if (known !== undefined) return known;
  const text = asciiBytes(String(y).padStart(envelope.row.yDigits, "0"));
  texts.y.set(y, text);
  return text;
}

/**
 * Reads one label from `start`, where its start mark stands. There is no checksum, so every line must be exactly what the
 * printer language allows, rows must follow each other without a gap, and the blank label behind must be whole.
 */
function cutLabel(envelope: LabelEnvelope, bytes: Uint8Array, start: number, end: number): Cut {
  const { row, clear } = envelope;
  const texts = labelTexts(envelope);
  const { head, tail, mark, endMark } = texts;
  let at = start;
  let open = false;
  /** Takes these bytes; "open" is remembered when they agree as far as they have come. */
  const take = (wanted: Uint8Array): boolean => {
    for (let i = 0; i < wanted.length; i++) {
      if (at + i >= end) return !(open = true);
      if (bytes[at + i] !== wanted[i]) return false;
    }
    at += wanted.length;
    return true;
  };
  const takeRow = (y: number, rows: Map<number, string>, blank: boolean): boolean => {
    if (!take(head) || !take(yText(envelope, texts, y)) || !take(tail)) return false;
    if (blank) return take(texts.blank);
    const from = at;
    while (at < end && bytes[at] !== 0x22 && bytes[at] !== LF) at++;
    if (at >= end) return !(open = true);
    const to = at;
    if (!take(texts.rowEnd)) return false;
    rows.set(y, asciiText(bytes, from, to));
    return true;
  };
  const verdict = (): Cut => (open ? { is: "open" } : { is: "broken" });

  const rows = new Map<number, string>();
  if (!take(mark)) return verdict();
  let y = row.firstY;
  do {
    if (!takeRow(y, rows, false)) return verdict();
    y += row.stepY;
    if (at >= end) return { is: "open" };
  } while (bytes[at] === head[0]);
  if (!take(texts.print) || !take(mark)) return verdict();
  for (let i = 0; i < clear.rows; i++) if (!takeRow(row.firstY + i * row.stepY, rows, true)) return verdict();
  return take(endMark) ? { is: "whole", end: at, rows } : verdict();
}

/** Frames of a label stream. `drop` bytes are taken out on entry and are not reported: a bridge put them there. */
function createLabelFramer(envelope: LabelEnvelope, sink: FrameSink): Framer {
  const mark = fromHex(envelope.start);
  const endMark = fromHex(envelope.end);
  const dropped = new Uint8Array(256);
  for (const byte of envelope.drop) dropped[byte] = 1;
  const buffer = new Uint8Array(envelope.maxBytes * 2);
  let begin = 0;
  let end = 0;
  let runStart = 0;
  let runReason: DiscardReason = "noise";

  function nameRun(): void {
    if (runStart < begin) sink.discard(buffer, runStart, begin, runReason);
    runStart = begin;
    runReason = "noise";
  }
  function isMark(): "yes" | "no" | "open" {
    for (let i = 0; i < mark.length; i++) {
      if (begin + i >= end) return "open";
      if (buffer[begin + i] !== mark[i]) return "no";
    }
    return "yes";
  }
  function endsWith(wanted: Uint8Array): boolean {
    for (let i = 0; i < wanted.length; i++) if (buffer[end - wanted.length + i] !== wanted[i]) return false;
    return end - begin >= wanted.length;
  }
  function scan(silent: boolean): void {
    while (begin < end) {
      const found = isMark();
      if (found === "open" && !silent) return;
      const cut: Cut = found === "yes" ? cutLabel(envelope, buffer, begin, end) : { is: "broken" };
      if (cut.is === "whole") {
        nameRun();
        const start = begin;
        begin = runStart = cut.end;
        sink.frame(0, buffer, start, cut.end);
      } else if (cut.is === "open" && !silent && end - begin < envelope.maxBytes) {
        return;
      } else {
        // The blank label inside a broken one has a start mark, too: it belongs to the same broken label.
        if (found === "yes" && runReason === "noise") {
          nameRun();
          runReason = "incomplete";
        }
        begin++;
      }
    }
  }
  function compact(): void {
    nameRun();
    buffer.copyWithin(0, begin, end);
    end -= begin;
    begin = runStart = 0;
  }

  return {
    hear(chunk) {
      for (const byte of chunk) {
        if (dropped[byte] === 1) continue;
        if (end === buffer.length) compact();
        buffer[end++] = byte;
        // Noise is judged line by line. A begun label is judged where a mark stands, or when it is too long for one.
        const due = byte === LF && (isMark() !== "yes" || endsWith(mark) || endsWith(endMark));
        if (due || end - begin >= envelope.maxBytes) scan(false);
      }
      nameRun();
      if (begin === end) begin = end = runStart = 0;
    },
    flush() {
      scan(true);
      nameRun();
    },
    // Only a begun label counts: a lone line feed is the end of the one before.
    pending: () => (isMark() === "yes" ? end - begin : 0),
    prefer() {
      // One frame on the line: nothing to choose.
    },
  };
}

// Rows → values ------------------------------------------------------------------------------------------------------

/** What stands behind the caption's colon, without blanks around it. */
function afterColon(text: string): { readonly caption: string; readonly text: string } | undefined {
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { caption: text.slice(0, colon).trim(), text: text.slice(colon + 1).trim() };
}

const squeezed = (name: string): string => name.replaceAll(/\s/g, "").toUpperCase();

function readAnalyte(field: AnalyteField, text: string): Value | Impossible {
  if (text === field.absent) return { notCalculable: true };
  const parts = /^([<>]?) *(\d{1,4}(?:\.\d{1,3})?) *(\S*)$/.exec(text);
  if (parts === null) return { impossible: true, raw: text };
  // No unit is printed for a ratio; a printed "1" is a stray digit.
  const unit = (parts[3] === "" ? "1" : parts[3] === "1" ? "" : parts[3]) as Unit;
  const limits = field.units[unit];
  const value = Number(parts[2]);
  // There is no check on this line: a number that is printed with decimals and has lost its point is another number.
  const pointLost = limits !== undefined && limits.decimals > 0 && !text.includes(".");
  if (limits === undefined || pointLost || value < limits.min || value > limits.max)
    return { impossible: true, raw: text };
  return { value, unit, ...(parts[1] === "<" || parts[1] === ">" ? { comparator: parts[1] } : {}) };
}

type LabelReading =
  | {
      readonly ok: true;
      readonly values: Record<string, Value>;
      readonly impossible?: { readonly field: string; readonly raw: string };
      readonly other: Readonly<Record<string, string>>;
    }
  /** A row that must be there is not, or a row is no row: the label was not whole. */
  | { readonly ok: false };

function readLabel(fields: Readonly<Record<string, Field>>, rows: Rows): LabelReading {
  const byName = new Map<string, string>();
  const positioned = new Set<number>();
  for (const field of Object.values(fields)) {
    if (field.type === "row") positioned.add(field.y);
    if (field.type === "rowTime") positioned.add(field.dateY).add(field.timeY);
  }
  const claimed = new Set<string>();
  const captions = new Map<string, string>();
  for (const [y, text] of rows) {
    if (positioned.has(y)) continue;
    const parts = afterColon(text);
    if (parts === undefined) return { ok: false };
    // The same result twice on one label cannot be told apart from a damaged row.
    if (byName.has(squeezed(parts.caption))) return { ok: false };
    byName.set(squeezed(parts.caption), parts.text);
    captions.set(squeezed(parts.caption), parts.caption);
  }
  const behind = (y: number): string => afterColon(rows.get(y) ?? "")?.text ?? "";
  const values: Record<string, Value> = {};
  let analytes = 0;
  let impossible: { readonly field: string; readonly raw: string } | undefined;
  for (const [name, field] of Object.entries(fields)) {
    switch (field.type) {
      case "row": {
        const text = behind(field.y);
        if (field.required && !/^[A-Za-z0-9-]+$/.test(text)) return { ok: false };
        values[name] = text === "" ? null : text;
        break;
      }
      case "rowTime": {
        const date = /^(\d{4})[ .\-/](\d\d)[ .\-/](\d\d)$/.exec(behind(field.dateY));
        const time = /^(\d\d):(\d\d)$/.exec(behind(field.timeY));
        values[name] =
          date && time
            ? checkedTime(Number(date[1]), Number(date[2]), Number(date[3]), Number(time[1]), Number(time[2]))
            : null;
        break;
      }
      case "analyte": {
        values[name] = null;
        for (const each of field.names) {
          const text = byName.get(squeezed(each));
          if (text === undefined) continue;
          analytes++;
          claimed.add(squeezed(each));
          const value = readAnalyte(field, text);
          if (value !== null && typeof value === "object" && "impossible" in value)
            impossible ??= { field: name, raw: text };
          else values[name] = value;
        }
        break;
      }
      default:
        throw new Error(`a ${field.type} field does not stand on a label`);
    }
  }
  if (analytes === 0) return { ok: false };
  // A result the table does not know goes along as text.
  const other = Object.fromEntries(
    [...byName].filter(([name]) => !claimed.has(name)).map(([name, text]) => [captions.get(name) ?? name, text]),
  );
  return { ok: true, values, other, ...(impossible === undefined ? {} : { impossible }) };
}

// Values → rows ------------------------------------------------------------------------------------------------------

const captioned = (caption: string, text: string): string => `${caption.padEnd(8)}: ${text}`;

function writeAnalyte(field: AnalyteField, value: Value): string {
  const caption = (field.names[0] ?? "").padEnd(8);
  if (!isMeasured(value)) return `${caption}: ${field.absent} `;
  const decimals = field.units[value.unit]?.decimals ?? 0;
  const sign = value.comparator === undefined ? " " : `${value.comparator}  `;
  return `${caption}: ${sign}${value.value.toFixed(decimals)}${value.unit === "1" ? "" : ` ${value.unit}`}`;
}

/** Prints a label as the analyzer does, the blank one behind it included. */
function writeLabel(envelope: LabelEnvelope, frame: Frame, values: Values): Uint8Array {
  const { row, clear } = envelope;
  const fixed = new Map<number, string>();
  const results: string[] = [];
  for (const [name, field] of Object.entries(frame.fields)) {
    const value = values[name] ?? null;
    if (field.type === "row") fixed.set(field.y, captioned(field.caption, value === null ? "" : textOf(value)));
    if (field.type === "rowTime") {
      const text = value === null ? "" : textOf(value);
      fixed.set(field.dateY, captioned(field.caption, text.slice(0, 10).replaceAll("-", " ")));
      fixed.set(field.timeY, captioned(field.caption, text.slice(11, 16)));
    }
    if (field.type === "analyte" && value !== null) results.push(writeAnalyte(field, value));
  }
  const line = (y: number, text: string): string =>
    `${row.head}${String(y).padStart(row.yDigits, "0")}${row.tail}"${text}"\n`;
  const lines: string[] = [];
  let y = row.firstY;
  for (; fixed.has(y); y += row.stepY) lines.push(line(y, fixed.get(y) ?? ""));
  for (const text of results) {
    lines.push(line(y, text));
    y += row.stepY;
  }
  const blanks = Array.from({ length: clear.rows }, (_, i) =>
    line(row.firstY + i * row.stepY, " ".repeat(clear.blanks)),
  );
  const text = `${lines.join("")}${envelope.print}\n`;
  const parts = [
    fromHex(envelope.start),
    asciiBytes(text),
    fromHex(envelope.start),
    asciiBytes(blanks.join("")),
    fromHex(envelope.end),
  ];
  const label = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    label.set(part, at);
    at += part.length;
  }
  return label;
}

function createLabelReader({ envelope, table, sink }: ReaderParts<LabelEnvelope>): Framer {
  const frame = table[0]?.frame;
  const discard = (bytes: Uint8Array, start: number, end: number, reason: DiscardReason): void =>
    sink.discard(new Uint8Array(bytes.subarray(start, end)), reason);
  return createLabelFramer(envelope, {
    frame(_index, bytes, start, end) {
      const cut = cutLabel(envelope, bytes, start, end);
      const read = cut.is === "whole" && frame !== undefined ? readLabel(frame.fields, cut.rows) : undefined;
      if (read?.ok !== true) {
        discard(bytes, start, end, "incomplete");
        return;
      }
      const raw = new Uint8Array(bytes.subarray(start, end));
      if (read.impossible === undefined) sink.frame(0, read.values, raw, read.other);
      else sink.impossible(0, read.impossible.field, read.impossible.raw, read.values, raw);
    },
    discard,
  });
}

/** A printer's label as a text stream. */
export const labelKind: EnvelopeKind<LabelEnvelope> = {
  fields: ["row", "rowTime", "analyte"],
  reader: createLabelReader,
  encode: (_profile, envelope, frame, values) => writeLabel(envelope, frame, values),
  check(profile, _envelope, name, frame, say) {
    const count = Object.values(profile.frames).filter((each) => each.to === frame.to).length;
    if (count !== 1) say(`frames.${name}`, "a label stream carries exactly one frame");
  },
  canForm: () => false,
};
