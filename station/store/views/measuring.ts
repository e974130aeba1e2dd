import type { Unit } from "../../../core/domain/quantity.ts";
import { hand, type Entry, type Measurement } from "../../../core/journal/entry.ts";
import { act } from "./acts.ts";
import { add, at, merge, personKey, personOf, put, set, type Change, type Projector } from "./change.ts";
import { quantityCodes, unitCodes } from "./codes.ts";

const measurement = (body: Measurement, entry: Entry, state: "heard" | "accepted"): Change =>
  put("measurements", {
    id: body.id,
    visit: body.visit,
    person: personOf(entry) ?? body.visit,
    kind: body.of,
    state,
    device: body.provenance.device,
    heard_at: at(body.times.heardAt),
    seq: entry.seq,
  });

/** Waiting for the resident's eye: kept, but not yet a reading in anybody's history. */
export const measurementHeard: Projector<"measurement.heard"> = (body, entry) => [measurement(body, entry, "heard")];

export const measurementAccepted: Projector<"measurement.accepted"> = (body, entry) => [
  measurement(body, entry, "accepted"),
  // The schema of the entry has checked that the unit is one of the quantity's.
  ...body.readings.map((reading, nth) =>
    put("readings", {
      person: personKey(personOf(entry) ?? body.visit),
      quantity: quantityCodes[reading.quantity],
      heard_at: at(body.times.heardAt),
      seq: entry.seq,
      nth,
      value: reading.value,
      unit: unitCodes[reading.unit as Unit],
      comparator: reading.comparator ?? null,
      doubts: body.doubts.length === 0 ? null : body.doubts.join(" "),
    }),
  ),
  // A person is no device.
  ...(body.provenance.device === hand
    ? []
    : [merge("devices", "id", { id: body.provenance.device, last_good_at: at(body.times.heardAt) })]),
];

export const measurementRefused: Projector<"measurement.refused"> = (body, entry) => [
  put("refusals", {
    seq: entry.seq,
    measurement: body.measurement,
    visit: entry.visit,
    person: personOf(entry),
    kind: body.of,
    reason: body.reason,
    heard_at: at(entry.heardAt),
  }),
  // A number that was heard and then not confirmed is no longer waiting. One that was accepted stays accepted.
  set("measurements", { id: body.measurement, state: "heard" }, { state: "refused", seq: entry.seq }),
  add("measurements", {
    id: body.measurement,
    visit: entry.visit,
    person: personOf(entry),
    kind: body.of,
    state: "refused",
    device: body.provenance.device,
    heard_at: at(body.times.heardAt),
    seq: entry.seq,
  }),
];

export const assessmentMade: Projector<"assessment.made"> = (body, entry) => [
  put("assessments", {
    seq: entry.seq,
    visit: entry.visit,
    person: personOf(entry),
    kind: body.of,
    category: body.assessments[0]?.category ?? null,
    severity: body.assessments[0]?.severity ?? null,
    overall_category: body.overall?.category ?? null,
    overall_severity: body.overall?.severity ?? null,
    rules: body.rules,
  }),
];

export const deviceAssigned: Projector<"device.assigned"> = (body, entry) => [
  merge("devices", "id", {
    id: body.device,
    profile: body.profile,
    port: body.port,
    simulated: body.simulated ? 1 : 0,
    assigned_seq: entry.seq,
  }),
  ...act("device")(body, entry),
];

export const deviceFaulted: Projector<"device.faulted"> = (body, entry) => [
  merge("devices", "id", { id: body.device, fault_code: body.code, fault_at: at(entry.heardAt) }),
];
