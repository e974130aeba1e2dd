import { randomUUID } from "node:crypto";
import { createRouterClient, implement } from "@orpc/server";
import { onTestFinished, expect, test } from "vitest";
import { faultOf } from "../../../core/contract/line.ts";
import { stationContract, type ConsultView } from "../../../core/contract/station.ts";
import type { Signal, SignalBody } from "../../../core/contract/views.ts";
import { consultHandlers } from "../../../station/consult/consult.ts";
import type { HubLink } from "../../../station/consult/hub-link.ts";
import type { VisitGist } from "../../../station/consult/visit-desk.ts";
import {} from "./fake-hub.ts";
import { opinionEntry } from "./opinion-entry.ts";
import { bench, type Bench } from "./kit.ts";

const candidate = (text: string): SignalBody => ({
  kind: "candidate",
  candidate: text,
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
});

const sent = { version: "2026-11", entry: "018f0000-0000-7000-8000-00000000c0c0", at: "2026-11-02T01:00:00.000Z" };
const maySend = { send: { ...sent, given: true } };

interface Desk {
  readonly it: Bench;
  readonly link: HubLink;
  readonly visit: string;
  readonly changed: string[];
  readonly consult: ReturnType<typeof consultHandlers>;
  readonly page: ReturnType<typeof pageOf>;
  setGist(change: Partial<VisitGist> | undefined): void;
}

function pageOf(consult: ReturnType<typeof consultHandlers>) {
  return createRouterClient(implement(stationContract).consult.router(consult.handlers));
}

async function desk(): Promise<Desk> {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  const visit = randomUUID();
  let gist: VisitGist | undefined = {
    visit,
    subject: null,
    shownName: "王*",
    severity: 3,
    worst: "BP_GRADE2",
    knownDiagnosis: false,
    consents: maySend,
  };
  const changed: string[] = [];
  const consult = consultHandlers(
    link,
    { find: (id) => (id === visit ? gist : undefined), changed: (id) => changed.push(id), news: () => undefined },
    it.store,
    it.clock,
  );
  onTestFinished(() => consult.close());
  return {
    it,
    link,
    visit,
    changed,
    consult,
    page: pageOf(consult),
    setGist: (change) => (gist = change && gist && { ...gist, ...change }),
  };
}

/** Reads a feed in the background; keeps everything. */
function reading<T>(feed: Promise<AsyncIterable<T>>): { readonly items: T[]; over: boolean } {
  const read = { items: [] as T[], over: false };
  void (async () => {
    for await (const item of await feed) read.items.push(item);
    read.over = true;
  })().catch(() => (read.over = true));
  return read;
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => faultOf(error),
  );
}

async function typesOf({ it }: Desk): Promise<readonly string[]> {
  return (await it.store.tail(0, 1_000)).map(({ type }) => type).filter((type) => type.startsWith("consult"));
}

/** A call that a doctor has taken; both feeds are read as a page does. */
async function callUp(at: Desk) {
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  const views = reading<ConsultView>(at.page.watch({ call }));
  const signals = reading<Signal>(at.page.signals({ call, after: 0 }));
  at.it.hub.show(call, {
    state: "ringing",
    clinician: { id: "d", name: "Dr. Example" },
    peer: "here",
    ticket: "ticket-1",
    iceServers: [{ urls: ["stun:hub.example"] }],
  });
  await at.it.passing(() => at.it.hub.asked.includes("signals"), "signals asked for");
  return { call, views, signals, last: () => views.items.at(-1) };
}

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

test("a page that was reloaded hears the signals after the last it had", async () => {
  const at = await desk();
  const { call, signals } = await callUp(at);
  for (const text of ["one", "two", "three"]) at.it.hub.signal(call, candidate(text));
  await at.it.passing(() => signals.items.length === 3, "three signals");
  const again = reading<Signal>(at.page.signals({ call, after: 2 }));
  await at.it.passing(() => again.items.length === 1, "the third");
  expect(again.items[0]?.seq).toBe(3);
});

test("another doctor's round begins without the signals of the last one", async () => {
  const at = await desk();
  const { call, signals, last } = await callUp(at);
  at.it.hub.signal(call, candidate("old"));
  await at.it.passing(() => signals.items.length === 1, "heard");
  at.it.hub.show(call, { state: "interrupted", ticket: undefined, clinician: undefined });
  await at.it.passing(() => last()?.state === "interrupted", "interrupted");
  at.it.hub.show(call, { state: "ringing", ticket: "ticket-2", clinician: { id: "e", name: "Dr. Other" } });
  await at.it.passing(() => last()?.state === "ringing", "ringing");
  at.it.hub.signal(call, candidate("new"));
  const fresh = reading<Signal>(at.page.signals({ call, after: 0 }));
  await at.it.passing(() => fresh.items.length > 0, "heard");
  expect(fresh.items.map(({ seq }) => seq)).toEqual([2]);
});

