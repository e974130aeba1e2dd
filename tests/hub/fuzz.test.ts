import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { systemClock } from "../../hub/system-clock.ts";
import { randomOf } from "./random.ts";
import { opinionWish, Town, visitEntries, type Line, type PersonParty, type StationParty } from "./parties.ts";

let town: Town;
let station: StationParty;
let doctor: PersonParty;

beforeAll(async () => {
  // A second lasts a hundred for the limit of messages and dials: it is not what is looked at here.
  town = await Town.open({ lines: { ...systemClock, monotonic: () => systemClock.monotonic() * 100 } });
  station = await town.station();
  doctor = await town.person("li");
  station.write(...visitEntries("v", uuidv7()));
});
afterAll(() => town.end());
beforeEach(() => void town.log.splice(0));

const message = (id: number, path: string, json: unknown) =>
  JSON.stringify({ i: `bent-${id}`, p: { u: path, b: { json } } });

/** Real messages of both kinds of people, to be bent. */
function samples(): readonly string[] {
  const call = uuidv7();
  return [
    message(1, "/queue/join", { call, visit: "v", shownName: "S", severity: 2 }),
    message(2, "/journal/ship", station.shipment()),
    message(3, "/journal/inbox", { after: 0 }),
    message(4, "/call/accept", { call }),
    message(5, "/room/signal", {
      call,
      ticket: "t",
      seat: "s",
      id: call,
      signal: { leg: "up", generation: 1, body: { kind: "ready" } },
    }),
    message(6, "/opinion/sign", opinionWish(call)),
    message(7, "/queue/watch", undefined),
    JSON.stringify({ i: "bent-7", t: 4 }),
    JSON.stringify({ i: "bent-7", t: 3, p: { e: "message", d: { json: {} } } }),
  ];
}

const shreds = [
  "",
  "null",
  "{}",
  "[]",
  '"__proto__"',
  "-1",
  "1e999",
  '"\\u0000"',
  "true",
  '{"constructor":1}',
  "9".repeat(40),
  '"' + "😀".repeat(40) + '"',
];

function bend(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const shred = shreds[Math.floor(random() * shreds.length)] ?? "";
  switch (Math.floor(random() * 5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at);
    case 3:
      // One value replaced by another: still JSON, another shape.
      return text.replace(/:("[^"]*"|\d+|\{\}|null)/g, (whole) => (random() < 0.3 ? `:${shred}` : whole));
    default:
      return text.slice(0, at) + shred + text.slice(at);
  }
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  "bent messages, seed %i: answered or sent away, never a bug, and others go on",
  async (seed) => {
    const random = randomOf(seed);
    const other = await doctor.connect();
    for (const party of [station, doctor]) {
      let line: Line | undefined;
      for (let nth = 0; nth < 25; nth += 1) {
        line = line?.socket.readyState === line?.socket.OPEN && line ? line : await party.connect();
        const all = samples();
        line.socket.send(bend(all[Math.floor(random() * all.length)] ?? "", random));
        const answered = line.client.me.whoami().then(() => true);
        await Promise.race([answered.catch(() => false), line.closed]);
      }
      await line?.drop();
    }
    expect((await other.client.me.whoami()).id).toBe(doctor.id);
    await other.drop();
    expect(town.log.filter((line) => /callFailed|feedFailed|upgradeFailed/.test(line))).toEqual([]);
  },
);
