import { v7 as newId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import { Private } from "../../../core/domain/private.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import type { HubClient } from "../../../station/consult/hub-client.ts";
import { Codes } from "../../../station/identify/codes.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { Scribe } from "../../../station/visits/scribe.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil, codeOf } from "../fakes/station.ts";
import { aResident, newFolder, registered, storeIn, VisitStory } from "../store/kit.ts";
import { listening, readersRoom, scanned } from "./kit.ts";

type Answer = Awaited<ReturnType<HubClient["person"]["resolve"]>> | { readonly code: string };

/** A hub that answers as told, or is away; a store that is real. */
async function room() {
  const clock = new FakeClock();
  const store = await storeIn(newFolder(), { clock });
  const scribe = new Scribe(store, silentLogger, () => undefined);
  const asked: string[] = [];
  const linked: string[] = [];
  const unlinked: string[] = [];
  const hub: { up: boolean; answers: Map<string, Answer>; knowsResident: boolean } = {
    up: false,
    answers: new Map(),
    knowsResident: true,
  };
  const fail = (code: string) => Promise.reject(Object.assign(new Error(code), { data: { code } }));
  const person = {
    resolve: ({ code }: { readonly code: string }, { signal }: { readonly signal: AbortSignal }) => {
      asked.push(code);
      const answer = hub.answers.get(code);
      if (answer === undefined)
        return new Promise<never>((_done, failed) => {
          signal.addEventListener("abort", () => failed(new Error("aborted")));
        });
      return "code" in answer ? fail(answer.code) : Promise.resolve(answer);
    },
    link: ({ code, resident }: { readonly code: string; readonly resident: string }) => {
      if (!hub.knowsResident) return fail("identify.notFound");
      linked.push(`${resident} ${code}`);
      return Promise.resolve({});
    },
    unlink: ({ link }: { readonly link: string }) => {
      if (!hub.knowsResident) return fail("identify.notFound");
      unlinked.push(link);
      return Promise.resolve({});
    },
  };
  const client = () => (hub.up ? ({ person } as unknown as HubClient) : undefined);
  const codes = new Codes({ store, scribe, clock, log: silentLogger, client });
  onTestFinished(() => codes.close());
  const append = async (...entries: readonly NewEntry[]) => {
    expect((await store.append(entries)).ok).toBe(true);
  };
  /** A guest's visit with a code, as the host leaves it. */
  const visitWith = async (code: string): Promise<string> => {
    const story = new VisitStory(null);
    await append(story.opened(), {
      id: newId(),
      actor: { role: "station", id: "host" },
      subject: null,
      visit: story.visit,
      type: "visit.coded",
      body: { key: "ab".repeat(32) },
    });
    await store.putCode({ id: newId(), what: "ask", about: story.visit, code, keptAt: clock.now() });
    return story.visit;
  };
  const settled = () => codes.kick();
  const here = async () => {
    const resident = aResident();
    await append(registered(resident));
    return resident.id;
  };
  const agrees = (resident: string, given: boolean): Promise<void> =>
    append({
      id: newId(),
      actor: { role: "resident", id: resident },
      subject: resident,
      visit: null,
      type: given ? "consent.given" : "consent.withdrawn",
      body: { scope: "send", version: "2026-11", way: "touch" },
    });
  return { clock, store, codes, hub, asked, linked, unlinked, visitWith, settled, here, agrees };
}

test("a code waits as it was given while the hub is away; when the line is back its owner is asked, and nobody has the visit before", async () => {
  const { store, hub, visitWith, settled, here, asked } = await room();
  const resident = await here();
  const visit = await visitWith("HC-1 ");
  await settled();
  expect([asked, (await store.codesWaiting()).map(({ code }) => code)]).toEqual([[], ["HC-1 "]]);
  hub.answers.set("HC-1 ", { kind: "here", resident });
  hub.up = true;
  await settled();
  expect(await store.codesWaiting()).toEqual([]);
  expect(await store.unclaimedOf(resident)).toMatchObject({ visit });
  expect((await store.visit(visit))?.resident).toBeNull();
});

