import { z } from "zod";
import { apartSchema, codedSchema, joinedSchema, partedSchema, uncodedSchema } from "../care/same-person.ts";

const key = z.string().length(64);

/** Who is who: codes that lead to a record, records that are one person's, visits that nobody has claimed yet. */
export const personBodies = {
  "person.coded": codedSchema,
  "person.uncoded": uncodedSchema,
  "person.joined": joinedSchema,
  "person.parted": partedSchema,
  "person.apart": apartSchema,
  /** At the station: its views show both together from here on. */
  "records.joined": z.strictObject({
    joining: z.uuid(),
    one: z.string(),
    other: z.string(),
    hubSeq: z.int().positive(),
  }),
  "records.parted": z.strictObject({ joining: z.uuid(), hubSeq: z.int().positive() }),
  /** A guest showed a code that nobody could be asked about. `key`: as of `resident.linked`; the code waits outside the journal. */
  "visit.coded": z.strictObject({ key }),
  /** Whose the code is. Nothing is theirs by that: they are asked when they come. Null: nobody knows, and nobody is asked any more. */
  "visit.resolved": z.strictObject({ visit: z.string(), resident: z.string().nullable() }),
  /** The subject said whether it was them. `by`: at its end, with their card; nobody had to be asked whose it is. */
  "visit.claimed": z.strictObject({ visit: z.string(), mine: z.boolean(), by: z.literal("card").optional() }),
} as const;
