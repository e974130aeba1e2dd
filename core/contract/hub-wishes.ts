import { oc } from "@orpc/contract";
import { z } from "zod";
import { wishInputSchema, wishSchema } from "../care/wish.ts";
import { failures } from "./hub-care.ts";

const id = z.uuid();
const [agree, decline, done] = wishInputSchema.options;

/** What residents asked for at a station, as their practice sees and answers it. Who and when are the hub's to say. */
export const wishContract = {
  get: oc.input(z.strictObject({ id })).output(wishSchema).errors(failures),
  /** Agreed on, also anew with another day; declined; done. The resident is told at the next visit. */
  move: oc
    .input(
      z.strictObject({
        id,
        input: z.discriminatedUnion("kind", [
          agree.omit({ by: true, at: true }),
          decline.omit({ by: true, at: true }),
          done.omit({ by: true, at: true }),
        ]),
      }),
    )
    .output(wishSchema)
    .errors(failures),
} as const;
