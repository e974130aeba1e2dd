import { createBinaryFramer } from "./binary-framer.ts";
import { checkAt, checkSize, hexDigit, payloadEnd } from "./binary-layout.ts";
import { checks } from "./checks.ts";
import type { Control, EnvelopeKind, ReaderParts, Say } from "./envelope.ts";
import { fieldCodec, fieldOffsets, writeHex } from "./fields.ts";
import { frameSizes } from "./frame-table.ts";
import type { Framer } from "./framer.ts";
import { fromHex } from "./hex.ts";
import { integerTypes } from "./schema-binary.ts";
import { mostPacked, pack, unpack } from "./packing.ts";
import type { BinaryEnvelope, Field, Frame, Profile } from "./schema.ts";
import { isOpen, textSize } from "./string-fields.ts";
import { isImpossible, type Value, type Values } from "./value.ts";

function sizeFor(envelope: BinaryEnvelope, frame: Frame, values: Values): number {
  const [smallest, largest] = frameSizes(frame);
  if (smallest === largest) return smallest;
  // Only text without a size of its own makes a frame vary.
  for (const [name, field] of Object.entries(frame.fields))
    if (isOpen(field)) return field.at + textSize(field, values[name] ?? null) - payloadEnd(envelope, 0);
  return smallest;
}

function writeLength({ length }: BinaryEnvelope, bytes: Uint8Array): void {
  if (length === undefined) return;
  const said = bytes.length - length.plus;
  if (length.size !== 2) bytes[length.at] = said;
  else bytes.set(length.order === "le" ? [said & 0xff, said >> 8] : [said >> 8, said & 0xff], length.at);
}

function seal(envelope: BinaryEnvelope, bytes: Uint8Array): void {
  if (envelope.packing !== undefined) pack(bytes);
  const check = checks[envelope.check.kind];
  const { from, order, plus = 0, form } = envelope.check;
  if (envelope.end !== undefined) writeHex(bytes, bytes.length - envelope.end.length / 2, envelope.end);
  if (check.size === 0) return;
  const at = checkAt(envelope, bytes.length);
  const sum = (check.extend(check.start, bytes, from, at) + plus) & check.mask;
  if (form === "hex") bytes.set([hexDigit(sum >> 4), hexDigit(sum & 15)], at);
  else if (check.size === 1) bytes[at] = sum;
  else bytes.set(order === "le" ? [sum & 0xff, sum >> 8] : [sum >> 8, sum & 0xff], at);
}

