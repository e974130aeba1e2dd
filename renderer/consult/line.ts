import type { z } from "zod";
import type { LineMessage } from "../../core/contract/live.ts";
import type { stepSchema } from "../../core/contract/views.ts";
import { climb, needs, poorer, startLadder, type Ladder, type LadderInput, type Step, type Why } from "./ladder.ts";
import { change, type LinkTotals } from "./link-stats.ts";
import { arrivalRate, pieceRate, planOf, type SendPlan } from "./send-plan.ts";
import { endTrain, hearTrain, noTrain, packetBytes, trainOf } from "./train.ts";
import { createWayTimes } from "./way-times.ts";

export type StepBody = z.infer<typeof stepSchema>;

/** What a side sends and why, for words. `before`: undefined with the first. */
export interface StepSaid {
  readonly step: Step;
  readonly why: Why;
  readonly before: Step | undefined;
  /** What the line was believed to carry, bit/s; undefined: not measured, or the other side's. */
  readonly capacity: number | undefined;
}

export interface LineParts {
  readonly generation: number;
  /** One monotonic clock, milliseconds. */
  readonly now: () => number;
  readonly totals: () => Promise<LinkTotals | undefined>;
  /** On the line channel. Nothing is sent again. */
  readonly send: (message: LineMessage) => void;
  readonly sendTrain: (packets: readonly Uint8Array<ArrayBuffer>[]) => void;
  /** On the live channel and through the hub. */
  readonly tellStep: (body: StepBody) => void;
  readonly apply: (plan: SendPlan) => void;
  /** How long what is heard may wait for a packet that is asked for again; 0: as short as the browser likes. */
  readonly buffer: (ms: number) => void;
  readonly onStep: (whose: "own" | "other", said: StepSaid) => void;
}

export interface Line {
  /** The line channel is open. */
  opened(): void;
  hear(message: LineMessage): void;
  hearTrain(packet: Uint8Array): void;
  /** A person wants no more than this, in both directions; `video` takes it back. */
  limit(most: Step): void;
  /** Readings go now; they get room before the picture. */
  reading(): void;
  /** Pieces of a still or a voice note go: the picture waits. */
  uploading(is: boolean): void;
  /** What pieces may take now, bit/s. */
  pieceRate(): number;
  /** What of them arrives, bit/s. */
  arrivalRate(): number;
  close(): void;
}

const everyMs = 2_000;
/** Reports missing for so long: the line is cut. */
const silentMs = 3_500;
/** A packet train whose end is lost is over after this. */
const trainEndMs = 400;
/** In checks: until the line is known, then, and on a line so thin that trains are felt. */
const trainEvery = { first: 2, then: 4, thin: 8 } as const;
const keptTrains = 8;
/** From here on a longer train is worth its packets. */
const thickLine = 150_000;
const firstPicture = 64_000;
/** By then a first small picture has gone. */
const firstPictureMs = 600;
const readingMs = 3_000;
const readingReserve = 8_000;
/** A lost packet of sixty milliseconds is missed when the next one comes; then it is asked for. */
const missedMs = 150;
const longestBufferMs = 500;

