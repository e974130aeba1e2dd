import { toldWords } from "../../core/care/opinion.ts";
import type { Result, VisitView } from "../../core/contract/views.ts";
import { isQuantity, quantities, type Quantity } from "../../core/domain/quantity.ts";
import { advice, itemName } from "../../core/i18n/advice.ts";
import { filled, message, messageOf, type Language, type MessageKey } from "../../core/i18n/message.ts";
import { slipWords } from "../../core/i18n/slip.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import { isEntered } from "../../core/rules/visit-facts.ts";

/** One number to take home. */
export interface TakenNumber {
  readonly name: string;
  readonly words: string;
  readonly unit: string;
  /** Sign and word of its severity; absent where nobody judged it. */
  readonly mark?: string;
}

/** Everything of one kind. */
export interface TakenResult {
  readonly name: string;
  /** Hours and minutes on the wall. */
  readonly at: string;
  readonly numbers: readonly TakenNumber[];
  /** Typed by a person; how good a pressure is. */
  readonly notes: readonly string[];
}

/** The plan of a doctor: its title, and line by line what to reach, what to do and when it is looked at. */
interface TakenPlan {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What a person takes home, in words; paper and code are made of it. No full name and no number of a card is in here. */
export interface TakenAway {
  readonly station: string;
  readonly place?: string;
  /** Day and time on the wall. */
  readonly at: string;
  /** In part, as an open room may see it; absent for a guest. */
  readonly person?: string;
  readonly results: readonly TakenResult[];
  readonly sentence?: string;
  readonly next: readonly string[];
  readonly opinion?: string;
  /** What a doctor signed for the time until the next look. */
  readonly plan?: TakenPlan;
  readonly foot: readonly string[];
}

export interface TakenFrom {
  readonly view: VisitView;
  readonly station: { readonly name: string; readonly place: string; readonly simulated: boolean };
  readonly language: Language;
  /** ms since 1970 UTC, and minutes the wall clock is ahead of UTC. */
  readonly now: number;
  readonly zoneMinutes: number;
}

/** Told apart without color; every printer's font has them. */
const signs = ["○", "△", "◇", "□", "■"] as const;
const sevKeys = ["kiosk.sev.0", "kiosk.sev.1", "kiosk.sev.2", "kiosk.sev.3", "kiosk.sev.4"] as const;

const unitKeys: Readonly<Partial<Record<string, MessageKey>>> = {
  "mm[Hg]": "kiosk.unit.mmHg",
  "mmol/L": "kiosk.unit.mmolL",
  "mg/dL": "kiosk.unit.mgdL",
  "umol/L": "kiosk.unit.umolL",
  "/min": "kiosk.unit.perMinute",
  Cel: "kiosk.unit.celsius",
  cm: "kiosk.unit.cm",
  kg: "kiosk.unit.kg",
  "[lb_av]": "kiosk.unit.pound",
  "kg/m2": "kiosk.unit.bmi",
};

/** By the rule's domain: the quantity whose unit a judged value has. */
const judgedAs: Readonly<Partial<Record<string, Quantity>>> = {
  bp: "bp.systolic",
  pulse: "pulse.rate",
  glucose: "glucose",
  lipid_tc: "cholesterol.total",
  lipid_hdl: "cholesterol.hdl",
  lipid_ldl: "cholesterol.ldlCalculated",
  ldl_calc: "cholesterol.ldlCalculated",
  lipid_tg: "triglyceride",
  spo2: "spo2",
  temperature: "body.temperature",
  bmi: "body.bmi",
  waist: "body.waist",
};

type Judged = Result["assessments"][number];
type Reading = Measurement["readings"][number];

function unitWords(language: Language, unit: string): string {
  if (unit === "1") return "";
  const key = unitKeys[unit];
  return key === undefined ? unit : messageOf(language, key, {});
}

const markOf = (language: Language, { severity }: Judged): string =>
  `${signs[severity]} ${message(language, sevKeys[severity])}`;

function judgedNumber(language: Language, one: Judged): TakenNumber | undefined {
  const quantity = judgedAs[one.domain];
  if (quantity === undefined || one.value === undefined || one.action === "REJECT") return undefined;
  const [unit] = quantities[quantity].units;
  return {
    name: itemName(language, one.domain) ?? nameOf(language, quantity),
    words: one.value,
    unit: unitWords(language, unit),
    mark: markOf(language, one),
  };
}

const nameOf = (language: Language, quantity: Quantity): string =>
  quantities[quantity][language === "en" ? "en" : "zh"];

function heardNumber(language: Language, { quantity, value, unit, comparator }: Reading): TakenNumber {
  const known = isQuantity(quantity) ? quantity : undefined;
  const whole = unit === "mg/dL" || known === undefined;
  const number = whole ? String(value) : value.toFixed(quantities[known].decimals);
  return {
    name: known === undefined ? quantity : nameOf(language, known),
    words: comparator === undefined ? number : `${comparator} ${number}`,
    unit: unitWords(language, unit),
  };
}

const toldBy: Readonly<Partial<Record<string, readonly Quantity[]>>> = {
  bp: ["bp.systolic", "bp.diastolic", "bp.mean"],
};

/** Judged values first; then what was heard last and nobody judged. */
function numbersOf(language: Language, { assessments, measurements }: Result): readonly TakenNumber[] {
  const judged = assessments.filter((one) => judgedNumber(language, one) !== undefined);
  const told = new Set(judged.flatMap(({ domain }) => toldBy[domain] ?? judgedAs[domain] ?? []));
  const latest = new Map<string, Reading>();
  for (const { readings } of measurements) for (const reading of readings) latest.set(reading.quantity, reading);
  const others = [...latest.values()].filter(({ quantity }) => !isQuantity(quantity) || !told.has(quantity));
  return [
    ...judged.flatMap((one) => judgedNumber(language, one) ?? []),
    ...others.map((reading) => heardNumber(language, reading)),
  ];
}

function resultOf({ language, zoneMinutes }: TakenFrom, result: Result): TakenResult {
  const last = result.measurements.at(-1);
  const { grade } = result;
  return {
    name: messageOf(language, `kiosk.check.${result.of}`, {}),
    at: last === undefined ? "" : timeOf(Date.parse(last.times.heardAt), zoneMinutes),
    numbers: numbersOf(language, result),
    notes: [
      ...(result.measurements.some(isEntered) ? [message(language, "kiosk.entered")] : []),
      ...(grade === undefined ? [] : [message(language, `kiosk.grade.${grade.grade}`)]),
    ],
  };
}

const timeOf = (ms: number, zoneMinutes: number): string =>
  new Date(ms + zoneMinutes * 60_000).toISOString().slice(11, 16);

const nextKeys = {
  callNow: "kiosk.next.callNow",
  book: "kiosk.next.book",
  homeSeries: "kiosk.next.homeSeries",
  comeBack: "kiosk.next.comeBack",
  declined: undefined,
} as const;
const ownerKeys: Readonly<Partial<Record<string, MessageKey>>> = {
  dutyDoctor: "kiosk.next.owner.dutyDoctor",
  familyDoctor: "kiosk.next.owner.familyDoctor",
  stationStaff: "kiosk.next.owner.stationStaff",
  resident: "kiosk.next.owner.resident",
};

function nextWords({ view, language }: TakenFrom): readonly string[] {
  const { nextStep } = view;
  if (nextStep === undefined) return [];
  const what = nextKeys[nextStep.choice];
  const owner = ownerKeys[nextStep.owner];
  return [
    ...(what === undefined ? [] : [message(language, what)]),
    ...(nextStep.due === undefined ? [] : [message(language, "kiosk.next.by", { date: nextStep.due })]),
    ...(owner === undefined || nextStep.due === undefined ? [] : [messageOf(language, owner, {})]),
  ];
}

function planOf({ view: { plan }, language, now, zoneMinutes }: TakenFrom): TakenPlan | undefined {
  if (plan === undefined) return undefined;
  const { goals, tasks, review } = plan;
  const listed = (key: MessageKey) => `- ${messageOf(language, key, {})}`;
  return {
    title: slipWords[language].plan,
    lines: [
      message(language, "plan.say.goals"),
      ...goals.map((goal) => listed(`plan.goal.${goal}`)),
      message(language, "plan.say.tasks"),
      ...tasks.map((task) => listed(`plan.task.${task}`)),
      // It holds until somebody has looked at it, however late; nobody is asked to come on a day that is over.
      review < dayOf(now, zoneMinutes)
        ? slipWords[language].planDue
        : message(language, "plan.say.review", { day: review }),
    ],
  };
}

export function takenAway(from: TakenFrom): TakenAway {
  const { view, station, language, now, zoneMinutes } = from;
  const opinion = view.opinions.at(-1);
  const plan = planOf(from);
  const sentence = view.overall === undefined ? undefined : advice(language, view.overall);
  return {
    station: station.name,
    ...(station.place === "" ? {} : { place: station.place }),
    at: `${dayOf(now, zoneMinutes)} ${timeOf(now, zoneMinutes)}`,
    ...(view.resident === undefined ? {} : { person: view.resident.shownName }),
    results: view.results.map((result) => resultOf(from, result)),
    ...(sentence === undefined ? {} : { sentence }),
    next: nextWords(from),
    ...(opinion === undefined
      ? {}
      : {
          opinion: `${filled(slipWords[language].doctor, { name: opinion.clinician.name })}${toldWords(opinion, language).join(language === "en" ? " " : "")}`,
        }),
    ...(plan === undefined ? {} : { plan }),
    foot: [
      ...(station.simulated ? [slipWords[language].simulated] : []),
      message(language, "foot.drug"),
      message(language, "foot.disclaimer"),
    ],
  };
}
