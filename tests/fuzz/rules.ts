import { allowsUnit } from "../../core/domain/quantity.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import { createSession, decoder, toHex, type Decoder, type Heard, type Profile } from "../../drivers/kit/index.ts";
import { isWeak } from "../../drivers/kit/checks.ts";
import { same } from "../../drivers/laws/same.ts";

/** What must hold for any bytes. The answer is the sentence of the first rule they break. */
export type Rule = (bytes: Uint8Array) => string | undefined;

/** More than this no decoder may hold back: twice the longest label. */
const mostPending = 2 * 65_536;

/** Where a stream is cut is part of the input: the same bytes are always cut alike. */
function pieces(bytes: Uint8Array): readonly Uint8Array[] {
  const result: Uint8Array[] = [];
  let hash = bytes.length + 1;
  for (let at = 0; at < bytes.length;) {
    hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) >>> 0;
    const size = 1 + (hash % 23);
    result.push(bytes.subarray(at, at + size));
    at += size;
  }
  return result;
}

const readingsIn = (heard: readonly Heard[]): readonly Reading[] =>
  heard.flatMap((each) => each.outcomes.flatMap((outcome) => (outcome.kind === "measurement" ? outcome.readings : [])));

/** The rules for one profile. `hearing` makes its decoder; a test gives a broken one to see that the rules bite. */
export function rulesFor(profile: Profile, hearing: () => Decoder = () => decoder(profile)): Rule {
  const all = (...chunks: readonly Uint8Array[]): readonly Heard[] => {
    const device = hearing();
    const heard: Heard[] = [];
    for (const chunk of chunks) {
      heard.push(...device.hearFrames(chunk));
      if (device.pending() > mostPending) throw new Error(`${device.pending()} bytes are held back`);
    }
    return [...heard, ...device.flushFrames()];
  };
  const { host } = profile.envelopes;
  const dropped = "drop" in host ? (host.drop as readonly number[]) : [];

  /** A frame with a strong enough check that carries numbers is refused when any one bit of it is wrong. */
  function bentIsBelieved(each: Heard): string | undefined {
    const right = readingsIn([each]);
    const device = hearing();
    for (let bit = 0; bit < each.raw.length * 8; bit++) {
      const bent = each.raw.with(bit >> 3, (each.raw[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      const wrong = readingsIn([...device.hearFrames(bent), ...device.flushFrames()]).filter(
        (reading) => !right.some((other) => same(reading, other)),
      );
      if (wrong.length > 0) return `${toHex(bent)} is believed though bit ${bit} of ${toHex(each.raw)} is wrong`;
    }
    return undefined;
  }

  function broken(bytes: Uint8Array): string | undefined {
    const heard = all(bytes);
    const told = heard.map((each) => toHex(each.raw)).join("");
    const sent = toHex(bytes.filter((byte) => !dropped.includes(byte)));
    if (told !== sent) return `of ${sent} came back ${told}`;
    const frames = (list: readonly Heard[]): readonly Heard[] => list.filter((each) => each.frame !== undefined);
    if (!same(frames(all(...pieces(bytes))), frames(heard))) return "in pieces it says something else";
    for (const reading of readingsIn(heard)) {
      if (!Number.isFinite(reading.value)) return `a reading is ${reading.value}`;
      if (!allowsUnit(reading.quantity, reading.unit))
        return `a unit does not belong to its quantity: ${JSON.stringify(reading)}`;
    }
    // Without a check a wrong bit may pass: those devices are confirmed on their display.
    if (profile.check !== "none")
      for (const each of heard) {
        const bent = readingsIn([each]).length > 0 ? bentIsBelieved(each) : undefined;
        if (bent !== undefined) return bent;
      }
    const session = createSession(profile);
    session.begin(0);
    pieces(bytes).forEach((piece, i) => session.hear(piece, i));
    session.wake(10_000);
    session.stop(10_001);
    return undefined;
  }

  return (bytes) => {
    try {
      return broken(bytes);
    } catch (error) {
      return `it throws: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}

/** Said with a run: how much a single check of this kind proves. */
export const proves = (profile: Profile): string =>
  profile.check === "none" ? "no check" : isWeak(profile.check) ? `${profile.check}, weak` : profile.check;
