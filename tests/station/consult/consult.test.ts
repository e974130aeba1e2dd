import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ConsultView } from "../../../core/contract/station.ts";
import { consultHandlers } from "../../../station/consult/consult.ts";
import { callUp, candidate, codeOf, desk, maySend, pageOf, reading, sent, typesOf } from "./desk-kit.ts";
import { bench } from "./kit.ts";
import { opinionEntry } from "./opinion-entry.ts";

test("who heard a yes is known while the call runs, for that visit and that wish alone", async () => {
  const at = await desk();
  const { call, last } = await callUp(at);
  const [ask, heardBy] = [randomUUID(), { id: "d", name: "Dr. Example" }];
  at.it.hub.signal(call, { kind: "askSaid", ask, heardBy });
  expect(at.consult.heardYes(at.visit, ask), "still ringing").toBeUndefined();
  at.it.hub.show(call, { state: "active" });
  await at.it.passing(() => last()?.state === "active" && at.consult.heardYes(at.visit, ask), "heard");
  expect(at.consult.heardYes(at.visit, ask)).toEqual(heardBy);
  expect(at.consult.heardYes(randomUUID(), ask)).toBeUndefined();
  expect(at.consult.heardYes(at.visit, randomUUID())).toBeUndefined();
  at.it.hub.cutLines();
  await at.it.passing(() => at.consult.heardYes(at.visit, ask) === undefined, "the line is lost");
});

test("while nobody is there the page is told the duty phone, and the station knows it on", async () => {
  const at = await desk();
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  const views = reading<ConsultView>(at.page.watch({ call }));
  expect(at.consult.dutyPhone).toBeUndefined();
  at.it.hub.show(call, { ahead: 0, dutyPhone: "0500-0000000" });
  await at.it.passing(() => views.items.at(-1)?.dutyPhone === "0500-0000000", "told");
  at.it.hub.show(call, { ahead: 0, expectedWaitS: 60, dutyPhone: undefined });
  await at.it.passing(() => views.items.at(-1)?.expectedWaitS === 60, "somebody has come");
  expect(views.items.at(-1)?.dutyPhone).toBeUndefined();
  expect(at.consult.dutyPhone).toBe("0500-0000000");
});

test("the duty phone outlives a restart, and the next number takes its place", async () => {
  const at = await desk();
  const tellOn = async (phone: string) => {
    const call = randomUUID();
    await at.page.request({ call, visit: at.visit });
    const views = reading<ConsultView>(at.page.watch({ call }));
    at.it.hub.show(call, { ahead: 0, dutyPhone: phone });
    await at.it.passing(() => views.items.at(-1)?.dutyPhone === phone, "told");
  };
  const restarted = async () => {
    // Without any line to a hub.
    const again = consultHandlers(
      undefined,
      { find: () => undefined, changed: () => {}, news: () => {} },
      at.it.store,
      at.it.clock,
    );
    await again.begin();
    return again.dutyPhone;
  };
  expect(await restarted()).toBeUndefined();
  await tellOn("0500-0000000");
  expect(await restarted()).toBe("0500-0000000");
  await tellOn("0500-1111111");
  expect(await restarted()).toBe("0500-1111111");
});

test("asking is written down first, then the queue is joined with what the doctor may see", async () => {
  const at = await desk();
  const call = randomUUID();
  expect(await at.page.request({ call, visit: at.visit })).toEqual({});
  expect(await typesOf(at)).toEqual(["consult.requested"]);
  expect(at.it.hub.call(call).joins).toBe(1);
});

test("asking twice with one id is asking once, also when the worst result has changed meanwhile", async () => {
  const at = await desk();
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  at.setGist({ severity: 4 });
  expect(await at.page.request({ call, visit: at.visit })).toEqual({});
  expect(await typesOf(at)).toEqual(["consult.requested"]);
  expect(at.it.hub.call(call).joins).toBe(1);
});

