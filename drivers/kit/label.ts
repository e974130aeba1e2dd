import type { DiscardReason } from "../../core/domain/outcome.ts";
import type { Unit } from "../../core/domain/quantity.ts";
import type { EnvelopeKind, ReaderParts } from "./envelope.ts";
import type { Framer } from "./framer.ts";
import { checkedTime } from "./device-time.ts";
import { asciiBytes, fromHex } from "./hex.ts";
import { createLabelFramer, LabelCutter, type Rows } from "./label-framer.ts";
import type { AnalyteField, Field, Frame, LabelEnvelope } from "./schema.ts";
import { isMeasured, textOf, type Impossible, type Value, type Values } from "./value.ts";

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
  const cutter = new LabelCutter(envelope);
  return createLabelFramer(envelope, {
    frame(_index, bytes, start, end) {
      const whole = cutter.cut(bytes, start, end) > 0;
      const read = whole && frame !== undefined ? readLabel(frame.fields, cutter.rows()) : undefined;
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
