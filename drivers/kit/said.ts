import { deviceTimeOf, wallParts } from "./device-time.ts";
import type { Conversation, StepOf } from "./schema.ts";
import { isMeasured, type Value, type Values } from "./value.ts";

/** The values of a frame that is about to be sent. */
type Written = NonNullable<NonNullable<Conversation["replies"]>[string]["values"]>;
export type Given = NonNullable<StepOf<"ask">["values"]>;

export interface SaidFrom {
  /** What whoever started it handed in. */
  readonly parameters: Readonly<Record<string, number | string>>;
  /** The station's wall time, in ms on a scale without zones. */
  readonly wallMs: number;
  /** The frame that is answered. */
  readonly heard?: Values;
}

const dayMs = 86_400_000;

function clockPart(wallMs: number, part: string): number {
  const [year, month, day, hour, minute, second] = wallParts(wallMs);
  switch (part) {
    case "century":
      return Math.floor(year / 100);
    case "yearOfCentury":
      return year % 100;
    case "month":
      return month;
    case "day":
      return day;
    case "hour":
      return hour;
    case "minute":
      return minute;
    case "second":
      return second;
    case "weekday":
      // 1970-01-01 was a Thursday.
      return (((Math.floor(wallMs / dayMs) + 4) % 7) + 7) % 7;
    default:
      return year;
  }
}

/** Throws when a parameter is missing: whoever starts a task hands in what `parametersOf` names. */
export function saidValues(written: Written | undefined, { parameters, wallMs, heard }: SaidFrom): Values {
  return Object.fromEntries(
    Object.entries(written ?? {}).map(([field, value]): [string, Value] => {
      if (typeof value !== "object") return [field, value];
      if ("clock" in value)
        return [field, value.clock === true ? deviceTimeOf(Math.floor(wallMs)) : clockPart(wallMs, value.clock)];
      if ("heard" in value) {
        const said = heard?.[value.heard] ?? 0;
        return [field, isMeasured(said) ? said.value : said];
      }
      const given = parameters[value.from];
      if (given === undefined) throw new Error(`nothing was handed in for ${value.from}`);
      return [field, given];
    }),
  );
}