test.each([
  ["never asked", {}],
  ["refused or withdrawn", { send: { ...sent, given: false } }],
  ["another consent", { keep: { ...sent, given: true } }],
])("who did not agree that a doctor sees the visit is put into no queue: %s", async (_why, consents) => {
  const at = await desk();
  at.setGist({ consents });
  expect(await codeOf(at.page.request({ call: randomUUID(), visit: at.visit }))).toBe("consent.notGiven");
  expect(await typesOf(at)).toEqual([]);
  expect(at.it.hub.asked).not.toContain("join");
});

test("a call rests on the entry in which the person agreed", async () => {
  const at = await desk();
  await at.page.request({ call: randomUUID(), visit: at.visit });
  const asked = (await at.it.store.tail(0, 1_000)).find(({ type }) => type === "consult.requested");
  expect(asked?.body).toMatchObject({ consent: sent.entry });
});

test("without a visit there is nothing to ask about", async () => {
  const at = await desk();
  expect(await codeOf(at.page.request({ call: randomUUID(), visit: randomUUID() }))).toBe("visit.closed");
  expect(await typesOf(at)).toEqual([]);
});

test("with the hub away the page hears it at once, and nothing turns up in the queue later", async () => {
  const at = await desk();
  await at.it.hub.kill();
  await at.it.passing(() => at.link.state === "away", "away");
  const call = randomUUID();
  expect(await codeOf(at.page.request({ call, visit: at.visit }))).toBe("consult.hubAway");
  expect(await typesOf(at)).toEqual(["consult.requested"]);
  await at.it.hub.start();
  await at.it.passing(() => at.link.state === "up" && at.link.unsent === 0, "up again");
  expect(at.it.hub.asked).not.toContain("join");
  expect(await codeOf(at.page.request({ call, visit: at.visit }))).toBeUndefined();
  expect(at.it.hub.call(call).joins).toBe(1);
});

test("a station without a hub says so", async () => {
  const it = await bench();
  const visit = randomUUID();
  const gist = { visit, subject: null, shownName: "访客", severity: 0, knownDiagnosis: false, consents: maySend };
  const page = pageOf(
    consultHandlers(
      undefined,
      { find: () => gist, changed: () => undefined, news: () => undefined },
      it.store,
      it.clock,
    ),
  );
  expect(await codeOf(page.request({ call: randomUUID(), visit }))).toBe("consult.hubAway");
});

test("the page sees its place in the queue, then who takes the call", async () => {
  const at = await desk();
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  const views = reading<ConsultView>(at.page.watch({ call }));
  at.it.hub.show(call, { ahead: 2 });
  await at.it.passing(() => views.items.at(-1)?.ahead === 2, "ahead");
  const { clinician, iceServers } = {
    clinician: { id: "d", name: "Dr. Example" },
    iceServers: [{ urls: ["stun:hub.example"] }],
  };
  at.it.hub.show(call, { state: "ringing", clinician, iceServers, ticket: "t", ahead: undefined });
  await at.it.passing(() => views.items.at(-1)?.state === "ringing", "ringing");
  expect(views.items.at(-1)).toEqual({
    call,
    state: "ringing",
    mode: "assisted",
    others: [],
    lineDown: false,
    clinician,
    iceServers,
  });
});

