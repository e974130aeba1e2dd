import { checks } from "./checks.ts";
import type { BinaryEnvelope } from "./schema.ts";

/** Bytes that the check takes on the wire. */
export function checkSize(envelope: BinaryEnvelope): number {
  return envelope.check.form === "hex" ? 2 : checks[envelope.check.kind].size;
}

/** Where a frame's check begins. */
export function checkAt(envelope: BinaryEnvelope, size: number): number {
  return size - (envelope.end?.length ?? 0) / 2 - checkSize(envelope);
}

/** Where a frame's free part ends: before tail, check and end. */
export function payloadEnd(envelope: BinaryEnvelope, size: number): number {
  return checkAt(envelope, size) - (envelope.tail?.length ?? 0) / 2;
}

/** Upper-case, as every device that writes its check in digits does. */
export const hexDigit = (nibble: number): number => nibble + (nibble < 10 ? 0x30 : 0x37);
