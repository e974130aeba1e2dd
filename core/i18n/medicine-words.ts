import type { MedicineView } from "../care/medicine.ts";
import type { DoseTime, MealTime } from "../care/prescription-parts.ts";
import type { MessageKey } from "./message.ts";

type Params = Readonly<Record<string, string | number>>;
/** A sentence of the catalogue and its values: shown, printed, or said in clips. */
export interface MedicineSentence {
  readonly key: MessageKey;
  readonly values: Params;
}

const times = {
  morning: "kiosk.medicine.morning",
  noon: "kiosk.medicine.noon",
  evening: "kiosk.medicine.evening",
  bedtime: "kiosk.medicine.bedtime",
} as const satisfies Record<DoseTime, MessageKey>;
const meals = {
  before: "kiosk.medicine.beforeMeal",
  with: "kiosk.medicine.withMeal",
  after: "kiosk.medicine.afterMeal",
} as const satisfies Record<MealTime, MessageKey>;
const pieces: Readonly<Partial<Record<string, MessageKey>>> = {
  tablet: "kiosk.medicine.tablets",
  capsule: "kiosk.medicine.capsules",
  powder: "kiosk.medicine.sachets",
  inhaler: "kiosk.medicine.puffs",
};

const isKey = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key);

/** What is to be done with one medicine, sentence by sentence; nothing that its doctor did not sign. */
export function medicineSentences(one: MedicineView): readonly MedicineSentence[] {
  const { dose, form, at = [], meal, until, daysLeft, state } = one;
  const piecesKey = pieces[form];
  const said = (key: MessageKey, values: Params = {}): MedicineSentence => ({ key, values });
  return [
    said("kiosk.medicine.times", { n: one.timesPerDay }),
    one.pieces === undefined || piecesKey === undefined
      ? said("kiosk.medicine.dose", { v: `${dose.amount} ${dose.unit}` })
      : said(piecesKey, { n: one.pieces }),
    ...at.flatMap((time) => (isKey(times, time) ? [said(times[time])] : [])),
    ...(meal !== undefined && isKey(meals, meal) ? [said(meals[meal])] : []),
    ...(state === "ready" ? [said("kiosk.medicine.ready")] : []),
    ...(until === undefined || daysLeft === undefined
      ? []
      : daysLeft === 0
        ? [said("kiosk.medicine.over", { date: until })]
        : [said("kiosk.medicine.until", { date: until })]),
  ];
}

/** As lines: how much and how often in one, when in another, then the rest. `of`: a sentence of the catalogue. */
export function medicineWords(one: MedicineView, of: (key: MessageKey, params: Params) => string): readonly string[] {
  const words = medicineSentences(one).map(({ key, values }) => of(key, values));
  const [often = "", much = "", ...others] = words;
  return [`${often} ${much}`.trim(), ...others, ...(one.note === undefined ? [] : [one.note])];
}
