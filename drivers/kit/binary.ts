import { createBinaryFramer } from "./binary-framer.ts";
import { checks } from "./checks.ts";
import type { Control, EnvelopeKind, ReaderParts, Say } from "./envelope.ts";
import { fieldCodec, fieldOffsets, writeHex } from "./fields.ts";
import { frameSizes } from "./frame-table.ts";
import type { Framer } from "./framer.ts";
import { fromHex } from "./hex.ts";
import type { BinaryEnvelope, Field, Frame, Profile } from "./schema.ts";
import { isImpossible, textOf, type Value, type Values } from "./value.ts";

/** Where a binary frame's free part ends: before tail and check. */
function payloadEnd(envelope: BinaryEnvelope, size: number): number {
  return size - checks[envelope.check.kind].size - (envelope.tail?.length ?? 0) / 2;
}

function sizeFor(envelope: BinaryEnvelope, frame: Frame, values: Values): number {
  const [smallest, largest] = frameSizes(frame);
  if (smallest === largest) return smallest;
  // Only text without a size of its own makes a frame vary.
  for (const [name, field] of Object.entries(frame.fields)) {
    if (field.type !== "ascii" || field.size !== undefined) continue;
    const after = envelope.check.kind === "none" ? 0 : checks[envelope.check.kind].size;
    return field.at + textOf(values[name] ?? "").length + after + (envelope.tail?.length ?? 0) / 2;
  }
  return smallest;
}

function seal(envelope: BinaryEnvelope, bytes: Uint8Array): void {
  const check = checks[envelope.check.kind];
  if (check.size === 0) return;
  const at = bytes.length - check.size;
  const sum = check.extend(check.start, bytes, envelope.check.from, at);
  if (check.size === 1) bytes[at] = sum;
  else bytes.set(envelope.check.order === "le" ? [sum & 0xff, sum >> 8] : [sum >> 8, sum & 0xff], at);
}

function encodeBinary(envelope: BinaryEnvelope, frame: Frame, values: Values, control?: Control): Uint8Array {
  const size = sizeFor(envelope, frame, values);
  const bytes = new Uint8Array(size);
  writeHex(bytes, 0, envelope.head);
  if (envelope.length !== undefined) bytes[envelope.length.at] = size - envelope.length.plus;
  if (frame.fill !== undefined) writeHex(bytes, frame.fill.at, frame.fill.is);
  for (const match of frame.match ?? []) {
    if ("any" in match) bytes[match.at] = match.any[0] ?? 0;
    else if ("sizeMinus" in match) bytes[match.at] = size - match.sizeMinus;
    else fromHex(match.is).forEach((byte, i) => (bytes[match.at + i] = (bytes[match.at + i] ?? 0) | byte));
  }
  const end = payloadEnd(envelope, size);
  for (const [name, field] of Object.entries(frame.fields)) {
    const value: Value | undefined = values[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    fieldCodec(field).write(bytes, 0, end, value);
  }
  if (envelope.tail !== undefined) writeHex(bytes, end, envelope.tail);
  if (control !== undefined) bytes[control.at] = (bytes[control.at] ?? 0) | control.bits;
  seal(envelope, bytes);
  return bytes;
}

function createBinaryReader({ envelope, table, sink }: ReaderParts<BinaryEnvelope>): Framer {
  const codecs = table.map(({ frame }) =>
    Object.entries(frame.fields).map(([name, field]) => ({ name, codec: fieldCodec(field) })),
  );
  return createBinaryFramer(envelope, table, {
    frame(index, bytes, start, end) {
      const raw = new Uint8Array(bytes.subarray(start, end));
      const freeEnd = start + payloadEnd(envelope, end - start);
      const values: Record<string, Value> = {};
      for (const { name, codec } of codecs[index] ?? []) {
        const value = codec.read(bytes, start, freeEnd);
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

const isOpen = (field: Field): boolean => field.type === "ascii" && field.size === undefined;

function checkBinary(profile: Profile, envelope: BinaryEnvelope, name: string, frame: Frame, say: Say): void {
  const path = `frames.${name}`;
  const [smallest, largest] = frameSizes(frame);
  const room = smallest - checks[envelope.check.kind].size;
  for (const [fieldName, field] of Object.entries(frame.fields)) {
    if (field.type === "u16split" && field.low === undefined) say(`${path}.fields.${fieldName}`, "u16split needs low");
    const outside = "at" in field && isOpen(field) ? field.at > room : undefined;
    if (outside ?? fieldOffsets(field, smallest).some((at) => at >= room))
      say(`${path}.fields.${fieldName}`, "it does not fit into the frame");
  }
  if (smallest !== largest && !Object.values(frame.fields).some(isOpen))
    say(`${path}.size`, "only open text makes a frame vary in size");
  if (smallest === 0) say(`${path}.size`, "a binary frame needs a size");
  if (envelope.length !== undefined && largest - envelope.length.plus > 255)
    say(`${path}.size`, "the length byte cannot say this size");
  const sizes = new Set(
    Object.values(profile.frames)
      .filter((each) => each.to === frame.to)
      .map((each) => each.size),
  );
  if (envelope.length === undefined && sizes.size > 1)
    say(`${path}.size`, "without a length byte all frames have one size");
}

/** Fields and masked bits may hold anything. */
function canForm(
  _profile: Profile,
  envelope: BinaryEnvelope,
  frame: Frame,
  pattern: { readonly at: number; readonly is: string },
): boolean {
  const [smallest, largest] = frameSizes(frame);
  const wanted = fromHex(pattern.is);
  if (pattern.at + wanted.length > largest - checks[envelope.check.kind].size) return false;
  const free = new Set(Object.values(frame.fields).flatMap((field) => fieldOffsets(field, largest)));
  const constant = encodeBinary(envelope, { ...frame, size: smallest, fields: {} }, {});
  return wanted.every((byte, i) => free.has(pattern.at + i) || constant[pattern.at + i] === byte);
}

/** Head, length, type bytes, fields at offsets, tail, check. */
export const binaryKind: EnvelopeKind<BinaryEnvelope> = {
  fields: ["u8", "u16le", "u16be", "u32le", "u32be", "i8", "u16split", "flags", "code", "datetime", "ascii"],
  reader: createBinaryReader,
  encode: (_profile, envelope, frame, values, control) => encodeBinary(envelope, frame, values, control),
  check: checkBinary,
  canForm,
};
