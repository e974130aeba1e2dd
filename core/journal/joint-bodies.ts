import { z } from "zod";
import { jointTextSchema } from "../care/joint.ts";
import { signatureSchema } from "../care/signed.ts";

/** What the hub writes about joint opinions; what they are is folded from these. The conclusion is an opinion. */
export const jointBodies = {
  "joint.drafted": jointTextSchema,
  "joint.signed": z.strictObject({
    joint: z.uuid(),
    call: z.uuid(),
    version: z.int().positive(),
    signature: signatureSchema,
  }),
} as const;
