import { band, flagsWhere, type Assessment, type Band } from "./assessment.ts";
import { difference, fixed, friedewald, rounded } from "./decimal.ts";
import { lipidLimits as limits } from "./limits.ts";
import { hardRange, within, type FencedQuantity } from "./ranges.ts";
import { raiseForEmergency, type Symptoms } from "./symptoms.ts";

/** Who must not be told that a table value is suitable (rules.md §5). `dm40`: diabetes and 40 years or older. */
export const ldlRisks = ["low", "ascvd", "dm40", "ckd"] as const;
export type LdlRisk = (typeof ldlRisks)[number];

const decimals = 2;

const ideal = { severity: 0, action: "ROUTINE", adviceKey: "lip.ok" } as const;
const border = { severity: 1, action: "LIFESTYLE", adviceKey: "lip.border" } as const;
const high = { severity: 2, action: "DOCTOR_4W", adviceKey: "lip.high" } as const;
const veryHigh = { severity: 2, action: "DOCTOR_2W", adviceKey: "lip.very_high" } as const;

/** Cut-offs: LIPID2023 table 3; 7.2 and 4.9: its figure 1; 10.0: its §6; 5.6: grade C. mmol/L. */
export const lipidBands = {
  tc: [
    { from: 7.2, rule: "LP-04", category: "LIP_TC_VERY_HIGH", ...veryHigh },
    { from: 6.2, rule: "LP-03", category: "LIP_TC_HIGH", ...high },
    { from: 5.2, rule: "LP-02", category: "LIP_TC_BORDER", ...border },
    { from: 0, rule: "LP-01", category: "LIP_TC_OK", ...ideal },
  ],
  ldl: [
    { from: limits.ldlVeryHigh, rule: "LP-14", category: "LIP_LDL_VERY_HIGH", ...veryHigh },
    { from: 4.1, rule: "LP-13", category: "LIP_LDL_HIGH", ...high },
    { from: 3.4, rule: "LP-12", category: "LIP_LDL_BORDER", ...border },
    { from: 2.6, rule: "LP-11", category: "LIP_LDL_OK", ...ideal },
    { from: 0, rule: "LP-10", category: "LIP_LDL_IDEAL", ...ideal },
  ],
  nonHdl: [
    { from: 4.9, rule: "LP-43", category: "LIP_NONHDL_HIGH", ...high },
    { from: 4.1, rule: "LP-42", category: "LIP_NONHDL_BORDER", ...border },
    { from: 3.4, rule: "LP-41", category: "LIP_NONHDL_OK", ...ideal },
    { from: 0, rule: "LP-40", category: "LIP_NONHDL_IDEAL", ...ideal },
  ],
  tg: [
    {
      from: limits.tgExtreme,
      rule: "LP-34",
      category: "LIP_TG_EXTREME",
      severity: 3,
      action: "DOCTOR_TODAY",
      adviceKey: "lip.tg_extreme",
    },
    {
      from: limits.tgPancreatitis,
      rule: "LP-33",
      category: "LIP_TG_VERY_HIGH",
      severity: 2,
      action: "DOCTOR_1W",
      adviceKey: "lip.tg_very_high",
    },
    { from: 2.3, rule: "LP-32", category: "LIP_TG_HIGH", ...high },
    { from: limits.tgHigh, rule: "LP-31", category: "LIP_TG_BORDER", ...border },
    { from: 0, rule: "LP-30", category: "LIP_TG_OK", ...ideal },
  ],
  hdl: [
    { from: 1, rule: "LP-21", category: "LIP_HDL_OK", ...ideal },
    {
      from: 0,
      rule: "LP-20",
      category: "LIP_HDL_LOW",
      severity: 1,
      action: "LIFESTYLE",
      adviceKey: "lip.hdl_low",
    },
  ],
} as const satisfies Record<string, readonly Band[]>;

/** The groups whose LDL has a target of its own: LP-15, LP-16, LP-17. */
const targetBands = (aboveFrom: number): readonly Band[] => [
  {
    from: aboveFrom,
    rule: "LP-15",
    category: "LIP_LDL_ABOVE_TARGET",
    severity: 2,
    action: "DOCTOR_4W",
    adviceKey: "lip.target",
  },
  {
    from: limits.ldlTarget,
    rule: "LP-16",
    category: "LIP_LDL_ASK_DOCTOR",
    severity: 1,
    action: "DOCTOR_4W",
    adviceKey: "lip.target",
  },
  {
    from: 0,
    rule: "LP-17",
    category: "LIP_LDL_AT_TARGET",
    severity: 0,
    action: "FOLLOWUP_3M",
    adviceKey: "lip.at_target",
  },
];

const ldlBandsByRisk: Readonly<Record<LdlRisk, readonly Band[]>> = {
  low: lipidBands.ldl,
  ascvd: targetBands(limits.ldlTarget),
  dm40: targetBands(limits.ldlDiabetes),
  ckd: targetBands(limits.ldlDiabetes),
};

const refused: Assessment = {
  category: "LIP_INVALID",
  severity: 0,
  action: "REJECT",
  flags: [],
  adviceKey: "lip.invalid",
  rule: "LP-00",
};

