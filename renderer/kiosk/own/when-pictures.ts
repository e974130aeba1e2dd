import type { MedicineView } from "../../../core/care/medicine.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import type { PictureName } from "../../parts/picture.tsx";

type Pair = readonly [PictureName, MessageKey];

const whenOf: Readonly<Partial<Record<string, Pair>>> = {
  morning: ["timeMorning", "kiosk.medicine.morning"],
  noon: ["timeNoon", "kiosk.medicine.noon"],
  evening: ["timeEvening", "kiosk.medicine.evening"],
  bedtime: ["timeBedtime", "kiosk.medicine.bedtime"],
};
const mealOf: Readonly<Partial<Record<string, Pair>>> = {
  before: ["mealFasting", "kiosk.medicine.beforeMeal"],
  with: ["mealWith", "kiosk.medicine.withMeal"],
  after: ["mealAfter", "kiosk.medicine.afterMeal"],
};

/** When a medicine is taken and with what meal, where its doctor said so: a picture each, and its words. */
export const whenPictures = ({ at = [], meal }: Pick<MedicineView, "at" | "meal">): readonly Pair[] => [
  ...at.flatMap((time): readonly Pair[] => (whenOf[time] === undefined ? [] : [whenOf[time]])),
  ...(meal === undefined || mealOf[meal] === undefined ? [] : [mealOf[meal]]),
];
