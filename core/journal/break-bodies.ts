import { breakReviewSchema, brokenSchema } from "../care/breaking.ts";

/** Records that were opened without a care relation, because of an alarm; and what an auditor found. */
export const breakBodies = {
  "record.broken": brokenSchema,
  "record.reviewed": breakReviewSchema,
} as const;
