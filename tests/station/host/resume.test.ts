import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { createStation } from "../../../station/host.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { stationSettings } from "../../../station/settings.ts";
import { openStore } from "../../../station/store/store.ts";
import { specimens } from "../../../station/visits/specimens.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startStation, tempFolder, testKey, type Started } from "../fakes/station.ts";
import { as, byCard, comes, readersRoom } from "../identify/kit.ts";

const [specimen, other] = [specimens[0]!, specimens[1]!];
const who = (resident = specimen.id) => ({ kind: "specimen", resident }) as const;

async function room(folder = tempFolder(), clock = new FakeClock()): Promise<Started & { readonly clock: FakeClock }> {
  const started = await startStation({ folder, clock, channels: new FakeChannels(), settings: { simulated: true } });
  return { ...started, clock };
}

/** A visit with an answer in it, left in some way. */
async function cutOff({ client }: Started, reason: "idle" | "left"): Promise<string> {
  const visit = newId();
  await client.visit.open({ id: visit, who: who() });
  await client.visit.answer({ id: newId(), visit, answers: { symptoms: [], prepared: true } });
  await client.visit.leave({ visit, reason });
  return visit;
}

test("who was cut off and comes back goes on in the same visit, with what was answered, and it can be left again", async () => {
  const at = await room();
  const visit = await cutOff(at, "idle");
  await at.clock.advance(14 * 60_000 + 59_000);
  const id = newId();
  const view = await at.client.visit.open({ id, who: who() });
  expect(view).toMatchObject({ id: visit, closed: false, resumed: true, answers: { prepared: true } });
  expect(await at.client.visit.open({ id, who: who() })).toMatchObject({ id: visit });
  await at.client.visit.answer({ id: newId(), visit, answers: { posture: true } });
  await at.client.visit.leave({ visit, reason: "left" });
  const closings = (await at.journal()).flatMap((entry) => bodyOf(entry, "visit.closed")?.reason ?? []);
  expect(closings).toEqual(["idle", "left"]);
});

test.each([
  ["a quarter of an hour is over", "idle" as const, 15 * 60_000, specimen.id],
  ["the person had left", "left" as const, 1_000, specimen.id],
  ["it is somebody else", "idle" as const, 1_000, other.id],
])("a new visit begins where %s", async (_why, reason, afterMs, resident) => {
  const at = await room();
  await cutOff(at, reason);
  await at.clock.advance(afterMs);
  const id = newId();
  expect(await at.client.visit.open({ id, who: who(resident) })).toMatchObject({ id, resumed: false, answers: {} });
});

test("a person whom another one replaced goes on, and the other one's visit is closed", async () => {
  const at = await room();
  const [mine, theirs] = [newId(), newId()];
  await at.client.visit.open({ id: mine, who: who() });
  await at.client.visit.open({ id: theirs, who: who(other.id) });
  expect(await at.client.visit.open({ id: newId(), who: who() })).toMatchObject({ id: mine, resumed: true });
  expect(await at.client.visit.open({ id: newId(), who: who(other.id) })).toMatchObject({ id: theirs, resumed: true });
});

test("a guest never goes on: nobody knows that it is the same one", async () => {
  const at = await room();
  const visit = newId();
  await at.client.visit.open({ id: visit, who: { kind: "guest" } });
  await at.client.visit.leave({ visit, reason: "idle" });
  const id = newId();
  expect(await at.client.visit.open({ id, who: { kind: "guest" } })).toMatchObject({ id, resumed: false });
});

test("over an orderly restart a visit goes on", async () => {
  const first = await room();
  const visit = newId();
  await first.client.visit.open({ id: visit, who: who() });
  await first.clock.advance(1_000);
  await first.station.close();
  const second = await room(first.folder, new FakeClock(first.clock.now() + 10 * 60_000));
  expect(await second.client.visit.open({ id: newId(), who: who() })).toMatchObject({ id: visit, resumed: true });
});

