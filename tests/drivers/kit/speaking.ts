import { checkProfile, decoder, type Heard, type Profile } from "../../../drivers/kit/index.ts";

export type Json = Readonly<Record<string, unknown>>;

/** A device of no maker that says one kind of text. The tests bring the envelope, the frames and what they mean. */
export function speaking(host: Json, frames: Json, meaning: Json, more: Json = {}): Profile {
  const checked = checkProfile({
    id: "toy-text",
    model: { maker: "Toy", name: "Text" },
    source: "made for the tests",
    dossier: "none",
    measures: [],
    serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
    check: (host["check"] as { kind: string } | undefined)?.kind ?? "none",
    confirm: "display",
    actuates: false,
    push: true,
    envelopes: { host: { kind: "text", maxBytes: 256, ...host } },
    frames,
    meaning,
    session: {
      steps: [{ do: "listen", phase: "waiting", firstMs: 1_000, silenceMs: 1_000 }],
      totalMs: 2_000,
      gapMs: 100,
    },
    forbidden: [],
    simulate: { answers: {}, faults: {} },
    ...more,
  });
  if (!checked.ok) throw new Error(checked.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
  return checked.profile;
}
/** A rule that tells these fields under their own names. */
export const about = (...fields: readonly string[]): Json => ({
  kind: "information",
  about: "text",
  values: Object.fromEntries(fields.map((field) => [field, field])),
});
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
/** Piece by piece, with silence behind the last. */
export function heard(profile: Profile, ...pieces: readonly string[]): readonly Heard[] {
  const device = decoder(profile);
  return [...pieces.flatMap((piece) => device.hearFrames(bytesOf(piece))), ...device.flushFrames()];
}
/** One frame with one layout between brackets. */
export const one = (layout: string, fields: Json, more: Json = {}): Profile =>
  speaking({ start: "5b", end: ["5d"] }, { line: { to: "host", layout, fields, ...more } }, { line: about() });
