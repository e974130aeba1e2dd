import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { Saying } from "../../core/contract/saying.ts";
import { codeOf, openKey, opinionWish, Town, visitEntries, type HubClient, type Line } from "./parties.ts";

type Party = "station" | "otherStation" | "doctor" | "otherDoctor" | "operator" | "technician" | "manager";
const parties: readonly Party[] = [
  "station",
  "otherStation",
  "doctor",
  "otherDoctor",
  "operator",
  "technician",
  "manager",
];
const F = "account.forbidden";
const N = "consult.notYours";

/** What each party is answered about the call of `station` and `doctor`: in the order of `parties`. Written by hand, not from the table. */
const matrix: Record<
  string,
  {
    readonly ask: (client: HubClient, call: string) => Promise<unknown>;
    readonly answers: readonly string[];
    /** An answer beside F and N that is a no, and written down as one. */
    readonly no?: string;
  }
> = {
  "journal.ship": {
    ask: (client) => client.journal.ship({ entries: [], head: { seq: 0, hash: "0".repeat(64), signature: "bad" } }),
    answers: ["store.broken", "store.broken", F, F, F, F, F],
  },
  "journal.held": { ask: (client) => client.journal.held(), answers: ["ok", "ok", F, F, F, F, F] },
  "journal.inbox": { ask: (client) => client.journal.inbox({ after: 0 }), answers: ["ok", "ok", F, F, F, F, F] },
  "journal.withheld": {
    ask: (client) => client.journal.withheld({ after: 0 }),
    answers: ["ok", "ok", F, F, F, F, F],
  },
  "journal.reveal": {
    ask: (client) => client.journal.reveal({ entries: [] }),
    answers: ["ok", "ok", F, F, F, F, F],
  },
  "queue.join": {
    ask: (client, call) => client.queue.join({ call, visit: "v", shownName: "S", severity: 0 }),
    answers: ["ok", "consult.ended", F, F, F, F, F],
    no: "consult.ended",
  },
  "queue.leave": { ask: (client) => client.queue.leave({ call: uuidv7() }), answers: ["ok", "ok", F, F, F, F, F] },
  "queue.watch": { ask: (client) => client.queue.watch(), answers: [F, F, "ok", "ok", F, F, F] },
  "call.accept": {
    ask: (client, call) => client.call.accept({ call }),
    answers: [F, F, "ok", "consult.alreadyTaken", F, F, F],
  },
  "call.watch": { ask: (client, call) => client.call.watch({ call }), answers: ["ok", N, "ok", N, F, F, F] },
  "call.talk": {
    ask: (client, call) => client.call.talk(new Saying(call).over({ call, ticket: "guess", after: 0 })),
    answers: [N, N, N, N, F, F, F],
  },
  "call.mediaUp": { ask: (client, call) => client.call.mediaUp({ call }), answers: ["ok", N, "ok", N, F, F, F] },
  "visit.watch": { ask: (client, call) => client.visit.watch({ call }), answers: [F, F, "ok", N, F, F, F] },
  "opinion.sign": {
    ask: (client, call) => client.opinion.sign(opinionWish(call)),
    answers: [F, F, "ok", N, F, F, F],
  },
  "me.whoami": { ask: (client) => client.me.whoami(), answers: ["ok", "ok", "ok", "ok", F, "ok", "ok"] },
  "call.ticket": { ask: (client, call) => client.call.ticket({ call }), answers: ["ok", N, "ok", N, F, F, F] },
  "call.decline": { ask: (client, call) => client.call.decline({ call }), answers: [F, F, "", N, F, F, F] },
  "call.leave (others)": { ask: (client, call) => client.call.leave({ call }), answers: ["", N, "", N, F, F, F] },
  "call.mute": {
    ask: (client, call) => client.call.mute({ call, participant: ids.get("station") ?? "", muted: false }),
    answers: ["ok", N, "ok", N, F, F, F],
  },
  "call.invite": {
    ask: (client, call) => client.call.invite({ call, person: "nobody" }),
    answers: [F, F, "consult.notInvitable", N, F, F, F],
  },
  "call.transfer": {
    ask: (client, call) => client.call.transfer({ call, to: { person: "nobody" } }),
    answers: [F, F, "consult.notInvitable", N, F, F, F],
  },
  "call.ask": {
    ask: (client) => client.call.ask({ call: uuidv7(), person: "nobody" }),
    answers: [F, F, "consult.notInvitable", "consult.notInvitable", F, F, F],
  },
  "call.ringBack": {
    ask: (client, call) => client.call.ringBack({ call }),
    answers: [F, F, "consult.ended", N, F, F, F],
  },
  "call.ringBacks": { ask: (client) => client.call.ringBacks(), answers: ["ok", "ok", F, F, F, F, F] },
  "call.notNow": {
    ask: (client) => client.call.notNow({ call: uuidv7(), why: "gone" }),
    answers: ["ok", "ok", F, F, F, F, F],
  },
  "call.invitations": { ask: (client) => client.call.invitations(), answers: [F, F, "ok", "ok", F, F, F] },
  "people.colleagues": { ask: (client) => client.people.colleagues(), answers: [F, F, "ok", "ok", F, F, F] },
  "work.watch": { ask: (client) => client.work.watch(), answers: [F, F, "ok", "ok", F, F, F] },
  "work.take": {
    ask: (client, call) => client.work.take({ call }),
    answers: [F, F, "consult.ended", "consult.ended", F, F, F],
  },
  "work.answer": { ask: (client, call) => client.work.answer({ call }), answers: [F, F, N, N, F, F, F] },
  "blob.begin": {
    ask: (client, call) =>
      client.blob.begin({ blob: uuidv7(), call, kind: "still", media: "image/png", bytes: 1, hash: "0".repeat(64) }),
    answers: ["ok", N, "ok", N, F, F, F],
  },
  "blob.watch": { ask: (client, call) => client.blob.watch({ call }), answers: ["ok", N, "ok", N, F, F, F] },
  // The last two end the call; `doctor` and `station` come first and last so that every other answer is about a living one.
  "call.hangUp (others)": { ask: (client, call) => client.call.hangUp({ call }), answers: ["", N, "", N, F, F, F] },
  "visit.finish": { ask: (client, call) => client.visit.finish({ call }), answers: [F, F, "ok", N, F, F, F] },
  "call.hangUp": { ask: (client, call) => client.call.hangUp({ call }), answers: ["ok", N, "ok", N, F, F, F] },
};
const cells = Object.entries(matrix).flatMap(([operation, { ask, answers, no }]) =>
  parties.flatMap((party, nth) =>
    answers[nth] === "" ? [] : [{ operation, party, ask, no, expected: answers[nth] ?? "" }],
  ),
);

