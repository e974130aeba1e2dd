import type { ConsentScope } from "../../../core/domain/consent.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { zh } from "../../../core/i18n/zh-CN.ts";
import { boards, type TriageBoard } from "../../../core/machine/boards.ts";
import type { KioskState, Owed } from "../../../core/machine/kiosk.ts";
import {
  quickChecks,
  stepsOf,
  whileResting,
  type AskId,
  type QuickCheck,
  type ShowId,
} from "../../../core/machine/steps.ts";
import { seededRandom } from "../../../drivers/kit/sample.ts";
import { signs } from "../../../renderer/kiosk/signs.ts";
import { symptomLooks } from "../../../renderer/kiosk/symptoms.ts";

/**
 * A person's pauses at the kiosk, for somebody of about 75. "Assumed" is a choice of ours, to be replaced by what is seen
 * at real stations; medians, with the spread below for people and occasions.
 */
export const pauses = {
  /** Syllables a second that a screen is spoken at. Mandarin is spoken at 5.2 (Pellegrino et al. 2011); a fifth slower for elders. */
  spokenPerSecond: 4.2,
  /** Han characters a second read on a screen. Assumed: half of what younger adults read silently (about 6). */
  readPerSecond: 3,
  /** Looking at one picture on a board. Assumed. */
  pictureMs: 450,
  /** Making up one's mind: the keystroke-level model's M, 1.35 s (Card, Moran & Newell 1983), 1.7 times that for elders. */
  decideMs: 2_300,
  /** Reaching out and touching a key of 20 mm and more. Assumed: P + B of the same model, which has a mouse in the hand. */
  touchMs: 1_300,
  /** Things done with the body, from the end of the words to the touch that says so. Assumed. */
  body: { posture: 6_000, cuff: 3_000, cuffOn: 32_000, fingerIn: 4_000, forehead: 4_000, shoesOff: 9_000 },
  /** Comparing the number with the device's display. Assumed. */
  compareMs: 3_000,
  /** Standard deviation of the logarithm: of a person's slowness, and of each pause again. Assumed. */
  spread: { person: 0.2, pause: 0.25 },
  /** Who cannot read and hears every word before touching: one in four. Assumed (census 2020: 1 in 10 of all over 60). */
  hearers: 0.25,
} as const;

/** mmHg between two readings of one visit, one standard deviation. Assumed, as seen in surveys with three readings. */
const systolicSpread = 5;

/** Among what was answered: the cuff is to be moved to the other arm. */
export const otherArm = "other arm";

export type Arrival = "known" | "newcomer" | "guest";
/** Of all who come. Assumed. */
const arrivals: readonly (readonly [Arrival, number])[] = [
  ["known", 0.6],
  ["newcomer", 0.25],
  ["guest", 0.15],
];

export interface Person {
  readonly seed: number;
  readonly arrival: Arrival;
  readonly hears: boolean;
  /** Whose device is nearest to hand where this person is: stations differ. */
  readonly quick: QuickCheck;
  /** Milliseconds from the screen's appearing to the touch that answers it. */
  pauseOn(screen: KioskState, answered: readonly string[]): number;
  systolic(): number;
}

export function personOf(seed: number): Person {
  const random = seededRandom(seed * 7_919 + 13);
  // The first numbers of neighboring seeds are alike.
  for (let skipped = 0; skipped < 8; skipped++) random();
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const slowness = Math.exp(pauses.spread.person * normal());
  const takes = (ms: number) => ms * slowness * Math.exp(pauses.spread.pause * normal());
  const drawn = random();
  const arrival = arrivals.find(
    (_, index) => drawn < arrivals.slice(0, index + 1).reduce((sum, [, share]) => sum + share, 0),
  );
  const hears = random() < pauses.hearers;
  const quick = quickChecks[Math.floor(random() * quickChecks.length)] ?? "oximetry";
  const usual = 118 + 24 * random();
  return {
    seed,
    arrival: arrival?.[0] ?? "guest",
    hears,
    quick,
    pauseOn(screen, answered) {
      const asked = askedOn(screen, answered);
      const { words, bodyMs, more = [] } = asked;
      const length = [...words, ...more].reduce((sum, key) => sum + syllables(key), 0);
      // Words are spoken at their own speed; what one reads and does, at the person's.
      const told = hears ? (length / pauses.spokenPerSecond) * 1_000 : takes(readMs(asked));
      return Math.round(told + takes(pauses.decideMs) + takes(pauses.touchMs) + (bodyMs === 0 ? 0 : takes(bodyMs)));
    },
    systolic: () => Math.round(usual + systolicSpread * normal()),
  };
}