/** Runs one direction's ladder on one connection: reports what is heard, times trains, and applies what follows. */
export function createLine(parts: LineParts): Line {
  const { now } = parts;
  let ladder: Ladder = startLadder;
  let number = 0;
  let told: Step | undefined;
  let applied: SendPlan | undefined;
  let asked: Step = "video";
  let theirMost: Step = "video";
  let theirNumber = -1;
  let theirStep: Step | undefined;
  let uploading = false;
  let readingAt = -Infinity;
  let pictureSince: number | undefined;

  let trainId = 0;
  /** Sent and not answered; on a full line the answer takes seconds. */
  let unanswered: readonly number[] = [];
  /** A better line than known, not yet confirmed: a page that was busy hears packets closer together than they came. */
  let claim: number | undefined;
  let measured = false;
  /** The first capacity waits while a first small picture is on its way. */
  let confirmed: ReturnType<typeof setTimeout> | undefined;
  let newCapacity: number | undefined;
  let coming = noTrain;
  let trainEnd: ReturnType<typeof setTimeout> | undefined;

  let looked: { readonly at: number; readonly totals: LinkTotals } | undefined;
  let available: number | undefined;
  let reportAt: number | undefined;
  let toEcho: { readonly at: number; readonly heardAt: number } | undefined;
  let rttMs: number | undefined;
  const queuedOf = createWayTimes();
  /** Of what the other side sends. */
  let queuedMs: number | undefined;
  let ticks = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let firstLook: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    number += 1;
    parts.tellStep({
      kind: "step",
      generation: parts.generation,
      number,
      step: ladder.step,
      why: ladder.why,
      most: asked,
    });
  };

  const reserve = () => (now() - readingAt < readingMs && (ladder.capacity ?? 0) < thickLine ? readingReserve : 0);

  /** `holdVoice`: another voice is another description; a first picture does not wait behind it. */
  const applyPlan = (holdVoice = false) => {
    const wished = planOf(ladder, { reserve: reserve(), uploading });
    const plan = holdVoice && wished.voice && applied?.voice ? { ...wished, voice: applied.voice } : wished;
    pictureSince = plan.picture === undefined ? undefined : (pictureSince ?? now());
    if (JSON.stringify(plan) === JSON.stringify(applied)) return;
    applied = plan;
    parts.apply(plan);
  };

  const take = (input: LadderInput) => {
    ladder = climb(ladder, input);
    applyPlan(input.kind === "measured");
    if (ladder.step === told) return;
    const before = told;
    told = ladder.step;
    pictureSince = pictureSince === undefined ? undefined : now();
    tell();
    parts.onStep("own", { step: ladder.step, why: ladder.why, before, capacity: ladder.capacity });
  };

  const takeMost = () => {
    const theirs = poorer(theirMost, asked) !== asked;
    take({ kind: "most", most: poorer(theirMost, asked), by: theirs ? "otherSide" : "asked" });
  };

  const sendTrain = () => {
    trainId = (trainId + 1) % 256;
    unanswered = [...unanswered, trainId].slice(-keptTrains);
    const capacity = claim ?? ladder.capacity ?? 0;
    if (capacity >= thickLine) parts.sendTrain(trainOf(trainId, 8, packetBytes.thick));
    else parts.sendTrain(trainOf(trainId, 3, packetBytes.thin));
  };

  const hearCapacity = (heard: number) => {
    const better = heard > (ladder.capacity ?? 0) * 1.25;
    if (better && claim === undefined) {
      claim = heard;
      // Far enough from thin that a small picture may begin while the longer train says how fast it is.
      if (!measured && claim >= thickLine) take({ kind: "measured", capacity: firstPicture });
      return sendTrain();
    }
    // A few packets on a fast line say only that it is fast; the longer train says how fast.
    const capacity = claim === undefined || claim >= thickLine ? heard : Math.min(claim, heard);
    claim = undefined;
    if (measured) newCapacity = capacity;
    // A picture that grows while its first frame is made comes later than one that stays as it is.
    else if (pictureSince === undefined) takeMeasured(capacity);
    else {
      clearTimeout(confirmed);
      confirmed = setTimeout(() => takeMeasured(capacity), firstPictureMs);
    }
  };

  const takeMeasured = (capacity: number) => {
    measured = true;
    take({ kind: "measured", capacity });
    // The voice that was held.
    applyPlan();
  };

  const finishTrain = () => {
    clearTimeout(trainEnd);
    if (coming.coming) coming = endTrain(coming);
    if (coming.result) parts.send({ kind: "train", ...coming.result });
    coming = noTrain;
  };

  /** What came since the last look; undefined for the first one, and where nothing can be known. */
  const look = async () => {
    const totals = await parts.totals();
    if (totals === undefined || timer === undefined) return undefined;
    const at = now();
    const since = looked && change(looked.totals, totals, at - looked.at);
    looked = { at, totals };
    available = totals.available;
    return { at, since };
  };

  const report = async () => {
    const looks = await look();
    if (looks === undefined) return;
    const { at, since } = looks;
    if (since?.lost !== undefined)
      parts.buffer(since.lost > 0.01 ? Math.min((rttMs ?? 0) + missedMs, longestBufferMs) : 0);
    parts.send({
      kind: "heard",
      at,
      ...(toEcho ? { echo: { at: toEcho.at, heldMs: at - toEcho.heardAt } } : {}),
      ...(queuedMs === undefined ? {} : { queuedMs }),
      ...(since?.concealed === undefined ? {} : { concealed: since.concealed }),
      ...(since?.lost === undefined ? {} : { lost: since.lost }),
      ...(since === undefined ? {} : { frames: since.frames }),
    });
  };

  const trainIsDue = (): boolean => {
    if (ladder.step === "video" && claim === undefined) return false;
    const pace = !measured || claim !== undefined ? "first" : (ladder.capacity ?? 0) < needs.stills ? "thin" : "then";
    return ticks % trainEvery[pace] === 0;
  };

  const tick = async () => {
    ticks += 1;
    const cut = reportAt !== undefined && now() - reportAt > silentMs;
    if (cut) take({ kind: "check", check: { ...unknown, silent: true } });
    applyPlan();
    const train = !cut && trainIsDue();
    // A report times the way. Behind a train it would wait for it, and for a second where one of its packets is lost.
    await report();
    if (train && timer !== undefined) sendTrain();
  };

  const hearReport = (heard: LineMessage & { readonly kind: "heard" }) => {
    const at = now();
    toEcho = { at: heard.at, heardAt: at };
    queuedMs = Math.round(queuedOf(heard.at, at));
    if (heard.echo) rttMs = Math.max(0, at - heard.echo.at - heard.echo.heldMs);
    reportAt = at;
    const judged = pictureSince !== undefined && at - pictureSince > 2 * everyMs;
    const voiced = ladder.step !== "voiceNote" && ladder.step !== "written";
    const capacity = newCapacity;
    newCapacity = undefined;
    take({
      kind: "check",
      check: {
        silent: false,
        queueMs: heard.queuedMs,
        loss: heard.lost,
        available,
        capacity,
        concealed: voiced ? heard.concealed : undefined,
        frames: judged ? heard.frames : undefined,
      },
    });
  };

  const hearStep = (body: StepBody) => {
    if (body.generation !== parts.generation || body.number <= theirNumber) return;
    theirNumber = body.number;
    if (body.step !== theirStep)
      parts.onStep("other", { step: body.step, why: body.why, before: theirStep, capacity: undefined });
    theirStep = body.step;
    if (body.most === theirMost) return;
    theirMost = body.most;
    takeMost();
  };

  const rateOfPieces = () => pieceRate(ladder.capacity, applied?.voice, reserve());

  applyPlan();
  return {
    opened() {
      if (timer !== undefined) return;
      timer = setInterval(() => void tick(), everyMs);
      // How long a word takes is best told while nothing else is on the line, and the picture waits for the train.
      parts.send({ kind: "heard", at: now() });
      sendTrain();
      told = ladder.step;
      tell();
      parts.onStep("own", { step: ladder.step, why: ladder.why, before: undefined, capacity: undefined });
      // What came is looked at when the first picture has been made, for the browser counts slowly.
      firstLook = setTimeout(() => void look(), firstPictureMs);
    },
    hear(message) {
      if (message.kind === "step") hearStep(message);
      else if (message.kind === "heard") hearReport(message);
      else if (unanswered.includes(message.id)) {
        unanswered = unanswered.filter((id) => id > message.id);
        hearCapacity(message.capacity);
      }
    },
    hearTrain(packet) {
      const at = now();
      if (coming.coming && coming.coming.id !== packet[0]) finishTrain();
      coming = hearTrain(coming, packet, at);
      clearTimeout(trainEnd);
      if (coming.result) finishTrain();
      else trainEnd = setTimeout(finishTrain, trainEndMs);
    },
    limit(most) {
      if (most === asked) return;
      asked = most;
      takeMost();
      if (timer !== undefined) tell();
    },
    reading() {
      readingAt = now();
      applyPlan();
    },
    uploading(is) {
      uploading = is;
      applyPlan();
    },
    pieceRate: rateOfPieces,
    arrivalRate: () => arrivalRate(rateOfPieces(), ladder.loss, rttMs),
    close() {
      clearInterval(timer);
      clearTimeout(firstLook);
      clearTimeout(trainEnd);
      clearTimeout(confirmed);
      timer = undefined;
    },
  };
}

const unknown = {
  silent: false,
  queueMs: undefined,
  loss: undefined,
  available: undefined,
  capacity: undefined,
  concealed: undefined,
  frames: undefined,
} as const;
