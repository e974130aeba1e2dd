import type { z } from "zod";
import type { Assessment } from "./assessment.ts";
import { bpSession } from "./blood-pressure-session.ts";
import { bp, bpArm } from "./blood-pressure.ts";
import { ascvdChart } from "./ascvd-chart.ts";
import { chinaPar } from "./china-par.ts";
import { bpStatic, gluCompare, gluControl, westgard } from "./device-checks.ts";
import { glucose, gluContext } from "./glucose.ts";
import { idNumber } from "./id-number.ts";
import { inputs } from "./inputs.ts";
import { ldlCalc, lipidHdl, lipidLdl, lipidNonHdl, lipidTc, lipidTg } from "./lipids.ts";
import { overall } from "./overall.ts";
import { pulse } from "./pulse.ts";
import { spo2 } from "./oxygen.ts";
import { temperature } from "./temperature.ts";
import { triage } from "./triage.ts";
import { convert } from "./units.ts";
import { bmi, waist } from "./weight.ts";

/** `badInput`: the inputs do not fit the domain; `why` is for staff, in English. */
export type AssessAnswer =
  | { readonly kind: "assessed"; readonly assessment: Assessment }
  | { readonly kind: "unsupported" }
  | { readonly kind: "badInput"; readonly why: string };

/** cases.csv is judged as of this day (rules.md §12); the station hands in its own. */
const idToday = "2026-06-01";

type Rule = (given: unknown) => AssessAnswer;

function rule<Schema extends z.ZodType>(schema: Schema, say: (input: z.output<Schema>) => Assessment): Rule {
  return (given) => {
    const parsed = schema.safeParse(given);
    if (parsed.success) return { kind: "assessed", assessment: say(parsed.data) };
    const why = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "inputs"}: ${message}`).join("; ");
    return { kind: "badInput", why };
  };
}

const rules: Readonly<Record<string, Rule>> = {
  triage: rule(inputs.triage, ({ symptoms }) => triage(symptoms)),
  bp_session: rule(inputs.bp_session, ({ known_af, rested_repeat, ...input }) =>
    bpSession({ ...input, knownAf: known_af, restedRepeat: rested_repeat }),
  ),
  bp: rule(inputs.bp, ({ dx_htn, prev_uncontrolled, rested_repeat, ...input }) =>
    bp({ ...input, dxHtn: dx_htn, prevUncontrolled: prev_uncontrolled, restedRepeat: rested_repeat }),
  ),
  bp_arm: rule(inputs.bp_arm, ({ left, right }) => bpArm(left, right)),
  pulse: rule(inputs.pulse, ({ irregular_count, ...input }) => pulse({ ...input, irregularCount: irregular_count })),
  glu_context: rule(inputs.glu_context, ({ minutes_since_meal }) => gluContext(minutes_since_meal ?? undefined)),
  glucose: rule(inputs.glucose, ({ prev_uncontrolled, flag, ...input }) =>
    glucose({ ...input, flag: flag ?? undefined, prevUncontrolled: prev_uncontrolled }),
  ),
  lipid_tc: rule(inputs.lipid_tc, ({ v, symptoms }) => lipidTc(v, symptoms)),
  lipid_tg: rule(inputs.lipid_tg, ({ v, fasting, symptoms }) => lipidTg(v, fasting, symptoms)),
  lipid_hdl: rule(inputs.lipid_hdl, ({ v, tcv, symptoms }) => lipidHdl(v, tcv, symptoms)),
  lipid_ldl: rule(inputs.lipid_ldl, ({ v, risk, symptoms }) => lipidLdl(v, risk, symptoms)),
  lipid_nonhdl: rule(inputs.lipid_nonhdl, ({ tcv, hdlv, symptoms }) => lipidNonHdl(tcv, hdlv, symptoms)),
  ldl_calc: rule(inputs.ldl_calc, ({ tcv, hdlv, tgv }) => ldlCalc(tcv, hdlv, tgv)),
  convert: rule(inputs.convert, ({ value, frm, to, analyte }) => convert(value, frm, to, analyte)),
  overall: rule(inputs.overall, ({ items }) => overall(items.map(([severity, action]) => ({ severity, action })))),
  spo2: rule(inputs.spo2, ({ copd_o2, altitude_m, ...input }) =>
    spo2({ ...input, copdO2: copd_o2, altitudeM: altitude_m }),
  ),
  temperature: rule(inputs.temperature, ({ v, dm, symptoms }) => temperature(v, dm, symptoms)),
  bmi: rule(inputs.bmi, ({ h, w, age, pregnant }) => bmi(h, w, age, pregnant)),
  waist: rule(inputs.waist, ({ sex, v }) => waist(sex, v)),
  ascvd_cn2023: rule(inputs.ascvd_cn2023, ({ ascvd_hx, ...input }) => ascvdChart({ ...input, ascvdHx: ascvd_hx })),
  china_par: rule(inputs.china_par, ({ ascvd_hx, ...input }) => chinaPar({ ...input, ascvdHx: ascvd_hx })),
  westgard: rule(inputs.westgard, ({ runs }) => westgard(runs)),
  bp_static: rule(inputs.bp_static, ({ points, leak }) => bpStatic(points, leak)),
  glu_control: rule(inputs.glu_control, ({ strip_expired, control_expired, opened_days, opened_limit, ...input }) =>
    gluControl({
      ...input,
      stripExpired: strip_expired,
      controlExpired: control_expired,
      openedDays: opened_days,
      openedLimit: opened_limit,
    }),
  ),
  glu_compare: rule(inputs.glu_compare, ({ meter, lab }) => gluCompare(meter, lab)),
  id_number: rule(inputs.id_number, ({ s }) => idNumber(s, idToday)),
};

/** The names that `assess` knows. */
export const domains: readonly string[] = Object.keys(rules);

/** One rule by its name in cases.csv, over inputs that may be anything (rules.md §12). Never throws. */
export function assess(domain: string, given: unknown): AssessAnswer {
  return Object.hasOwn(rules, domain) ? (rules[domain]?.(given) ?? { kind: "unsupported" }) : { kind: "unsupported" };
}
