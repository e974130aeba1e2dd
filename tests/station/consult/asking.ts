import { randomUUID } from "node:crypto";
import { consented } from "../../../core/domain/consent.ts";
import type { AskingVisit } from "../../../station/consult/visit-desk.ts";

/** A guest who agreed that a doctor sees the visit. */
export function asking(change: Partial<AskingVisit> = {}): AskingVisit {
  const consents = {
    send: { given: true, version: "2026-11", entry: randomUUID(), at: "2026-11-02T01:00:00.000Z" },
  };
  const send = consented(consents, "send");
  if (send === undefined) throw new Error("a consent that was given counts");
  return {
    visit: randomUUID(),
    subject: null,
    shownName: "",
    severity: 1,
    knownDiagnosis: false,
    consents,
    send,
    ...change,
  };
}
