import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { MessageLeft } from "../../../core/care/messages.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import { openStore } from "../../../station/store/store.ts";
import { codeOf, startStation, tempFolder, testKey } from "../fakes/station.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { aMessage, left, VisitStory } from "../store/kit.ts";
import { dm, open, viewOf } from "./kit.ts";

const another = "018f0000-0000-7000-8000-0000000000a3";

/** A simulated station that heard these things from its hub before it was started. */
async function stationAfter(...entries: readonly NewEntry[]) {
  const folder = tempFolder();
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  await opened.store.append(entries);
  await opened.store.close();
  return startStation({ folder, clock: new FakeClock(), channels: new FakeChannels(), settings: { simulated: true } });
}

const ids = (messages: readonly MessageLeft[] | undefined) => messages?.map(({ id }) => id);

test("a message is shown to its resident alone, until it was told; and telling it is a fact", async () => {
  const message = aMessage(dm);
  const { client, journal } = await stationAfter(left(message, 1));
  expect((await viewOf(client, await open(client))).messages).toBeUndefined();
  const wrong = await open(client, another);
  expect((await viewOf(client, wrong)).messages).toBeUndefined();
  const told = { id: newId(), what: "message" as const, of: message.id, how: ["shown" as const, "spoken" as const] };
  expect(await codeOf(client.visit.told({ ...told, visit: wrong }))).toBe("care.unknown");
  const visit = await open(client, dm);
  expect((await viewOf(client, visit)).messages).toEqual([message]);
  await client.visit.told({ ...told, visit, talk: true });
  await client.visit.told({ ...told, visit, talk: true });
  expect((await viewOf(client, visit)).messages).toBeUndefined();
  const kept = (await journal()).filter(({ type }) => type === "message.told");
  expect(kept.map(({ subject, visit: at, body }) => ({ subject, at, body }))).toEqual([
    { subject: dm, at: visit, body: { message: message.id, how: ["shown", "spoken"], talk: true } },
  ]);
});

test("of several about one record the newest is told, and stands for the others", async () => {
  const about = { kind: "followUp", id: newId() } as const;
  const [soon, today, other] = [aMessage(dm, { about }), aMessage(dm, { about }), aMessage(dm)];
  const { client, journal } = await stationAfter(left(soon, 1), left(today, 2), left(other, 3));
  const visit = await open(client, dm);
  expect(ids((await viewOf(client, visit)).messages)).toEqual([today.id, other.id]);
  await client.visit.told({ id: newId(), visit, what: "message", of: today.id, how: ["shown"] });
  expect(ids((await viewOf(client, visit)).messages)).toEqual([other.id]);
  const kept = (await journal()).filter(({ type }) => type === "message.told");
  expect(kept.map(({ body }) => body)).toEqual([
    { message: today.id, how: ["shown"] },
    { message: soon.id, how: ["replaced"] },
  ]);
});

test("who no longer agrees that anything is kept is shown nothing, and tells nothing", async () => {
  const message = aMessage(dm);
  const { client } = await stationAfter(left(message, 1));
  const visit = await open(client, dm);
  await client.visit.consent({ id: newId(), visit, scope: "keep", given: false, way: "touch" });
  expect((await viewOf(client, visit)).messages).toBeUndefined();
  const told = { id: newId(), visit, what: "message" as const, of: message.id, how: ["shown" as const] };
  expect(await codeOf(client.visit.told(told))).toBe("care.unknown");
});

test("an answer stays until it was told, over as many visits as it takes", async () => {
  const first = new VisitStory(dm);
  const answer = first.opinion(newId());
  const { client } = await stationAfter(first.opened(), first.closed(), first.advised(answer, 1));
  const come = () => client.visit.open({ id: newId(), who: { kind: "specimen", resident: dm } });
  const { id: before, arrived } = await come();
  expect(arrived).toEqual([answer]);
  await client.visit.leave({ visit: before, reason: "left" });
  const { id: visit, arrived: still } = await come();
  expect([visit === before, still]).toEqual([false, [answer]]);
  await client.visit.told({ id: newId(), visit, what: "opinion", of: answer.id, how: ["shown"] });
  expect((await viewOf(client, visit)).arrived).toBeUndefined();
});