test("the hub killed in a call: the view stays and says so, the call is joined again, signals are heard once each", async () => {
  const at = await desk();
  const { call, views, signals, last } = await callUp(at);
  at.it.hub.signal(call, candidate("one"));
  at.it.hub.signal(call, candidate("two"));
  await at.it.passing(() => signals.items.length === 2, "two signals");

  await at.it.hub.kill();
  await at.it.passing(() => last()?.lineDown === true, "line down");
  expect(last()).toMatchObject({ state: "ringing", clinician: { name: "Dr. Example" } });
  at.it.hub.signal(call, candidate("three"));
  at.it.hub.signal(call, candidate("four"));
  await at.it.hub.start();
  at.it.hub.show(call, { state: "reconnecting", ticket: "ticket-2" });

  await at.it.passing(() => last()?.lineDown === false && last()?.state === "reconnecting", "taken up again");
  await at.it.passing(() => signals.items.length >= 4, "missed signals");
  at.it.hub.signal(call, candidate("five"));
  await at.it.passing(() => signals.items.length >= 5, "new signals");
  expect(signals.items.map(({ seq, body }) => [seq, body.kind === "candidate" && body.candidate])).toEqual([
    [1, "one"],
    [2, "two"],
    [3, "three"],
    [4, "four"],
    [5, "five"],
  ]);
  expect(at.it.hub.signalsAfter).toEqual([0, 2]);
  expect(at.it.hub.call(call).joins).toBe(2);
  expect(views.over).toBe(false);
  expect(await typesOf(at)).toEqual(["consult.requested"]);
});

test("cancelling leaves the queue, is written down once, and ends the page's feed", async () => {
  const at = await desk();
  const { call, views } = await callUp(at);
  await at.page.cancel({ call });
  await at.page.cancel({ call });
  await at.it.passing(() => views.over, "feed over");
  expect(views.items.at(-1)?.state).toBe("finished");
  expect(at.it.hub.call(call).left).toBe(true);
  expect(await typesOf(at)).toEqual(["consult.requested", "consult.cancelled"]);
});

test("cancelling while the hub is away is told when it is back", async () => {
  const at = await desk();
  const { call } = await callUp(at);
  await at.it.hub.kill();
  await at.it.passing(() => at.link.state === "away", "away");
  await at.page.cancel({ call });
  await at.it.hub.start();
  await at.it.passing(() => at.it.hub.call(call).left, "told");
  expect(at.it.hub.call(call).joins).toBe(1);
});

test("leaving the visit cancels its calls and no others", async () => {
  const at = await desk();
  const { call } = await callUp(at);
  await at.consult.leave(randomUUID());
  expect(at.it.hub.call(call).left).toBe(false);
  await at.consult.leave(at.visit);
  expect(at.it.hub.call(call).left).toBe(true);
});

test("the opinion is shown from the journal, and the visit is told", async () => {
  const at = await desk();
  const { call, last } = await callUp(at);
  at.it.hub.write(opinionEntry(at.it.hub, at.it.store.owner, at.visit, call, "少吃盐"));
  await at.it.passing(() => last()?.opinion?.text === "少吃盐", "shown");
  expect(at.changed).toEqual([at.visit]);
  expect((await at.it.store.tail(0, 100)).some(({ type }) => type === "opinion.received")).toBe(true);
});

test("a visit may call again after a call is over", async () => {
  const at = await desk();
  const first = await callUp(at);
  await at.page.cancel({ call: first.call });
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  const views = reading<ConsultView>(at.page.watch({ call }));
  await at.it.passing(() => views.items.length > 0, "waiting");
  expect(views.items[0]?.state).toBe("waiting");
  expect(await typesOf(at)).toEqual(["consult.requested", "consult.cancelled", "consult.requested"]);
});

test("a call nobody knows is over", async () => {
  const at = await desk();
  const call = randomUUID();
  expect(await codeOf(at.page.watch({ call }))).toBe("consult.ended");
  expect(await codeOf(at.page.signals({ call, after: 0 }))).toBe("consult.ended");
  expect(await codeOf(at.page.signal({ call, body: candidate("x") }))).toBe("consult.ended");
  expect(await codeOf(at.page.cancel({ call }))).toBeUndefined();
});

test("decoded pictures are reported, again after the line was lost", async () => {
  const at = await desk();
  const { call, last } = await callUp(at);
  await at.page.mediaUp({ call });
  expect(at.it.hub.asked.filter((asked) => asked === "mediaUp")).toHaveLength(1);
  at.it.hub.cutLines();
  await at.it.passing(() => last()?.lineDown === true, "down");
  await at.it.passing(() => at.it.hub.asked.filter((asked) => asked === "mediaUp").length === 2, "told again");
});