/** The value with two decimals, or `undefined` where it is missing or outside its hard range. */
function kept(quantity: FencedQuantity, value: number | undefined): number | undefined {
  const stored = value === undefined ? undefined : rounded(value, decimals);
  return stored !== undefined && within(hardRange(quantity), stored) ? stored : undefined;
}

function classed(
  quantity: FencedQuantity,
  value: number | undefined,
  symptoms: Symptoms,
  classify: (stored: number) => Assessment,
): Assessment {
  const stored = kept(quantity, value);
  return raiseForEmergency(stored === undefined ? refused : classify(stored), symptoms);
}

/** All values in mmol/L. A missing value is refused like an impossible one. */
export const lipidTc = (value: number | undefined, symptoms: Symptoms): Assessment =>
  classed("cholesterol.total", value, symptoms, (stored) => band(lipidBands.tc, stored));

/** `tc` of the same panel, where there is one: HDL cannot reach it. */
export const lipidHdl = (value: number | undefined, tc: number | undefined, symptoms: Symptoms): Assessment =>
  classed("cholesterol.hdl", value, symptoms, (stored) =>
    tc !== undefined && stored >= rounded(tc, decimals) ? refused : band(lipidBands.hdl, stored),
  );

/** Order: ≥ 4.9, then the risk group, then the table. */
export const lipidLdl = (value: number | undefined, risk: LdlRisk, symptoms: Symptoms): Assessment =>
  classed("cholesterol.ldlCalculated", value, symptoms, (stored) =>
    band(stored >= limits.ldlVeryHigh ? lipidBands.ldl : ldlBandsByRisk[risk], stored),
  );

function tgClass(stored: number, fasting: boolean, symptoms: Symptoms): Assessment {
  if (stored >= limits.tgPancreatitis && symptoms.includes("SX_ABDOMINAL")) {
    return {
      category: "LIP_TG_PANCREATITIS_RISK",
      severity: 4,
      action: "EMERGENCY_120",
      flags: [],
      adviceKey: "lip.tg_pain",
      rule: "LP-35",
    };
  }
  if (fasting || stored < limits.tgHigh) return band(lipidBands.tg, stored);
  if (stored >= limits.tgPancreatitis) return { ...band(lipidBands.tg, stored), flags: ["NEED_FASTING"] };
  return {
    category: "LIP_TG_NONFASTING_HIGH",
    severity: 1,
    action: "RECHECK_DAYS",
    flags: flagsWhere({ NEED_FASTING: stored >= limits.tgNotCalculable }),
    adviceKey: "lip.tg_nonfasting",
    rule: "LP-36",
  };
}

/** Order: LP-35, ≥ 10.0, ≥ 5.6, non-fasting, table. */
export const lipidTg = (value: number | undefined, fasting: boolean, symptoms: Symptoms): Assessment =>
  classed("triglyceride", value, symptoms, (stored) => tgClass(stored, fasting, symptoms));

/** non-HDL = TC − HDL, in `value` with two decimals. */
export function lipidNonHdl(tc: number | undefined, hdl: number | undefined, symptoms: Symptoms): Assessment {
  const [total, good] = [kept("cholesterol.total", tc), kept("cholesterol.hdl", hdl)];
  if (total === undefined || good === undefined || good >= total) return raiseForEmergency(refused, symptoms);
  const rest = difference(total, good, decimals);
  return raiseForEmergency({ ...band(lipidBands.nonHdl, rest), value: fixed(rest, decimals) }, symptoms);
}

const noLdl: Assessment = {
  category: "LDL_CALC_INVALID",
  severity: 0,
  action: "REJECT",
  flags: [],
  adviceKey: "lip.invalid",
  rule: "LP-50",
};

export const ldlNotCalculable: Assessment = {
  category: "LDL_NOT_CALCULABLE",
  severity: 1,
  action: "DOCTOR_4W",
  flags: [],
  adviceKey: "lip.ldl_lab",
  rule: "LP-51",
};

/** Friedewald in mmol/L, only for an analyzer without LDL of its own; LP-50 to LP-53, top to bottom. */
export function ldlCalc(tc: number | undefined, hdl: number | undefined, tg: number | undefined): Assessment {
  const total = kept("cholesterol.total", tc);
  const good = kept("cholesterol.hdl", hdl);
  const fat = kept("triglyceride", tg);
  if (total === undefined || good === undefined || fat === undefined || good >= total) return noLdl;
  const ldl = friedewald(total, good, fat, limits.friedewaldDivisor);
  if (ldl <= 0) return noLdl;
  if (fat >= limits.tgNotCalculable) return ldlNotCalculable;
  const calculated = { severity: 0, action: "CLASSIFY", flags: [], value: fixed(ldl, decimals) } as const;
  return fat >= limits.tgCaution
    ? { ...calculated, category: "LDL_CALC_CAUTION", adviceKey: "lip.ldl_caution", rule: "LP-52" }
    : { ...calculated, category: "LDL_CALC_OK", rule: "LP-53" };
}
