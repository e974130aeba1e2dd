import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, toHex } from "../../../drivers/kit/index.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import { openStore } from "../../../station/store/store.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil, codeOf, startStation, tempFolder, testKey } from "../fakes/station.ts";
import { aMessage, left } from "../store/kit.ts";
import { dm, open } from "../visits/kit.ts";
import { aMedicine, medicineKept } from "./kit.ts";

const printer = findProfile("printer-escpos")!;
const port = "/dev/printer";

/** A simulated station that heard these things from its hub before it was started, without any line to it. */
async function stationAfter(...entries: readonly NewEntry[]) {
  const folder = tempFolder();
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  await opened.store.append(entries);
  await opened.store.close();
  const [clock, channels] = [new FakeClock(), new FakeChannels()];
  channels.plug(port);
  const settings = { simulated: true, devices: [{ profile: printer.id, port }] };
  const started = await startStation({ folder, clock, channels, settings });
  simulated(channels.ports.get(port)!, printer, clock);
  return { ...started, clock, paper: channels.ports.get(port)! };
}
const another = "018f0000-0000-7000-8000-0000000000a3";
const on = new FakeClock().now();
const today = (days = 0) => new Date(on + days * 86_400_000).toISOString();

test("what a resident takes is there without a line, for that resident alone, as the last word of the hub has it", async () => {
  const kept = aMedicine({ at: today() });
  const [first, over] = [aMedicine({ at: today() }), aMedicine({ at: today() })];
  const { client } = await stationAfter(
    medicineKept(kept, 1),
    medicineKept(first, 2),
    medicineKept({ ...first, state: "ended" }, 3),
    medicineKept({ ...over, at: today(-30) }, 4),
  );
  const mine = await client.visit.services({ visit: await open(client, dm) });
  expect(mine.medicines).toMatchObject([{ prescription: kept.prescription, zh: "氨氯地平", daysLeft: 7, pieces: 1 }]);
  expect((await client.visit.services({ visit: await open(client, another) })).medicines).toEqual([]);
  expect((await client.visit.services({ visit: await open(client) })).medicines).toEqual([]);
});

test("what was asked for is a fact of the visit, once; its answer is the last message about it", async () => {
  const { client, journal } = await stationAfter();
  const visit = await open(client, dm);
  const id = newId();
  const wanted = { kind: "followUp", week: "next", half: "morning", how: "phone" } as const;
  await client.visit.wish({ id, visit, wanted });
  await client.visit.wish({ id, visit, wanted });
  expect((await client.visit.services({ visit })).wishes).toMatchObject([{ id, wanted }]);
  const facts = (await journal()).filter(({ type }) => type === "wish.made");
  expect(facts.map(({ subject, visit: of, body }) => ({ subject, of, body }))).toEqual([
    { subject: dm, of: visit, body: { wish: id, wanted } },
  ]);
});

test("an answer that came from the hub stands beside what was asked for", async () => {
  const wish = newId();
  const wanted = { kind: "package", package: "general" } as const;
  const made: NewEntry = {
    id: wish,
    type: "wish.made",
    actor: { role: "resident", id: dm },
    subject: dm,
    visit: null,
    body: { wish, wanted },
  };
  const told = aMessage(dm, {
    about: { kind: "wish", id: wish },
    sentences: [{ key: "loop.say.bookedHome", params: { day: "2026-11-30" } }],
  });
  const { client } = await stationAfter(made, left(told, 1));
  const [shown] = (await client.visit.services({ visit: await open(client, dm) })).wishes;
  expect(shown?.answer).toEqual({ sentences: told.sentences, at: told.at });
});

test.each([
  ["a guest", undefined, { kind: "package", package: "general" } as const],
  ["a package that does not fit", dm, { kind: "package", package: "nothing" } as const],
  ["a medicine that is not the person's", dm, { kind: "refill", prescription: newId() } as const],
])("%s asks for nothing", async (_, who, wanted) => {
  const { client, journal } = await stationAfter();
  const visit = await open(client, who);
  expect(await codeOf(client.visit.wish({ id: newId(), visit, wanted }))).toBe("care.unknown");
  expect((await journal()).some(({ type }) => type === "wish.made")).toBe(false);
});

test("the medicines come out on paper as a plan, without the full name", async () => {
  const at = await stationAfter(medicineKept(aMedicine({ at: today() }, { at: ["evening"], meal: "after" }), 1));
  // The printer says how it stands before anything is printed.
  const visit = await open(at.client, dm);
  await at.clock.advance(2_000);
  let over = false;
  const asked = { id: newId(), visit, language: "zh-CN", page: "medicines" } as const;
  const printed = codeOf(at.client.visit.printPage(asked)).finally(() => (over = true));
  await advanceUntil(at.clock, () => over, "paper", 40_000);
  expect(await printed).toBeUndefined();
  const line = (text: string) => toHex(encode(printer, "line", { text }));
  expect(at.paper.sent).toEqual(expect.arrayContaining([line("氨氯地平"), line("晚上吃"), line("饭后吃")]));
});
