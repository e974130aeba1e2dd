import { z } from "zod";

export const tiers = ["village", "township", "county"] as const;
export type Tier = (typeof tiers)[number];

/** Where and as what a clinician works: shown to the resident, real names on both sides (service.md §4). */
export const practiceSchema = z.strictObject({
  /** Institution: the id that a station's `branch` and `hospital` name. */
  org: z.string().min(1).max(64),
  orgName: z.string().min(1).max(100),
  tier: z.enum(tiers),
  specialty: z.string().min(1).max(60).optional(),
  /** Number of the licence to practice. */
  licence: z.string().min(1).max(60),
});
export type Practice = z.infer<typeof practiceSchema>;
