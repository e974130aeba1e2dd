import { z } from "zod";
import { declared } from "./errors.ts";

/** Lines that the page drew, `dots` in base64: column by column from the left, three bytes from top to bottom, 12 columns of dots for each of `columns`. */
export const drawnSchema = z
  .array(z.strictObject({ text: z.string().max(80), dots: z.base64().max(4_000) }))
  .max(20)
  .optional();

/** Paper came out whole; or, with nothing printed, which lines the page has to draw because the printer's font lacks a character. */
export const printedSchema = z.strictObject({
  draw: z.strictObject({ columns: z.int(), lines: z.array(z.string()).readonly() }).optional(),
});

export const printCodes = [
  "visit.closed",
  "device.noDevice",
  "device.busy",
  "device.paperOut",
  "device.printerStopped",
  "device.silent",
  "device.unplugged",
  "device.portMissing",
  "device.portBusy",
  "device.tooLong",
] as const;
export const printFaults = declared(...printCodes);
