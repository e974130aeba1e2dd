import type { EntryBody, Entry } from "../../../core/journal/entry.ts";
import { at, personOf, put, set, type Change, type Projector } from "./change.ts";

export const residentRegistered: Projector<"resident.registered"> = (body, entry) => [
  put("residents", {
    id: body.id,
    name: body.name,
    sex: body.sex,
    birth_year: body.birthYear,
    facts: JSON.stringify(body.facts),
    specimen: body.specimen ? 1 : 0,
    seq: entry.seq,
  }),
];

export const visitOpened: Projector<"visit.opened"> = (body, entry) =>
  entry.visit === null
    ? []
    : [
        put("visits", {
          id: entry.visit,
          kind: body.kind,
          resident: entry.subject,
          opened_at: at(entry.heardAt),
          opened_seq: entry.seq,
          closed_at: null,
          closed_seq: null,
          reason: null,
          last_seq: null,
          resumed_seq: null,
        }),
      ];

export const visitClosed: Projector<"visit.closed"> = (body, entry) =>
  entry.visit === null
    ? []
    : [
        set(
          "visits",
          { id: entry.visit, closed_seq: null },
          { closed_at: at(entry.heardAt), closed_seq: entry.seq, reason: body.reason, last_seq: entry.seq },
        ),
      ];

/** It goes on: the visit is open again, and everything said in it before is still its own. */
export const visitResumed: Projector<"visit.resumed"> = (_body, entry) =>
  entry.visit === null
    ? []
    : [
        set(
          "visits",
          { id: entry.visit },
          { closed_at: null, closed_seq: null, reason: null, last_seq: null, resumed_seq: entry.seq },
        ),
      ];

export const residentLinked: Projector<"resident.linked"> = (body, entry) => [
  put("links", { key: body.key, resident: body.resident, way: body.way, seq: entry.seq, ended: 0 }),
];

export const residentUnlinked: Projector<"resident.unlinked"> = ({ key, resident }) => [
  set("links", { key, resident }, { ended: 1 }),
];

export const residentSign: Projector<"resident.sign"> = (body, entry) =>
  entry.subject === null ? [] : [put("signs", { resident: entry.subject, sign: body.sign, seq: entry.seq })];

/** What was said last counts. */
const said =
  (given: 0 | 1) =>
  ({ scope, version }: EntryBody<"consent.given">, entry: Entry): readonly Change[] => {
    const who = personOf(entry);
    if (who === null) return [];
    return [put("consents", { who, scope, given, version, entry: entry.id, at: at(entry.heardAt), seq: entry.seq })];
  };

export const consentGiven: Projector<"consent.given"> = said(1);
export const consentRefused: Projector<"consent.refused"> = said(0);
export const consentWithdrawn: Projector<"consent.withdrawn"> = said(0);
