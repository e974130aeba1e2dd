import { oc } from "@orpc/contract";
import { z } from "zod";
import { languages } from "../i18n/message.ts";
import { clipFileSchema, manifestSchema, packIdSchema } from "../voice/pack.ts";
import { declared } from "./errors.ts";
import { id, sessionSchema as session } from "./technician-parts.ts";

/** The packs of a station, and which one reads out the pages of each language. */
export const voiceViewSchema = z.strictObject({
  packs: z.array(
    z.strictObject({
      manifest: manifestSchema,
      /** `own`: in the station's data folder, may be recorded into. */
      from: z.enum(["shipped", "own"]),
      /** Files of clips, named by their keys. */
      clips: z.array(clipFileSchema),
      /** Another number when a clip was replaced: addresses of clips carry it. */
      version: z.int().nonnegative(),
    }),
  ),
  /** In each language of the pages: the packs that speak, the chosen one first; what it does not have the next one says. */
  speaks: z.record(z.enum(languages), z.array(packIdSchema)),
  /** What this station's own data say, a clip each, beside the sentences of the program. */
  names: z.record(
    z.enum(languages),
    z.array(z.strictObject({ clip: z.string().max(115), words: z.string(), sentence: z.string() })),
  ),
});
export type VoiceView = z.infer<typeof voiceViewSchema>;
export type VoicePack = VoiceView["packs"][number];

/** A clip of half a minute as a microphone gives it, and room to spare. */
export const mostClipBytes = 524_288;
/** Characters of base64 for that. */
const mostClipText = Math.ceil(mostClipBytes / 3) * 4;

const voiceErrors = ["staff.signedOut", "staff.forbidden", "technician.noVoice", "store.failed", "store.full"] as const;

export const voiceContract = {
  /** Makes a pack of the station's own, or changes what is said about it. The id of a shipped one is `technician.noVoice`. */
  describe: oc
    .input(z.strictObject({ id, session, manifest: manifestSchema }))
    .output(z.strictObject({}))
    .errors(declared(...voiceErrors)),
  /** Keeps one clip, recorded or imported, in place of what had its name. `technician.badClip`: no prompt has it, or no sound is in it. */
  keep: oc
    .input(
      z.strictObject({
        id,
        session,
        pack: packIdSchema,
        file: clipFileSchema,
        base64: z
          .string()
          .max(mostClipText)
          .regex(/^[A-Za-z0-9+/]+={0,2}$/u),
      }),
    )
    .output(z.strictObject({}))
    .errors(declared(...voiceErrors, "technician.badClip")),
  /** Which pack speaks first in one language of the pages. */
  choose: oc
    .input(z.strictObject({ id, session, page: z.enum(languages), pack: packIdSchema }))
    .output(z.strictObject({}))
    .errors(declared(...voiceErrors)),
} as const;
