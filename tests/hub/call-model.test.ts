import fc from "fast-check";
import { expect, test } from "vitest";
import { CallWorld } from "./call-world.ts";

/** Steps in all; HEALTH_STATION_CALL_STEPS makes them more or fewer. */
const steps = Number(process.env.HEALTH_STATION_CALL_STEPS ?? 1_000_000);
const perRun = 500;

test(`${steps} steps of calls, lines, time and restarts: one owner, nobody stuck, nobody overtaken by an equal`, async () => {
  let made = 0;
  let given = 0;
  const states = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 2 ** 20 - 1 }), { minLength: perRun, maxLength: perRun }),
      async (codes) => {
        const world = new CallWorld();
        for (const code of codes) await world.step(code);
        made += codes.length;
        given += world.given;
        for (const { mode, state, outcome, step } of world.store.all.values())
          states.add(`${mode} ${state} ${outcome ?? ""} ${step}`);
        await world.end();
      },
    ),
    { seed: 5, numRuns: Math.ceil(steps / perRun) },
  );
  expect(made).toBeGreaterThanOrEqual(steps);
  // The walk has been everywhere, or it would prove little.
  expect(states.size).toBeGreaterThan(25);
  expect(given, "calls that came straight to who had asked for them").toBeGreaterThan(0);
}, 600_000);
