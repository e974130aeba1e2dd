import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { SignalBody } from "../../core/contract/views.ts";
import {
  codeOf,
  openKey,
  opinionWish,
  pressure,
  Town,
  until,
  visitEntries,
  type Line,
  type PersonParty,
  type StationParty,
} from "./parties.ts";
import { hear, say } from "./talk-kit.ts";

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let kiosk: Line;
let desk: Line;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station();
  doctor = await town.person("li");
  kiosk = await station.connect();
  desk = await doctor.connect();
});
afterEach(() => town.end());

const candidate = (text: string): SignalBody => ({
  kind: "candidate",
  candidate: text,
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
});
const textsOf = (signals: readonly { body: SignalBody }[]) =>
  signals.map(({ body }) => (body.kind === "candidate" ? body.candidate : body.kind));

async function waitingCall(severity = 2, visit: string = uuidv7()) {
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit, shownName: "S* One", severity });
  return { call, visit };
}

async function acceptedCall() {
  const { call, visit } = await waitingCall();
  const view = await desk.client.call.accept({ call });
  const watched = await kiosk.client.call.watch({ call });
  const mine = await until(watched, (one) => one.ticket !== undefined);
  return { call, visit, doctorTicket: view.ticket ?? "", stationTicket: mine.ticket ?? "", watched };
}

async function take<T>(feed: AsyncIterator<T>, count: number): Promise<T[]> {
  const items: T[] = [];
  while (items.length < count) items.push(await until(feed, () => true));
  return items;
}

test("a call goes from the queue over ringing and active to its opinion and its end", async () => {
  const resident = uuidv7();
  const { call, visit } = await waitingCall(3);
  station.write(...visitEntries(visit, resident));
  await kiosk.client.journal.ship(station.shipment());

  const queue = await desk.client.queue.watch();
  const [item] = await until(queue, (items) => items.length === 1);
  expect(item).toMatchObject({
    call,
    shownName: "S* One",
    state: "waiting",
    severity: 3,
    mine: false,
    station: { id: station.id, place: "Village 3" },
  });

  const watched = await kiosk.client.call.watch({ call });
  expect(await until(watched, () => true)).toMatchObject({ state: "waiting", ahead: 0, peer: "away" });
  const accepted = await desk.client.call.accept({ call });
  expect(accepted).toMatchObject({ state: "ringing", clinician: { id: doctor.id, name: "Dr li" }, peer: "here" });
  expect(await until(watched, (view) => view.state === "ringing")).toMatchObject({
    peer: "here",
    clinician: { id: doctor.id },
  });

  await kiosk.client.call.mediaUp({ call });
  await desk.client.call.mediaUp({ call });
  await until(watched, (view) => view.state === "active");

  const record = await desk.client.visit.watch({ call });
  expect(await until(record, () => true)).toMatchObject({
    visit,
    resident: { name: "Specimen One", birthYear: 1958 },
    head: { owner: station.id, seq: 3, hash: station.head.hash },
  });
  station.write(pressure(visit, resident, uuidv7(), 150));
  await kiosk.client.journal.ship(station.shipment(3));
  const grown = await until(record, (now) => now.head.seq === 4);
  expect(grown.results[0]?.measurements).toHaveLength(2);

  const inbox = await kiosk.client.journal.inbox({ after: 0 });
  await openKey(desk, doctor);
  const wish = opinionWish(call, { next: "homeSeries" });
  const { id } = wish;
  const written = await desk.client.opinion.sign(wish);
  expect(await desk.client.opinion.sign({ ...wish, next: "none" })).toEqual(written);
  const arrived = await until(inbox, (entry) => entry.type === "opinion.written");
  expect(arrived).toMatchObject({ id, owner: town.hub.id, subject: resident, visit, body: written });
  expect(await until(watched, (view) => view.opinion !== undefined)).toMatchObject({ opinion: written });

  expect(await codeOf(desk.client.visit.finish({ call }))).toBe("consult.outcomeNeeded");
  await desk.client.visit.finish({ call, outcome: "solved" });
  await desk.client.visit.finish({ call, outcome: "solved" });
  expect(await until(watched, (view) => view.state === "finished")).toMatchObject({ opinion: written });
  const finished = await until(inbox, (entry) => entry.type === "consult.finished");
  expect(finished.body).toEqual({ call, station: station.id, how: "finished", outcome: "solved" });
  expect(await codeOf(desk.client.visit.watch({ call }))).toBe("consult.ended");

  // The station that comes later, or again, hears the same from its cursor on, and nothing twice.
  const again = await kiosk.client.journal.inbox({ after: arrived.seq });
  expect((await until(again, () => true)).seq).toBe(finished.seq);
  expect(town.hub.journal.check()).toBeUndefined();
});

