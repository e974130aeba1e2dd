import type { Profile } from "../../drivers/kit/index.ts";
import { code, plain } from "./markdown.ts";

/** Tables of a profile in words. What has no words of its own is shown as it stands in the table. */

type Steps = Profile["session"]["steps"];
type Step = Steps[number];
type Table = Readonly<Record<string, unknown>>;

/** `a 1, b [2,3]`: what is left of a table, as it is. */
function rest(table: Table, ...told: readonly string[]): string {
  return Object.entries(table)
    .filter(([key, value]) => value !== undefined && !told.includes(key))
    .map(([key, value]) => code(`${key} ${typeof value === "string" ? value : JSON.stringify(value)}`))
    .join(", ");
}
const listed = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("; ");
const codes = (names: readonly string[]): string => names.map(code).join(", ");

export const seconds = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`);

/** Type, place and whatever else the field's table says, but for unit and limits. */
export function fieldWords(field: Table): string {
  const { type } = field;
  return listed(code(String(type)), rest(field, "type", "unit", "units", "min", "max", "special"));
}

export function unitWords(field: Table): string {
  const { unit, units } = field;
  if (typeof unit === "string") return code(unit);
  if (typeof units === "object" && units !== null) return codes(Object.keys(units));
  return "";
}

export function limitWords(field: Table): string {
  const { min, max, units } = field;
  const pair = (low: unknown, high: unknown): string => `${String(low)} to ${String(high)}`;
  if (typeof min === "number") return pair(min, max);
  if (typeof units !== "object" || units === null) return "";
  return Object.values(units)
    .flatMap((limits: unknown) =>
      typeof limits === "object" && limits !== null && "min" in limits && "max" in limits
        ? [pair(limits.min, limits.max)]
        : [],
    )
    .join("; ");
}

export function specialWords(field: Table): string {
  const { special, absent } = field;
  const marks = Array.isArray(special) ? (special as readonly Table[]) : [];
  const words = marks.map((mark) => {
    const { raw, comparator, value } = mark;
    const range =
      Array.isArray(raw) && raw[0] === raw[1]
        ? String(raw[0])
        : Array.isArray(raw)
          ? raw.join(" to ")
          : rest({ ...mark });
    return typeof comparator !== "string"
      ? `${range}: no number`
      : `${range}: ${code(`${comparator} ${String(value)}`)}`;
  });
  return listed(...words, typeof absent === "string" ? `${code(absent)}: no number` : undefined);
}

/** What a frame means, a rule after the other. */
export function ruleWords(rule: Table): string {
  const { kind, of, readings, when } = rule;
  const on = when === undefined ? undefined : `when ${code(JSON.stringify(when))}`;
  const rows = Array.isArray(readings) ? (readings as readonly (readonly [string, string])[]) : [];
  const numbers = rows.map(([quantity, field]) => `${code(quantity)} ← ${code(field)}`).join(", ");
  return listed(
    `**${String(kind)}**${typeof of === "string" ? ` of ${of}` : ""}`,
    on,
    numbers,
    rest(rule, "kind", "of", "readings", "when"),
  );
}

function stepWords(step: Step): string {
  const table: Table = step;
  const told = [
    "do",
    "phase",
    "send",
    "expect",
    "withinMs",
    "tries",
    "firstMs",
    "silenceMs",
    "everyMs",
    "pauseMs",
    "spanMs",
  ];
  const ms = (key: string): string | undefined => {
    const value = table[key];
    return typeof value === "number" ? seconds(value) : undefined;
  };
  const also = rest(table, ...told);
  const sends = typeof table["send"] === "string" ? `send ${code(table["send"])}` : undefined;
  const expects = table["expect"];
  const awaited =
    expects === undefined
      ? undefined
      : `wait for ${[expects]
          .flat()
          .map((each) => code(typeof each === "string" ? each : JSON.stringify(each)))
          .join(", ")}`;
  const times = listed(
    ms("firstMs") && `first sign within ${ms("firstMs") ?? ""}`,
    ms("silenceMs") && `silent after ${ms("silenceMs") ?? ""}`,
    ms("everyMs") && `every ${ms("everyMs") ?? ""}`,
    ms("spanMs") && `steady for ${ms("spanMs") ?? ""}`,
    ms("pauseMs") && `then a pause of ${ms("pauseMs") ?? ""}`,
    ms("withinMs") && `within ${ms("withinMs") ?? ""}`,
    typeof table["tries"] === "number" ? (table["tries"] === 1 ? "once" : `${table["tries"]} tries`) : undefined,
  );
  return listed(`**${step.do}** (${step.phase})`, sends, awaited, times, also);
}

type Conversation = Profile["session"];
export function sessionWords(session: Conversation): string {
  const { steps, stop, totalMs, gapMs, ...others } = session;
  const lines = steps.map((step, i) => `${i + 1}. ${stepWords(step)}`);
  const ways = [
    stop === undefined
      ? "No stop frame."
      : `Stop: send ${code(stop.send)}${stop.expect.length > 0 ? `, wait for ${codes(stop.expect)}` : ""}; ${seconds(stop.withinMs)}, ${stop.tries} tries${"always" in stop && stop.always === true ? "; after a result, too" : ""}.`,
    `At most ${seconds(totalMs)} in all; half a frame is given up after ${seconds(gapMs)}.`,
    ...Object.entries(others).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}: ${code(JSON.stringify(value))}`],
    ),
  ];
  return [...lines, "", ...ways.map((way) => `- ${way}`)].join("\n");
}

export function settingRows(profile: Profile): readonly (readonly string[])[] {
  return Object.entries(profile.settings ?? {}).map(([name, { says, default: usual, choices }]) => [
    code(name),
    `${plain(says.en)} · ${says.zh}`,
    Object.entries(choices)
      .map(
        ([choice, each]) => `${choice === usual ? `**${choice}**` : choice} (${plain(each.says.en)} · ${each.says.zh})`,
      )
      .join("; "),
  ]);
}
