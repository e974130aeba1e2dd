import { Private } from "../../core/domain/private.ts";
import { idNumber } from "../../core/rules/id-number.ts";
import type { Newcomer } from "../visits/arrival.ts";

/** What a card says that the station uses. Address, picture and authority are not among it. */
export interface CardRead {
  readonly number: Private<string>;
  readonly person: Private<Newcomer>;
  /** Whole years. */
  readonly age: number;
  /** Its validity has ended: it still says who somebody is. */
  readonly expired: boolean;
}

type Card = Readonly<Record<string, string>>;

/**
 * A card's fields, `today` as `YYYY-MM-DD` on the wall. Undefined: the number is none (coding.md §3.1), or it does not say
 * when its holder was born or whether a woman or a man holds it.
 */
export function readCard(card: Private<Card>, today: string): CardRead | undefined {
  const { name = "", sex, birthDate, number = "", validTo, nationality } = card.reveal();
  const own = number.trim();
  const judged = idNumber(own, today);
  const isValid = judged.category === "ID_VALID";
  // Foreigners' cards of the first kind have a number of another form; the reader tells them apart.
  if (!isValid && (nationality === undefined || own.length !== 15)) return undefined;
  const born = isValid ? flagged(judged.flags, "BORN_") : day(birthDate);
  const holder = isValid ? (judged.flags.includes("FEMALE") ? "female" : "male") : sexOf(sex);
  if (born === undefined || born > today || holder === undefined || name.trim() === "") return undefined;
  const until = day(validTo);
  return {
    number: new Private(own),
    person: new Private({ name: name.trim(), sex: holder, birthYear: Number(born.slice(0, 4)) }),
    age: yearsBetween(born, today),
    expired: until !== undefined && until < today,
  };
}

function flagged(flags: readonly string[], prefix: string): string | undefined {
  return flags.find((flag) => flag.startsWith(prefix))?.slice(prefix.length);
}

/** `YYYYMMDD` as `YYYY-MM-DD`; other words ("for ever") are no day. */
function day(text: string | undefined): string | undefined {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/u.exec(text?.trim() ?? "") ?? [];
  return year === undefined ? undefined : `${year}-${month ?? ""}-${date ?? ""}`;
}

/** GB/T 2261.1: 1 a man, 2 a woman. */
function sexOf(code: string | undefined): Newcomer["sex"] | undefined {
  const sexes: Readonly<Record<string, Newcomer["sex"]>> = { "1": "male", "2": "female" };
  return sexes[code?.trim() ?? ""];
}

/** Both `YYYY-MM-DD`. */
function yearsBetween(born: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}