test("of two doctors who accept at once one wins and the other is told", async () => {
  const other = await (await town.person("wang")).connect();
  const { call } = await waitingCall();
  const answers = await Promise.all([
    codeOf(desk.client.call.accept({ call })),
    codeOf(other.client.call.accept({ call })),
  ]);
  expect(answers.toSorted()).toEqual(["consult.alreadyTaken", "ok"]);
});

test("the queue has the interrupted first, then the worst, then who waits longest", async () => {
  const lines: Line[] = [];
  for (const name of ["a", "b", "c", "d"]) lines.push(await (await town.station(name)).connect());
  const calls: string[] = [];
  const severities = [1, 3, 3, 4];
  for (const [nth, line] of lines.entries()) {
    town.clock.advance(1_000);
    const call = uuidv7();
    await line.client.queue.join({ call, visit: uuidv7(), shownName: `P${nth}`, severity: severities[nth] ?? 0 });
    calls.push(call);
  }
  await desk.client.call.accept({ call: calls[0] ?? "" });
  await lines[0]?.drop();
  const queue = await desk.client.queue.watch();
  await until(queue, (items) => items.some((item) => item.state === "reconnecting"));
  town.clock.advance(90_000);
  const list = await until(queue, (items) => items.some((item) => item.state === "interrupted"));
  expect(list.map((item) => item.shownName)).toEqual(["P0", "P3", "P1", "P2"]);
});

test("signals cross in order, and wait for a socket that was dropped", async () => {
  const { call, doctorTicket, stationTicket } = await acceptedCall();
  const send = (text: string) => say(town, desk, { call, ticket: doctorTicket, body: candidate(text) });
  await send("one");
  await send("two");
  const before = await hear(kiosk, { call, ticket: stationTicket });
  const heard = await take(before, 2);
  await kiosk.drop();
  await send("three");
  await send("four");

  kiosk = await station.connect();
  const { ticket: fresh } = await kiosk.client.call.ticket({ call });
  const after = await hear(kiosk, { call, ticket: fresh, after: heard.at(-1)?.seq ?? 0 });
  heard.push(...(await take(after, 2)));
  await send("five");
  heard.push(...(await take(after, 1)));
  expect(textsOf(heard)).toEqual(["one", "two", "three", "four", "five"]);

  // The other direction has numbers of its own.
  await say(town, kiosk, { call, ticket: fresh, body: candidate("back") });
  const back = await take(await hear(desk, { call, ticket: doctorTicket }), 1);
  expect(back).toEqual([{ seq: 1, body: candidate("back") }]);
});

test("a ticket serves one call and one side, and dies with the call", async () => {
  const { call, doctorTicket, stationTicket } = await acceptedCall();
  const body = candidate("x");
  expect(await codeOf(say(town, kiosk, { call, ticket: doctorTicket, body }))).toBe("consult.notYours");
  expect(await codeOf(hear(desk, { call, ticket: "guess" }))).toBe("consult.notYours");
  expect(await codeOf(say(town, kiosk, { call, ticket: stationTicket, body }))).toBe("ok");
  const stranger = await (await town.person("zhao")).connect();
  expect(await codeOf(say(town, stranger, { call, ticket: doctorTicket, body }))).toBe("consult.notYours");
  expect(await codeOf(stranger.client.call.watch({ call }))).toBe("consult.notYours");
  const signals = await hear(kiosk, { call, ticket: stationTicket });
  await desk.client.call.hangUp({ call });
  expect((await signals.next()).done).toBe(true);
  expect(await codeOf(say(town, kiosk, { call, ticket: stationTicket, body }))).toBe("consult.ended");
});

test("a ticket is good on the connection of its first use alone; each new line has one of its own", async () => {
  const { call, stationTicket } = await acceptedCall();
  const body = candidate("x");
  expect(await codeOf(say(town, kiosk, { call, ticket: stationTicket, body }))).toBe("ok");
  let ticket = stationTicket;
  for (let nth = 0; nth < 3; nth += 1) {
    await kiosk.drop();
    kiosk = await station.connect();
    expect(await codeOf(say(town, kiosk, { call, ticket, body }))).toBe("consult.notYours");
    const view = await until(await kiosk.client.call.watch({ call }), (one) => one.ticket !== undefined);
    ticket = view.ticket ?? "";
    expect(await codeOf(say(town, kiosk, { call, ticket, body }))).toBe("ok");
  }
});

