import { z } from "zod";

/**
 * Service packages of the practice (service.md §2): data of the county (`resources/services`), never code. Which fit a person
 * follows from their own facts; nothing here judges anybody.
 */
const both = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(300) });

/** For whom: everybody, and the nine focus groups (service.md §2). Each picture and spoken sentence of the kiosk goes by it. */
export const packageGroups = [
  "everybody",
  "disabled",
  "elder",
  "child",
  "maternal",
  "hypertension",
  "diabetes",
  "copd",
  "tuberculosis",
  "mental",
] as const;
export type PackageGroup = (typeof packageGroups)[number];

/** Who pays: the public health service, the medical insurance, or the resident. */
export const payers = ["publicHealth", "insurance", "resident"] as const;
export type Payer = (typeof payers)[number];

/** Whole numbers of times that can be promised for a year. */
export const timesAYear = { min: 1, max: 366 } as const;

export const packageSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{2,60}$/),
  /** Made up for development, and said so wherever it is shown. */
  specimen: z.boolean(),
  group: z.enum(packageGroups),
  name: both,
  /** What is in it, the most useful first; `timesAYear` absent: whenever it is needed. */
  contains: z
    .array(both.extend({ timesAYear: z.int().min(timesAYear.min).max(timesAYear.max).optional() }))
    .min(1)
    .max(6),
  price: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("free") }),
    /** As the practice says it. */
    z.strictObject({
      kind: z.literal("paid"),
      says: both,
      /** Yuan a year, and who pays them. Without both it cannot be read out, and nobody can agree to it. */
      yuan: z.int().positive().max(9_999).optional(),
      payer: z.enum(payers).optional(),
    }),
  ]),
  /** Where the content is from. */
  source: z.string().min(1).max(300),
});
export type ServicePackage = z.infer<typeof packageSchema>;

export interface PackageFacts {
  readonly ageYears: number;
  readonly hypertension: boolean;
  readonly diabetes: boolean;
  readonly pregnant: boolean;
}

const elderFrom = 65;
const childUntil = 6;
/** What a station does not know of a person is the practice's to offer, and nothing for an open room. */
const byThePractice = () => false;
const fits: Readonly<Record<PackageGroup, (facts: PackageFacts) => boolean>> = {
  everybody: () => true,
  elder: ({ ageYears }) => ageYears >= elderFrom,
  hypertension: ({ hypertension }) => hypertension,
  diabetes: ({ diabetes }) => diabetes,
  child: ({ ageYears }) => ageYears <= childUntil,
  maternal: ({ pregnant }) => pregnant,
  disabled: byThePractice,
  copd: byThePractice,
  tuberculosis: byThePractice,
  mental: byThePractice,
};

/** Those for this person, the most particular first: by the order of the groups, last to first. */
export function packagesFor(all: readonly ServicePackage[], facts: PackageFacts): readonly ServicePackage[] {
  return all
    .filter(({ group }) => fits[group](facts))
    .toSorted((one, other) => packageGroups.indexOf(other.group) - packageGroups.indexOf(one.group));
}

/** What it costs a year and who pays, or undefined where the data do not say so in numbers. */
export function feeOf({ price }: ServicePackage): { readonly yuan: number; readonly payer: Payer } | undefined {
  if (price.kind === "free") return { yuan: 0, payer: "publicHealth" };
  const { yuan, payer } = price;
  return yuan === undefined || payer === undefined ? undefined : { yuan, payer };
}