/** The frame with every bit 7 in its place, without check and end. */
function formed(envelope: BinaryEnvelope, frame: Frame, values: Values): Uint8Array {
  const size = sizeFor(envelope, frame, values);
  const bytes = new Uint8Array(size);
  writeHex(bytes, 0, envelope.head);
  if (frame.fill !== undefined) writeHex(bytes, frame.fill.at, frame.fill.is);
  writeLength(envelope, bytes);
  for (const match of frame.match ?? []) {
    if ("any" in match) bytes[match.at] = match.any[0] ?? 0;
    else if ("sizeMinus" in match) bytes[match.at] = size - match.sizeMinus;
    else fromHex(match.is).forEach((byte, i) => (bytes[match.at + i] = (bytes[match.at + i] ?? 0) | byte));
  }
  const end = payloadEnd(envelope, size);
  for (const [name, field] of Object.entries(frame.fields)) {
    const value: Value | undefined = values[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    fieldCodec(field, frame.fields).write(bytes, 0, end, value, values);
  }
  if (envelope.tail !== undefined) writeHex(bytes, end, envelope.tail);
  return bytes;
}

function encodeBinary(envelope: BinaryEnvelope, frame: Frame, values: Values, control?: Control): Uint8Array {
  const bytes = formed(envelope, frame, values);
  if (control !== undefined) bytes[control.at] = (bytes[control.at] ?? 0) | control.bits;
  seal(envelope, bytes);
  return bytes;
}

function createBinaryReader({ envelope, table, sink }: ReaderParts<BinaryEnvelope>): Framer {
  const codecs = table.map(({ frame }) =>
    Object.entries(frame.fields).map(([name, field]) => ({ name, codec: fieldCodec(field, frame.fields) })),
  );
  const unpacked = envelope.packing === undefined ? undefined : new Uint8Array(mostPacked);
  return createBinaryFramer(envelope, table, {
    frame(index, bytes, start, end) {
      const raw = new Uint8Array(bytes.subarray(start, end));
      if (unpacked !== undefined) unpack(bytes, start, end - start, unpacked);
      const [plain, from] = unpacked === undefined ? [bytes, start] : [unpacked, 0];
      const freeEnd = from + payloadEnd(envelope, end - start);
      const values: Record<string, Value> = {};
      for (const { name, codec } of codecs[index] ?? []) {
        const value = codec.read(plain, from, freeEnd);
        if (isImpossible(value)) {
          sink.impossible(index, name, value.raw, values, raw);
          return;
        }
        values[name] = value;
      }
      sink.frame(index, values, raw);
    },
    discard: (bytes, start, end, reason) => sink.discard(new Uint8Array(bytes.subarray(start, end)), reason),
  });
}

function checkField(frame: Frame, fieldName: string, field: Field, room: number, path: string, say: Say): void {
  const at = `${path}.fields.${fieldName}`;
  if (field.type === "u16split" && field.low === undefined) say(at, "u16split needs low");
  if (isOpen(field) ? field.at > room : fieldOffsets(field, 0).some((offset) => offset >= room))
    say(at, "it does not fit into the frame");
  if (field.type === "flags" && Object.values(field.bits).some((bit) => bit >= 8 * (field.size ?? 1)))
    say(at, "it has no such bit");
  if (field.type === "digits" && typeof field.decimals === "object") {
    const by = frame.fields[field.decimals.by];
    if (by === undefined || by === field || (by.type !== "code" && !("min" in by)))
      say(at, `${field.decimals.by} does not say how many decimals there are`);
  }
}

function checkEnvelope(envelope: BinaryEnvelope, frame: Frame, path: string, say: Say): void {
  const [smallest, largest] = frameSizes(frame);
  const { length, check, packing } = envelope;
  if (smallest === 0) say(`${path}.size`, "a binary frame needs a size");
  if (smallest > largest) say(`${path}.size`, "the smallest size is above the largest");
  if (smallest !== largest && !Object.values(frame.fields).some(isOpen))
    say(`${path}.size`, "only open text makes a frame vary in size");
  if (
    length !== undefined &&
    (largest - length.plus > (length.size === 2 ? 65_535 : 255) || smallest - length.plus < 0)
  )
    say(`${path}.size`, "the length cannot say this size");
  if (length === undefined && smallest !== largest) say(`${path}.size`, "without a length a frame has one size");
  const tellsItself = (frame.match ?? []).some((match) => match.at === 0);
  if (envelope.head === "" && length === undefined && !tellsItself)
    say(`${path}.match`, "without a head a frame is told by its first byte");
  if (packing !== undefined && (largest > mostPacked || check.kind !== "none" || length !== undefined))
    say(path, "a packed frame has up to nine bytes, no length and no check");
  if (check.form === "hex" && checks[check.kind].size !== 1) say(path, "two hex digits hold a check of one byte");
  if (payloadEnd(envelope, smallest) < envelope.head.length / 2)
    say(`${path}.size`, "there is no room for the envelope");
}

function checkBinary(profile: Profile, envelope: BinaryEnvelope, name: string, frame: Frame, say: Say): void {
  const path = `frames.${name}`;
  const [smallest] = frameSizes(frame);
  const room = smallest - checkSize(envelope) - (envelope.end?.length ?? 0) / 2;
  for (const [fieldName, field] of Object.entries(frame.fields)) checkField(frame, fieldName, field, room, path, say);
  checkEnvelope(envelope, frame, path, say);
  const { or } = envelope.check;
  if (
    or?.learnFrom.includes(name) === true &&
    [profile.meaning[name] ?? []].flat().some((rule) => carriesNumbers(rule))
  )
    say(path, "a frame that tells the constant of the check carries no readings");
  for (const each of or?.learnFrom ?? [])
    if (profile.frames[each] === undefined) say("envelopes", `there is no frame ${each} to learn from`);
}

const carriesNumbers = (rule: unknown): boolean => typeof rule === "object" && rule !== null && "readings" in rule;

/** Fields and masked bits may hold anything. */
function canForm(
  _profile: Profile,
  envelope: BinaryEnvelope,
  frame: Frame,
  pattern: { readonly at: number; readonly is: string },
): boolean {
  const [smallest, largest] = frameSizes(frame);
  const wanted = fromHex(pattern.is);
  if (pattern.at + wanted.length > checkAt(envelope, largest)) return false;
  const free = new Set(Object.values(frame.fields).flatMap((field) => fieldOffsets(field, largest)));
  const constant = formed(envelope, { ...frame, size: smallest, fields: {} }, {});
  return wanted.every((byte, i) => free.has(pattern.at + i) || constant[pattern.at + i] === byte);
}

/** Head, length, type bytes, fields at offsets, tail, check, end. */
export const binaryKind: EnvelopeKind<BinaryEnvelope> = {
  fields: [
    ...integerTypes,
    "bits",
    "bcd",
    "tenths",
    "digits",
    "flags",
    "code",
    "datetime",
    "ascii",
    "utf16le",
    "gb18030",
    "raw",
  ],
  reader: createBinaryReader,
  encode: (_profile, envelope, frame, values, control) => encodeBinary(envelope, frame, values, control),
  check: checkBinary,
  canForm,
};
