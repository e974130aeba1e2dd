import type { BinaryEnvelope, Frame, Frames, Profile } from "./schema.ts";
import { checks } from "./checks.ts";
import { fieldCodec, writeHex } from "./fields.ts";
import { frameSizes } from "./frame-table.ts";
import { fromHex } from "./hex.ts";
import { writeLabel } from "./label.ts";
import { textOf, type Value, type Values } from "./value.ts";

/** Where a binary frame's free part ends: before tail and check. */
export function payloadEnd(envelope: BinaryEnvelope, size: number): number {
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

function encodeBinary(
  envelope: BinaryEnvelope,
  frame: Frame,
  values: Values,
  control?: { readonly at: number; readonly bits: number },
): Uint8Array {
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

/**
 * The bytes of one frame of the table. `control`: line-control bits that the link adds.
 * Throws when a value does not fit its field: profiles are checked when they are loaded, so that is a bug.
 */
export function encode(
  profile: Profile,
  name: string,
  values: Values,
  control?: { readonly at: number; readonly bits: number },
): Uint8Array {
  const frames: Frames = profile.frames;
  const frame = frames[name];
  if (frame === undefined) throw new Error(`${profile.id} has no frame ${name}`);
  const envelope = frame.to === "host" ? profile.envelopes.host : profile.envelopes.device;
  if (envelope === undefined) throw new Error(`${profile.id} sends nothing to the device`);
  return envelope.kind === "label"
    ? writeLabel(envelope, frame, values)
    : encodeBinary(envelope, frame, values, control);
}
