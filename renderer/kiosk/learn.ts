import type { VisitView } from "../../core/contract/views.ts";
import type { MessageKey } from "../../core/i18n/message.ts";
import type { Answers } from "../../core/journal/visit-bodies.ts";

type Learned = Extract<MessageKey, `kiosk.learn.${string}`>;

/** What helps with what was found, by the domain of the judgement; the most helpful first. */
const helps: Readonly<Record<string, readonly Learned[]>> = {
  bp: ["kiosk.learn.salt", "kiosk.learn.medicine", "kiosk.learn.walk"],
  glucose: ["kiosk.learn.sugar", "kiosk.learn.walk"],
  lipid_tc: ["kiosk.learn.oil", "kiosk.learn.vegetables"],
  lipid_ldl: ["kiosk.learn.oil", "kiosk.learn.vegetables"],
  lipid_tg: ["kiosk.learn.oil", "kiosk.learn.sugar"],
  lipid_hdl: ["kiosk.learn.walk"],
  spo2: ["kiosk.learn.breath"],
  temperature: ["kiosk.learn.fever"],
  bmi: ["kiosk.learn.vegetables", "kiosk.learn.walk"],
  waist: ["kiosk.learn.vegetables", "kiosk.learn.walk"],
};
const always: readonly Learned[] = ["kiosk.learn.measure", "kiosk.learn.walk", "kiosk.learn.vegetables"];

/** Three sentences at the most: for what was found, gravest first, each finding's best one before anybody's second. */
export function lessonsFor(visit: Pick<VisitView, "results"> | undefined, answers: Answers): readonly Learned[] {
  const found = (visit?.results ?? [])
    .flatMap(({ assessments }) => assessments)
    .filter(({ severity }) => severity > 0)
    .toSorted((one, other) => other.severity - one.severity)
    .map(({ domain }) => helps[domain] ?? []);
  const longest = Math.max(0, ...found.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, turn) => found.flatMap((row) => row[turn] ?? [])).flat();
  const smoker: readonly Learned[] = answers.smoker === true ? ["kiosk.learn.smoke"] : [];
  return [...new Set([...smoker, ...inTurn, ...always])].slice(0, 3);
}
