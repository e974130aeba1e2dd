import { z } from "zod";
import type { MessageLeft } from "./messages.ts";
import { goalKinds, planTaskKinds } from "./plan-kinds.ts";

/** The plan as its resident was told of it: all that a station knows, and all that goes on paper. */
export const planToldSchema = z.strictObject({
  goals: z.array(z.enum(goalKinds)),
  tasks: z.array(z.enum(planTaskKinds)),
  /** Day of the wall. */
  review: z.iso.date(),
});
export type PlanTold = z.infer<typeof planToldSchema>;

/** The plan that the newest message about plans leaves in force; undefined: it says that the plan is over, or tells of none. */
export function planIn({ about, sentences }: Pick<MessageLeft, "about" | "sentences">): PlanTold | undefined {
  const keys = sentences.map(({ key }) => key);
  if (about?.kind !== "plan" || !keys.includes("loop.say.planNew")) return undefined;
  const read = planToldSchema.safeParse({
    goals: keys.flatMap((key) => goalKinds.filter((kind) => key === `plan.goal.${kind}`)),
    tasks: keys.flatMap((key) => planTaskKinds.filter((kind) => key === `plan.task.${kind}`)),
    review: sentences.find(({ key }) => key === "plan.say.review")?.params?.day,
  });
  return read.success ? read.data : undefined;
}