/** The folder of a station whose power was cut in a visit, and the moment of it. */
async function powerCut(): Promise<{ readonly folder: string; readonly visit: string; readonly at: number }> {
  const first = await room();
  const visit = newId();
  await first.client.visit.open({ id: visit, who: who() });
  const entries = (await first.journal()).filter(({ type }) => type !== "visit.closed");
  const folder = tempFolder();
  const opened = await openStore({ folder, key: testKey, owner: entries[0]?.owner ?? "", clock: first.clock });
  if (!opened.ok) throw new Error(opened.code);
  for (const { id, type, actor, subject, visit: of, body } of entries)
    await opened.store.append([{ id, type, actor, subject, visit: of, body } as never]);
  await opened.store.close();
  return { folder, visit, at: first.clock.now() };
}

test.each([
  [14, true],
  [15, false],
])("after a power cut of %i minutes the visit goes on: %s", async (minutes, goesOn) => {
  const { folder, visit, at } = await powerCut();
  const second = await room(folder, new FakeClock(at + minutes * 60_000));
  const id = newId();
  expect((await second.client.visit.open({ id, who: who() })).id).toBe(goesOn ? visit : id);
});

test("a returning card is told that its visit can go on, before it does", async () => {
  const at = await readersRoom();
  const { id } = await comes(at);
  await at.client.visit.leave({ visit: id, reason: "idle" });
  const found = await byCard(at);
  expect(found).toMatchObject({ resumes: true, ask: [] });
  expect(await at.client.visit.open({ id: newId(), who: as(found, {}) })).toMatchObject({ id, resumed: true });
});

test("withdrawn, `keep` ends nothing: what the visit keeps from then on has no name; the next visit is a guest's", async () => {
  const at = await room();
  const visit = newId();
  const answer = () => at.client.visit.answer({ id: newId(), visit, answers: { prepared: true } });
  await at.client.visit.open({ id: visit, who: who() });
  await answer();
  const withdrawal = { id: newId(), visit, scope: "keep", given: false, way: "touch" } as const;
  await at.client.visit.consent(withdrawal);
  await at.client.visit.consent(withdrawal);
  await answer();
  await at.client.visit.leave({ visit, reason: "left" });
  expect(await at.client.visit.open({ id: newId(), who: who() })).toMatchObject({ kind: "guest" });
  const story = (await at.journal()).filter((entry) => entry.visit === visit);
  expect(story.map(({ type, subject }) => [type, subject])).toEqual([
    ["visit.opened", specimen.id],
    ["consent.given", specimen.id],
    ["consent.given", specimen.id],
    ["resident.recognized", specimen.id],
    ["visit.answered", specimen.id],
    ["consent.withdrawn", specimen.id],
    ["visit.answered", null],
    ["visit.closed", null],
  ]);
});

test("a guest agrees for the visit alone, and refusing is not withdrawing", async () => {
  const at = await room();
  const visit = newId();
  await at.client.visit.open({ id: visit, who: { kind: "guest" } });
  const say = (given: boolean) => at.client.visit.consent({ id: newId(), visit, scope: "send", given, way: "key" });
  await say(false);
  await say(true);
  await say(false);
  const said = (await at.journal()).filter(({ type }) => type.startsWith("consent"));
  expect(said.map(({ type, subject, visit: of }) => [type, subject, of])).toEqual([
    ["consent.refused", null, visit],
    ["consent.given", null, visit],
    ["consent.withdrawn", null, visit],
  ]);
});

test("a station that starts knows who had agreed", async () => {
  const first = await room();
  await first.client.visit.open({ id: newId(), who: who() });
  await first.station.close();
  const again = await createStation({
    folder: first.folder,
    key: testKey,
    clock: new FakeClock(first.clock.now() + 3_600_000),
    channels: new FakeChannels(),
    log: silentLogger,
    settings: stationSettings({ program: "test", simulated: true }),
  });
  if (!again.ok) throw new Error(again.code);
  await again.station.close();
  const opened = await openStore({ folder: first.folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  expect(Object.keys(await opened.store.consentsOf(specimen.id))).toEqual(["keep", "send"]);
  await opened.store.close();
});
