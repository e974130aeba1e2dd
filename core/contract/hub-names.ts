import { oc } from "@orpc/contract";
import { z } from "zod";
import { tiers } from "../domain/practice.ts";

export const namesSchema = z.strictObject({
  residents: z.array(
    z.strictObject({ id: z.string(), name: z.string(), birthYear: z.int(), sex: z.enum(["female", "male"]) }),
  ),
  orgs: z.array(z.strictObject({ id: z.string(), name: z.string(), tier: z.enum(tiers) })),
});
export type Names = z.infer<typeof namesSchema>;
/** At most so many of each in one question. */
export const mostNames = 200;

/** How people and institutions are called whom records know by their ids. */
export const namesContract = {
  /** Residents the caller has nothing to do with are left out; institutions are known to everybody. */
  of: oc
    .input(
      z.strictObject({
        residents: z.array(z.string()).max(mostNames),
        orgs: z.array(z.string()).max(mostNames),
      }),
    )
    .output(namesSchema),
} as const;