test.each(["before", "after"] as const)(
  "a signal whose line is cut %s the hub has it arrives once, and before the next one",
  async (when) => {
    const at = await desk();
    const { call, last } = await callUp(at);
    at.it.hub.cutAt = { call: "signal", when };
    const id = randomUUID();
    expect(await codeOf(at.page.signal({ call, id, body: candidate("one") }))).toBeUndefined();
    await at.it.passing(() => last()?.lineDown === true, "line down");
    expect(await codeOf(at.page.signal({ call, body: candidate("lost") }))).toBe("consult.hubAway");
    at.it.hub.show(call, { ticket: "ticket-2" });
    await at.it.passing(() => at.link.state === "up" && last()?.lineDown === false, "up again");
    await at.it.passing(() => at.it.hub.asked.filter((asked) => asked === "signals").length === 2, "ticket there");
    // The page may not have heard that the station took it.
    expect(await codeOf(at.page.signal({ call, id, body: candidate("one") }))).toBeUndefined();
    expect(await codeOf(at.page.signal({ call, body: candidate("two") }))).toBeUndefined();
    const { fromStation } = at.it.hub.call(call);
    await at.it.passing(() => fromStation.length >= 2, "both arrived");
    expect(fromStation.map((body) => body.kind === "candidate" && body.candidate)).toEqual(["one", "two"]);
  },
);

test("a signal is known by the id the page gave it: again is once, equal with another id is two", async () => {
  const at = await desk();
  const { call } = await callUp(at);
  const [one, two] = [randomUUID(), randomUUID()];
  await at.page.signal({ call, id: one, body: candidate("same") });
  await at.page.signal({ call, id: one, body: candidate("same") });
  await at.page.signal({ call, id: two, body: candidate("same") });
  await at.page.signal({ call, body: candidate("last") });
  const { fromStation } = at.it.hub.call(call);
  const texts = () => fromStation.map((body) => body.kind === "candidate" && body.candidate);
  await at.it.passing(() => texts().includes("last"), "the last one");
  expect(texts()).toEqual(["same", "same", "last"]);
});

test("what the hub had not heard when a round ended is not said to the next doctor", async () => {
  const at = await desk();
  const { call, last } = await callUp(at);
  at.it.hub.cutAt = { call: "signal", when: "before" };
  await at.page.signal({ call, body: candidate("for the first") });
  await at.it.passing(() => last()?.lineDown === true, "line down");
  at.it.hub.show(call, { state: "interrupted", ticket: undefined, clinician: undefined });
  await at.it.passing(() => last()?.state === "interrupted" && last()?.lineDown === false, "interrupted");
  at.it.hub.show(call, { state: "ringing", ticket: "ticket-2", clinician: { id: "e", name: "Dr. Other" } });
  await at.it.passing(() => last()?.state === "ringing", "ringing");
  await at.page.signal({ call, body: candidate("for the second") });
  const { fromStation } = at.it.hub.call(call);
  await at.it.passing(() => fromStation.length > 0, "heard");
  expect(fromStation.map((body) => body.kind === "candidate" && body.candidate)).toEqual(["for the second"]);
});

test("what the hub had not heard is not said to a doctor who took the call over while the line was away", async () => {
  const at = await desk();
  const { call, last } = await callUp(at);
  at.it.hub.cutAt = { call: "signal", when: "before" };
  await at.page.signal({ call, body: candidate("for the first") });
  await at.it.passing(() => last()?.lineDown === true, "line down");
  at.it.hub.show(call, { round: 2, ticket: "ticket-2", clinician: { id: "e", name: "Dr. Other" } });
  await at.it.passing(() => last()?.clinician?.id === "e" && last()?.lineDown === false, "the other one");
  await at.page.signal({ call, body: candidate("for the second") });
  const { fromStation } = at.it.hub.call(call);
  await at.it.passing(() => fromStation.length > 0, "heard");
  expect(fromStation.map((body) => body.kind === "candidate" && body.candidate)).toEqual(["for the second"]);
});

test("a signal before a doctor has taken the call has nowhere to go", async () => {
  const at = await desk();
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  expect(await codeOf(at.page.signal({ call, body: candidate("early") }))).toBe("consult.hubAway");
  expect(at.it.hub.asked).not.toContain("signal");
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