/** A title is read; of a board the pictures are looked at. */
function readMs({ words, pictures, readBefore }: Asked): number {
  const read = readBefore === true ? [] : pictures === 0 ? words : words.slice(0, 1);
  const length = read.reduce((sum, key) => sum + syllables(key), 0);
  return (length / pauses.readPerSecond) * 1_000 + pictures * pauses.pictureMs;
}

/** One Han character is one syllable. */
function syllables(key: MessageKey): number {
  return [...zh[key].matchAll(/\p{Script=Han}|\d/gu)].length;
}

interface Asked {
  readonly words: readonly MessageKey[];
  readonly pictures: number;
  readonly bodyMs: number;
  /** Said after the title, which alone is read: the picture shows the rest. */
  readonly more?: readonly MessageKey[];
  /** The same title stood on the screen before. */
  readonly readBefore?: boolean;
}
const only = (...words: readonly MessageKey[]): Asked => ({ words, pictures: 0, bodyMs: 0 });

const asks: Readonly<Record<AskId, readonly MessageKey[]>> = {
  prepared: ["prep.common"],
  posture: ["kiosk.ask.posture", "prep.posture"],
  medicineToday: ["kiosk.ask.medicineToday"],
  smoker: ["kiosk.ask.smoker"],
  sleptBadly: ["kiosk.ask.sleptBadly"],
  lancetNew: ["kiosk.ask.lancetNew", "prep.lancet"],
  cleaned: ["kiosk.ask.cleaned"],
  sharps: ["kiosk.ask.sharps", "prep.sharps"],
};
const shows: Readonly<Partial<Record<ShowId, readonly MessageKey[]>>> = {
  cuffOn: ["prep.cuff", "prep.heart"],
  quiet: ["prep.quiet", "prep.twice"],
  fingerIn: ["prep.spo2"],
  forehead: ["prep.temp", "kiosk.prepare.device.temperature"],
  shoesOff: ["prep.weigh"],
};

/** What the screen says on entry, how many pictures it shows, and what is to be done with the body. */
function askedOn(screen: KioskState, answered: readonly string[]): Asked {
  switch (screen.at) {
    case "isItYou":
      return only("ui.right_person");
    case "consent":
      return consent("keep");
    case "triage":
      return onBoard("emergency", "kiosk.triage.ask");
    case "owed":
      return owed(screen.what);
    case "checks":
      return { words: ["kiosk.checks.guest"], pictures: 6, bodyMs: 0 };
    case "confirm":
      return { ...only("kiosk.confirm.ask"), bodyMs: pauses.compareMs };
    case "result":
      return only("bp.again");
    case "prepare":
      return onStep(screen, answered);
    default:
      return only();
  }
}

const consent = (scope: ConsentScope): Asked => ({
  ...only(`kiosk.consent.${scope}`),
  more: ["kiosk.consent.what"],
});

function onBoard(board: TriageBoard, question: MessageKey): Asked {
  const shown: readonly (readonly [keyof typeof symptomLooks, ...string[]])[] = boards[board];
  const names = shown.map(([code]) => symptomLooks[code].key);
  return { words: [question, ...names], pictures: shown.length, bodyMs: 0, readBefore: board === "minor" };
}

function owed(what: Owed): Asked {
  if (what === "sign") return { words: ["kiosk.sign.title", "kiosk.sign.what"], pictures: signs.length, bodyMs: 0 };
  // One of them: what it is, how it is taken, and the question.
  if (what === "medicines") return { ...only("kiosk.medicine.times", "kiosk.medicine.taken"), pictures: 2 };
  return what === "warning" || what === "minor" ? onBoard(what, "sx.ask") : consent(what);
}

function onStep(
  { check, step, ready }: Extract<KioskState, { readonly at: "prepare" }>,
  answered: readonly string[],
): Asked {
  const here = stepsOf[check][step];
  switch (here?.kind) {
    case "ask":
      return { ...only(...asks[here.id]), bodyMs: here.id === "posture" ? pauses.body.posture : 0 };
    case "cuff":
      return { words: ["kiosk.cuff.title"], pictures: 3, bodyMs: pauses.body.cuff };
    case "show": {
      const done = Object.entries(pauses.body).find(([id]) => id === here.id)?.[1] ?? 0;
      // Off one arm and on the other is putting it on once more.
      if (answered.includes(otherArm)) return { ...only("kiosk.arm.right", "prep.arm"), bodyMs: pauses.body.cuffOn };
      return { ...only(...(shows[here.id] ?? [])), bodyMs: done };
    }
    case "rest": {
      const asked = whileResting.find((id) => !answered.includes(id));
      if (asked !== undefined) return only(...asks[asked]);
      return only(...(ready === true ? [] : (["prep.quiet", "prep.twice", "kiosk.rest.ready"] as const)));
    }
    default:
      return only();
  }
}
