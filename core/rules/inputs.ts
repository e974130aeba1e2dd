import { z } from "zod";
import { actionCodes, type Severity } from "./assessment.ts";
import { settings } from "./blood-pressure.ts";
import { diabetesStates, glucoseContexts } from "./glucose.ts";
import { ldlRisks } from "./lipids.ts";
import { analytes, molarUnits } from "./units.ts";

/** Omitted and `null` are the same: the default of rules.md §12. */
const otherwise = <T extends z.ZodType>(schema: T, value: z.output<T>) =>
  schema.nullish().transform((given) => given ?? value);
/** A number that may be missing; the rule then refuses the value. */
const measured = z
  .number()
  .nullish()
  .transform((given) => given ?? undefined);
const yes = (value: boolean) => otherwise(z.boolean(), value);
/** A date of birth gives no fraction, but a record may; 0 to 120 (rules.md §1). */
const age = otherwise(z.number().min(0).max(120), 50);
const symptoms = otherwise(z.array(z.string()).readonly(), []);
/** Diabetes where only yes counts: words are accepted, too. */
const dm = otherwise(z.union([z.boolean(), z.enum(diabetesStates).transform((state) => state === "yes")]), false);
const severity = z.custom<Severity>((value) => typeof value === "number" && [0, 1, 2, 3, 4].includes(value));

const sex = z.enum(["male", "female"]);
const positive = z.number().positive();

/** What each domain of cases.csv takes (rules.md §12). */
export const inputs = {
  triage: z.object({ symptoms }),
  bp_session: z.object({
    readings: otherwise(z.array(z.object({ sbp: measured, dbp: measured, irr: yes(false) })).readonly(), []),
    known_af: yes(false),
    rule: otherwise(z.enum(["last2", "mean3"]), "last2"),
    rested_repeat: yes(false),
    symptoms,
  }),
  bp: z.object({
    sbp: measured,
    dbp: measured,
    age,
    pregnant: yes(false),
    dx_htn: yes(false),
    prev_uncontrolled: yes(false),
    /** Diseases that the rule does not name are passed over. */
    comorbid: otherwise(z.array(z.string()).readonly(), []),
    symptoms,
    setting: otherwise(z.enum(settings), "kiosk"),
    rested_repeat: yes(true),
    days: otherwise(z.number().min(0), 0),
    n: otherwise(z.number().min(0), 0),
  }),
  bp_arm: z.object({ left: measured, right: measured }),
  pulse: z.object({ bpm: measured, dm, irregular_count: otherwise(z.number().min(0), 0), symptoms }),
  glu_context: z.object({ minutes_since_meal: z.number().nullish() }),
  glucose: z.object({
    value: measured,
    flag: z.enum(["LO", "HI"]).nullish(),
    unit: otherwise(z.enum(molarUnits), "mmol/L"),
    context: otherwise(z.enum(glucoseContexts), "fasting"),
    dm: otherwise(z.union([z.enum(diabetesStates), z.boolean().transform((has) => (has ? "yes" : "no"))]), "no"),
    insulin: yes(false),
    pregnant: yes(false),
    prev_uncontrolled: yes(false),
    symptoms,
  }),
  lipid_tc: z.object({ v: measured, symptoms }),
  lipid_tg: z.object({ v: measured, fasting: yes(true), symptoms }),
  lipid_hdl: z.object({ v: measured, tcv: measured, symptoms }),
  lipid_ldl: z.object({ v: measured, risk: otherwise(z.enum(ldlRisks), "low"), symptoms }),
  lipid_nonhdl: z.object({ tcv: measured, hdlv: measured, symptoms }),
  ldl_calc: z.object({ tcv: measured, hdlv: measured, tgv: measured }),
  convert: z.object({
    value: z.number().min(0),
    frm: z.enum(molarUnits),
    to: z.enum(molarUnits),
    analyte: z.enum(analytes),
  }),
  overall: z.object({ items: otherwise(z.array(z.tuple([severity, z.enum(actionCodes)])).readonly(), []) }),
  spo2: z.object({ v: measured, copd_o2: yes(false), altitude_m: otherwise(z.number(), 0), symptoms }),
  temperature: z.object({ v: measured, dm, symptoms }),
  bmi: z.object({ h: measured, w: measured, age, pregnant: yes(false) }),
  waist: z.object({ sex, v: measured }),
  ascvd_cn2023: z.object({
    age: z.number().min(0).max(120),
    sex,
    tc: positive,
    ldl: positive,
    hdl: positive,
    htn: yes(false),
    smoker: yes(false),
    dm,
    ckd34: yes(false),
    ascvd_hx: yes(false),
    sbp: measured,
    dbp: measured,
    bmi: measured,
  }),
  china_par: z.object({
    sex,
    age: z.number().min(0).max(120),
    sbp: positive,
    tc: positive,
    hdl: positive,
    waist: positive,
    treated: yes(false),
    smoker: yes(false),
    dm,
    north: yes(true),
    urban: yes(false),
    fh: yes(false),
    unit: otherwise(z.enum(molarUnits), "mg/dL"),
    ascvd_hx: yes(false),
  }),
  westgard: z.object({
    runs: z
      .array(z.object({ L1: measured, L2: measured }))
      .refine((runs) => runs.at(-1)?.L1 !== undefined || runs.at(-1)?.L2 !== undefined, "the current run has no value")
      .readonly(),
  }),
  bp_static: z.object({ points: z.array(z.tuple([z.number(), z.number()])).readonly(), leak: z.number() }),
  glu_control: z.object({
    value: z.number(),
    low: z.number(),
    high: z.number(),
    strip_expired: yes(false),
    control_expired: yes(false),
    opened_days: otherwise(z.number(), 0),
    opened_limit: otherwise(z.number(), 90),
  }),
  glu_compare: z.object({ meter: z.number(), lab: z.number() }),
  id_number: z.object({ s: z.string() }),
} as const;
