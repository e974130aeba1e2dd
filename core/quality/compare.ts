import type { JudgedPair } from "../journal/quality-bodies.ts";
import { difference, product } from "../rules/decimal.ts";
import { gluCompare } from "../rules/device-checks.ts";

export interface Pair {
  readonly analyte: JudgedPair["analyte"];
  readonly device: number;
  readonly laboratory: number;
}

/** Total error of the lipids, as a part of the laboratory's value (calibration.md §3). */
const totalError: Readonly<Partial<Record<Pair["analyte"], number>>> = {
  "cholesterol.total": 0.09,
  triglyceride: 0.15,
  "cholesterol.hdl": 0.13,
  "cholesterol.ldlCalculated": 0.12,
};

/** Of glucose at least 95 % of the pairs within (§2.3); of lipids each one (§3). */
const glucoseShare = 0.95;

export function comparable(analyte: Pair["analyte"]): boolean {
  return analyte === "glucose" || totalError[analyte] !== undefined;
}

/** mmol/L. Every analyte must be `comparable`. */
export function judgePairs(pairs: readonly Pair[]): {
  readonly verdict: "passed" | "failed";
  readonly pairs: readonly JudgedPair[];
} {
  const judged = pairs.map(judgePair);
  const analytes = [...new Set(pairs.map(({ analyte }) => analyte))];
  const passed = analytes.every((analyte) => {
    const own = judged.filter((pair) => pair.analyte === analyte);
    const within = own.filter(({ ok }) => ok).length;
    return analyte === "glucose" ? within >= own.length * glucoseShare : within === own.length;
  });
  return { verdict: passed ? "passed" : "failed", pairs: judged };
}

function judgePair(pair: Pair): JudgedPair {
  const { analyte, device, laboratory } = pair;
  const apart = difference(device, laboratory, 4);
  if (analyte === "glucose") {
    const ok = gluCompare(device, laboratory).category === "COMPARE_WITHIN";
    return { ...pair, difference: apart, limit: laboratory < 5.5 ? 0.83 : product(laboratory, 0.15, 4), ok };
  }
  const limit = product(laboratory, totalError[analyte] ?? 0, 4);
  return { ...pair, difference: apart, limit, ok: Math.abs(apart) <= limit };
}
