import { z } from "zod";
import { languages } from "../i18n/message.ts";

/** Names of packs are names of folders and parts of addresses. */
export const packIdSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/u);
/** A clip is a file named by its key; the ending says how it is coded. */
export const clipFileSchema = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]|[.](?=[A-Za-z0-9]))*[.](?:ogg|opus|webm|wav|mp3|m4a)$/u);

/** `key.0.ogg` gives `key.0`. */
export const clipName = (file: string): string => file.slice(0, file.lastIndexOf("."));

/** `manifest.json` of a voice pack. */
export const manifestSchema = z.strictObject({
  id: packIdSchema,
  name: z.strictObject({ zh: z.string().trim().min(1).max(40), en: z.string().trim().min(1).max(40) }),
  /** BCP 47 tag of what is spoken: `cmn-CN`, `en-GB`, `wuu-CN`. */
  language: z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u),
  /** The language of the pages it reads out. A dialect reads the Chinese ones. */
  page: z.enum(languages),
  /** Whose voice: a person who agreed to it, or the name of the program. */
  speaker: z.string().trim().min(1).max(60),
  synthetic: z.boolean(),
  madeBy: z.string().trim().min(1).max(100),
  licence: z.string().trim().min(1).max(100),
  /** How clips are coded, in words. */
  format: z.string().trim().min(1).max(60),
});
export type Manifest = z.infer<typeof manifestSchema>;
