import { add, at, merge, put, set, type Projector } from "./change.ts";

export const consultRequested: Projector<"consult.requested"> = (body, entry) => [
  put("consults", {
    call: body.call,
    visit: entry.visit,
    severity: body.severity,
    state: "requested",
    clinician_id: null,
    clinician_name: null,
    requested_at: at(entry.heardAt),
    seq: entry.seq,
  }),
];

export const consultCancelled: Projector<"consult.cancelled"> = (body, entry) => [
  set("consults", { call: body.call, state: "requested" }, { state: "cancelled", seq: entry.seq }),
];

export const consultAccepted: Projector<"consult.accepted"> = (body, entry) => [
  merge("consults", "call", {
    call: body.call,
    state: "accepted",
    clinician_id: body.clinician.id,
    clinician_name: body.clinician.name,
    seq: entry.seq,
  }),
];

export const consultFinished: Projector<"consult.finished"> = (body, entry) => [
  merge("consults", "call", { call: body.call, state: "finished", seq: entry.seq }),
];

export const opinionReceived: Projector<"opinion.received"> = (body, entry) => [
  put("opinions", {
    id: body.opinion.id,
    visit: body.opinion.visit,
    call: body.opinion.call,
    clinician: body.opinion.clinician.id,
    written_at: at(body.opinion.writtenAt),
    hub_seq: body.hubSeq,
    seq: entry.seq,
  }),
];

export const opinionTold: Projector<"opinion.told"> = (body, entry) => [
  set("opinions", { id: body.opinion }, { told_seq: entry.seq }),
];

/** Without a name there is nobody to tell it to. */
export const messageReceived: Projector<"message.received"> = (body, entry) => [
  add("notices", {
    id: body.message.id,
    resident: entry.subject,
    hub_seq: body.hubSeq,
    seq: entry.seq,
    told_seq: null,
  }),
];

export const messageTold: Projector<"message.told"> = (body, entry) => [
  set("notices", { id: body.message }, { told_seq: entry.seq }),
];

export const headCountersigned: Projector<"head.countersigned"> = (body, entry) => [
  put("held_heads", {
    hub: body.hub,
    held_seq: body.seq,
    held_hash: body.hash,
    signature: body.signature,
    seq: entry.seq,
  }),
];
