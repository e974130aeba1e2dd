import { faults, type FaultCode } from "../domain/faults.ts";
import type { Language } from "./message.ts";

/** The sentence for a fault in a language; used by every page. Apart from the contract, so that a page does not load its schemas. */
export function faultSentence(code: FaultCode, language: Language): string {
  return faults[code].resident[language === "en" ? "en" : "zh"];
}
