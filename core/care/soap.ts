import { z } from "zod";

/** Letters in one part. */
export const longestPart = 2_000;
const part = z.string().trim().max(longestPart);

/** What one clinician thinks, in the four parts of the sheet. S and O come filled from the visit, A and P never do. */
export const soapSchema = z.strictObject({
  subjective: part,
  objective: part,
  assessment: part.min(1),
  plan: part.min(1),
});
export type Soap = z.infer<typeof soapSchema>;
