import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { jointTextSchema } from "../care/joint.ts";
import { signatureSchema } from "../care/signed.ts";
import { opinionSchema } from "../journal/entry.ts";
import { declared } from "./errors.ts";

const id = z.uuid();
const ok = z.strictObject({});
const version = jointTextSchema.shape.version;

export const jointViewSchema = z.strictObject({
  joint: id,
  /** The newest last. `verdict`: whether this signature is good under exactly this text, checked when asked. */
  versions: z.array(
    z.strictObject({
      text: jointTextSchema,
      signatures: z.array(
        z.strictObject({
          signature: signatureSchema,
          verdict: z.enum(["valid", "changed", "stranger", "otherKind"]),
        }),
      ),
    }),
  ),
  /** Opinions of those who differ, as they signed them. */
  dissents: z.array(opinionSchema),
  /** The newest conclusion. */
  conclusion: opinionSchema.optional(),
  /** Accounts that neither signed the newest version nor dissented from it. */
  owing: z.array(z.string()),
});
export type JointView = z.infer<typeof jointViewSchema>;

/** One text of several doctors. Dissent and conclusion are opinions (`opinion.sign` with `joint`). */
export const jointContract = {
  /**
   * The responsible doctor's text; `version` is one more than the newest, `care.changed` otherwise. Said again it is the same.
   * `care.notNow`: there is nobody else in the call to sign it.
   */
  draft: oc
    .input(
      z.strictObject({
        joint: id,
        call: id,
        version,
        assessment: jointTextSchema.shape.assessment,
        plan: jointTextSchema.shape.plan,
      }),
    )
    .output(ok)
    .errors(declared("consult.notYours", "care.changed", "care.notNow", "store.failed")),
  /** Signs exactly this version. `care.changed`: there is a newer one, to be read and signed instead. */
  sign: oc
    .input(z.strictObject({ call: id, joint: id, version }))
    .output(ok)
    .errors(
      declared("consult.notYours", "care.changed", "care.notYours", "care.unknown", "sign.locked", "store.failed"),
    ),
  /** The joint opinions of a call, to its doctors. The whole on every change. */
  watch: oc
    .input(z.strictObject({ call: id }))
    .output(eventIterator(z.array(jointViewSchema)))
    .errors(declared("consult.notYours")),
} as const;
