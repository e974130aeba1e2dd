import { oc } from "@orpc/contract";
import { z } from "zod";
import { sentencesSchema } from "../care/sentences.ts";
import { soapSchema } from "../care/soap.ts";
import { opinionSchema } from "../journal/entry.ts";
import { declared } from "./errors.ts";

const id = z.uuid();

/** What the desk hands in; the hub adds who, where and when, puts the villager's words together and has it signed. */
export const opinionWishSchema = z.strictObject({
  id,
  call: id,
  soap: soapSchema,
  sentences: sentencesSchema,
  next: opinionSchema.shape.next,
  /** The opinion this one follows. An opinion is never changed. */
  supersedes: id.optional(),
  /** A dissent from a joint opinion, or its conclusion by the responsible doctor: of the newest version. */
  joint: z.strictObject({ as: z.enum(["dissent", "conclusion"]), joint: id, version: z.int().positive() }).optional(),
});
export type OpinionWish = z.infer<typeof opinionWishSchema>;

/** What the doctor leaves behind for colleagues and for the resident. */
export const opinionContract = {
  /** `id` made by the desk; the second time is the first. The key must be open (`signing.open`). */
  sign: oc
    .input(opinionWishSchema)
    .output(opinionSchema)
    .errors(
      declared(
        "consult.notYours",
        "sign.locked",
        "care.changed",
        "care.notNow",
        "care.notYours",
        "care.unknown",
        "store.failed",
      ),
    ),
} as const;

const keyStateSchema = z.strictObject({
  hasKey: z.boolean(),
  /** UTC; while the key is open at this session. */
  until: z.iso.datetime({ precision: 3 }).optional(),
});
const secrets = z.strictObject({
  /** At least eight characters, four of them different. Kept nowhere. */
  pin: z
    .string()
    .min(8)
    .max(64)
    .refine((pin) => new Set(pin).size >= 4, "too simple"),
  code: z
    .string()
    .transform((typed) => typed.replaceAll(/\s/g, ""))
    .pipe(z.string().regex(/^\d{6}$/)),
});

/** One's own signing key at this session. */
export const signingContract = {
  state: oc.output(keyStateSchema),
  makeKey: oc.input(secrets).output(keyStateSchema).errors(declared("sign.wrong", "account.tooMany")),
  open: oc
    .input(secrets)
    .output(keyStateSchema)
    .errors(declared("sign.wrong", "sign.noKey", "account.tooMany")),
  shut: oc.output(keyStateSchema),
} as const;
