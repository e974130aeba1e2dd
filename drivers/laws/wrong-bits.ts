import { allSessions, createSession, decoder, rulesOf, type Decoder, type Effect, type Profile } from "../kit/index.ts";
import { crc8Bits, isCrc } from "../kit/checks.ts";
import { carriersOf } from "../kit/meaning.ts";
import type { StepOf } from "../kit/schema.ts";
import { goldenBytes, hostFrames, joined, simulatedFrames } from "./golden.ts";
import { all, readingsIn } from "./hearing.ts";
import { broken, counted, noted, type Finding, type Law } from "./law.ts";

/** What wrong bits do to numbers: nothing, where the check sees them; and where it cannot, somebody else looks. */

/** Somebody else than the check compares: a person with the display, or the session several frames of a stream. */
function isCompared(profile: Profile): boolean {
  return (
    profile.confirm === "display" ||
    allSessions(profile).some(({ conversation }) => conversation.steps.some((step) => step.do === "settle"))
  );
}

/** A live number is shown while it moves; only results are kept. */
function isBelieved(profile: Profile, frame: string): boolean {
  return rulesOf(profile, frame).some(({ kind }) => kind === "measurement" || kind === "control");
}

/** Decoders that remember nothing from one broken frame to the next. */
function freshDecoder(profile: Profile): () => Decoder {
  const { host } = profile.envelopes;
  if (host.kind !== "binary" || host.check.or !== undefined) return () => decoder(profile);
  const device = decoder(profile);
  return () => device;
}

/** Says whether bytes carry a number that the right frame does not. */
function tellsWrong(profile: Profile, right: Uint8Array): (bytes: Uint8Array) => boolean {
  const device = freshDecoder(profile);
  const readingsOf = (bytes: Uint8Array): readonly string[] =>
    readingsIn(all(device(), bytes)).map((reading) => JSON.stringify(reading));
  const allowed = new Set(readingsOf(right));
  return (bytes) => readingsOf(bytes).some((reading) => !allowed.has(reading));
}

/** The step that reads this frame twice, if there is one. */
function readTwice(profile: Profile, frame: string): StepOf<"twice"> | undefined {
  return allSessions(profile)
    .flatMap(({ conversation }) => conversation.steps)
    .find((step): step is StepOf<"twice"> => step.do === "twice" && step.expect === frame);
}

/** As above where the frame is read twice: the answer comes broken once, and right every other time. */
function tellsWrongTwice(profile: Profile, step: StepOf<"twice">, right: Uint8Array): (bytes: Uint8Array) => boolean {
  const alone: Profile = { ...profile, session: { steps: [step], totalMs: 60_000, gapMs: 100 } };
  const readingsOf = (effects: readonly Effect[]): readonly string[] =>
    effects.flatMap((effect) =>
      effect.do === "tell" && "readings" in effect.outcome
        ? effect.outcome.readings.map((reading) => JSON.stringify(reading))
        : [],
    );
  const allowed = new Set(readingsIn(all(decoder(profile), right)).map((reading) => JSON.stringify(reading)));
  return (bytes) => {
    const session = createSession(alone);
    session.begin(0);
    const effects = [bytes, right, right].flatMap((answer, i) => session.hear(answer, 10 * i));
    return readingsOf(effects).some((reading) => !allowed.has(reading));
  };
}

/** What a wrong bit must not do: change a number of this frame in the way in which the session believes it. */
function judge(profile: Profile, frame: string, right: Uint8Array): (bytes: Uint8Array) => boolean {
  const isWrong = tellsWrong(profile, right);
  const step = readTwice(profile, frame);
  if (step === undefined) return isWrong;
  const isWrongTwice = tellsWrongTwice(profile, step, right);
  // What is no frame is no answer.
  return (bytes) => isWrong(bytes) && isWrongTwice(bytes);
}

