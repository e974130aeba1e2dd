import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionCodes, deviceActionCodes } from "../../../core/rules/assessment.ts";
import { assess, domains } from "../../../core/rules/assess.ts";
import { emergency, pressureSymptoms } from "../../../core/rules/symptoms.ts";

const severityOf = (domain: string, inputs: unknown): number => {
  const answer = assess(domain, inputs);
  if (answer.kind !== "assessed") throw new Error(answer.kind);
  return answer.assessment.severity;
};

describe("laws", () => {
  const anything = fc.record(
    Object.fromEntries(
      [
        "sbp",
        "dbp",
        "bpm",
        "value",
        "v",
        "tcv",
        "hdlv",
        "tgv",
        "left",
        "right",
        "age",
        "days",
        "n",
        "minutes_since_meal",
      ].map((name) => [name, fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))]),
    ),
    { requiredKeys: [] },
  );

  test.each(domains)("%s answers any finite input without throwing, with known words", (domain) => {
    fc.assert(
      fc.property(anything, fc.subarray([...emergency]), (numbers, symptoms) => {
        const answer = assess(domain, { ...numbers, symptoms });
        if (answer.kind !== "assessed") return;
        expect([...actionCodes, ...deviceActionCodes]).toContain(answer.assessment.action);
        expect([...answer.assessment.flags].sort()).toEqual(answer.assessment.flags);
      }),
      { numRuns: 60 },
    );
  });

  test.each(domains)("%s answers any JSON without throwing", (domain) => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        expect(["assessed", "badInput"]).toContain(assess(domain, given).kind);
      }),
      { numRuns: 40 },
    );
  });

  const systolic = fc.integer({ min: 90, max: 300 });
  test("a higher pressure is never milder, at the same lower number", () => {
    fc.assert(
      fc.property(
        systolic,
        systolic,
        fc.integer({ min: 20, max: 80 }),
        fc.subarray([...pressureSymptoms]),
        (a, b, dbp, symptoms) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(severityOf("bp", { sbp: high, dbp, symptoms })).toBeGreaterThanOrEqual(
            severityOf("bp", { sbp: low, dbp, symptoms }),
          );
        },
      ),
    );
  });

  const mmol = fc.integer({ min: 40, max: 550 }).map((tenths) => tenths / 10);
  test("a higher glucose is never milder, from 4.0 up", () => {
    fc.assert(
      fc.property(
        mmol,
        mmol,
        fc.constantFrom("fasting", "pp2h", "random"),
        fc.constantFrom("yes", "no"),
        (a, b, context, dm) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(severityOf("glucose", { value: high, context, dm })).toBeGreaterThanOrEqual(
            severityOf("glucose", { value: low, context, dm }),
          );
        },
      ),
    );
  });

  test("more symptoms never make a result milder", () => {
    const some = fc.subarray([...emergency, "SX_FAINT", "SX_VOMIT", "SX_POLY"]);
    fc.assert(
      fc.property(
        fc.constantFrom("bp", "pulse", "glucose", "lipid_tg", "triage"),
        some,
        some,
        fc.integer({ min: 30, max: 240 }),
        (domain, fewer, added, n) => {
          const numbers = { sbp: n, dbp: n - 15, bpm: n, value: n / 10, v: n / 20 };
          expect(severityOf(domain, { ...numbers, symptoms: [...fewer, ...added] })).toBeGreaterThanOrEqual(
            severityOf(domain, { ...numbers, symptoms: fewer }),
          );
        },
      ),
    );
  });
});
