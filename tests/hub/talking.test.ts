import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { TalkHeard, TalkSaid } from "../../core/contract/hub-calls.ts";
import { Saying } from "../../core/contract/saying.ts";
import type { SignalBody } from "../../core/contract/views.ts";
import { sha256 } from "../../hub/store/secrets.ts";
import { codeOf, Town, until, type HubClient, type Line, type PersonParty, type StationParty } from "./parties.ts";
import { randomOf } from "./random.ts";
import { say } from "./talk-kit.ts";

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let kiosk: Line;
let desk: Line;
let call: string;
let deskTicket: string;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station();
  doctor = await town.person("li");
  kiosk = await station.connect();
  desk = await doctor.connect();
  call = uuidv7();
  await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S* One", severity: 2 });
  deskTicket = (await desk.client.call.accept({ call })).ticket ?? "";
});
afterEach(() => town.end());

const candidate = (text: string): SignalBody => ({
  kind: "candidate",
  candidate: text,
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
});
const textOf = (body: SignalBody | undefined) => (body?.kind === "candidate" ? body.candidate : body?.kind);
const said = (saying: Saying, ...texts: readonly string[]) => texts.forEach((text) => saying.say(candidate(text)));

/** The library's own client, as stations and pages have it. */
const talk = ({ client }: { readonly client: HubClient }, saying: Saying, ticket: string, after = 0) =>
  client.call.talk(saying.over({ call, ticket, after }));
const kioskTicket = async () => (await kiosk.client.call.ticket({ call })).ticket;
const raw = (...items: readonly TalkSaid[]) =>
  (async function* (): AsyncGenerator<TalkSaid, void> {
    yield* items;
    await new Promise<never>(() => undefined);
  })();
async function signals(feed: AsyncIterator<TalkHeard>, count: number): Promise<TalkHeard[]> {
  const items: TalkHeard[] = [];
  while (items.length < count) items.push(await until(feed, ({ signal }) => signal !== undefined));
  return items;
}

test("what is said comes in order, with numbers of the reader's own, and no answer for each", async () => {
  const [a, b] = [new Saying(uuidv7()), new Saying(uuidv7())];
  const heardByKiosk = await talk(kiosk, b, await kioskTicket());
  const heardByDesk = await talk(desk, a, deskTicket);
  expect((await heardByDesk.next()).value).toEqual({ heard: 0 });
  said(a, "one", "two", "three");
  expect((await signals(heardByKiosk, 3)).map(({ signal }) => [signal?.seq, textOf(signal?.body)])).toEqual([
    [1, "one"],
    [2, "two"],
    [3, "three"],
  ]);
  // One receipt for all that came.
  town.clock.advance(100);
  expect((await heardByDesk.next()).value).toEqual({ heard: 3 });
  // What goes the other way brings the receipt along.
  said(a, "four");
  await signals(heardByKiosk, 1);
  said(b, "back");
  expect((await heardByDesk.next()).value).toEqual({ heard: 4, signal: { seq: 1, body: candidate("back") } });
});

test("many are owed a receipt at the latest when 32 have come", async () => {
  const feed = await talk(desk, new Saying(uuidv7()), deskTicket);
  await feed.next();
  const a = new Saying(uuidv7());
  const other = await talk(desk, a, deskTicket);
  await other.next();
  said(a, ...Array.from({ length: 40 }, (_, nth) => String(nth)));
  expect((await other.next()).value).toEqual({ heard: 32 });
});

test.each([1, 2, 3])(
  "nothing is lost and nothing comes twice over 25 cut lines of either side: seed %i",
  async (seed) => {
    const random = randomOf(seed);
    // A second lasts a thousand for the limits of messages and dials: they are not what is looked at here.
    await town.stop();
    await town.start({ lines: { ...town.clock, monotonic: () => performance.now() * 1_000 } });
    const saying = new Saying(uuidv7());
    const got: (string | undefined)[] = [];
    let after = 0;
    let count = 0;
    const open = async () => {
      desk = await doctor.connect();
      const { ticket } = await desk.client.call.ticket({ call });
      const feed = await talk(desk, saying, ticket);
      void (async () => {
        for await (const { heard } of feed) saying.heard(heard);
      })().catch(() => undefined);
    };
    const listen = async () => {
      kiosk = await station.connect();
      const feed = await talk(kiosk, new Saying(uuidv7()), await kioskTicket(), after);
      void (async () => {
        for await (const { signal } of feed) {
          if (!signal) continue;
          expect(signal.seq).toBeGreaterThan(after);
          after = signal.seq;
          got.push(textOf(signal.body));
        }
      })().catch(() => undefined);
    };
    await open();
    await listen();
    for (let cut = 0; cut < 25; cut += 1) {
      for (let nth = Math.floor(random() * 8); nth >= 0; nth -= 1) said(saying, String((count += 1)));
      // As far as it comes in some turns of the loop.
      for (let turn = Math.floor(random() * 6); turn > 0; turn -= 1)
        await new Promise((resolve) => setImmediate(resolve));
      if (random() < 0.3) town.clock.advance(20);
      if (random() < 0.6) await desk.drop().then(open);
      if (random() < 0.6) await kiosk.drop().then(listen);
    }
    await expect.poll(() => got.length, { interval: 5 }).toBe(count);
    expect(got).toEqual(Array.from({ length: count }, (_, nth) => String(nth + 1)));
  },
);

