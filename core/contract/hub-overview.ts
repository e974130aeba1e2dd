import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { stepKinds } from "../care/tasks.ts";
import { tiers } from "../domain/practice.ts";
import { colleagueSchema } from "./hub-people.ts";

/** Oldest tasks that a county's office sees at once. */
export const oldestShown = 60;

export const overviewSchema = z.strictObject({
  /** Of every institution. `oldest`: the most overdue first; of nobody in particular: neither resident nor clinician is named. */
  tasks: z.strictObject({
    open: z.int().nonnegative(),
    late: z.int().nonnegative(),
    oldest: z.array(
      z.strictObject({
        kind: z.enum(stepKinds),
        org: z.string(),
        orgName: z.string(),
        tier: z.enum(tiers),
        /** Milliseconds since 1970 UTC. */
        madeAt: z.number(),
        due: z.number(),
        missed: z.int().nonnegative(),
      }),
    ),
  }),
  /** Family doctors: how many people there are, how many have one, how many wait for an answer. Of the county, never of a doctor. */
  contracts: z.strictObject({
    residents: z.int().nonnegative(),
    active: z.int().nonnegative(),
    asked: z.int().nonnegative(),
  }),
  /** Clinical staff, and who has a desk open now. */
  duty: z.array(colleagueSchema),
});
export type Overview = z.infer<typeof overviewSchema>;

/** For county administrator and auditor: how the work stands, without a single case (service.md §11). */
export const overviewContract = {
  /** The whole on every change. */
  watch: oc.output(eventIterator(overviewSchema)),
} as const;
