import { z } from "zod";
import { dayOf } from "../quality/local-day.ts";
import { prescriptionTextSchema, reviewSchema, type Item, type Prescription } from "./prescription-parts.ts";
import { textOf } from "./prescription.ts";
import { daysLater } from "./schedule.ts";
import { checkSignature, signatureSchema, type VerifyText } from "./signed.ts";

/**
 * What a resident takes, as the station keeps it: the very text that a doctor signed, with the pharmacist's signed yes. Nothing
 * here says a dose that is not in it. `names`: of the drugs in the text, by id, as the list it was checked against has them.
 */
export const medicineStates = ["ready", "taking", "ended"] as const;

const namesSchema = z.record(
  z.string(),
  z.strictObject({
    zh: z.string().max(120),
    en: z.string().max(120),
    form: z.string().max(20),
    /** Of one piece, in the unit of the doses. */
    strength: z.strictObject({ amount: z.number().positive(), unit: z.string().max(20) }),
  }),
);
export type DrugNames = z.infer<typeof namesSchema>;

export const medicineToldSchema = z.strictObject({
  /** The station that keeps it. */
  station: z.string().min(1),
  resident: z.string().min(1),
  prescription: z.uuid(),
  /** `ready`: reviewed, and to be fetched; `taking`: handed out at `at`; `ended`: void, or not fetched in time. */
  state: z.enum(medicineStates),
  at: z.iso.datetime({ precision: 3 }),
  text: prescriptionTextSchema,
  signature: signatureSchema,
  review: reviewSchema,
  reviewSignature: signatureSchema,
  names: namesSchema,
});
export type MedicineTold = z.infer<typeof medicineToldSchema>;

/** As the station keeps it. */
export const medicineReceivedSchema = z.strictObject({
  medicine: medicineToldSchema,
  hubSeq: z.int().positive(),
  hubHash: z.string(),
});

const stateOf: Readonly<Partial<Record<Prescription["state"], MedicineTold["state"]>>> = {
  valid: "ready",
  dispensed: "taking",
  void: "ended",
  expired: "ended",
};

/** What a station is to be told of a prescription as it stands now; undefined: it was never valid, or at no station. */
export function medicineOf(
  record: Prescription,
  instant: (ms: number) => string,
  names: DrugNames,
): MedicineTold | undefined {
  const state = stateOf[record.state];
  const accepted = record.reviews.findLast(({ review }) => review.verdict === "accept");
  const { station, signature } = record;
  if (state === undefined || accepted === undefined || station === undefined || signature === undefined)
    return undefined;
  return {
    station,
    resident: record.resident,
    prescription: record.id,
    state,
    at: instant(record.since),
    text: textOf(record),
    signature,
    review: accepted.review,
    reviewSignature: accepted.signature,
    names,
  };
}

/** One medicine as its person is told of it. Days on the wall. */
export const medicineViewSchema = z.strictObject({
  prescription: z.uuid(),
  drug: z.string(),
  state: z.enum(["ready", "taking"]),
  doctor: z.string(),
  zh: z.string(),
  en: z.string(),
  form: z.string(),
  dose: z.strictObject({ amount: z.number().positive(), unit: z.string() }),
  /** How many pieces one dose is, where that is whole or a half. */
  pieces: z.number().positive().optional(),
  timesPerDay: z.int().positive(),
  at: z.array(z.string()).readonly().optional(),
  meal: z.string().optional(),
  note: z.string().optional(),
  /** The last day it lasts for, and how many days that are, today included; absent while it waits to be fetched. */
  until: z.iso.date().optional(),
  daysLeft: z.int().optional(),
});
export type MedicineView = z.infer<typeof medicineViewSchema>;

/** So many days before its end a person is to see to more of it. P. */
export const soonDays = 7;
/** Shown so long after its end, so that who comes late still hears that it is over. P. */
const pastDays = 7;

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

function piecesOf({ dose }: Item, strength: { readonly amount: number; readonly unit: string } | undefined) {
  if (strength?.unit !== dose.unit) return undefined;
  const pieces = dose.amount / strength.amount;
  return Number.isInteger(pieces * 2) ? pieces : undefined;
}

/** Every medicine of a prescription that is waiting to be fetched or being taken on that day; none once it is long over. */
export function medicinesOn(told: MedicineTold, now: number, zoneMinutes: number): readonly MedicineView[] {
  const { state, text, names, prescription, signature } = told;
  if (state === "ended") return [];
  const today = dayOf(now, zoneMinutes);
  return text.items.flatMap((item): readonly MedicineView[] => {
    const name = names[item.drug];
    const pieces = piecesOf(item, name?.strength);
    const shown: MedicineView = {
      prescription,
      drug: item.drug,
      state,
      doctor: signature.by.name,
      zh: name?.zh ?? item.drug,
      en: name?.en ?? item.drug,
      form: name?.form ?? "",
      dose: item.dose,
      ...(pieces === undefined ? {} : { pieces }),
      timesPerDay: item.timesPerDay,
      ...(item.at === undefined ? {} : { at: item.at }),
      ...(item.meal === undefined ? {} : { meal: item.meal }),
      ...(item.note === undefined ? {} : { note: item.note }),
    };
    if (state === "ready") return [shown];
    const until = daysLater(dayOf(Date.parse(told.at), zoneMinutes), item.days - 1);
    const daysLeft = day(until) - day(today) + 1;
    return daysLeft < 1 - pastDays ? [] : [{ ...shown, until, daysLeft: Math.max(0, daysLeft) }];
  });
}

/** Fetched, and not used up: what a person can be asked about. */
export const isTaken = ({ state, daysLeft = 0 }: MedicineView): boolean => state === "taking" && daysLeft > 0;

/** Whether doctor and pharmacist signed exactly this: the text, and the yes to that very text, by another person. */
export function isSigned(
  { text, signature, review, reviewSignature, resident, prescription }: MedicineTold,
  hubs: Readonly<Partial<Record<string, string>>>,
  verify: VerifyText,
): boolean {
  return (
    checkSignature({ of: "prescription", document: text, signature }, hubs, verify) === "valid" &&
    checkSignature({ of: "prescriptionReview", document: review, signature: reviewSignature }, hubs, verify) ===
      "valid" &&
    text.id === prescription &&
    text.resident === resident &&
    signature.by.id === text.doctor.person &&
    reviewSignature.by.id !== signature.by.id &&
    review.verdict === "accept" &&
    review.prescription === text.id &&
    review.revision === text.revision &&
    review.signed === signature.signature
  );
}
