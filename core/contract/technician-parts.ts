import { z } from "zod";

/** What every part of the technician's contract is made of. */
export const id = z.uuid();
/** Opaque, in memory only; ends after ten minutes without a call. */
export const sessionSchema = z.string().min(1).max(100);
export const device = z.string().min(1).max(400);

/** Both languages of a sentence that is made where it is known (a refused file, a setting of a profile). */
export const saidSchema = z.strictObject({ zh: z.string(), en: z.string() });
