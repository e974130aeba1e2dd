import type { Drug, Interaction } from "../../../core/care/drugs.ts";
import type { Finding } from "../../../core/care/prescription-checks.ts";
import type { Item } from "../../../core/care/prescription-parts.ts";
import type { Language } from "../../../core/i18n/language.ts";
import type { Sounds } from "../pinyin.ts";
import type { Text } from "../../parts/language.tsx";

/** The list as the hub hands it out. */
export interface DrugList {
  readonly version: string;
  readonly specimen: boolean;
  readonly drugs: readonly Drug[];
  readonly interactions: readonly Interaction[];
}

export function drugName(language: Language, drug: Drug): string {
  return `${language === "en" ? drug.inn : drug.zh} ${String(drug.strength.amount)} ${drug.strength.unit}`;
}

export const drugOf = (list: DrugList | undefined, id: string): Drug | undefined =>
  list?.drugs.find((drug) => drug.id === id);

/** The name of the list; the id where the list does not know it. */
export function drugWord(text: Text, list: DrugList | undefined, id: string): string {
  const drug = drugOf(list, id);
  return drug ? drugName(text.language, drug) : id;
}

const shown = 8;

/** Drugs whose generic name begins with, holds, or sounds like what was typed: Chinese, or the international name; in that order. */
export function found({ drugs }: DrugList, typed: string, sounds: Sounds): readonly Drug[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return [];
  const rank = ({ inn, zh }: Drug): number => {
    if (inn.startsWith(wanted) || zh.startsWith(wanted)) return 0;
    if (inn.split(" ").some((word) => word.startsWith(wanted))) return 1;
    if (inn.includes(wanted) || zh.includes(wanted)) return 2;
    return sounds(zh, wanted) ? 3 : 4;
  };
  return drugs
    .filter((drug) => rank(drug) < 4)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, shown);
}

/** What the list says of the doses of a drug: the limits, never a proposal. */
export function doseRules(text: Text, drug: Drug): readonly string[] {
  const { single, maxDay } = drug.adult;
  const unit = drug.strength.unit;
  const years = drug.child?.fromYears;
  return [
    single.min === undefined
      ? text("work.dose.upTo", { max: single.max, unit })
      : text("work.dose.single", { min: single.min, max: single.max, unit }),
    text("work.dose.day", { max: maxDay, unit }),
    ...(drug.elder ? [text("work.dose.elder", { max: drug.elder.maxDay, unit })] : []),
    years === undefined ? text("work.dose.noChild") : text("work.dose.child", { years }),
    ...(drug.pregnancy === "none" ? [] : [text(`work.dose.pregnancy.${drug.pregnancy}`)]),
    ...(drug.kidney ? [text("work.dose.kidney", { avoid: drug.kidney.avoidBelow, care: drug.kidney.careBelow })] : []),
    ...(drug.liver === "none" ? [] : [text(`work.dose.liver.${drug.liver}`)]),
  ];
}

/** One line as it is read aloud: what, how much, how often, how long, how many. */
export function itemWords(text: Text, { dose, timesPerDay, days, pieces, at = [], meal }: Item): string {
  return [
    text("work.item", { amount: dose.amount, unit: dose.unit, times: timesPerDay, days, pieces }),
    ...at.map((time) => text(`work.rx.at.${time}`)),
    ...(meal === undefined ? [] : [text(`work.rx.meal.${meal}`)]),
  ].join(" · ");
}

/** What a finding is about: a drug or an interaction by its name in the list; anything else as the list calls it. */
export function aboutWord(text: Text, list: DrugList | undefined, { code, about }: Finding): string | undefined {
  if (about === undefined) return undefined;
  if (code === "interaction") {
    const row = list?.interactions.find(({ id }) => id === about);
    return row?.[text.language === "en" ? "en" : "zh"] ?? about;
  }
  return code === "sameDrug" || code === "unknownDrug" ? drugWord(text, list, about) : about;
}
