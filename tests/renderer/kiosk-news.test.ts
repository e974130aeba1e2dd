import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import type { MessageLeft } from "../../core/care/messages.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import { newsOf } from "../../renderer/kiosk/engine/news.ts";
import type { FakeOptions } from "./fake-world.ts";
import { fakeClinician } from "./fake-station.ts";
import { openVisit, ready, until } from "./kiosk-under-test.ts";

/** What came for a person between visits, and when the page tells it. */

const answer: Opinion = {
  id: randomUUID(),
  call: randomUUID(),
  visit: randomUUID(),
  station: "station-1",
  clinician: fakeClinician,
  text: "少吃盐",
  next: "none",
  writtenAt: "2026-11-20T02:00:00.000Z",
};
const message: MessageLeft = {
  id: randomUUID(),
  station: "station-1",
  resident: randomUUID(),
  from: { name: "hub" },
  at: "2026-11-19T02:00:00.000Z",
  sentences: [{ key: "loop.say.prescriptionReady" }],
  worse: ["loop.worse.allergy"],
};

async function identified(resumes: FakeOptions["resumes"] = { arrived: [answer], messages: [message] }) {
  const kiosk = await ready({ resumes });
  kiosk.engine.send({ kind: "start" }, { kind: "guest" });
  await until(kiosk.engine, ({ visit }) => visit !== undefined);
  return kiosk;
}

test("is told when no emergency is named, the oldest first, each until it was heard", async () => {
  const { engine, station } = await identified();
  expect(engine.shown().over).toBeUndefined();
  engine.send({ kind: "no" });
  expect(engine.shown().over).toBe("answer");
  const [first, second, third] = newsOf(engine.shown());
  expect([first?.id, second?.id, third]).toEqual([message.id, answer.id, undefined]);
  if (first === undefined || second === undefined) throw new Error("nothing to tell");
  engine.told(first, { talk: true, spoken: true });
  expect(newsOf(engine.shown()).map(({ id }) => id)).toEqual([answer.id]);
  engine.told(second, { talk: false, spoken: false });
  await vi.waitFor(() =>
    expect(station.inputs("visit.told")).toMatchObject([
      { what: "message", of: message.id, how: ["shown", "spoken"], talk: true },
      { what: "opinion", of: answer.id, how: ["shown"] },
    ]),
  );
  engine.cover(undefined);
  engine.send({ kind: "home" });
  expect(engine.shown().over).toBeUndefined();
});

test("does not stand before what to do in an emergency", async () => {
  const { engine } = await identified();
  engine.send({ kind: "symptom", symptom: "SX_CHEST_PAIN" });
  expect(engine.shown()).toMatchObject({ screen: { at: "emergency" }, over: undefined });
});

test("what comes in the middle of a visit is told at the next screen on which nothing is under way", async () => {
  const { engine, station } = await ready();
  await openVisit(engine);
  engine.send({ kind: "pick", check: "body" });
  station.changeVisit({ arrived: [answer] });
  await until(engine, ({ visit }) => visit?.arrived?.length === 1);
  expect(engine.shown().over).toBeUndefined();
  engine.send({ kind: "home" });
  expect(engine.shown().over).toBe("answer");
});

test("nothing is read out into a call", async () => {
  const { engine, station } = await ready();
  await openVisit(engine);
  engine.send({ kind: "callDoctor" }, { kind: "yes" });
  await until(engine, ({ call }) => call.view !== undefined);
  station.changeVisit({ messages: [message] });
  await until(engine, ({ visit }) => visit?.messages?.length === 1);
  engine.send({ kind: "home" });
  expect(engine.shown()).toMatchObject({ screen: { at: "checks" }, over: undefined });
});

test("who wants to hear it another time is left alone with it in this visit", async () => {
  const { engine, station } = await identified({ messages: [message] });
  engine.send({ kind: "no" });
  engine.newsLater();
  engine.send({ kind: "home" });
  expect(engine.shown().over).toBeUndefined();
  expect(station.inputs("visit.told")).toEqual([]);
});

test("the next person hears nothing of it", async () => {
  const { engine } = await identified();
  engine.send({ kind: "no" });
  const [first] = newsOf(engine.shown());
  if (first === undefined) throw new Error("nothing to tell");
  engine.told(first, { talk: false, spoken: true });
  engine.send({ kind: "leave" });
  await until(engine, ({ visit }) => visit === undefined);
  expect(engine.shown()).toMatchObject({ told: [], newsLater: false });
});
