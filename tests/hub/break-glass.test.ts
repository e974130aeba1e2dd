import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { BreakingView } from "../../core/contract/hub-record.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { codeOf, Town, until, visitEntries, type Line, type PersonParty, type StationParty } from "./parties.ts";

const hours = 3_600_000;
const reason = "Specimen reason: found unconscious";
const practice = { org: "t1", orgName: "Specimen", tier: "township", licence: "SPECIMEN-1" } as const;
let town: Town;
let station: StationParty;
let kiosk: Line;
let doctor: PersonParty;
let desk: Line;
let other: Line;
let auditing: PersonParty;
let auditor: Line;
let visit: string;
let resident: string;
let alarm: string;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station();
  kiosk = await station.connect();
  doctor = await town.person("li", "doctor", practice);
  desk = await doctor.connect();
  other = await (await town.person("wang", "doctor", practice)).connect();
  auditing = await town.person("qian", "auditor");
  auditor = await auditing.connect();
  [visit, resident, alarm] = [uuidv7(), uuidv7(), uuidv7()];
  station.write(...visitEntries(visit, resident));
  await kiosk.client.journal.ship(station.shipment());
});
afterEach(() => town.end());

const raise = (why: "result" | "symptom" | "asked" = "result") =>
  kiosk.client.alarm.raise({ alarm, visit, reason: why, at: new Date(town.now()).toISOString() });
const breakIt = (line: Line) => line.client.record.break({ alarm, reason });
const listed = async (fits: (items: readonly BreakingView[]) => boolean) =>
  until(await auditor.client.record.broken(), fits);
/** The session goes on for whom asks; who was away that long signs in again. */
const later = async (ms: number): Promise<Line> => {
  town.clock.advance(ms);
  await doctor.signIn();
  return doctor.connect();
};

test("who breaks the glass sees the record, and nobody else does", async () => {
  await raise();
  expect(await codeOf(desk.client.record.watch({ alarm }))).toBe("care.noRelation");
  expect(await codeOf(desk.client.resident.records({ resident }))).toBe("care.noRelation");
  await breakIt(desk);
  const seen = await until(await desk.client.record.watch({ alarm }), () => true);
  expect(seen).toMatchObject({ visit, resident: { name: "Specimen One" }, results: [{ of: "bloodPressure" }] });
  expect(await codeOf(desk.client.resident.records({ resident }))).toBe("ok");
  expect(await codeOf(other.client.record.watch({ alarm }))).toBe("care.noRelation");
  expect(await codeOf(other.client.resident.records({ resident }))).toBe("care.noRelation");
});

test("it is for reading alone, and for this person alone", async () => {
  await raise();
  await breakIt(desk);
  const told = { id: uuidv7(), station: station.id, worse: ["loop.worse.callUs" as const] };
  const tell = (to: string) =>
    desk.client.resident.tell({ ...told, resident: to, sentences: [{ key: "loop.say.doctorCalls" }] });
  expect(await codeOf(tell(resident))).toBe("care.noRelation");
  expect(await codeOf(desk.client.resident.records({ resident: uuidv7() }))).toBe("care.noRelation");
});

test("another doctor's call about that visit can be seen by who broke the glass, and is not thereby theirs", async () => {
  await raise();
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit, shownName: "S**", severity: 4 });
  await other.client.call.accept({ call });
  expect(await codeOf(desk.client.visit.watch({ call }))).toBe("consult.notYours");
  await breakIt(desk);
  expect(await codeOf(desk.client.visit.watch({ call }))).toBe("ok");
  expect(await codeOf(desk.client.visit.finish({ call, outcome: "solved" }))).toBe("consult.notYours");
});

test("after 24 hours it is closed again", async () => {
  await raise();
  const { until: end } = await breakIt(desk);
  expect(Date.parse(end) - town.now()).toBe(24 * hours);
  const before = await later(24 * hours - 60_000);
  expect(await codeOf(before.client.record.watch({ alarm }))).toBe("ok");
  town.clock.advance(60_000);
  expect(await codeOf(before.client.record.watch({ alarm }))).toBe("care.noRelation");
  expect(await codeOf(before.client.resident.records({ resident }))).toBe("care.noRelation");
  expect(await codeOf(breakIt(before)), "and the alarm is too old to do it again").toBe("care.notNow");
});

test.each([
  { why: "asked", code: "care.notNow" },
  { why: "symptom", code: "ok" },
  { why: "result", code: "ok" },
] as const)("on an alarm because of '$why': $code", async ({ why, code }) => {
  await raise(why);
  expect(await codeOf(breakIt(desk))).toBe(code);
});

test.each(["", "   ", "abc"])("without a real reason (%j) it stays shut", async (given) => {
  await raise();
  expect(await codeOf(desk.client.record.break({ alarm, reason: given }))).toBe("wire.badInput");
});

test("an alarm that never was opens nothing", async () => {
  expect(await codeOf(breakIt(desk))).toBe("care.unknown");
});

test("the resident is told at the station, once however often it is asked", async () => {
  await raise();
  const first = await breakIt(desk);
  expect(await breakIt(desk)).toEqual(first);
  const inbox = await kiosk.client.journal.inbox({ after: 0 });
  const message = bodyOf(await until(inbox, ({ type }) => type === "message.left"), "message.left");
  expect(message).toMatchObject({
    resident,
    from: { name: "Dr li" },
    sentences: [{ key: "loop.say.recordOpened", params: { reason } }],
  });
  const count = (type: string) => town.hub.journal.entriesAfter(0, 1_000).filter((entry) => entry.type === type).length;
  expect([count("record.broken"), count("message.left")]).toEqual([1, 1]);
});

test("the auditor sees who, when and why, and nothing of the person; and reviews it once", async () => {
  await raise();
  const { id } = await breakIt(desk);
  const [open] = await listed((items) => items.length > 0);
  expect(open).toMatchObject({ id, alarm, reason, by: { id: doctor.id, role: "doctor" }, late: false });
  expect(JSON.stringify(open)).not.toContain(resident);
  // Monday 2 March 2026: worked days are the three after it.
  expect(Date.parse(open?.due ?? "") - town.now()).toBe(3 * 24 * hours);
  const review = await auditor.client.record.review({ id, finding: "justified", note: "Specimen note" });
  expect(await auditor.client.record.review({ id, finding: "unjustified", note: "" })).toEqual(review);
  expect(await listed(([item]) => item?.review !== undefined)).toMatchObject([{ id, late: false, review }]);
  expect(await codeOf(auditor.client.record.review({ id: uuidv7(), finding: "justified", note: "" }))).toBe(
    "care.unknown",
  );
});

test("a second auditor does not change what the first one found", async () => {
  await raise();
  const { id } = await breakIt(desk);
  await auditor.client.record.review({ id, finding: "unjustified", note: "" });
  const second = await (await town.person("wu", "auditor")).connect();
  expect(await codeOf(second.client.record.review({ id, finding: "justified", note: "" }))).toBe("care.notNow");
});

test("what nobody reviewed in three worked days is late, also when it is reviewed then", async () => {
  await raise();
  const { id } = await breakIt(desk);
  town.clock.advance(3 * 24 * hours + 1);
  await auditing.signIn();
  auditor = await auditing.connect();
  expect(await listed(() => true)).toMatchObject([{ id, late: true }]);
  await auditor.client.record.review({ id, finding: "justified", note: "" });
  expect(await listed(([item]) => item?.review !== undefined)).toMatchObject([{ late: true }]);
});
