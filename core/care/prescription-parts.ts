import { z } from "zod";
import { signatureSchema } from "./signed.ts";
import { ownerSchema } from "./tasks.ts";
import { units } from "./drugs.ts";

/** What a prescription is made of, and what may happen to it; the machine is in `prescription.ts`. Moments: milliseconds since 1970 UTC. */

const words = z.string().trim().min(1).max(500);
const moment = z.number();

export const doseTimes = ["morning", "noon", "evening", "bedtime"] as const;
export type DoseTime = (typeof doseTimes)[number];
export const mealTimes = ["before", "with", "after"] as const;
export type MealTime = (typeof mealTimes)[number];

/** One drug, as the doctor wrote it. */
const itemParts = z.strictObject({
  drug: z.string().min(1).max(60),
  /** Of one dose, in the unit of the drug's strength. */
  dose: z.strictObject({ amount: z.number().positive(), unit: z.enum(units) }),
  timesPerDay: z.int().min(1).max(6),
  days: z.int().min(1).max(84),
  /** Pieces handed out: tablets, inhalers, sachets. */
  pieces: z.int().min(1).max(2_000),
  /** When on a day, one for each dose. Absent: the doctor did not say, and nobody else does. */
  at: z.array(z.enum(doseTimes)).min(1).max(doseTimes.length).optional(),
  meal: z.enum(mealTimes).optional(),
  note: words.optional(),
  /** Why it is written although a check warned. */
  reason: words.optional(),
});
export const itemSchema = itemParts.refine(
  ({ at, timesPerDay }) => at === undefined || (at.length === timesPerDay && new Set(at).size === at.length),
  "as many times of the day as doses",
);
export type Item = z.infer<typeof itemSchema>;

/** `acute`: 3 days at most; `ordinary`: 7; `stableChronic`: 4 to 12 weeks, where the doctor says that it is stable and clear. */
export const courses = ["acute", "ordinary", "stableChronic"] as const;
export const tristate = z.enum(["yes", "no", "unknown"]);

/** What the checks need to know of the person; as of the day of writing, and signed with the prescription. */
export const patientFactsSchema = z.strictObject({
  ageYears: z.int().min(0).max(130),
  sex: z.enum(["female", "male"]),
  weightKg: z.number().min(1).max(300).optional(),
  pregnant: tristate,
  breastfeeding: tristate,
  /** mL/min/1.73 m². Absent: not known. */
  egfr: z.number().min(0).max(200).optional(),
  liver: z.enum(["normal", "impaired", "unknown"]),
  /** Groups of drugs or ingredients; `none` said is an empty list, `asked` tells that somebody asked. */
  allergies: z.strictObject({ asked: z.boolean(), to: z.array(z.string().min(1).max(60)) }),
  /** Of the catalogue's contraindications. */
  conditions: z.array(z.string().min(1).max(60)),
  /** Drugs of the catalogue taken now, over the counter in the last 7 days included. */
  taking: z.array(z.string().min(1).max(60)),
  /** Under 6: who was there. */
  guardianPresent: z.boolean(),
  pediatricDoctor: z.boolean(),
});
export type PatientFacts = z.infer<typeof patientFactsSchema>;

/** What the doctor signs. */
export const prescriptionTextSchema = z.strictObject({
  id: z.uuid(),
  /** 1, then one more each time the pharmacist sent it back. */
  revision: z.int().positive(),
  resident: z.string().min(1),
  station: z.string().optional(),
  visit: z.string().optional(),
  call: z.string().optional(),
  doctor: ownerSchema.extend({ person: z.string().min(1), name: z.string().min(1) }),
  pharmacy: ownerSchema,
  diagnosis: words,
  course: z.enum(courses),
  items: z.array(itemSchema).min(1).max(20),
  patient: patientFactsSchema,
  /** Version of the list it was checked against. */
  catalogue: z.string(),
});
export type PrescriptionText = z.infer<typeof prescriptionTextSchema>;

/** The pharmacist's appropriateness list (service.md §7). */
export const reviewPoints = [
  "indication",
  "dose",
  "route",
  "frequency",
  "course",
  "duplicate",
  "interaction",
  "contraindication",
  "allergy",
] as const;
export const reviewListSchema = z.strictObject(
  Object.fromEntries(reviewPoints.map((point) => [point, z.boolean()])) as Record<
    (typeof reviewPoints)[number],
    z.ZodBoolean
  >,
);

/** What the pharmacist signs: the doctor's signed text by its signature, and the verdict. */
export const reviewSchema = z.strictObject({
  prescription: z.uuid(),
  revision: z.int().positive(),
  /** The doctor's signature this is about: another text has another. */
  signed: z.string(),
  verdict: z.enum(["accept", "return", "refuse"]),
  appropriate: reviewListSchema,
  reason: words.optional(),
});
export type Review = z.infer<typeof reviewSchema>;

const by = { by: z.string().min(1), at: moment } as const;
export const prescriptionInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sign"), ...by, signature: signatureSchema }),
  z.strictObject({ kind: z.literal("review"), ...by, review: reviewSchema, signature: signatureSchema }),
  z.strictObject({ kind: z.literal("revise"), ...by, text: prescriptionTextSchema }),
  /** By the doctor: valid for up to three days altogether. */
  z.strictObject({ kind: z.literal("extend"), ...by, days: z.int().min(2).max(3) }),
  z.strictObject({
    kind: z.literal("dispense"),
    ...by,
    lots: z.array(z.strictObject({ drug: z.string(), lot: words })).min(1),
  }),
  z.strictObject({ kind: z.literal("expire"), ...by }),
  z.strictObject({ kind: z.literal("void"), ...by, reason: words }),
]);
export type PrescriptionInput = z.infer<typeof prescriptionInputSchema>;

export const prescriptionStates = [
  "drafted",
  "signed",
  "returned",
  "refused",
  "valid",
  "dispensed",
  "expired",
  "void",
] as const;
export type PrescriptionState = (typeof prescriptionStates)[number];

export const prescriptionSchema = prescriptionTextSchema.extend({
  state: z.enum(prescriptionStates),
  since: moment,
  writtenAt: moment,
  signature: signatureSchema.optional(),
  /** First moment at which it is no longer valid; from the signing on. */
  validUntil: moment.optional(),
  reviews: z.array(z.strictObject({ review: reviewSchema, signature: signatureSchema, at: moment, by: z.string() })),
  /** Signed texts that the pharmacist sent back. */
  earlier: z.array(z.strictObject({ text: prescriptionTextSchema, signature: signatureSchema })),
  dispensed: z
    .strictObject({ at: moment, by: z.string(), lots: z.array(z.strictObject({ drug: z.string(), lot: words })) })
    .optional(),
  reason: words.optional(),
});
export type Prescription = z.infer<typeof prescriptionSchema>;