test("a ticket that is not used within a minute is none, one that was used lasts", async () => {
  const { call, doctorTicket, stationTicket } = await acceptedCall();
  const body = candidate("x");
  await say(town, kiosk, { call, ticket: stationTicket, body });
  town.clock.advance(61_000);
  expect(await codeOf(say(town, kiosk, { call, ticket: stationTicket, body }))).toBe("ok");
  expect(await codeOf(say(town, desk, { call, ticket: doctorTicket, body }))).toBe("consult.notYours");
  const { ticket } = await desk.client.call.ticket({ call });
  expect(await codeOf(say(town, desk, { call, ticket, body }))).toBe("ok");
});

test("a description with other keys than the first of its generation is refused, and both are written down", async () => {
  const { call, doctorTicket: ticket } = await acceptedCall();
  const describe = (key: string): SignalBody => ({
    kind: "description",
    type: "offer",
    sdp: `v=0\r\na=fingerprint:sha-256 ${key}\r\nm=audio\r\na=fingerprint:sha-256 ${key}\r\n`,
  });
  const sent = (body: SignalBody) => codeOf(say(town, desk, { call, ticket, body }));
  await sent({ kind: "restart", generation: 1 });
  expect(await sent(describe("AA:01"))).toBe("ok");
  expect(await sent(describe("AA:01"))).toBe("ok");
  expect(await sent(describe("BB:02"))).toBe("consult.fingerprint");
  // A new connection has new keys, and says so first.
  await sent({ kind: "restart", generation: 2 });
  expect(await sent(describe("BB:02"))).toBe("ok");
  const written = town.hub.journal.entriesAfter(0, 1_000).filter(({ type }) => type === "call.described");
  expect(written.map(({ body }) => [body.generation, body.fingerprints, body.accepted])).toEqual([
    [1, ["sha-256 AA:01"], true],
    [1, ["sha-256 BB:02"], false],
    [2, ["sha-256 BB:02"], true],
  ]);
  const heard = await hear(kiosk, {
    call,
    ticket: (await kiosk.client.call.ticket({ call })).ticket,
    after: 0,
  });
  expect(
    (await take(heard, 5)).map(({ body }) => (body.kind === "description" ? body.sdp.slice(27, 32) : body.kind)),
  ).toEqual(["restart", "AA:01", "AA:01", "restart", "BB:02"]);
});

test("a lost line is told to the other side at once and healed without a trace", async () => {
  const { call } = await acceptedCall();
  await kiosk.client.call.mediaUp({ call });
  await desk.client.call.mediaUp({ call });
  const seen = await desk.client.call.watch({ call });
  await until(seen, (view) => view.state === "active");
  await kiosk.drop();
  await until(seen, (view) => view.state === "reconnecting" && view.peer === "away");
  town.clock.advance(89_000);
  kiosk = await station.connect();
  await until(seen, (view) => view.state === "active" && view.peer === "here");
  // The time that was left over from the first loss must not end the second.
  await kiosk.drop();
  await until(seen, (view) => view.state === "reconnecting");
  town.clock.advance(89_000);
  kiosk = await station.connect();
  await until(seen, (view) => view.state === "active");
});

test("a doctor who stays away for 90 s loses the call; the station is at the head of the queue and another may take it", async () => {
  const { call, watched, doctorTicket } = await acceptedCall();
  await desk.drop();
  await until(watched, (view) => view.state === "reconnecting");
  town.clock.advance(90_000);
  expect(await until(watched, (view) => view.state === "interrupted")).toMatchObject({ ahead: 0, peer: "away" });
  const other = await town.person("wang");
  const line = await other.connect();
  await line.client.call.accept({ call });
  expect(await until(watched, (view) => view.state === "ringing")).toMatchObject({ clinician: { id: other.id } });
  // Who was there before has no part in it any more.
  desk = await doctor.connect();
  expect(await codeOf(say(town, desk, { call, ticket: doctorTicket, body: candidate("late") }))).toBe(
    "consult.notYours",
  );
  expect(await codeOf(desk.client.visit.watch({ call }))).toBe("consult.notYours");
  // But may still write down what was found.
  await openKey(desk, doctor);
  expect(await codeOf(desk.client.opinion.sign(opinionWish(call)))).toBe("ok");
});

