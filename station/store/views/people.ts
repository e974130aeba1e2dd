import { at, put, set, type Projector } from "./change.ts";

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
