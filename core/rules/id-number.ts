import { flagsWhere, type Assessment } from "./assessment.ts";

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = "10X98765432";

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function isDate(year: number, month: number, day: number): boolean {
  const days = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0) && year >= 1800;
}

function hasRightCheck(digits: string): boolean {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return checkDigits[sum % 11] === digits[17];
}

/**
 * A resident ID number (GB 11643—1999, coding.md §3.1): 17 digits and a check digit, a small x is accepted. `today` is
 * `YYYY-MM-DD`; a birth date after it is refused. Flags of a valid one: MALE or FEMALE, and BORN_ with the date.
 */
export function idNumber(text: string, today: string): Assessment {
  const digits = text.toUpperCase();
  const invalid = (flags: readonly string[]): Assessment => ({
    category: "ID_INVALID",
    severity: 0,
    action: "REJECT",
    flags,
    adviceKey: "id.bad",
    rule: "ID-01",
  });
  if (!/^\d{17}[\dX]$/.test(digits)) return invalid(["FORMAT"]);
  const [year, month, day] = [digits.slice(6, 10), digits.slice(10, 12), digits.slice(12, 14)];
  const born = `${year}-${month}-${day}`;
  if (!isDate(Number(year), Number(month), Number(day)) || born > today) return invalid(["DATE"]);
  if (!hasRightCheck(digits)) return invalid(["CHECK"]);
  const isMale = Number(digits[16]) % 2 === 1;
  return {
    category: "ID_VALID",
    severity: 0,
    action: "ALLOW",
    flags: [`BORN_${born}`, ...flagsWhere({ MALE: isMale, FEMALE: !isMale })],
    rule: "ID-02",
  };
}