test("a waiting station keeps its place for 60 s", async () => {
  const { call, visit } = await waitingCall();
  const queue = await desk.client.queue.watch();
  await until(queue, (items) => items.length === 1);
  await kiosk.drop();
  await waitFor(() => !town.hub.parts.presence.isHere(`station:${station.id}`));
  town.clock.advance(59_000);
  kiosk = await station.connect();
  await kiosk.client.queue.join({ call, visit, shownName: "S* One", severity: 2 });
  const seen = await kiosk.client.call.watch({ call });
  expect(await until(seen, () => true)).toMatchObject({ state: "waiting", ahead: 0 });
  await kiosk.drop();
  await waitFor(() => !town.hub.parts.presence.isHere(`station:${station.id}`));
  town.clock.advance(60_000);
  await until(queue, (items) => items.length === 0);
  kiosk = await station.connect();
  expect(await codeOf(kiosk.client.queue.join({ call, visit, shownName: "S* One", severity: 2 }))).toBe(
    "consult.ended",
  );
});

test("a call outlives a restart of the hub and is taken up by its id", async () => {
  const { call, doctorTicket } = await acceptedCall();
  await kiosk.client.call.mediaUp({ call });
  await desk.client.call.mediaUp({ call });
  await say(town, desk, { call, ticket: doctorTicket, body: candidate("before") });
  await town.stop();
  await town.start();
  desk = await doctor.connect();
  const seen = await desk.client.call.watch({ call });
  await until(seen, (view) => view.state === "reconnecting" && view.peer === "away");
  kiosk = await station.connect();
  await until(seen, (view) => view.state === "active" && view.peer === "here");
  const mine = await desk.client.call.ticket({ call });
  await say(town, desk, { call, ticket: mine.ticket, body: candidate("after") });
  // Numbers go on growing, so that a reader with an old cursor misses nothing new.
  const { ticket } = await kiosk.client.call.ticket({ call });
  const signals = await hear(kiosk, { call, ticket, after: 1 });
  expect(textsOf(await take(signals, 1))).toEqual(["after"]);
});

test("after a restart nobody has to come for the waits to end", async () => {
  const { call } = await acceptedCall();
  const waiting = uuidv7();
  const other = await (await town.station("other")).connect();
  await other.client.queue.join({ call: waiting, visit: uuidv7(), shownName: "O", severity: 2 });
  await town.stop();
  await town.start();
  const watcher = await (await town.person("wang")).connect();
  const queue = await watcher.client.queue.watch();
  expect((await until(queue, () => true)).map((item) => item.call)).toEqual([waiting]);
  town.clock.advance(60_000);
  await until(queue, (items) => items.length === 0);
  town.clock.advance(30_000);
  expect(await until(queue, (items) => items.length > 0)).toMatchObject([{ call, state: "interrupted", mine: false }]);
});

test("hanging up ends the call, not the consult: the doctor still sees the visit, writes and finishes", async () => {
  const { call, watched } = await acceptedCall();
  await kiosk.client.queue.leave({ call });
  await until(watched, (view) => view.state === "finished");
  const queue = await desk.client.queue.watch();
  expect(await until(queue, () => true)).toMatchObject([{ call, state: "finished", mine: true }]);
  expect(await codeOf(desk.client.visit.watch({ call }))).toBe("ok");
  await openKey(desk, doctor);
  expect(await codeOf(desk.client.opinion.sign(opinionWish(call)))).toBe("ok");
  await desk.client.visit.finish({ call });
  await until(queue, (items) => items.length === 0);
});

test("a visit may call again: the older call of the station gives way", async () => {
  const { call: first, visit } = await waitingCall();
  const { call: second } = await waitingCall(2, visit);
  const queue = await desk.client.queue.watch();
  expect((await until(queue, (items) => items.length === 1)).map((item) => item.call)).toEqual([second]);
  expect(await codeOf(desk.client.call.accept({ call: first }))).toBe("consult.ended");
});

test("the next call of a visit says which call of this doctor it goes on from; the visit of another resident says nothing", async () => {
  const { call: first, visit } = await acceptedCall();
  await kiosk.client.queue.leave({ call: first });
  const { call: second } = await waitingCall(2, visit);
  const queue = await desk.client.queue.watch();
  expect(await until(queue, (items) => items.length === 2)).toMatchObject([
    { call: first, mine: true },
    { call: second, mine: false, follows: first },
  ]);
  await desk.client.call.accept({ call: second });
  expect(await until(queue, (items) => items.some((one) => one.call === second && one.mine))).toMatchObject([
    { call: second },
  ]);
  await kiosk.client.queue.leave({ call: second });
  const { call: another } = await waitingCall(2);
  const [, item] = await until(queue, (items) => items.some((one) => one.call === another));
  expect(item).not.toHaveProperty("follows");
  await desk.client.visit.finish({ call: second });
  expect((await until(queue, (items) => items.length === 1)).map(({ call }) => call)).toEqual([another]);
});

async function waitFor(fact: () => boolean): Promise<void> {
  while (!fact()) await new Promise((resolve) => setImmediate(resolve));
}
