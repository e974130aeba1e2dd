import { z } from "zod";
import { prescriptionDraftSchema, type PrescriptionDraft } from "../../../core/contract/hub-care.ts";
import { units, type Drug } from "../../../core/care/drugs.ts";
import {
  courses,
  doseTimes,
  mealTimes,
  patientFactsSchema,
  type DoseTime,
  type Item,
  type MealTime,
  type PatientFacts,
  type Prescription,
} from "../../../core/care/prescription-parts.ts";

/** One line as it stands in the fields: what was typed, not yet numbers. */
export interface LineForm {
  readonly drug: string;
  readonly unit: Drug["strength"]["unit"];
  readonly amount: string;
  readonly times: string;
  readonly days: string;
  /** Empty: as many as dose, times and days come to. */
  readonly pieces: string;
  /** Empty: the doctor does not say when. */
  readonly at: readonly DoseTime[];
  readonly meal: MealTime | "";
  readonly note: string;
  readonly reason: string;
}

/** A prescription being written. */
export interface RxForm {
  readonly id: string;
  readonly resident: string;
  readonly call?: string;
  readonly pharmacy: PrescriptionDraft["pharmacy"];
  readonly diagnosis: string;
  readonly course: (typeof courses)[number];
  readonly lines: readonly LineForm[];
  readonly patient: PatientForm;
}

/** `patient` of a prescription with what may be unknown left empty. */
export interface PatientForm extends Omit<
  PatientFacts,
  "ageYears" | "weightKg" | "egfr" | "allergies" | "conditions" | "taking"
> {
  readonly age: string;
  readonly weight: string;
  readonly egfr: string;
  readonly asked: boolean;
  /** Of the catalogue, or as somebody typed it. */
  readonly allergies: readonly string[];
  readonly conditions: readonly string[];
  readonly taking: readonly string[];
}

const words = z.array(z.string());
const { sex, pregnant, breastfeeding, liver, guardianPresent, pediatricDoctor } = patientFactsSchema.shape;
/** As it is kept over a reload. */
export const rxFormSchema: z.ZodType<RxForm> = z.strictObject({
  id: z.uuid(),
  resident: z.string(),
  call: z.string().exactOptional(),
  pharmacy: prescriptionDraftSchema.shape.pharmacy,
  diagnosis: z.string(),
  course: z.enum(courses),
  lines: z.array(
    z.strictObject({
      drug: z.string(),
      unit: z.enum(units),
      amount: z.string(),
      times: z.string(),
      days: z.string(),
      pieces: z.string(),
      at: z.array(z.enum(doseTimes)),
      meal: z.enum(["", ...mealTimes]),
      note: z.string(),
      reason: z.string(),
    }),
  ),
  patient: z.strictObject({
    age: z.string(),
    sex,
    weight: z.string(),
    pregnant,
    breastfeeding,
    egfr: z.string(),
    liver,
    asked: z.boolean(),
    allergies: words,
    conditions: words,
    taking: words,
    guardianPresent,
    pediatricDoctor,
  }),
});

export const emptyPatient: PatientForm = {
  age: "",
  sex: "female",
  weight: "",
  pregnant: "unknown",
  breastfeeding: "unknown",
  egfr: "",
  liver: "unknown",
  asked: false,
  allergies: [],
  conditions: [],
  taking: [],
  guardianPresent: false,
  pediatricDoctor: false,
};

export const lineFor = (drug: Drug): LineForm => ({
  drug: drug.id,
  unit: drug.strength.unit,
  amount: "",
  times: "",
  days: "",
  pieces: "",
  at: [],
  meal: "",
  note: "",
  reason: "",
});

const numberIn = (typed: string): number | undefined => (typed.trim() === "" ? undefined : Number(typed));
/** Pieces that the course takes: arithmetic over what the doctor wrote, nothing more. Undefined: it cannot be told. */
export function piecesFor({ amount, times, days }: LineForm, drug: Drug | undefined): number | undefined {
  const [dose, perDay, course] = [numberIn(amount), numberIn(times), numberIn(days)];
  if (!drug || !dose || !perDay || !course || drug.form === "inhaler" || drug.form === "injection") return undefined;
  return Math.ceil((dose / drug.strength.amount) * perDay * course);
}

function itemOf(line: LineForm, drug: Drug | undefined) {
  const { at, meal, note, reason } = line;
  return {
    drug: line.drug,
    dose: { amount: numberIn(line.amount), unit: line.unit },
    timesPerDay: numberIn(line.times),
    days: numberIn(line.days),
    pieces: numberIn(line.pieces) ?? piecesFor(line, drug),
    ...(at.length === 0 ? {} : { at: doseTimes.filter((time) => at.includes(time)) }),
    ...(meal === "" ? {} : { meal }),
    ...(note.trim() === "" ? {} : { note }),
    ...(reason.trim() === "" ? {} : { reason }),
  };
}

/** What goes to the hub; undefined while a field is missing or is no number. */
export function draftOf(form: RxForm, drugs: readonly Drug[]): PrescriptionDraft | undefined {
  const { age, weight, egfr, asked, allergies, conditions, ...patient } = form.patient;
  const [weightKg, filtration] = [numberIn(weight), numberIn(egfr)];
  const read = prescriptionDraftSchema.safeParse({
    id: form.id,
    resident: form.resident,
    ...(form.call === undefined ? {} : { call: form.call }),
    pharmacy: form.pharmacy,
    diagnosis: form.diagnosis,
    course: form.course,
    items: form.lines.map((line) =>
      itemOf(
        line,
        drugs.find(({ id }) => id === line.drug),
      ),
    ),
    patient: {
      ...patient,
      taking: [...patient.taking],
      ageYears: numberIn(age),
      ...(weightKg === undefined ? {} : { weightKg }),
      ...(filtration === undefined ? {} : { egfr: filtration }),
      allergies: { asked, to: [...allergies] },
      conditions: [...conditions],
    },
  });
  return read.success ? read.data : undefined;
}

export function patientFormOf(facts: PatientFacts): PatientForm {
  const { ageYears, weightKg, egfr, allergies, conditions, ...rest } = facts;
  return {
    ...rest,
    age: String(ageYears),
    weight: weightKg === undefined ? "" : String(weightKg),
    egfr: egfr === undefined ? "" : String(egfr),
    asked: allergies.asked,
    allergies: allergies.to,
    conditions,
  };
}

const lineOf = ({ drug, dose, timesPerDay, days, pieces, at = [], meal, note = "", reason = "" }: Item): LineForm => ({
  drug,
  unit: dose.unit,
  amount: String(dose.amount),
  times: String(timesPerDay),
  days: String(days),
  pieces: String(pieces),
  at,
  meal: meal ?? "",
  note,
  reason,
});

/** A prescription taken up again: not signed yet, or sent back by the pharmacist. */
export function formOf(prescription: Prescription): RxForm {
  const { id, resident, call, pharmacy, diagnosis, course, items, patient } = prescription;
  return {
    id,
    resident,
    ...(call === undefined ? {} : { call }),
    pharmacy,
    diagnosis,
    course,
    lines: items.map(lineOf),
    patient: patientFormOf(patient),
  };
}
