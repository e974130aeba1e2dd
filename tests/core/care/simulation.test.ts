import { expect, test } from "vitest";
import { twoYears } from "./two-years.ts";

/** Product M10. Patients, days and seed may be set for a longer look: CARE_RESIDENTS, CARE_DAYS, CARE_SEED. */
const residents = Number(process.env.CARE_RESIDENTS ?? 10_000);
const days = Number(process.env.CARE_DAYS ?? 730);
const seed = Number(process.env.CARE_SEED ?? 20_261_122);

test("ten thousand people over two years: no danger value, referral or follow-up without an owner and a next step", () => {
  const began = performance.now();
  const report = twoYears({ residents, days, seed });
  console.info(JSON.stringify({ ...report, seconds: Math.round((performance.now() - began) / 100) / 10 }, null, 2));
  expect(report.orphans).toEqual([]);
  expect(report.chainBroken).toBe(0);
  expect(report.urgentWithoutCheck).toBe(0);
  // It was a real two years: everything that may go wrong did.
  expect(report.urgentSent).toBeGreaterThan(0);
  expect(report.climbed).toBeGreaterThan(0);
  expect(report.staffLeft).toBeGreaterThan(0);
  expect(report.outages).toBeGreaterThan(0);
  expect(Object.keys(report.lost).length).toBe(4);
}, 600_000);
