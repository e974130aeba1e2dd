import { expect, test } from "vitest";
import { personOf, type Person } from "./person.ts";
import { cuffMs, openPlace, parts, walk, type Walked } from "./walked.ts";

/**
 * What a visit takes: fifty people with human pauses (person.ts says whose and where from) at the kiosk's own engine, over a
 * real host with simulated devices, on a clock that nobody waits for. The report says which bar of goal M1 is reached.
 */
const runs = Number(process.env.TIME_RUNS ?? 50);

/** What a first result takes these people now, and what the disk of a busy machine adds; the report says what of it. */
const heldSeconds = 120;

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
const p95 = (walked: readonly Walked[], less: (one: Walked) => number = () => 0): number =>
  quantile(
    walked.map((one) => one.totalMs - less(one)),
    0.95,
  ) / 1_000;
const seconds = (ms: number): string => (ms / 1_000).toFixed(1).padStart(7);

interface Came {
  readonly person: Person;
  readonly walked: Walked;
}

async function everybody(goal: "first" | "pressure", as: (person: Person) => Person): Promise<readonly Came[]> {
  const place = await openPlace();
  const all: Came[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const person = as(personOf(seed));
    all.push({ person, walked: await walk(place, person, goal) });
  }
  return all;
}

function report(name: string, barSeconds: number, came: readonly Came[], groupOf: (one: Came) => string): string {
  const all = came.map(({ walked }) => walked);
  const spread = (some: readonly Walked[]) =>
    `n ${some.length}, median ${seconds(
      quantile(
        some.map(({ totalMs }) => totalMs),
        0.5,
      ),
    )} s, P95 ${seconds(p95(some) * 1_000)} s`;
  const mean = (of: (one: Walked) => number) => seconds(all.reduce((sum, one) => sum + of(one), 0) / all.length);
  const screens = [...new Set(all.flatMap((one) => Object.keys(one.screens)))];
  const reached = p95(all) <= barSeconds ? "reached" : "MISSED";
  return [
    `\n${name}: ${spread(all)}; bar P95 ${barSeconds} s ${reached}`,
    ...[...new Set(came.map(groupOf))].map((group) => {
      const some = came.filter((one) => groupOf(one) === group);
      return `  ${group.padEnd(22)} ${spread(some.map(({ walked }) => walked))}`;
    }),
    `  within the bar: ${all.filter(({ totalMs }) => totalMs <= barSeconds * 1_000).length}; asked whether still there: ${all.reduce((sum, { warned }) => sum + warned, 0)} times`,
    "  mean of what it goes to:",
    ...parts.map((part) => `    ${part.padEnd(22)} ${mean(({ spent }) => spent[part])} s`),
    ...screens.map((screen) => `      ${screen.padEnd(20)} ${mean((one) => one.screens[screen] ?? 0)} s`),
    "",
  ].join("\n");
}

/** What is asked before a first result and need not be: the boards below the emergency, consent to send, the sign. */
const laterBoards = ({ screens }: Walked) => (screens["triage warning"] ?? 0) + (screens["triage minor"] ?? 0);
const laterAll = (one: Walked) => laterBoards(one) + (one.screens["consent send"] ?? 0) + (one.screens["sign"] ?? 0);

test(`a first result for ${runs} people`, { timeout: 900_000 }, async () => {
  const came = await everybody("first", (person) => person);
  const walked = came.map((one) => one.walked);
  const groups = ({ person }: Came) => `${person.arrival}${person.hears ? ", hears all" : ""}`;
  process.stdout.write(
    `${report("first result", 60, came, groups)}  P95 with the boards below the emergency asked later ${p95(walked, laterBoards).toFixed(1)} s; with "send" and the sign later, too, ${p95(walked, laterAll).toFixed(1)} s\n`,
  );
  // Goal M1 asks for 60 s, and it is not reached: the questions before a measurement take longer. It must not get worse.
  expect(p95(walked)).toBeLessThanOrEqual(heldSeconds);
});

/** A simulated cuff is quicker than the cuffs it stands for: so much a reading. */
const asSimulated = ({ readings }: Walked) => readings * (cuffMs.real - cuffMs.simulated);

test(`the full pressure protocol for ${runs} people`, { timeout: 900_000 }, async () => {
  const came = await everybody("pressure", (person) => ({ ...person, arrival: "guest" }));
  const walked = came.map((one) => one.walked);
  process.stdout.write(
    `${report("full pressure protocol", 540, came, (one) => `${one.walked.readings} readings`)}  P95 with the simulated cuff's own ${cuffMs.simulated / 1_000} s a reading: ${p95(walked, asSimulated).toFixed(1)} s\n`,
  );
  // Nobody is done without the rest, two readings and the minute between them.
  expect(Math.min(...walked.map(({ readings }) => readings))).toBeGreaterThanOrEqual(2);
  expect(Math.min(...walked.map(({ totalMs }) => totalMs))).toBeGreaterThan(300_000 + 60_000 + 2 * cuffMs.real);
  expect(p95(walked.filter(({ readings }) => readings === 2))).toBeLessThanOrEqual(540);
  expect(p95(walked, asSimulated)).toBeLessThanOrEqual(540);
});
