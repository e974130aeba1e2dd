import { checkedTime } from "./device-time.ts";

/** Wall time in a text, by a pattern: one table of tokens reads and writes it. */
export interface TimePattern {
  readonly length: number;
  /** The time, null for one that does not exist, undefined for what is no such text. */
  read(text: string, at: number): string | null | undefined;
  /** `null` is written as zeros, which no calendar has. */
  write(deviceTime: string | null): string;
}

type Part = "year" | "month" | "day" | "hour" | "minute" | "second";
interface Token {
  readonly length: number;
  readonly part?: Part;
  readonly literal?: string;
  readonly plus?: number;
  readonly named?: true;
}
const tokens: Readonly<Record<string, Token>> = {
  YYYY: { length: 4, part: "year" },
  YY: { length: 2, part: "year", plus: 2000 },
  MON: { length: 4, part: "month", named: true },
  MM: { length: 2, part: "month" },
  DD: { length: 2, part: "day" },
  hh: { length: 2, part: "hour" },
  mm: { length: 2, part: "minute" },
  ss: { length: 2, part: "second" },
};
/** As they are written; June and July have their fourth letter. */
const months = ["Jan ", "Feb ", "Mar ", "Apr ", "May ", "June", "July", "Aug ", "Sep ", "Oct ", "Nov ", "Dec "];
const monthOf: Readonly<Record<string, number>> = {
  ...Object.fromEntries(months.map((name, i) => [name, i + 1])),
  "Jun ": 6,
  "Jul ": 7,
  Sept: 9,
};

function digits(text: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** `loose`: a mark between digits may be any printable character that is no digit. */
export function timePattern(pattern: string, loose: boolean): TimePattern {
  const row: readonly Token[] = (pattern.match(/YYYY|YY|MON|MM|DD|hh|mm|ss|[^]/g) ?? []).map(
    (text) => tokens[text] ?? { length: 1, literal: text },
  );
  const withSeconds = row.some(({ part }) => part === "second");
  const isMark = (char: string): boolean => char >= " " && char <= "~" && !(char >= "0" && char <= "9");
  return {
    length: row.reduce((sum, { length }) => sum + length, 0),
    read(text, at) {
      const found: Partial<Record<Part, number>> = {};
      let from = at;
      for (const { length, part, literal, plus, named } of row) {
        if (literal !== undefined) {
          const char = text.charAt(from);
          if (char !== literal && !(loose && char !== "" && isMark(char))) return undefined;
        } else if (part !== undefined) {
          const value = named === true ? monthOf[text.slice(from, from + length)] : digits(text, from, length);
          if (value === undefined || value < 0) return undefined;
          found[part] = value + (plus ?? 0);
        }
        from += length;
      }
      const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second } = found;
      return checkedTime(year, month, day, hour, minute, withSeconds ? second : undefined);
    },
    write(deviceTime) {
      const parts = deviceTime?.match(/\d+/g)?.map(Number) ?? [];
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
      const values: Readonly<Record<Part, number>> = { year, month, day, hour, minute, second };
      return row
        .map(({ length, part, literal, plus, named }) => {
          if (part === undefined) return literal ?? "";
          if (named === true) return months[Math.max(0, values.month - 1)] ?? "";
          const value = deviceTime === null ? 0 : values[part] - (plus ?? 0);
          const text = String(value).padStart(length, "0");
          if (value < 0 || text.length !== length)
            throw new Error(`${String(deviceTime)} does not fit into ${pattern}`);
          return text;
        })
        .join("");
    },
  };
}
