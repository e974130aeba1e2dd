import { expect } from "@playwright/test";
import type { TrendPoint } from "../../core/contract/visit-parts.ts";
import type { MeasureEvent } from "../../core/contract/views.ts";
import type { OfferedKind } from "../../core/domain/outcome.ts";
import { laterBoards } from "../../core/machine/boards.ts";
import { restStepOf, stepsOf, whileResting } from "../../core/machine/steps.ts";
import type { Walk } from "./technician-walks.ts";

/** From the welcome screen to the board of checks: the first specimen, nothing named at triage. */
export async function enterVisit(walk: Walk): Promise<void> {
  const { press, see } = walk;
  await press("start");
  await see("screen-who");
  await press("resident-card");
  await nothingNamed(walk);
}

/** No emergency, and on past what the station offers first, to the board of checks. */
export async function nothingNamed({ page, press, see }: Walk): Promise<void> {
  await expect(page.getByTestId("screen-triage")).toHaveAttribute("data-of", "emergency");
  await press("triage-next");
  const other = page.getByTestId("other-checks");
  await expect(other.or(page.getByTestId("screen-checks"))).toBeVisible();
  if (await other.isVisible()) await other.click();
  await see("screen-checks");
}

/** Through the boards that have waited, with "none". */
export async function boardsAsked({ page, press }: Walk): Promise<void> {
  for (const board of laterBoards) {
    await expect(page.getByTestId("screen-triage")).toHaveAttribute("data-of", board);
    await press("triage-next");
  }
  await expect(page.getByTestId("screen-triage")).toHaveCount(0);
}

/** Boards that come before this step, if they still wait. */
async function boardsBefore(walk: Walk, check: OfferedKind, index: number): Promise<void> {
  const { page } = walk;
  const first = check === "glucose" || check === "lipids" ? 0 : restStepOf(check);
  if (index !== first) return;
  const triage = page.getByTestId("screen-triage");
  await expect(triage.or(page.getByTestId("screen-prepare"))).toBeVisible();
  if (await triage.isVisible()) await boardsAsked(walk);
}

/** Through every step before a measurement, up to its start; `onStep` sees each of them before it is answered. */
export async function prepareCheck(
  walk: Walk,
  check: OfferedKind,
  onStep: (step: number, kind: string) => Promise<void> = async () => {},
): Promise<void> {
  const { page, press, see } = walk;
  await press(`check-${check}`);
  for (const [index, step] of stepsOf[check].entries()) {
    const last = index === stepsOf[check].length - 1;
    await boardsBefore(walk, check, index);
    const shown = { ask: "ask-yes", show: last ? "measure-start" : "prepare-next", cuff: "cuff-small" } as const;
    if (step.kind === "rest") await see("rest-left");
    else if (step.kind === "meal" || step.kind === "fasting") await see("meal-fasting");
    else await see(shown[step.kind]);
    if (step.kind === "ask" || step.kind === "show")
      await expect(page.getByTestId("screen-prepare")).toHaveAttribute("data-of", step.id);
    await onStep(index + 1, step.kind);
    if (step.kind === "ask") await press("ask-yes");
    else if (step.kind === "cuff") await press("cuff-standard");
    else if (step.kind === "meal" || step.kind === "fasting") await press("meal-fasting");
    else if (step.kind === "rest") await rest(walk, onStep, index + 1);
    else if (!last) await press("prepare-next");
  }
}

