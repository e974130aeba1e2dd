import { missingCase } from "../domain/missing-case.ts";
import { dayOf, startOf } from "../quality/local-day.ts";
import { dayMs, hourMs, minuteMs, workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import type { Prescription, PrescriptionInput, PrescriptionState, PrescriptionText } from "./prescription-parts.ts";
import type { Step } from "./tasks.ts";

/**
 * A prescription: written and signed by a doctor, judged by a pharmacist who cannot change a word of it, valid only after both
 * signatures, on its day (service.md §4, §7, §10).
 */
const ways: Ways<PrescriptionState, PrescriptionInput["kind"]> = {
  drafted: { sign: "signed", revise: "drafted", void: "void" },
  // Where `review` leads is the verdict's; see below.
  signed: { review: "valid", extend: "signed", expire: "expired", void: "void" },
  returned: { revise: "drafted", void: "void" },
  refused: { void: "void" },
  valid: { extend: "valid", dispense: "dispensed", expire: "expired", void: "void" },
  dispensed: {},
  expired: { void: "void" },
  void: {},
};

export function writePrescription(text: PrescriptionText, at: number): Prescription {
  return { ...text, state: "drafted", since: at, writtenAt: at, reviews: [], earlier: [] };
}

/** What the doctor signed, without what happened to it. */
export function textOf(record: Prescription): PrescriptionText {
  const {
    id,
    revision,
    resident,
    station,
    visit,
    call,
    doctor,
    pharmacy,
    diagnosis,
    course,
    items,
    patient,
    catalogue,
  } = record;
  return {
    id,
    revision,
    resident,
    ...(station === undefined ? {} : { station }),
    ...(visit === undefined ? {} : { visit }),
    ...(call === undefined ? {} : { call }),
    doctor,
    pharmacy,
    diagnosis,
    course,
    items,
    patient,
    catalogue,
  };
}

/** The end of the day of signing, or of a later one. */
function endOfDay(at: number, days: number, { zoneMinutes }: Calendar): number {
  return startOf(dayOf(at, zoneMinutes), zoneMinutes, days);
}

const verdictStates = { accept: "valid", return: "returned", refuse: "refused" } as const;

/**
 * Codes: `care.notNow`; `care.expired`; `care.samePerson` (the reviewer wrote it); `care.changed` (a review or a revision of
 * another text); `care.reasonMissing` (not accepted, or a point not in order, without a reason); `care.findings` (accepted
 * although a point is not in order); `care.notYours` (signed, revised or extended by another than its doctor).
 */
export function movePrescription(
  record: Prescription,
  input: PrescriptionInput,
  calendar: Calendar,
): Moved<Prescription> {
  const state = ways[record.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const { at, by } = input;
  const late = record.validUntil !== undefined && at >= record.validUntil;
  const next: Prescription = { ...record, state, since: state === record.state ? record.since : at };
  switch (input.kind) {
    case "sign":
      if (by !== record.doctor.person) return no("care.notYours");
      return moved({ ...next, signature: input.signature, validUntil: endOfDay(at, 1, calendar) });
    case "review": {
      const { review, signature } = input;
      if (late) return no("care.expired");
      if (by === record.doctor.person) return no("care.samePerson");
      if (review.prescription !== record.id || review.revision !== record.revision) return no("care.changed");
      if (review.signed !== record.signature?.signature) return no("care.changed");
      const inOrder = Object.values(review.appropriate).every(Boolean);
      if (review.verdict === "accept" && !inOrder) return no("care.findings");
      if (review.verdict !== "accept" && review.reason === undefined) return no("care.reasonMissing");
      return moved({
        ...next,
        state: verdictStates[review.verdict],
        reviews: [...record.reviews, { review, signature, at, by }],
      });
    }
    case "revise": {
      const { text } = input;
      if (by !== record.doctor.person || text.doctor.person !== record.doctor.person) return no("care.notYours");
      if (text.id !== record.id || text.resident !== record.resident || text.revision !== record.revision + 1)
        return no("care.changed");
      const { signature } = record;
      return moved({
        ...text,
        state,
        since: at,
        writtenAt: at,
        reviews: record.reviews,
        earlier: [...record.earlier, ...(signature ? [{ text: textOf(record), signature }] : [])],
      });
    }
    case "extend": {
      if (by !== record.doctor.person) return no("care.notYours");
      const signedAt = record.signature === undefined ? at : Date.parse(record.signature.at);
      if (late) return no("care.expired");
      return moved({ ...next, validUntil: endOfDay(signedAt, input.days, calendar) });
    }
    case "dispense":
      if (late) return no("care.expired");
      return moved({ ...next, dispensed: { at, by, lots: input.lots } });
    case "expire":
      return late ? moved(next) : no("care.notNow");
    case "void":
      return moved({ ...next, reason: input.reason });
    default:
      return missingCase(input);
  }
}

/**
 * One hour to sign; the pharmacist looks within 15 minutes, because the villager waits (P). What was refused or not fetched in
 * time goes back to its doctor, who says why it ends there.
 */
export function prescriptionSteps(record: Prescription, calendar: Calendar): readonly Step[] {
  const { state, since, doctor, pharmacy, validUntil } = record;
  const { name: _name, ...owner } = doctor;
  switch (state) {
    case "drafted":
      return [{ kind: "prescription.sign", owner, since, due: since + hourMs }];
    case "signed":
      return [
        {
          kind: "prescription.review",
          owner: pharmacy,
          since,
          due: since + 15 * minuteMs,
          pace: { ms: 30 * minuteMs },
        },
      ];
    case "returned":
      return [{ kind: "prescription.revise", owner, since, due: since + hourMs }];
    case "valid":
      return [{ kind: "prescription.dispense", owner: pharmacy, since, due: validUntil ?? since + dayMs }];
    case "refused":
    case "expired":
      return [{ kind: "prescription.close", owner, since, due: workingDaysLater(since, 1, calendar) }];
    case "dispensed":
    case "void":
      return [];
    default:
      return missingCase(state);
  }
}
