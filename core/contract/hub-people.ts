import { oc } from "@orpc/contract";
import { z } from "zod";

/** Who one is. */
export const meContract = {
  whoami: oc.output(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      role: z.enum(["doctor", "station", "technician", "manager"]),
      expiresAt: z.string(),
    }),
  ),
} as const;
