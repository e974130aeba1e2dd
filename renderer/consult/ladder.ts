import { mediaSteps, type MediaStep, type StepReason } from "../../core/contract/views.ts";

/**
 * How much of a call the line carries: fixed steps, one ladder for each direction, run by the side that sends. A call
 * begins as voice; a picture is earned by measured headroom. Down after two bad checks, up after several good ones and
 * only when the line was measured to have room; each fall soon after a rise makes the next rise wait twice as long
 * (realtime.md §5, performance.md §6). Rates are bit/s on the wire, headers and all; times are checks.
 */
export const steps = mediaSteps;
export type Step = MediaStep;
export type Why = StepReason;

/** What one step needs of the line, voice included. `written` needs nothing: it waits for the hub. */
export const needs = {
  video: 330_000,
  small: 46_000,
  stills: 34_000,
  voice: 18_000,
  voiceNote: 4_000,
  written: 0,
} as const satisfies Record<Step, number>;

/** Every two seconds, about what this side sends; undefined: not known. Shares are 0 to 1. */
export interface Check {
  /** Nothing at all came from the other side since the last check: the line is cut, which the restart rules heal. */
  readonly silent: boolean;
  /** How much longer than at best what we send takes now: the queue of our direction, as the other side timed it. */
  readonly queueMs: number | undefined;
  /** Share of our packets that did not arrive. */
  readonly loss: number | undefined;
  /** The browser's estimate of what may leave; says something only while a picture is sent. */
  readonly available: number | undefined;
  /** Our last packet train, as the other side timed it. */
  readonly capacity: number | undefined;
  /** Share of our voice that the other side had to invent. */
  readonly concealed: number | undefined;
  /** Our pictures that the other side decoded, each second. */
  readonly frames: number | undefined;
}

export interface Ladder {
  readonly step: Step;
  readonly why: Why;
  /** What the line is believed to carry: the middle one of the last trains. */
  readonly capacity: number | undefined;
  readonly trains: readonly number[];
  /** The other side, or a person, wants no more than this. */
  readonly most: Step;
  readonly mostBy: Why;
  /** Of our packets, smoothed; while nothing is known, none. */
  readonly loss: number;
  readonly queueMs: number;
  readonly bad: number;
  readonly good: number;
  /** Good checks wanted before the next rise. */
  readonly patience: number;
  readonly sinceRise: number;
  /** The check before was silent: what this one says of loss belongs to the cut. */
  readonly wasSilent: boolean;
}

export type LadderInput =
  | { readonly kind: "check"; readonly check: Check }
  /** The first packet trains of a connection are in: the one rise that waits for nothing. */
  | { readonly kind: "measured"; readonly capacity: number }
  /** `video` takes the wish back. */
  | { readonly kind: "most"; readonly most: Step; readonly by: "asked" | "otherSide" };

export const badChecks = 2;
export const firstPatience = 4;
export const longestPatience = 16;
/** A fall within so many checks of a rise says that the rise was wrong. */
const regret = 8;
const keptTrains = 3;
/** A first picture is a big one, and the ear's buffer grows with it: only what is worse than that counts so soon after a rise. */
const settling = 2;
/** Most of a second of queue is heard as two people talking into one another. */
const limits = {
  settled: { concealed: 0.08, queueMs: 700 },
  patient: { concealed: 0.3, queueMs: 2_000 },
} as const;
/** A rise leaves this share of the line free. */
const spare = 0.9;

export const startLadder: Ladder = {
  step: "voice",
  why: "began",
  capacity: undefined,
  trains: [],
  most: "video",
  mostBy: "began",
  loss: 0,
  queueMs: 0,
  bad: 0,
  good: 0,
  patience: firstPatience,
  sinceRise: Infinity,
  wasSilent: false,
};

export function climb(ladder: Ladder, input: LadderInput): Ladder {
  switch (input.kind) {
    case "measured":
      return measured(ladder, input.capacity);
    case "most":
      return capped({ ...ladder, most: input.most, mostBy: input.by });
    case "check":
      return checked(ladder, input.check);
  }
}

const rank = (step: Step): number => steps.indexOf(step);
/** The poorer of two steps. */
export const poorer = (a: Step, b: Step): Step => (rank(a) > rank(b) ? a : b);
const hasPicture = (step: Step): boolean => rank(step) <= rank("stills");
/** The highest step that fits, with something to spare. */
const fitting = (capacity: number): Step => steps.find((step) => needs[step] <= capacity * spare) ?? "written";

