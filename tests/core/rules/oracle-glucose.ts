import { decisionTable, raised, rulesIn, symptomFacts, written, type Decision } from "./oracle-table.ts";

/**
 * rules.md §4 as a table of text. g: tenths of mmol/L, so that every line is a whole number; LO is 0, HI is 9999. `low` is
 * below 3.9, or 3.9 where diabetes is known or not ruled out.
 */
const classRows = `
GL-00 ; bad                                   ; GLU_INVALID         ; 0 ; REJECT         ; glu.invalid      ; RANGE
GL-01 ; low and CONSCIOUS                     ; GLU_HYPO_L3         ; 4 ; EMERGENCY_120  ; glu.hypo3
GL-02 ; low and g<30                          ; GLU_HYPO_L2         ; 4 ; HYPO_TREAT_NOW ; glu.hypo2
GL-03 ; low and (not dm=no or TREMOR)         ; GLU_HYPO_L1         ; 3 ; HYPO_TREAT_NOW ; glu.hypo1
GL-04 ; low                                   ; GLU_LOW_NODM        ; 1 ; REPEAT_NOW     ; glu.low_nodm
GL-05 ; g>=333                                ; GLU_CRISIS          ; 4 ; EMERGENCY_120  ; glu.crisis
GL-06 ; g>=167 and DKX                        ; GLU_CRISIS          ; 4 ; EMERGENCY_120  ; glu.crisis
GL-07 ; g>=167                                ; GLU_VERY_HIGH       ; 3 ; DOCTOR_TODAY   ; glu.very_high
GL-08 ; g>=139 and DKX                        ; GLU_CRISIS          ; 4 ; EMERGENCY_120  ; glu.crisis
GL-09 ; g>=139 and (insulin or pregnant)      ; GLU_KETONE_RISK     ; 3 ; DOCTOR_TODAY   ; glu.ketone_today
GL-10 ; g>=139                                ; GLU_KETONE_RISK     ; 2 ; DOCTOR_3D      ; glu.ketone
GL-11 ; pregnant and ((ctx=fasting and g>=51) or (ctx=pp2h and g>=85) or (ctx=random and g>=111)) ; GLU_PREG_HIGH ; 3 ; DOCTOR_TODAY ; glu.preg
GL-20 ; dm=yes and ctx=fasting and g<44       ; GLU_DM_OK           ; 0 ; FOLLOWUP_3M    ; glu.dm_ok        ; BELOW_4_4
GL-20 ; dm=yes and ctx=fasting and g<70       ; GLU_DM_OK           ; 0 ; FOLLOWUP_3M    ; glu.dm_ok
GL-20 ; dm=yes and not ctx=fasting and g<100  ; GLU_DM_OK           ; 0 ; FOLLOWUP_3M    ; glu.dm_ok
GL-22 ; dm=yes and failed_before              ; GLU_DM_HIGH         ; 2 ; REFER_UP       ; glu.dm_refer
GL-21 ; dm=yes                                ; GLU_DM_HIGH         ; 2 ; DOCTOR_2W      ; glu.dm_high
GL-30 ; ctx=fasting and g<61                  ; GLU_F_NORMAL        ; 0 ; ROUTINE        ; glu.normal
GL-31 ; ctx=fasting and g<70                  ; GLU_F_IFG           ; 1 ; DOCTOR_4W      ; glu.pre
GL-32 ; ctx=fasting                           ; GLU_F_DM_RANGE      ; 2 ; DOCTOR_2W      ; glu.dm_range
GL-33 ; ctx=pp2h and g<78                     ; GLU_P_NORMAL        ; 0 ; ROUTINE        ; glu.normal
GL-34 ; ctx=pp2h and g<111                    ; GLU_P_IGT_RANGE     ; 1 ; DOCTOR_4W      ; glu.pre
GL-35 ; ctx=pp2h                              ; GLU_P_DM_RANGE      ; 2 ; DOCTOR_2W      ; glu.dm_range
GL-36 ; g<78                                  ; GLU_R_NORMAL        ; 0 ; ROUTINE        ; glu.random_normal
GL-37 ; g<111                                 ; GLU_R_INDETERMINATE ; 1 ; RECHECK_DAYS   ; glu.random_mid
GL-39 ; POLY                                  ; GLU_R_DM_RANGE      ; 2 ; DOCTOR_3D      ; glu.dm_range_sx
GL-38 ; otherwise                             ; GLU_R_DM_RANGE      ; 2 ; DOCTOR_2W      ; glu.dm_range
`;
const classes = decisionTable(classRows);
export const glucoseRules = rulesIn(classRows);

export type GlucoseContext = "fasting" | "pp2h" | "random";

export interface GlucoseInput {
  /** Hundredths of mmol/L, or whole mg/dL; null: nothing was told. */
  readonly amount: number | null;
  readonly unit: "mmol/L" | "mg/dL";
  readonly flag: "LO" | "HI" | null;
  readonly context: GlucoseContext;
  readonly dm: "yes" | "no" | "unknown";
  readonly insulin: boolean;
  readonly pregnant: boolean;
  readonly prev_uncontrolled: boolean;
  readonly symptoms: readonly string[];
}

/** Half up to tenths of mmol/L, in whole numbers: hundredths are cut by ten; mg/dL are divided by 18.016. */
export function tenths(amount: number, unit: GlucoseInput["unit"]): number {
  return unit === "mmol/L" ? Math.floor((amount + 5) / 10) : Math.floor((amount * 20_000 + 18_016) / 36_032);
}

/** GL-CTX. */
const meals = decisionTable(`
GL-CTX ; asked and minutes>=480                   ; fasting
GL-CTX ; asked and minutes>=105 and minutes<=135  ; pp2h
GL-CTX ; otherwise                                ; random
`);

export const contextSays = (minutes: number | null): string =>
  meals({ asked: minutes !== null, minutes: minutes ?? 0 }).category;

export interface GlucoseOpinion {
  readonly decision: Decision;
  readonly flags: readonly string[];
  readonly tenths: number;
}

export function glucoseOpinion(input: GlucoseInput): GlucoseOpinion {
  const { amount, unit, flag, dm, symptoms } = input;
  const g = flag === "LO" ? 0 : flag === "HI" ? 9_999 : amount === null ? 0 : tenths(amount, unit);
  const touched = symptomFacts(symptoms);
  const decision = classes({
    ...touched,
    g,
    bad: flag === null && (amount === null || g < 6 || g > 550),
    low: g < 39 || (g === 39 && dm !== "no"),
    dm,
    ctx: input.context,
    insulin: input.insulin,
    pregnant: input.pregnant,
    failed_before: input.prev_uncontrolled,
  });
  return {
    decision: raised(decision, touched["EM"] === true),
    flags: flag === null ? decision.marks : [...decision.marks, `METER_${flag}`],
    tenths: g,
  };
}

/** "7.0": always one decimal. */
export const shownTenths = (g: number): string => `${Math.floor(g / 10)}.${g % 10}`;

export function glucoseSays(input: GlucoseInput): string {
  const { decision, flags, tenths: g } = glucoseOpinion(input);
  const converted = input.flag === null && input.unit === "mg/dL" && decision.rule !== "GL-00";
  return written(decision, flags, converted ? shownTenths(g) : "-");
}
