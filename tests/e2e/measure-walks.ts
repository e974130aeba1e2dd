import { expect } from "@playwright/test";
import type { MeasureEvent } from "../../core/contract/views.ts";
import { faults, type FaultCode } from "../../core/domain/faults.ts";
import type { OfferedKind } from "../../core/domain/outcome.ts";
import { enterGuest } from "./arrival-walks.ts";
import type { Walk } from "./technician-walks.ts";
import { enterVisit, prepareCheck } from "./visit-walks.ts";

async function begin(walk: Walk, check: OfferedKind): Promise<void> {
  await prepareCheck(walk, check);
  await walk.press("measure-start");
}

async function pressureOf(walk: Walk, readings: readonly (readonly [number, number, number])[]): Promise<void> {
  await walk.open({ restSeconds: 0, paceMs: 1, pressures: readings });
  await enterVisit(walk);
  await begin(walk, "bloodPressure");
  for (const _ of readings.slice(1)) await walk.press("next-reading");
  await walk.see("severity");
}

const severity = ({ page }: Walk, level: number) =>
  expect(page.getByTestId("severity").first()).toHaveAttribute("data-severity", String(level));

/** The longest sentences a measurement can end with, in each language: what fits them fits all. */
const longest = (["zh", "en"] as const).map((short) =>
  (Object.keys(faults) as FaultCode[])
    .filter((code) => /^(?:device|gate|store)\./u.test(code))
    .reduce((one, other) => (faults[other].resident[short].length > faults[one].resident[short].length ? other : one)),
);

const phasesOf = {
  bloodPressure: ["opening", "contacting", "waiting", "measuring", "reading"],
  glucose: ["waiting", "reading"],
} as const;

/** From the board of checks to a result, and everything that can stand in its way. */
export const measureWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "each phase of a measurement": async (walk) => {
    const { page, open, press, see, look } = walk;
    for (const check of ["bloodPressure", "glucose"] as const) {
      await open({ holds: true, paceMs: 1 });
      await enterVisit(walk);
      await begin(walk, check);
      await expect(page.getByTestId("phase")).toHaveAttribute(
        "data-phase",
        check === "glucose" ? "waiting" : "measuring",
      );
      if (check === "bloodPressure") await expect(page.getByTestId("live-pressure")).toHaveText("117");
      for (const phase of phasesOf[check]) {
        const event: MeasureEvent = { kind: "phase", phase, latestMs: phase === "measuring" ? 180_000 : 90_000 };
        await page.evaluate((said) => window.fake.say(said), event);
        await expect(page.getByTestId("phase")).toHaveAttribute("data-phase", phase);
        await look(`measure-${check}-${phase}`);
      }
    }
    await press("stop");
    await see("was-stopped");
    await look("stopped");
  },
  "numbers to compare with the display": async (walk) => {
    for (const check of ["bloodPressure", "glucose", "lipids"] as const) {
      await walk.open({ confirms: [check], paceMs: 1 });
      await enterVisit(walk);
      await begin(walk, check);
      await walk.see("screen-confirm");
      await walk.look(`confirm-${check}`);
      await walk.press("confirm-no");
      await walk.see("screen-failed");
      if (check === "bloodPressure") await walk.look("failed");
    }
  },
  "a measurement that failed, in the longest sentence": async (walk) => {
    for (const code of new Set(longest)) {
      await walk.open({ fails: { bloodPressure: code }, paceMs: 1 });
      await enterVisit(walk);
      await begin(walk, "bloodPressure");
      await walk.see("screen-failed");
      await walk.look(`failed-${code}`);
    }
  },
  "a pressure, first and complete": async (walk) => {
    const { open, see, look } = walk;
    await open({ restSeconds: 60, paceMs: 1, pressures: [[128, 73, 72]], doubts: ["irregularPulse"] });
    await enterVisit(walk);
    await begin(walk, "bloodPressure");
    await see("rest");
    await look("result-first");
    for (const [level, upper, lower] of [
      [0, 118, 74],
      [2, 168, 98],
      [3, 184, 112],
    ] as const) {
      await pressureOf(walk, [
        [upper, lower, 72],
        [upper - 4, lower - 2, 71],
      ]);
      await severity(walk, level);
      await look(`result-severity-${level}`);
    }
  },
  "the other results, the whole of them, and goodbye": async (walk) => {
    const { open, press, see, look } = walk;
    await open({
      paceMs: 1,
      glucose: 33.3,
      glucoseComparator: ">",
      lipids: [
        { quantity: "cholesterol.total", value: 10.36, unit: "mmol/L", comparator: ">" },
        { quantity: "cholesterol.hdl", value: 0.39, unit: "mmol/L", comparator: "<" },
        { quantity: "triglyceride", value: 5.65, unit: "mmol/L", comparator: ">" },
      ],
    });
    await enterGuest(walk);
    await begin(walk, "glucose");
    await see("screen-emergency");
    await look("emergency-result-high");
    await press("alarm-mistake");
    await see("overall");
    await look("results-severity-4");
    await press("back");
    await begin(walk, "lipids");
    await see("lipids");
    await look("result-lipids-limits");

    await open({ paceMs: 1, restSeconds: 0, glucose: 1.1, glucoseComparator: "<", pressures: [[168, 98, 72]] });
    await enterVisit(walk);
    await begin(walk, "glucose");
    await see("screen-emergency");
    await look("emergency-result-low");

    await open({ paceMs: 1, restSeconds: 0, pressures: [[168, 98, 72]] });
    await enterVisit(walk);
    await begin(walk, "bloodPressure");
    await press("next-reading");
    await severity(walk, 2);
    await press("leave", "leave-done");
    await see("screen-leave");
    await look("leave");
  },
};
