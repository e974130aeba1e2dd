import { agreementHash, type Agreement } from "./agreement.ts";
import type { Sha256 } from "../journal/chain.ts";
import type { CareCode } from "./machine.ts";

/**
 * From the drawn-up text to the act (service.md §2: draft → explained → signed). It lives in the visit in which it began and in no
 * other. `signed` has no way back: another text is another ceremony.
 */
export interface Ceremony {
  readonly visit: string;
  readonly agreement: Agreement;
  readonly hash: string;
  readonly state: "draft" | "explained" | "signed";
  /** When all of it had been read out. UTC, ms since 1970. */
  readonly explainedAt?: number;
}

export const drawUp = (visit: string, agreement: Agreement, sha256: Sha256): Ceremony => ({
  visit,
  agreement,
  hash: agreementHash(agreement, sha256),
  state: "draft",
});

type Stepped<T> = { readonly ok: true; readonly ceremony: T } | { readonly ok: false; readonly code: CareCode };
const changed = { ok: false, code: "care.changed" } as const;

/** `care.changed`: nothing was drawn up in this visit, or another text. */
export function explain(
  there: Ceremony | undefined,
  of: { readonly visit: string; readonly hash: string; readonly at: number },
): Stepped<Ceremony> {
  if (there === undefined || there.visit !== of.visit || there.hash !== of.hash) return changed;
  return there.state === "draft"
    ? { ok: true, ceremony: { ...there, state: "explained", explainedAt: of.at } }
    : { ok: true, ceremony: there };
}

/** `care.changed`: another text than was shown, in another visit, or not yet read out. */
export function sign(
  there: Ceremony | undefined,
  of: { readonly visit: string; readonly hash: string },
): Stepped<Ceremony & { readonly explainedAt: number }> {
  const { explainedAt } = there ?? {};
  if (there?.state !== "explained" || explainedAt === undefined) return changed;
  if (there.visit !== of.visit || there.hash !== of.hash) return changed;
  return { ok: true, ceremony: { ...there, explainedAt, state: "signed" } };
}
