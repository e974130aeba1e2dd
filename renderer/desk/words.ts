import { faults, isFaultCode } from "../../core/domain/faults.ts";
import { isMessageKey } from "../../core/i18n/advice.ts";
import { isQuantity, quantities } from "../../core/domain/quantity.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { typeset, type Text } from "../parts/language.tsx";

type Reading = Measurement["readings"][number];

/** A category as a doctor reads it; one the catalogue does not know yet is shown as its code. */
export function categoryWord(text: Text, category: string): string {
  const key = `category.${category}`;
  return isMessageKey(key) ? text.of(key, {}) : category;
}

/** A fault in the words for staff: short, and says the technical cause. */
export function operatorWord(text: Text, code: string): string {
  if (!isFaultCode(code)) return code;
  return typeset(text.language, faults[code].operator[text.language === "en" ? "en" : "zh"]);
}

/** As doctors abbreviate it; the catalogue's name where there is no such word. */
export function quantityName(text: Text, quantity: string): string {
  const short = `desk.short.${quantity}`;
  if (isMessageKey(short)) return text.of(short, {});
  if (!isQuantity(quantity)) return quantity;
  return quantities[quantity][text.language === "en" ? "en" : "zh"];
}

const units: Readonly<Record<string, string>> = {
  "mm[Hg]": "mmHg",
  "/min": "/min",
  "umol/L": "µmol/L",
  Cel: "°C",
  "[lb_av]": "lb",
  "kg/m2": "kg/m²",
  "1": "",
};

export function unitSign(unit: string): string {
  return units[unit] ?? unit;
}

/** With as many decimals as the catalogue keeps for the first unit; other units as the device gave them. */
export function valueText({ quantity, value, unit, comparator }: Reading): string {
  const info = isQuantity(quantity) ? quantities[quantity] : undefined;
  const digits = info?.units[0] === unit ? value.toFixed(info.decimals) : String(value);
  return comparator === undefined ? digits : `${comparator} ${digits}`;
}

const two = (n: number) => String(n).padStart(2, "0");

/** Minutes and seconds, or hours and minutes from one hour on. */
export function waited(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** The hour of the doctor's own clock. */
export function hour(instant: string): string {
  const date = new Date(instant);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function hourAndSeconds(instant: string): string {
  return `${hour(instant)}:${two(new Date(instant).getSeconds())}`;
}