/** The questions of the rest, then on without waiting for its end. */
async function rest(
  { page, press, see }: Walk,
  onStep: (step: number, kind: string) => Promise<void>,
  step: number,
): Promise<void> {
  for (const [index] of whileResting.entries()) {
    await press("ask-no");
    if (index < whileResting.length - 1) await expect(page.getByTestId("ask-no")).toBeVisible();
  }
  await see("rest-skip");
  await onStep(step, "rested");
  await press("rest-ready");
  await see("rest-hold");
  await onStep(step, "ready");
  await press("rest-hold", "rest-skip");
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** Four earlier visits, with every kind in each. */
export const invented: readonly TrendPoint[] = (
  [
    [160, 152, 94],
    [90, 148, 92],
    [40, 139, 86],
    [12, 144, 90],
  ] as const
).map(([days, upper, lower]) => ({
  at: daysAgo(days),
  entered: false,
  origin: "own",
  readings: [
    { quantity: "bp.systolic", value: upper, unit: "mm[Hg]" },
    { quantity: "bp.diastolic", value: lower, unit: "mm[Hg]" },
    { quantity: "glucose", value: upper / 25, unit: "mmol/L" },
    { quantity: "cholesterol.total", value: upper / 28, unit: "mmol/L" },
    { quantity: "spo2", value: 95 + (upper % 4), unit: "%" },
    { quantity: "body.temperature", value: 36 + (upper % 9) / 10, unit: "Cel" },
    { quantity: "body.weight", value: upper / 2.2, unit: "kg" },
  ],
}));

/** One beat in fifty samples: a wave and its echo. */
const beat = (sample: number): number => {
  const at = (sample % 50) / 50;
  return Math.round(40 + 50 * Math.exp(-((at - 0.2) ** 2) / 0.006) + 18 * Math.exp(-((at - 0.5) ** 2) / 0.01));
};
/** What the oximeter says while it is on a finger. */
export const liveOxygen = [
  {
    kind: "progress",
    readings: [
      { quantity: "spo2", value: 97, unit: "%" },
      { quantity: "pulse.rate", value: 72, unit: "/min" },
    ],
  },
  {
    kind: "wave",
    of: "pulse",
    samples: Array.from({ length: 200 }, (_, index) => beat(index)),
  },
] satisfies readonly MeasureEvent[];

const measure = async (walk: Walk, check: OfferedKind) => {
  await prepareCheck(walk, check);
  await walk.press("measure-start");
};

/** What was measured, and what follows from it: every screen between the board of checks and the farewell. */
export const visitWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "every step before every measurement": async (walk) => {
    for (const check of ["bloodPressure", "glucose", "lipids", "oximetry", "temperature", "body"] as const) {
      await walk.open();
      await enterVisit(walk);
      await prepareCheck(walk, check, async (step, kind) => {
        // Needle and finger are asked about in the same words for both kinds of strip.
        const known = check === "lipids" && step > 1 && step < stepsOf.lipids.length;
        if (!known) await walk.look(`prepare-${check}-${step}-${kind}`);
      });
    }
  },
  "how to sit, shown once more; needle and strip, asked twice": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ paceMs: 1 });
    await enterVisit(walk);
    await press("check-bloodPressure");
    const prepare = page.getByTestId("screen-prepare");
    await expect(prepare).toHaveAttribute("data-of", "posture");
    await press("ask-no");
    await expect(prepare).toHaveAttribute("data-of", "sit");
    await look("prepare-sit-again");
    await press("back", "back");
    await measure(walk, "glucose");
    await see("result-number");
    await press("result-next");
    await see("screen-putAway");
    await look("put-away");
    await press("ask-no");
    await look("put-away-again");
    await press("ask-yes");
    await see("screen-checks");
  },
  "a pulse wave and its numbers, as they come": async (walk) => {
    const { page, open, press, look } = walk;
    await open({ holds: true, paceMs: 1 });
    await enterVisit(walk);
    await measure(walk, "oximetry");
    await expect(page.getByTestId("phase")).toHaveAttribute("data-phase", "waiting");
    for (const event of liveOxygen) await page.evaluate((said) => window.fake.say(said), event);
    await expect(page.getByTestId("live-spo2")).toHaveText("97");
    await look("measure-oximetry");
    await press("stop");
  },
  "the pressure in the cuff, as it rises": async (walk) => {
    const { page, open, press, look } = walk;
    await open({ holds: true, paceMs: 1 });
    await enterVisit(walk);
    await measure(walk, "bloodPressure");
    await expect(page.getByTestId("live-pressure")).toHaveText("117");
    await look("measure-pressure");
    await press("stop");
  },
  "numbers typed by a person, and one that cannot be": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ enterFails: "gate.outOfRange" });
    await enterVisit(walk);
    await page.evaluate(() => window.fake.setStation({ devices: [] }));
    await expect(page.getByTestId("check-body").getByTestId("device-state")).toHaveAttribute("data-state", "away");
    await look("checks-none");
    await press("check-body", "key-1", "key-5", "key-8");
    await look("enter-height");
    await press("enter-next", "key-6", "key-1", "enter-next", "key-8", "key-5");
    await look("enter-waist");
    await press("enter-next");
    await see("enter-fault");
    await look("enter-fault");
  },
  "every result, all of them, what follows, and how it was": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ paceMs: 1, restSeconds: 0, trend: invented, pressures: [[148, 92, 72]] });
    await enterVisit(walk);
    for (const check of ["oximetry", "temperature", "body", "glucose", "lipids"] as const) {
      await measure(walk, check);
      // A whole panel leaves its way no room on a wide screen.
      await see(check === "lipids" ? "lipids" : "trend");
      await look(`visit-result-${check}`);
      await press("back");
      await see("screen-checks");
    }
    await look("checks-results");
    await measure(walk, "bloodPressure");
    await press("next-reading");
    await see("trend");
    await look("visit-result-bloodPressure");
    await press("back", "show-results");
    await see("overall");
    await look("visit-results");
    await press("finish");
    // Blood was taken: needle and strip first.
    await see("screen-putAway");
    await press("ask-yes");
    await see("next-step");
    await look("next");
    await press("next-yes");
    await see("take-code");
    await look("take");
    await page.evaluate(() => window.fake.setStation({ printer: "paperOut" }));
    await see("take-fault");
    await look("take-paperOut");
    await press("take-code");
    await see("qr");
    await look("take-code");
    await press("take-next");
    await see("rate-3");
    await look("rate");
    await press("rate-3");
    await see("screen-leave");
  },
  "one's own pages": async (walk) => {
    const { open, press, see, look } = walk;
    await open({ trend: invented });
    await enterVisit(walk);
    await press("mine");
    await see("mine-record");
    await look("mine");
    for (const [page, shown] of [
      ["record", "record-bloodPressure"],
      ["doctor", "doctor-none"],
      ["consents", "consent-keep"],
      ["family", "family-words"],
      ["appointment", "appointment"],
    ] as const) {
      await press(`mine-${page}`);
      await see(shown);
      await look(`mine-${page}`);
      await press("back");
      await see("mine-record");
    }
  },
  "a family doctor": async (walk) => {
    const { open, press, see, look } = walk;
    await open({});
    await enterVisit(walk);
    await press("mine");
    await press("mine-doctor", "doctor-choose");
    await see("doctor-this");
    await look("doctor-one");
    await press("doctor-this");
    await see("doctor-fee");
    await look("doctor-package");
    await press("doctor-other-package");
    await look("doctor-package-other");
    await press("doctor-package-this");
    await see("doctor-whom");
    await look("doctor-whom");
    await press("doctor-next");
    await see("doctor-terms");
    await look("doctor-terms");
    await press("doctor-sign");
    await see("doctor-asked");
    await look("doctor-asked");
    await press("doctor-take-back");
    await see("doctor-end");
    await look("doctor-leave");
    await press("doctor-end");
    await see("doctor-none");
    const doctor = { id: "d1", name: "林秀兰", org: "石桥镇卫生院" };
    const at = "2026-05-01T08:00:00.000Z";
    const contract = { id: crypto.randomUUID(), doctor, at, until: "2027-05-01T08:00:00.000Z" } as const;
    const active = { ...contract, state: "active", stage: "active" } as const;
    const declined = { ...contract, state: "declined", stage: "declined", reason: "full" } as const;
    await open({ doctor: { active: { ...active, stage: "renewalDue" } } });
    await enterVisit(walk);
    await press("mine", "mine-doctor");
    await see("doctor-due");
    await look("doctor-due");
    await press("doctor-renew", "doctor-package-this", "doctor-next", "doctor-sign");
    await see("doctor-asked");
    await look("doctor-renewed");
    await open({ doctor: { over: { ...contract, state: "expired", stage: "ended" } } });
    await enterVisit(walk);
    await press("mine", "mine-doctor");
    await see("doctor-over");
    await look("doctor-over");
    await open({ doctor: { active } });
    await enterVisit(walk);
    await press("mine");
    await press("mine-doctor");
    await see("doctor-has");
    await look("doctor-has");
    await press("doctor-change");
    await see("doctor-swap");
    await look("doctor-change");
    await open({ doctor: { asked: declined, mayChoose: false } });
    await enterVisit(walk);
    await press("mine");
    await press("mine-doctor");
    await see("doctor-declined");
    await look("doctor-declined");
    await press("doctor-choose");
    await see("doctor-fault");
    await look("doctor-fault");
  },
};
