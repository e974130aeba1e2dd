import type { VisitRecord } from "../contract/hub-visits.ts";
import { messageOf, type Language } from "../i18n/message.ts";
import { isMessageKey } from "../i18n/advice.ts";
import { isQuantity, quantities } from "../domain/quantity.ts";
import type { Opinion } from "../journal/entry.ts";
import { saidWords } from "./sentences.ts";
import type { Signature, SignedKind } from "./signed.ts";
import type { Soap } from "./soap.ts";

/** Under what an opinion is signed. */
export const opinionKind: SignedKind = "opinion";

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

/** S and O as far as the visit tells them: symptoms ticked at the station, and every accepted number with its time. */
export function prefilled(
  record: Pick<VisitRecord, "results" | "refusals"> & { readonly symptoms?: readonly string[] },
  language: Language,
): Pick<Soap, "subjective" | "objective"> {
  const symptoms = (record.symptoms ?? []).map((symptom) => {
    const key = `sx.${symptom}`;
    return isMessageKey(key) ? messageOf(language, key, {}) : symptom;
  });
  const lines = record.results.flatMap(({ measurements }) =>
    measurements.map(({ readings, times }) => {
      const numbers = readings.map(({ quantity, value, unit, comparator = "" }) => {
        const name = isQuantity(quantity) ? quantities[quantity][language === "en" ? "en" : "zh"] : quantity;
        return `${name} ${comparator}${value} ${unit}`;
      });
      return `${numbers.join(language === "en" ? ", " : "，")} (${times.heardAt.slice(0, 16).replace("T", " ")} UTC)`;
    }),
  );
  return { subjective: symptoms.join(language === "en" ? "; " : "；"), objective: lines.join("\n") };
}
