import { at, put, set, type Projector } from "./change.ts";

export const recordsJoined: Projector<"records.joined"> = ({ joining, one, other }, { seq }) => [
  put("same", { id: joining, one, other, ended: 0, seq }),
];

export const recordsParted: Projector<"records.parted"> = ({ joining }) => [set("same", { id: joining }, { ended: 1 })];

export const visitCoded: Projector<"visit.coded"> = ({ key }, { visit, heardAt, seq }) =>
  visit === null ? [] : [put("unclaimed", { visit, key, resident: null, state: "waiting", at: at(heardAt), seq })];

export const visitResolved: Projector<"visit.resolved"> = ({ visit, resident }) => [
  set("unclaimed", { visit, state: "waiting" }, { resident, state: resident === null ? "nobody" : "resolved" }),
];

/** Only whom the code led to is asked, and only once; who laid their card at the visit's end has said so by that. */
export const visitClaimed: Projector<"visit.claimed"> = ({ visit, mine, by }, { subject, heardAt, seq }) => {
  if (subject === null) return [];
  if (by === "card")
    return [put("unclaimed", { visit, key: "", resident: subject, state: "mine", at: at(heardAt), seq })];
  return [set("unclaimed", { visit, resident: subject, state: "resolved" }, { state: mine ? "mine" : "notMine" })];
};
