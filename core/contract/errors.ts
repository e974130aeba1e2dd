import { z } from "zod";
import type { FaultCode } from "../domain/faults.ts";

/**
 * The one declared error of every call: a fault code. The page takes the sentence from the catalogue of faults.
 * Declared per call so that a caller's `switch` can be closed.
 */
export function declared<const C extends FaultCode>(...codes: readonly C[]) {
  return { FAULT: { status: 409, data: z.strictObject({ code: z.enum(codes as readonly [C, ...C[]]) }) } } as const;
}