test("a hub that was started anew goes on with the number at which the one before it stopped", async () => {
  const a = new Saying(uuidv7());
  const feed = await talk(desk, a, deskTicket);
  said(a, ...Array.from({ length: 32 }, (_, nth) => String(nth)));
  a.heard((await until(feed, ({ heard }) => heard === 32)).heard);
  await town.stop();
  said(a, "missed");
  await town.start();
  kiosk = await station.connect();
  desk = await doctor.connect();
  const heard = await talk(kiosk, new Saying(uuidv7()), await kioskTicket(), 32);
  await talk(desk, a, (await desk.client.call.ticket({ call })).ticket);
  expect(textOf((await signals(heard, 1))[0]?.signal?.body)).toBe("missed");
});

test("a number that leaves one out, and a second opening, end the talk as bad input", async () => {
  const opening = { call, ticket: deskTicket, name: uuidv7(), first: 1, after: 0 };
  for (const bad of [{ n: 2, body: candidate("x") }, opening] as const) {
    const feed = await desk.client.call.talk(raw(opening, bad));
    expect(await codeOf(until(feed, () => false))).toBe("wire.badInput");
  }
});

test("what is no signal ends the talk, and the line stays", async () => {
  const opening = { call, ticket: deskTicket, name: uuidv7(), first: 1, after: 0 };
  const bad = { n: 1, body: { kind: "candidate", candidate: 1 } } as unknown as TalkSaid;
  const feed = await desk.client.call.talk(raw(opening, bad));
  expect(await codeOf(until(feed, () => false))).toBe("wire.badInput");
  expect((await desk.client.me.whoami()).id).toBe(doctor.id);
});

test("a talk begins with a ticket of this call and this person, or not at all", async () => {
  const ticket = await kioskTicket();
  const opening = { call, ticket: deskTicket, name: uuidv7(), first: 1, after: 0 };
  expect(await codeOf(desk.client.call.talk(raw({ ...opening, ticket: "guess" })))).toBe("consult.notYours");
  expect(await codeOf(desk.client.call.talk(raw({ ...opening, ticket })))).toBe("consult.notYours");
  expect(await codeOf(desk.client.call.talk(raw({ ...opening, call: uuidv7() })))).toBe("consult.ended");
  expect(await codeOf(desk.client.call.talk(raw({ n: 1, body: candidate("x") })))).toBe("wire.badInput");
  const stranger = await (await town.person("zhao")).connect();
  expect(await codeOf(stranger.client.call.talk(raw(opening)))).toBe("consult.notYours");
});

test("an ended round ends the talk; what was meant for it goes to nobody", async () => {
  const a = new Saying(uuidv7());
  const feed = await talk(desk, a, deskTicket);
  await feed.next();
  await kiosk.client.call.hangUp({ call });
  said(a, "late");
  await expect(until(feed, () => false)).rejects.toThrow("the feed ended first");
});

test("who is signed out is heard no more, also on a line that still stands", async () => {
  const a = new Saying(uuidv7());
  const feed = await talk(desk, a, deskTicket);
  await feed.next();
  const heard = await talk(kiosk, new Saying(uuidv7()), await kioskTicket());
  await heard.next();
  // In the store alone, as if the socket had not been ended with its session.
  await town.hub.parts.directory.closeSession(sha256(doctor.cookie.replace("hub_session=", "")));
  said(a, "late");
  expect(await codeOf(until(feed, () => false))).toBe("account.signedOut");
  expect(town.hub.parts.bus.signals(call, station.id, 0)).toEqual([]);
});

test("what a signal may not say is refused by its number, and the next one passes", async () => {
  const a = new Saying(uuidv7());
  const feed = await talk(desk, a, deskTicket);
  await feed.next();
  const heard = await talk(kiosk, new Saying(uuidv7()), await kioskTicket());
  a.say({ kind: "askSaid", ask: uuidv7(), heardBy: { id: doctor.id, name: "li" } });
  said(a, "next");
  const no = await until(feed, ({ refused }) => refused !== undefined);
  expect(no).toEqual({ heard: 1, refused: { n: 1, code: "consult.notYours" } });
  expect(textOf((await signals(heard, 1))[0]?.signal?.body)).toBe("next");
});

test("of a talk, too, a description with other keys than the first of its generation is refused and written down", async () => {
  const a = new Saying(uuidv7());
  const feed = await talk(desk, a, deskTicket);
  await feed.next();
  const heard = await talk(kiosk, new Saying(uuidv7()), await kioskTicket());
  const describe = (key: string): SignalBody => ({
    kind: "description",
    type: "offer",
    sdp: `v=0\r\na=fingerprint:sha-256 ${key}\r\nm=audio\r\n`,
  });
  a.say({ kind: "restart", generation: 1 });
  for (const key of ["AA:01", "BB:02"]) a.say(describe(key));
  said(a, "after");
  expect((await until(feed, ({ refused }) => refused !== undefined)).refused).toEqual({
    n: 3,
    code: "consult.fingerprint",
  });
  expect((await signals(heard, 3)).map(({ signal }) => signal?.body.kind)).toEqual([
    "restart",
    "description",
    "candidate",
  ]);
  const written = town.hub.journal.entriesAfter(0, 1_000).filter(({ type }) => type === "call.described");
  expect(written.length).toBe(2);
});

test("who is in the call beside the two says nothing between them", async () => {
  const other = await town.person("wu");
  const beside = await other.connect();
  await desk.client.call.invite({ call, person: other.id });
  const { ticket = "" } = await beside.client.call.accept({ call });
  await say(town, beside, { call, ticket, body: candidate("between") });
  await say(town, desk, { call, ticket: deskTicket, body: candidate("to the station") });
  const { bus } = town.hub.parts;
  expect(bus.signals(call, doctor.id, 0)).toEqual([]);
  expect(bus.signals(call, station.id, 0).map(({ text }) => JSON.parse(text) as SignalBody)).toEqual([
    candidate("to the station"),
  ]);
});