/** A frame that carries readings, behind the frames whose fields are carried into it. */
function* tellingFrames(profile: Profile): Generator<readonly [string, Uint8Array]> {
  for (const frame of hostFrames(profile)) {
    const before = carriersOf(rulesOf(profile, frame)).map((carrier) => goldenBytes(profile, carrier));
    const telling = [...simulatedFrames(profile, frame), goldenBytes(profile, frame)]
      .map((golden) => joined(...before, golden))
      .find((bytes) => readingsIn(all(decoder(profile), bytes).slice(-1)).length > 0);
    if (telling !== undefined) yield [frame, telling];
  }
}

/** A label has so much fixed text that few bits are numbers; more than this share means that it is read too loosely. */
const mostOfLabel = 0.02;

function judgedFlips(profile: Profile, flips: number, wrong: number): Finding {
  const counts = { flips, flipsPassed: wrong };
  if (wrong === 0) return counted(counts);
  const said = `${wrong} of ${flips} single-bit errors change a number; confirm "${profile.confirm}"`;
  if (profile.check !== "none" || !isCompared(profile)) return broken(said);
  const tooMany = profile.envelopes.host.kind === "label" && wrong / flips >= mostOfLabel;
  return tooMany ? broken(said) : noted(said, counts);
}

/** Turns every bit of bytes that end with this frame. */
export function turnedBits(profile: Profile, frame: string, golden: Uint8Array): Finding {
  const isWrong = judge(profile, frame, golden);
  let wrong = 0;
  for (let bit = 0; bit < golden.length * 8; bit++) {
    const at = bit >> 3;
    if (isWrong(golden.with(at, (golden[at] ?? 0) ^ (1 << (bit & 7))))) wrong++;
  }
  return judgedFlips(profile, golden.length * 8, wrong);
}

export const wrongBit: Law = {
  id: "wrongBit",
  holds: {
    en: "one wrong bit never changes a number; without a check, the number is compared before it counts",
    zh: "错一位不会改变任何数值;没有校验的,数值须经比对才算数",
  },
  *cases(profile) {
    for (const [frame, golden] of tellingFrames(profile))
      yield { name: frame, run: () => turnedBits(profile, frame, golden) };
  },
};

/** Frames longer than this are not tried with every pair. */
const longestPaired = 32;

/** Turns every two bits of bytes that end with this frame; undefined where they are too many. */
export function turnedPairs(profile: Profile, frame: string, golden: Uint8Array): Finding | undefined {
  if (profile.check === "none" || golden.length > longestPaired) return undefined;
  const isWrong = judge(profile, frame, golden);
  const bits = golden.length * 8;
  const bent = new Uint8Array(golden);
  const flip = (bit: number): void => void (bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
  let passed = 0;
  for (let one = 0; one < bits; one++) {
    flip(one);
    for (let two = one + 1; two < bits; two++) {
      flip(two);
      if (isWrong(bent)) passed++;
      flip(two);
    }
    flip(one);
  }
  const pairs = (bits * (bits - 1)) / 2;
  const counts = { pairs, pairsPassed: passed };
  if (passed === 0) return counted(counts);
  const said = `${passed} of ${pairs} pairs of wrong bits pass the ${profile.check}; confirm "${profile.confirm}"`;
  const mayPass = !isCrc(profile.check) || (profile.check === "crc8-maxim" && bits > crc8Bits);
  return mayPass && (isCompared(profile) || !isBelieved(profile, frame)) ? noted(said, counts) : broken(said);
}

export const wrongPair: Law = {
  id: "wrongPair",
  holds: {
    en: "a CRC sees every two wrong bits; what a sum lets by is compared before it counts",
    zh: "CRC 能发现任何两位错误;求和或异或漏过的,数值须经比对才算数",
  },
  *cases(profile) {
    if (profile.check === "none") return;
    for (const [frame, golden] of tellingFrames(profile))
      if (golden.length <= longestPaired) yield { name: frame, run: () => turnedPairs(profile, frame, golden) };
  },
};