test.each<[string, Answer]>([
  ["nobody's", { kind: "unknown" }],
  ["known elsewhere", { kind: "elsewhere" }],
  ["of a resident who is not here", { kind: "here", resident: newId() }],
])(
  "a code that is %s goes on waiting, is asked about again after six hours, and is given up after thirty days",
  async (_what, answer) => {
    const { clock, store, hub, visitWith, settled, asked } = await room();
    hub.up = true;
    hub.answers.set("HC-1", answer);
    await visitWith("HC-1");
    await settled();
    await settled();
    expect([asked.length, (await store.codesWaiting()).length]).toEqual([1, 1]);
    await clock.advance(6 * 3_600_000);
    await settled();
    expect([asked.length, (await store.codesWaiting()).length]).toEqual([2, 1]);
    await clock.advance(30 * 24 * 3_600_000);
    await settled();
    expect(await store.codesWaiting()).toEqual([]);
  },
);

test("a hub that was asked too often is left alone", async () => {
  const { store, hub, visitWith, settled, asked } = await room();
  hub.up = true;
  hub.answers.set("HC-1", { code: "identify.tooMany" });
  await visitWith("HC-1");
  await visitWith("HC-2");
  await settled();
  expect([asked, (await store.codesWaiting()).length]).toEqual([["HC-1"], 2]);
});

test("a linked code is told to the hub once it has the registration; who no longer agrees is not told of", async () => {
  const { store, hub, settled, here, agrees, linked, clock } = await room();
  const [one, other] = [await here(), await here()];
  await agrees(one, true);
  await agrees(other, true);
  await store.putCode({ id: newId(), what: "link", about: one, code: "A", keptAt: clock.now() });
  await store.putCode({ id: newId(), what: "link", about: other, code: "B", keptAt: clock.now() });
  await agrees(other, false);
  hub.up = true;
  hub.knowsResident = false;
  await settled();
  expect((await store.codesWaiting()).map(({ code }) => code)).toEqual(["A"]);
  hub.knowsResident = true;
  await settled();
  expect([linked, await store.codesWaiting()]).toEqual([[`${one} A`], []]);
});

test("somebody who waits at the scanner does not wait longer than four seconds for the hub", async () => {
  const { clock, codes, hub } = await room();
  hub.up = true;
  let answer: unknown;
  void codes.resolve(new Private("HC-1")).then((given) => (answer = given));
  await clock.advance(3_999);
  expect(answer).toBeUndefined();
  await clock.advance(1);
  expect(answer).toEqual({ kind: "away" });
});

test("offline a code opens a visit without a name that keeps the code beside the journal, and its token opens no named one", async () => {
  const started = await readersRoom({ card: false, hub: { address: "http://127.0.0.1:9" } });
  const heard = await listening(started.client);
  const port = started.channels.ports.get("/dev/scanner");
  await advanceUntil(started.clock, () => heard.events.length > 0, "ready");
  await started.clock.advance(1_000);
  port?.say(scanned("HC-OFFLINE"));
  const token = await advanceUntil(
    started.clock,
    () => heard.events.flatMap((event) => (event.kind === "held" ? [event.token] : []))[0],
    "held",
    20_000,
  );
  await heard.leave();
  const named = { kind: "found", token, consents: { keep: true }, way: "touch" } as const;
  expect(await codeOf(started.client.visit.open({ id: newId(), who: named }))).toBe("identify.expired");
  const view = await started.client.visit.open({ id: newId(), who: { kind: "code", token } });
  const entries = await started.journal();
  const coded = entries.find(({ type }) => type === "visit.coded");
  expect([coded?.visit, coded?.subject]).toEqual([view.id, null]);
  expect(JSON.stringify(entries)).not.toContain("HC-OFFLINE");
});

test.each([
  ["knows of", true, ["l-1"]],
  ["has never heard of", false, []],
])(
  "a code that was taken back is told, whatever else is agreed to, and one of somebody the hub %s waits no longer",
  async (_who, knowsResident, told) => {
    const { store, hub, settled, here, agrees, unlinked, clock } = await room();
    const resident = await here();
    await agrees(resident, false);
    await store.putCode({ id: newId(), what: "unlink", about: resident, code: "l-1", keptAt: clock.now() });
    await settled();
    expect([unlinked, (await store.codesWaiting()).length]).toEqual([[], 1]);
    hub.up = true;
    hub.knowsResident = knowsResident;
    await settled();
    expect([unlinked, await store.codesWaiting()]).toEqual([told, []]);
  },
);
