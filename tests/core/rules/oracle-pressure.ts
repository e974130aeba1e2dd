import { decisionTable, flagTable, raised, rulesIn, symptomFacts, written, type Decision } from "./oracle-table.ts";

/**
 * rules.md §3.3 and §3.4 as a table of text. S and D: the session mean. `mother`: pregnant or breastfeeding. The last column
 * says whether the shape of the pressure (ISH, IDH, UPPER, LOW_DBP) is noted: cases.csv has none for children, pregnancy and
 * home series (C058, C061, C063, C072, C073); `UPPER` there is printed in the row itself.
 */
const classRows = `
BP-10  ; mother and (S>=160 or D>=110)                     ; BP_PREG_SEVERE        ; 4 ; EMERGENCY_120 ; bp.preg_severe
BP-11  ; mother and (S>=140 or D>=90) and BPX              ; BP_PREG_HIGH          ; 4 ; EMERGENCY_120 ; bp.preg_severe
BP-11  ; mother and (S>=140 or D>=90)                      ; BP_PREG_HIGH          ; 3 ; DOCTOR_TODAY  ; bp.preg_high
BP-12  ; mother and (S>=130 or D>=85) and BPX              ; BP_HIGH_NORMAL        ; 3 ; DOCTOR_TODAY  ; bp.sx         ; UPPER
BP-12  ; mother and (S>=130 or D>=85)                      ; BP_HIGH_NORMAL        ; 2 ; DOCTOR_1W     ; bp.preg_watch ; UPPER
BP-20  ; (S>=180 or D>=110) and BPX                        ; BP_CRISIS             ; 4 ; EMERGENCY_120 ; bp.crisis     ; shape
BP-21  ; (S>=180 or D>=110) and not rested                 ; BP_GRADE3_PROVISIONAL ; 3 ; REPEAT_NOW    ; bp.rest_repeat; shape
BP-22  ; S>=180 or D>=110                                  ; BP_GRADE3             ; 3 ; DOCTOR_TODAY  ; bp.grade3     ; shape
BP-01  ; age<18                                            ; BP_AGE_UNSUPPORTED    ; 0 ; SHOW_ONLY     ; bp.child
BP-40  ; setting=home_series and (days<3 or n<12)          ; BP_HOME_INSUFFICIENT  ; 0 ; RECHECK_DAYS  ; bp.home_more
BP-41  ; setting=home_series and (S>=135 or D>=85)         ; BP_HOME_HIGH          ; 2 ; DOCTOR_2W     ; bp.home_high
BP-42  ; setting=home_series                               ; BP_HOME_NORMAL        ; 0 ; ROUTINE       ; bp.home_normal
BP-30  ; S<90 and (LOWX or EM)                             ; BP_LOW                ; 4 ; EMERGENCY_120 ; bp.low_sx
BP-31  ; S<80                                              ; BP_LOW_SEVERE         ; 3 ; DOCTOR_TODAY  ; bp.low_severe
BP-32  ; S<90                                              ; BP_LOW                ; 1 ; RECHECK_DAYS  ; bp.low
BP-53  ; diagnosed and BPX                                 ; PLAIN                 ; 3 ; DOCTOR_TODAY  ; bp.sx         ; shape control
BP-52  ; diagnosed and not controlled and failed_before    ; PLAIN                 ; 2 ; REFER_UP      ; bp.dx_refer   ; shape control
BP-51  ; diagnosed and not controlled                      ; PLAIN                 ; 2 ; DOCTOR_2W     ; bp.dx_high    ; shape control
BP-54  ; diagnosed and not at_target                       ; PLAIN                 ; 1 ; DOCTOR_4W     ; bp.dx_near    ; shape control
BP-55  ; diagnosed                                         ; PLAIN                 ; 0 ; FOLLOWUP_3M   ; bp.dx_ok      ; shape control
BP-27  ; BPX                                               ; PLAIN                 ; 3 ; DOCTOR_TODAY  ; bp.sx         ; shape
BP-23  ; S>=160 or D>=100                                  ; BP_GRADE2             ; 2 ; DOCTOR_1W     ; bp.grade2     ; shape
BP-24  ; S>=140 or D>=90                                   ; BP_GRADE1             ; 2 ; DOCTOR_4W     ; bp.grade1     ; shape
BP-25C ; (S>=130 or D>=85) and company                     ; BP_HIGH_NORMAL        ; 2 ; DOCTOR_4W     ; bp.high_normal_comorbid ; shape COMORBID
BP-25S ; setting=kiosk and (S>=135 or D>=85)               ; BP_HIGH_NORMAL        ; 1 ; RECHECK_DAYS  ; bp.high_normal_self     ; shape SELF_135_85
BP-25  ; S>=120 or D>=80                                   ; BP_HIGH_NORMAL        ; 1 ; LIFESTYLE     ; bp.high_normal          ; shape
BP-26  ; otherwise                                         ; BP_NORMAL             ; 0 ; ROUTINE       ; bp.normal               ; shape
`;
const classes = decisionTable(classRows);

