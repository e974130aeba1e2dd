import { z } from "zod";

/**
 * The catalogue of drugs and the list of interactions: data of the county (`resources/drugs`), never code. Nothing here and
 * nowhere else proposes a drug or a dose; limits only judge what a doctor wrote (service.md §4, §7).
 */
const name = z.string().trim().min(1).max(120);
/** In the unit of the drug's strength. */
const amount = z.number().positive();
const source = z.string().min(1).max(300);

/** `controlled`: narcotic, psychotropic or otherwise specially controlled; never prescribed from afar. */
export const releases = ["otcB", "otcA", "rx", "controlled"] as const;
export const units = ["mg", "g", "U", "puff", "capsule", "tablet", "sachet"] as const;

const limitSchema = z.strictObject({ min: amount.optional(), max: amount });

/** eGFR in mL/min/1.73 m². */
const kidneySchema = z
  .strictObject({ avoidBelow: z.number().nonnegative(), careBelow: z.number().positive() })
  .refine(({ avoidBelow, careBelow }) => avoidBelow <= careBelow, "avoidBelow is above careBelow");

export const drugSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9.-]{2,60}$/),
    /** International nonproprietary name, lower case, and the Chinese one. */
    inn: name,
    zh: name,
    form: z.enum(["tablet", "capsule", "powder", "inhaler", "injection"]),
    route: z.enum(["oral", "sublingual", "inhaled", "subcutaneous"]),
    /** Of one piece: tablet, puff, sachet, pen. */
    strength: z.strictObject({ amount, unit: z.enum(units) }),
    atc: z.string().regex(/^[A-Z]\d\d[A-Z]{0,2}(\d\d)?$/),
    release: z.enum(releases),
    /** What is in one piece. */
    ingredients: z.array(z.strictObject({ name, amount, unit: z.enum(["mg", "g", "U", "sachet"]) })).min(1),
    adult: z.strictObject({ single: limitSchema, maxDay: amount }),
    /** From 65 years on, where it is less. */
    elder: z.strictObject({ maxDay: amount }).optional(),
    /** Under 18. Absent: this list knows no dose for children. */
    child: z
      .strictObject({
        fromYears: z.int().nonnegative(),
        single: limitSchema,
        maxDay: amount,
        /** Per kg of body weight. */
        perKgSingle: amount.optional(),
        perKgDay: amount.optional(),
      })
      .optional(),
    pregnancy: z.enum(["none", "caution", "avoid"]),
    breastfeeding: z.enum(["none", "caution", "avoid"]),
    kidney: kidneySchema.optional(),
    liver: z.enum(["none", "care", "avoid"]),
    contraindications: z.array(z.string().regex(/^[a-z][a-zA-Z0-9]*$/)),
    allergyGroups: z.array(z.string().regex(/^[a-z][a-zA-Z0-9]*$/)),
    antibiotic: z.boolean().optional(),
    source,
  })
  .refine(({ adult }) => (adult.single.min ?? 0) <= adult.single.max, "single: min is above max")
  .refine(({ adult }) => adult.single.max <= adult.maxDay, "a single dose is above the day's");
export type Drug = z.infer<typeof drugSchema>;

const listHead = { name, zh: name.optional(), version: z.string(), specimen: z.boolean(), note: z.string() } as const;
const distinct = (rows: readonly { readonly id: string }[]): boolean =>
  new Set(rows.map(({ id }) => id)).size === rows.length;

export const drugListSchema = z.strictObject({
  ...listHead,
  drugs: z.array(drugSchema).refine(distinct, "an id is there twice"),
});
export type DrugList = z.infer<typeof drugListSchema>;

/** One side of an interaction: an ingredient by name, or all of an ATC group by its beginning. */
const sideSchema = z.union([
  z.strictObject({ ingredient: name }),
  z.strictObject({ atc: z.string().regex(/^[A-Z]\d\d[A-Z]{0,2}(\d\d)?$/) }),
]);

export const interactionSeverities = ["contraindicated", "major", "moderate"] as const;
export const interactionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{3,60}$/),
  a: sideSchema,
  b: sideSchema,
  severity: z.enum(interactionSeverities),
  zh: name,
  en: name,
  source,
});
export type Interaction = z.infer<typeof interactionSchema>;
export const interactionListSchema = z.strictObject({
  ...listHead,
  interactions: z.array(interactionSchema).refine(distinct, "an id is there twice"),
});

/** Both lists, as the checks use them. */
export interface Catalogue {
  readonly version: string;
  readonly specimen: boolean;
  readonly drugs: ReadonlyMap<string, Drug>;
  readonly interactions: readonly Interaction[];
}

/** Throws on data that does not fit: a broken list is found at the start, not at a patient. */
export function catalogueOf(drugs: unknown, interactions: unknown): Catalogue {
  const list = drugListSchema.parse(drugs);
  const pairs = interactionListSchema.parse(interactions);
  return {
    version: list.version,
    specimen: list.specimen || pairs.specimen,
    drugs: new Map(list.drugs.map((drug) => [drug.id, drug])),
    interactions: pairs.interactions,
  };
}

function is(drug: Drug, side: Interaction["a"]): boolean {
  return "atc" in side
    ? drug.atc.startsWith(side.atc)
    : drug.ingredients.some(({ name: ingredient }) => ingredient === side.ingredient);
}

/** Every listed interaction of two drugs, whichever comes first. */
export function interactionsOf(one: Drug, other: Drug, { interactions }: Catalogue): readonly Interaction[] {
  return interactions.filter(({ a, b }) => (is(one, a) && is(other, b)) || (is(one, b) && is(other, a)));
}

/** Milligrams where they can be told; a number and its own unit otherwise. */
export function inMilligrams(value: number, unit: string): { readonly value: number; readonly unit: string } {
  return unit === "g" ? { value: value * 1_000, unit: "mg" } : { value, unit };
}
