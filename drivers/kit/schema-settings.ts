import { z } from "zod";
import { name } from "./schema-parts.ts";

/**
 * What a dossier leaves open (speed, parity, polarity, byte order, a checksum that can be switched on) is a setting: named
 * choices, each a list of places of the profile and what stands there. The table itself is written with the defaults.
 */

/** For the technician, in both languages. */
const says = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const plain = z.union([z.number(), z.string(), z.boolean()]);

export const settings = z.record(
  name,
  z.strictObject({
    says,
    default: z.string(),
    choices: z.record(
      z.string().regex(/^[a-zA-Z0-9]+$/, "a choice is letters and digits"),
      z.strictObject({
        says,
        /** `path`: keys with dots between them, only existing places: `serial.baudRate`, `session.steps.0.withinMs`. */
        set: z.array(z.strictObject({ path: z.string().min(1), to: z.union([plain, z.array(plain)]) })),
      }),
    ),
  }),
);