function withTrain(ladder: Ladder, capacity: number): Ladder {
  const trains = [...ladder.trains, capacity].slice(-keptTrains);
  return { ...ladder, trains, capacity: [...trains].sort((a, b) => a - b)[trains.length >> 1] };
}

function measured(ladder: Ladder, capacity: number): Ladder {
  const fits = poorer(fitting(capacity), ladder.most);
  const next = withTrain(ladder, capacity);
  if (rank(fits) < rank(ladder.step)) return { ...next, step: fits, why: "better", good: 0, bad: 0, sinceRise: 0 };
  return next;
}

/** A wish binds at once downwards; upwards it only opens the way. */
function capped(ladder: Ladder): Ladder {
  if (rank(ladder.step) >= rank(ladder.most)) return ladder;
  return { ...ladder, step: ladder.most, why: ladder.mostBy, bad: 0, good: 0 };
}

function checked(before: Ladder, check: Check): Ladder {
  // Stand still in a cut, and in the check after it, whose loss is that of the cut.
  if (check.silent) return { ...before, wasSilent: true };
  const ladder: Ladder = {
    ...(check.capacity === undefined ? before : withTrain(before, check.capacity)),
    queueMs: check.queueMs ?? before.queueMs,
    sinceRise: before.sinceRise + 1,
    wasSilent: false,
  };
  if (before.wasSilent) return ladder;
  const calm = {
    ...relieved(ladder),
    loss: check.loss === undefined ? ladder.loss : smoothed(ladder.loss, check.loss),
  };
  const verdict = judge(calm, check);
  if (verdict === "bad") return fall({ ...calm, bad: calm.bad + 1, good: 0 });
  if (verdict === "good") return rise({ ...calm, bad: 0, good: calm.good + 1 }, check);
  return { ...calm, good: 0 };
}

/** Believed soon, forgotten slowly: two seconds of luck on a radio are no better line. */
const smoothed = (before: number, now: number): number =>
  now > before ? (before + now) / 2 : 0.9 * before + 0.1 * now;

/** What a line is taken for that was never measured: the thinnest that a call is made for. */
export const unmeasured = 32_000;

/** A queue grows: less is sent at once, before the step itself gives way. */
function relieved(ladder: Ladder): Ladder {
  if (ladder.queueMs < 250 || rank(ladder.step) > rank("voice")) return ladder;
  return { ...ladder, capacity: Math.round((ladder.capacity ?? unmeasured) * 0.85), trains: [] };
}

/** Loss alone is no reason to fall: redundancy carries voice over it, and less sent does not make a radio lose less. */
function judge(ladder: Ladder, check: Check): "good" | "bad" | "fair" {
  const { queueMs } = ladder;
  const concealed = check.concealed ?? 0;
  const still = ladder.step === "video" || ladder.step === "small" ? (check.frames ?? Infinity) : Infinity;
  const limit = hasPicture(ladder.step) && ladder.sinceRise > settling ? limits.settled : limits.patient;
  if (concealed > limit.concealed || (hasPicture(ladder.step) && queueMs > limit.queueMs) || still < 1) return "bad";
  return concealed < 0.03 && queueMs < 200 && still >= 4 ? "good" : "fair";
}

function fall(ladder: Ladder): Ladder {
  const step = steps[rank(ladder.step) + 1];
  if (ladder.bad < badChecks || step === undefined) return ladder;
  const wrong = ladder.sinceRise <= regret;
  return {
    ...ladder,
    step,
    // What was measured before is not what the line is now.
    capacity: Math.min(ladder.capacity ?? Infinity, needs[ladder.step]),
    trains: [],
    why: "line",
    bad: 0,
    good: 0,
    patience: wrong ? Math.min(ladder.patience * 2, longestPatience) : firstPatience,
  };
}

function rise(ladder: Ladder, { available }: Check): Ladder {
  const step = steps[rank(ladder.step) - 1];
  if (step === undefined || ladder.good < ladder.patience || rank(step) < rank(ladder.most)) return ladder;
  // While a picture is sent the browser's own estimate counts, too; a packet train sees the whole line only without.
  const room = Math.max(ladder.capacity ?? 0, hasPicture(ladder.step) ? (available ?? 0) : 0);
  if (needs[step] > room * spare) return ladder;
  return { ...ladder, step, why: "better", good: 0, bad: 0, sinceRise: 0 };
}
