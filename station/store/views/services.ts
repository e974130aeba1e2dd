import { put, set, type Projector } from "./change.ts";

/** The last word about a prescription is the one that counts. */
export const medicineReceived: Projector<"medicine.received"> = ({ medicine, hubSeq }, entry) => [
  put("medicines", {
    prescription: medicine.prescription,
    resident: entry.subject,
    state: medicine.state,
    hub_seq: hubSeq,
    seq: entry.seq,
  }),
];

export const wishMade: Projector<"wish.made"> = ({ wish }, entry) => [
  put("wishes", { id: wish, resident: entry.subject, seq: entry.seq, answer_seq: null }),
];

/** A message about something that was asked for here is the answer to it. */
export const wishAnswered: Projector<"message.received"> = ({ message: { about } }, entry) =>
  about?.kind === "wish" ? [set("wishes", { id: about.id }, { answer_seq: entry.seq })] : [];
