import { expect, test } from "vitest";
import { quickChecks } from "../../../core/machine/steps.ts";
import { personOf, type Person } from "./person.ts";
import { cuffMs, openPlace, parts, walk, type Walked } from "./walked.ts";

/**
 * What a visit takes: fifty people with human pauses (person.ts says whose and where from) at the kiosk's own engine, over a
 * real host with simulated devices, on a clock that nobody waits for. The report says which bar of goal M1 is reached.
 */
const runs = Number(process.env.TIME_RUNS ?? 50);

/** Goal M1 and issue 4: a first result within a minute of being identified, a pressure within nine of sitting down to rest. */
const barSeconds = { first: 60, pressure: 540 } as const;

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

async function everybody(goal: "first" | "pressure"): Promise<readonly Came[]> {
  const all: Came[] = [];
  const people = Array.from({ length: runs }, (_, index) => personOf(index + 1));
  for (const nearest of quickChecks) {
    const here = people.filter(({ quick }) => quick === nearest);
    const place = await openPlace(nearest);
    for (const person of here) all.push({ person, walked: await walk(place, person, goal) });
    place.close();
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

test(`a first result for ${runs} people`, { timeout: 900_000 }, async () => {
  const came = await everybody("first");
  const walked = came.map((one) => one.walked);
  const groups = ({ person }: Came) => `${person.quick}, ${person.arrival}${person.hears ? ", hears all" : ""}`;
  process.stdout.write(report("first result", barSeconds.first, came, groups));
  // With room for people who are slower than ours.
  expect(p95(walked)).toBeLessThanOrEqual(barSeconds.first - 4);
});

/** The first pressure of a name is of both arms: the cuff is put on twice and more. */
const hasTwoArms = ({ twoArms }: Walked) => twoArms;

/** A simulated cuff is quicker than the cuffs it stands for: so much a reading. */
const asSimulated = ({ readings }: Walked) => readings * (cuffMs.real - cuffMs.simulated);

/** What nobody can be quicker than: the rest, each reading, and a minute before each further one. Seconds. */
const leastSeconds = (readings: number) => 300 + (readings * cuffMs.real) / 1_000 + (readings - 1) * 60;
/** What hands may add to that: the last number compared with the display, and a touch that comes after its minute. Seconds. */
const handsSeconds = 20;

test(`the full pressure protocol for ${runs} people`, { timeout: 900_000 }, async () => {
  const came = await everybody("pressure");
  const walked = came.map((one) => one.walked);
  const counts = [...new Set(walked.map(({ readings }) => readings))].sort();
  const ofCount = (readings: number) => walked.filter((one) => one.readings === readings);
  process.stdout.write(
    [
      report(
        "full pressure protocol",
        barSeconds.pressure,
        came,
        (one) => `${one.walked.readings} readings${hasTwoArms(one.walked) ? ", both arms" : ""}`,
      ),
      ...counts.map(
        (readings) =>
          `  ${readings} readings: at least ${leastSeconds(readings)} s, P95 ${p95(ofCount(readings)).toFixed(1)} s`,
      ),
      `  P95 with the simulated cuff's own ${cuffMs.simulated / 1_000} s a reading: ${p95(walked, asSimulated).toFixed(1)} s\n`,
    ].join("\n"),
  );
  // Nobody is done without the rest, two readings and the minute between them.
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
  expect(Math.min(...walked.map(({ totalMs }) => totalMs))).toBeGreaterThan((leastSeconds(2) - 1) * 1_000);
  // Rules.md §3.1 asks for two readings, and a third where they differ; at the first visit for one of the other arm besides.
  // Where those two differ as well, a fourth is beyond nine minutes by the rules alone: it may take its own least and hands.
  expect(p95(walked.filter(({ readings }) => readings <= 3))).toBeLessThanOrEqual(barSeconds.pressure);
  for (const readings of counts)
    expect(p95(ofCount(readings))).toBeLessThanOrEqual(leastSeconds(readings) + handsSeconds);
  expect(p95(walked)).toBeLessThanOrEqual(barSeconds.pressure);
});
