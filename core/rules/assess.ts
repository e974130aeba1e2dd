import type { z } from "zod";
import type { Assessment } from "./assessment.ts";
import { bpSession } from "./blood-pressure-session.ts";
import { bp, bpArm } from "./blood-pressure.ts";
import { glucose, gluContext } from "./glucose.ts";
import { inputs } from "./inputs.ts";
import { ldlCalc, lipidHdl, lipidLdl, lipidNonHdl, lipidTc, lipidTg } from "./lipids.ts";
import { overall } from "./overall.ts";
import { pulse } from "./pulse.ts";
import { triage } from "./triage.ts";
import { convert } from "./units.ts";

/** `badInput`: the inputs do not fit the domain; `why` is for staff, in English. */
export type AssessAnswer =
  | { readonly kind: "assessed"; readonly assessment: Assessment }
  | { readonly kind: "unsupported" }
  | { readonly kind: "badInput"; readonly why: string };

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
};

/** The names that `assess` knows. */
export const domains: readonly string[] = Object.keys(rules);

/** One rule by its name in cases.csv, over inputs that may be anything (rules.md §12). Never throws. */
export function assess(domain: string, given: unknown): AssessAnswer {
  return Object.hasOwn(rules, domain) ? (rules[domain]?.(given) ?? { kind: "unsupported" }) : { kind: "unsupported" };
}