let town: Town;
const lines = new Map<Party, Line>();
const ids = new Map<Party, string>();
const call = uuidv7();

beforeAll(async () => {
  town = await Town.open();
  for (const party of ["station", "otherStation"] as const) {
    const station = await town.station(party);
    lines.set(party, await station.connect());
    ids.set(party, station.id);
    station.write(...visitEntries("v", uuidv7()));
    await lines.get(party)?.client.journal.ship(station.shipment());
  }
  for (const party of ["doctor", "otherDoctor", "operator", "technician", "manager"] as const) {
    const person = await town.person(party, party === "otherDoctor" ? "doctor" : party);
    const line = await person.connect();
    lines.set(party, line);
    ids.set(party, person.id);
    if (party === "doctor") await openKey(line, person);
  }
  await lines.get("station")?.client.queue.join({ call, visit: "v", shownName: "S", severity: 0 });
  await lines.get("doctor")?.client.call.accept({ call });
});
afterAll(() => town.end());

test.each(cells)("$operation by $party: $expected", async ({ operation, party, ask, no, expected }) => {
  const line = lines.get(party);
  if (!line) throw new Error(party);
  const before = town.hub.journal.head.seq;
  expect(await codeOf(ask(line.client, call))).toBe(expected);
  const decisions = town.hub.journal
    .entriesAfter(before, 100)
    .filter((entry) => entry.type === "access.decided" && entry.actor.id === ids.get(party))
    .map((entry) => entry.body);
  const name = operation.split(" ")[0];
  const refused = expected === F || expected === N || expected === "store.broken" || expected === no;
  const recordOpened = expected === "ok" && (name === "visit.watch" || name === "opinion.sign");
  expect(decisions).toMatchObject(
    refused
      ? [{ operation: name, allowed: false }]
      : recordOpened
        ? [{ operation: name, allowed: true, about: call }]
        : [],
  );
});

test("taking a call is written down as a yes, with the resident it opens", async () => {
  const subject = await town.hub.parts.records.subjectOf(ids.get("station") ?? "", "v");
  const yes = town.hub.journal
    .entriesAfter(0, 1_000)
    .filter((entry) => entry.body.operation === "call.accept" && entry.body.allowed === true);
  expect(yes).toMatchObject([
    { actor: { role: "doctor", id: ids.get("doctor") }, subject, visit: "v", body: { about: call } },
  ]);
});