/** "Category of the rows below": the numbers alone. */
const plain = decisionTable(`
BP-23 ; S>=160 or D>=100 ; BP_GRADE2
BP-24 ; S>=140 or D>=90  ; BP_GRADE1
BP-25 ; S>=120 or D>=80  ; BP_HIGH_NORMAL
BP-26 ; otherwise        ; BP_NORMAL
`);

const refusals = flagTable(`
SBP_RANGE      ; S<50 or S>300
DBP_RANGE      ; D<20 or D>200
PULSE_PRESSURE ; gap<10
`);

const shape = flagTable(`
ISH     ; S>=140 and D<90
IDH     ; S<140 and D>=90
UPPER   ; (S>=130 or D>=85) and S<140 and D<90
LOW_DBP ; D<60 and S>=90
`);

const unusual = flagTable(`SOFT_CONFIRM ; S<80 or S>250 or D<40 or D>150 or gap<20 or gap>110`);

/** §3.4: NBPHS3 changes its line at 65, HTN2025 at 80. */
const control = flagTable(`
CTRL_NBPHS_OK ; (age<65 and S<140 and D<90) or (age>=65 and S<150 and D<90)
CTRL_NBPHS_NO ; not ((age<65 and S<140 and D<90) or (age>=65 and S<150 and D<90))
TGT2025_OK    ; (age<80 and S<130 and D<80) or (age>=80 and S<150 and D<90)
TGT2025_NO    ; not ((age<80 and S<130 and D<80) or (age>=80 and S<150 and D<90))
`);

const company = ["DM", "CKD", "CHD", "STROKE", "HF", "AF", "PAD", "RETINOPATHY"];

export interface PressureInput {
  readonly sbp: number | null;
  readonly dbp: number | null;
  readonly age: number;
  readonly pregnant: boolean;
  readonly dx_htn: boolean;
  readonly prev_uncontrolled: boolean;
  readonly comorbid: readonly string[];
  readonly symptoms: readonly string[];
  readonly setting: "kiosk" | "office" | "home_series";
  readonly rested_repeat: boolean;
  readonly days: number;
  readonly n: number;
}

const refused = (rule: string): Decision => ({
  rule,
  category: "BP_INVALID",
  severity: 0,
  action: "REJECT",
  key: "bp.invalid",
  marks: [],
});

export function pressureFlagsOf(S: number | null, D: number | null): readonly string[] {
  return S === null || D === null ? ["INCOMPLETE"] : refusals({ S, D, gap: S - D });
}

export function pressureDecision(input: PressureInput): {
  readonly decision: Decision;
  readonly flags: readonly string[];
} {
  const { sbp: S, dbp: D, symptoms } = input;
  const touched = symptomFacts(symptoms);
  const wrong = pressureFlagsOf(S, D);
  const emergency = touched["EM"] === true;
  if (S === null || D === null || wrong.length > 0)
    return { decision: raised(refused("BP-00"), emergency), flags: wrong };
  const numbers = { S, D, gap: S - D, age: input.age };
  const controls = control(numbers);
  const facts = {
    ...touched,
    ...numbers,
    mother: input.pregnant,
    rested: input.rested_repeat,
    setting: input.setting,
    days: input.days,
    n: input.n,
    diagnosed: input.dx_htn,
    failed_before: input.prev_uncontrolled,
    controlled: controls.includes("CTRL_NBPHS_OK"),
    at_target: controls.includes("TGT2025_OK"),
    company: input.comorbid.some((one) => company.includes(one)),
  };
  const row = classes(facts);
  const found = row.category === "PLAIN" ? { ...row, category: plain(facts).category } : row;
  const flags = found.marks.flatMap((mark) =>
    mark === "shape" ? shape(facts) : mark === "control" ? controls : [mark],
  );
  return { decision: raised(found, emergency), flags: [...flags, ...unusual(facts)] };
}

