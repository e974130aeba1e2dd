import { astmKind } from "./astm.ts";
import { binaryKind } from "./binary.ts";
import type { Control, EnvelopeKind, ReaderSink } from "./envelope.ts";
import type { CompiledFrame } from "./frame-table.ts";
import type { Framer } from "./framer.ts";
import { hl7Kind } from "./hl7.ts";
import { labelKind } from "./label.ts";
import type { Envelope, Frame, Profile } from "./schema.ts";
import { textKind } from "./text.ts";
import type { Values } from "./value.ts";

/** Every way in which a device may wrap what it says. A new one is a line here and in `schema.ts`, and files of its own. */
const kinds: { readonly [K in Envelope["kind"]]: EnvelopeKind<Extract<Envelope, { readonly kind: K }>> } = {
  astm: astmKind,
  binary: binaryKind,
  hl7: hl7Kind,
  label: labelKind,
  text: textKind,
};

/** The envelope's own kind, which by the table above is the one that understands it. */
export function kindOf(envelope: Envelope): EnvelopeKind<Envelope> {
  return kinds[envelope.kind];
}

export function envelopeFor(profile: Profile, to: Frame["to"]): Envelope | undefined {
  return to === "host" ? profile.envelopes.host : profile.envelopes.device;
}

/** Undefined where nothing is ever sent in that direction. */
export function createReader(
  profile: Profile,
  side: "host" | "device",
  table: readonly CompiledFrame[],
  sink: ReaderSink,
): Framer | undefined {
  const envelope = envelopeFor(profile, side);
  if (envelope === undefined || table.length === 0) return undefined;
  return kindOf(envelope).reader({ profile, side, envelope, table, sink });
}

/**
 * The bytes of one frame of the table. `control`: line-control bits that the link adds.
 * Throws when a value does not fit its field: profiles are checked when they are loaded, so that is a bug.
 */
export function encode(profile: Profile, name: string, values: Values, control?: Control): Uint8Array {
  const frame: Frame | undefined = profile.frames[name];
  if (frame === undefined) throw new Error(`${profile.id} has no frame ${name}`);
  const envelope = envelopeFor(profile, frame.to);
  if (envelope === undefined) throw new Error(`${profile.id} sends nothing to the device`);
  return kindOf(envelope).encode(profile, envelope, frame, values, control);
}
