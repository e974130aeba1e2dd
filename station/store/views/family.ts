import { at, put, set, type Projector } from "./change.ts";

export const familyGranted: Projector<"family.granted"> = ({ to, why }, { subject, seq }) =>
  subject === null ? [] : [put("family", { owner: subject, relative: to, why, ended: 0, seq })];

export const familyEnded: Projector<"family.ended"> = ({ to }, { subject, seq }) =>
  subject === null ? [] : [set("family", { owner: subject, relative: to }, { ended: 1, seq })];

export const recordViewed: Projector<"record.viewed"> = ({ by, role, what }, { subject, seq, heardAt }) =>
  subject === null ? [] : [put("looks", { owner: subject, seq, at: at(heardAt), by, role, what })];
