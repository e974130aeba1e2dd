import type { VisitRecord } from "../contract/hub-visits.ts";
import type { Language } from "../i18n/language.ts";
import { isQuantity, quantities } from "../domain/quantity.ts";
import type { Opinion } from "../journal/entry.ts";
import { conclusionKind } from "./joint.ts";
import { saidWords } from "./sentences.ts";
import type { Signature, SignedKind } from "./signed.ts";
import { longestPart, type Soap } from "./soap.ts";

/** Under what an opinion is signed. */
export const opinionKind: SignedKind = "opinion";
export const kindOf = ({ joint }: Pick<Opinion, "joint">): SignedKind =>
  joint?.as === "conclusion" ? conclusionKind : opinionKind;

/** An opinion and its signature apart, as they go into a check; undefined for one from before there were signatures. */
export function signedParts(
  opinion: Opinion,
): { readonly document: Omit<Opinion, "signature">; readonly signature: Signature } | undefined {
  const { signature, ...document } = opinion;
  return signature && { document, signature };
}

/**
 * What the resident is told: the sentences in their own language. `text` is what was signed; it also serves what was written
 * before there were sentences.
 */
export function toldWords({ sentences, text }: Opinion, language: Language): readonly string[] {
  return sentences === undefined ? [text] : saidWords(language, sentences);
}

/**
 * S and O as far as the visit tells them: symptoms ticked at the station, in words, and every accepted number with its time.
 * `clock`: how the desk writes a moment.
 */
export function prefilled(
  { symptoms, results }: { readonly symptoms: readonly string[]; readonly results: VisitRecord["results"] },
  language: Language,
  clock: (heardAt: string) => string,
): Pick<Soap, "subjective" | "objective"> {
  const isEnglish = language === "en";
  const lines = results.flatMap(({ measurements }) =>
    measurements.map(({ readings, times }) => {
      const numbers = readings.map(({ quantity, value, unit, comparator = "" }) => {
        const name = isQuantity(quantity) ? quantities[quantity][isEnglish ? "en" : "zh"] : quantity;
        return `${name} ${comparator}${value} ${unit.replaceAll(/[[\]]/g, "")}`;
      });
      return `${clock(times.heardAt)} ${numbers.join(isEnglish ? ", " : "，")}`;
    }),
  );
  return {
    subjective: symptoms.join(isEnglish ? "; " : "；").slice(0, longestPart),
    objective: lines.join("\n").slice(0, longestPart),
  };
}