export function pressureSays(input: PressureInput): string {
  const { decision, flags } = pressureDecision(input);
  return written(decision, flags);
}

/** rules.md §3.1, the session's states. `n`: readings; `apart`: the last two differ by more than 10. */
const stateRows = `
BPS-01 ; n=0                                   ; NEED_FIRST       ; 0 ; REPEAT_NOW ; bp.how
BPS-02 ; bad                                   ; BP_INVALID       ; 0 ; REJECT     ; bp.invalid     ; why
BPS-03 ; n=1                                   ; NEED_SECOND      ; 0 ; REPEAT_NOW ; bp.again       ; IRREGULAR
BPS-04 ; n=2 and (apart or irregular)          ; NEED_THIRD       ; 0 ; REPEAT_NOW ; bp.again       ; IRREGULAR DIFF_GT10
BPS-06 ; (S>=180 or D>=110) and not rested and not BPX ; NEED_REST_REPEAT ; 3 ; REPEAT_NOW ; bp.rest_repeat ; IRREGULAR UNSTABLE mean
BPS-05 ; otherwise                             ; COMPLETE         ; 0 ; CLASSIFY   ; -              ; IRREGULAR UNSTABLE mean
`;
const states = decisionTable(stateRows);
export const pressureRules = ["BP-00", ...rulesIn(classRows), ...rulesIn(stateRows)];

export interface SessionInput {
  readonly readings: readonly { readonly sbp: number | null; readonly dbp: number | null; readonly irr: boolean }[];
  readonly known_af: boolean;
  readonly rule: "last2" | "mean3";
  readonly rested_repeat: boolean;
  readonly symptoms: readonly string[];
}

/** Half up, in whole numbers. */
const average = (values: readonly number[]): number =>
  Math.floor((2 * values.reduce((a, b) => a + b, 0) + values.length) / (2 * values.length));

export interface SessionOpinion {
  readonly state: string;
  readonly flags: readonly string[];
  /** Only where there is a mean. */
  readonly mean?: readonly [number, number];
  readonly said: string;
}

export function sessionOpinion(input: SessionInput): SessionOpinion {
  const readings = input.readings.slice(0, 3);
  const why = readings.flatMap(({ sbp, dbp }) => pressureFlagsOf(sbp, dbp));
  const irregular = input.known_af || readings.some(({ irr }) => irr);
  const counted = input.rule === "mean3" || irregular ? readings : readings.slice(-2);
  const S = counted.map(({ sbp }) => sbp ?? 0);
  const D = counted.map(({ dbp }) => dbp ?? 0);
  const mean = [average(S), average(D)] as const;
  const [before, last] = readings.slice(-2);
  const far = (a: number | null | undefined, b: number | null | undefined): boolean =>
    Math.abs((a ?? 0) - (b ?? 0)) > 10;
  const apart = last !== undefined && (far(before?.sbp, last.sbp) || far(before?.dbp, last.dbp));
  const touched = symptomFacts(input.symptoms);
  const decision = states({
    ...touched,
    n: readings.length,
    bad: why.length > 0,
    apart,
    irregular,
    rested: input.rested_repeat,
    S: mean[0],
    D: mean[1],
  });
  const flags = decision.marks.flatMap((mark) => {
    if (mark === "why") return why;
    if (mark === "IRREGULAR") return irregular ? [mark] : [];
    return (mark === "DIFF_GT10" || mark === "UNSTABLE") && apart ? [mark] : [];
  });
  const hasMean = decision.marks.includes("mean");
  return {
    state: decision.category,
    flags,
    ...(hasMean ? { mean } : {}),
    said: written(decision, flags, hasMean ? mean.join("/") : "-"),
  };
}
