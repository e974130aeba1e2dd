import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { NewEntry } from "../../../core/journal/entry.ts";
import {
  aMessage,
  aResident,
  codedBy,
  engineIn,
  joined,
  keep,
  left,
  newFolder,
  newId,
  recognized,
  registered,
  started,
  storeIn,
  VisitStory,
} from "./kit.ts";
import { aMedicine, medicineKept } from "../services/kit.ts";

test("rebuilding from nothing gives equal tables", () => {
  const engine = engineIn(newFolder());
  const [anna, bai] = [aResident("甲样本"), aResident("乙样本")];
  keep(engine, started(), registered(anna), registered(bai));
  for (const [at, resident] of [anna.id, bai.id, null, anna.id].entries())
    keep(engine, ...new VisitStory(resident).all(at + 1));
  const message = aMessage(anna.id);
  const [visit, opinion] = [new VisitStory(anna.id), new VisitStory(anna.id).opinion(newId())];
  keep(engine, new VisitStory(null).opened(), ...recognized(anna.id), left(message, 90));
  keep(engine, visit.opened(), visit.advised(opinion, 91), visit.heardOf(message), visit.told(opinion));
  keep(engine, joined(newId(), anna.id, bai.id));
  keep(engine, visit.choseDoctor());
  const wish = newId();
  keep(
    engine,
    medicineKept(aMedicine({ resident: anna.id }), 92),
    visit.wished(wish),
    left(aMessage(anna.id, { about: { kind: "wish", id: wish } }), 93),
  );
  const nameless = new VisitStory(null);
  keep(engine, nameless.opened(), codedBy(nameless.visit));
  const before = engine.views.dump();
  expect(Object.entries(before).flatMap(([table, rows]) => (rows.length === 0 ? [table] : []))).toEqual([
    "held_heads",
    "acts",
  ]);
  engine.rebuild();
  expect(engine.views.dump()).toEqual(before);
});

test("rebuilding mends views that were changed behind the journal's back", () => {
  const engine = engineIn(newFolder());
  keep(engine, ...new VisitStory(null).all());
  const before = engine.views.dump();
  engine.views.clear();
  expect(engine.views.dump()).not.toEqual(before);
  engine.rebuild();
  expect(engine.views.dump()).toEqual(before);
});

test("an entry and its views are one: what is refused leaves neither", () => {
  const engine = engineIn(newFolder());
  const story = new VisitStory(null);
  keep(engine, story.opened());
  const before = engine.views.dump();
  const bad = { ...story.closed(), body: {} } as unknown as NewEntry;
  engine.append([
    { entries: [story.accepted(story.pressure(120, 80)), bad], heardAt: Date.UTC(2026, 0, 1), monoMs: 1 },
  ]);
  expect(engine.views.dump()).toEqual(before);
});

test("what arrived about earlier visits is new until it was told, and under no name to nobody", async () => {
  const store = await storeIn(newFolder());
  const resident = newId();
  const [first, second, third] = [new VisitStory(resident), new VisitStory(resident), new VisitStory(resident)];
  const [told, late, nameless] = [first.opinion(newId()), first.opinion(newId()), first.opinion(newId())];
  await store.append([first.opened(), first.advised(told, 1), first.closed()]);
  await store.append([first.advised(late, 2), { ...first.advised(nameless, 3), subject: null }, second.opened()]);
  expect(await store.arrivedFor(resident, second.visit)).toEqual([late]);
  expect(await store.arrivedFor(newId(), second.visit)).toEqual([]);
  const during = first.opinion(newId());
  await store.append([first.advised(during, 4), second.closed(), third.opened()]);
  expect(await store.arrivedFor(resident, third.visit)).toEqual([late, during]);
  await store.append([third.told(late)]);
  expect(await store.arrivedFor(resident, third.visit)).toEqual([during]);
});

test("a message waits for its resident until it was told, and the hub is read on from behind it", async () => {
  const store = await storeIn(newFolder());
  const visit = new VisitStory(newId());
  const [one, two] = [aMessage(visit.resident ?? ""), aMessage(visit.resident ?? "")];
  await store.append([left(one, 4), left(two, 9), { ...left(aMessage(newId()), 11), subject: null }, visit.opened()]);
  expect(await store.messagesFor(visit.resident ?? "")).toEqual([one, two]);
  expect(await store.messagesFor(newId())).toEqual([]);
  expect(await store.hubCursor()).toBe(11);
  await store.append([visit.heardOf(one)]);
  expect(await store.messagesFor(visit.resident ?? "")).toEqual([two]);
});

test("a visit tells what was measured, judged, refused and advised, the late opinion included", async () => {
  const store = await storeIn(newFolder());
  const story = new VisitStory(newId());
  const [good, bad] = [story.pressure(142, 91), story.pressure(300, 10)];
  const opinion = story.opinion(newId());
  await store.append([story.opened(), story.accepted(good), story.refused(bad), story.judged(good), story.closed()]);
  await store.append([new VisitStory(null).opened(), story.advised(opinion, 7)]);
  expect(await store.visit(story.visit)).toMatchObject({
    id: story.visit,
    kind: "resident",
    resident: story.resident,
    closed: { reason: "left" },
    results: [{ of: "bloodPressure", measurements: [good], next: "none" }],
    refusals: [{ measurement: bad.id, reason: "gate.outOfRange" }],
    opinions: [opinion],
    overall: { category: "BP_GRADE1" },
  });
  expect(await store.measurementsOf(story.visit)).toEqual([good]);
  expect(await store.opinionsOf(story.visit)).toEqual([opinion]);
  expect(await store.hubCursor()).toBe(7);
  expect((await store.entriesOfVisit(story.visit)).map(({ type }) => type)).toEqual([
    "visit.opened",
    "measurement.accepted",
    "measurement.refused",
    "assessment.made",
    "visit.closed",
    "opinion.received",
  ]);
});

test("an unknown visit is no visit", async () => {
  const store = await storeIn(newFolder());
  expect([await store.visit(newId()), await store.measurementsOf(newId())]).toEqual([undefined, []]);
});

test("a visit that a crash left open is found after the start", async () => {
  const folder = newFolder();
  const engine = engineIn(folder);
  const [done, left] = [new VisitStory(null), new VisitStory(newId())];
  keep(engine, done.opened(), done.closed());
  keep(engine, left.opened());
  engine.close();
  const store = await storeIn(folder);
  expect(await store.openVisits()).toEqual([
    { id: left.visit, kind: "resident", resident: left.resident, openedAt: "2026-01-01T00:00:03.000Z" },
  ]);
});

test("a resident's history is theirs alone, newest first, and holds only what was accepted", () => {
  const engine = engineIn(newFolder());
  const [mine, other, guest] = [new VisitStory(newId()), new VisitStory(newId()), new VisitStory(null)];
  const [old, young] = [
    mine.pressure(150, 95, "2025-03-01T08:00:00.000Z"),
    mine.pressure(130, 85, "2026-03-01T08:00:00.000Z"),
  ];
  keep(
    engine,
    mine.accepted(young),
    other.accepted(other.pressure(111, 70)),
    mine.accepted(old),
    mine.heard(mine.pressure(160, 99)),
  );
  keep(engine, mine.refused(mine.pressure(200, 20)), guest.accepted(guest.pressure(122, 77)));
  const point = (seq: number, heardAt: string, value: number) => ({
    seq,
    heardAt,
    value,
    unit: "mm[Hg]",
    doubts: ["irregularPulse"],
  });
  expect(engine.queries.history(mine.resident ?? "", "bp.systolic", 10)).toEqual([
    point(1, "2026-03-01T08:00:00.000Z", 130),
    point(3, "2025-03-01T08:00:00.000Z", 150),
  ]);
  expect(engine.queries.history(mine.resident ?? "", "bp.systolic", 1)).toHaveLength(1);
  expect(engine.queries.history(guest.visit, "bp.diastolic", 10).map(({ value }) => value)).toEqual([77]);
});

test("guests whose visits have other ids than UUIDs keep their numbers apart, too", () => {
  const engine = engineIn(newFolder());
  const accepted = (visit: string, systolic: number) => {
    const story = new VisitStory(null);
    return { ...story.accepted({ ...story.pressure(systolic, 70), visit }), visit };
  };
  keep(engine, accepted("walk-in-1", 120), accepted("walk-in-2", 130));
  const values = (visit: string) => engine.queries.history(visit, "bp.systolic", 10).map(({ value }) => value);
  expect([values("walk-in-1"), values("walk-in-2")]).toEqual([[120], [130]]);
});

test("a comparator is never dropped from a history", () => {
  const engine = engineIn(newFolder());
  const story = new VisitStory(newId());
  const low = {
    ...story.pressure(1, 1),
    of: "lipids" as const,
    readings: [{ quantity: "triglyceride" as const, value: 0.5, unit: "mmol/L" as const, comparator: "<" as const }],
  };
  keep(engine, story.accepted(low));
  expect(engine.queries.history(story.resident ?? "", "triglyceride", 1)).toMatchObject([
    { value: 0.5, comparator: "<" },
  ]);
});

test.each<[string, (story: VisitStory, of: ReturnType<VisitStory["pressure"]>) => readonly NewEntry[], string, string]>(
  [
    [
      "accepted after being heard",
      (story, of) => [story.heard(of), story.accepted(of)],
      "accepted",
      "measurement.accepted",
    ],
    ["waiting", (story, of) => [story.heard(of)], "heard", "measurement.heard"],
    ["not confirmed", (story, of) => [story.heard(of), story.refused(of)], "refused", "measurement.refused"],
    ["refused at once", (story, of) => [story.refused(of)], "refused", "measurement.refused"],
    [
      "accepted, with a late repeat refused",
      (story, of) => [story.accepted(of), story.refused(of, "gate.afterStop")],
      "accepted",
      "measurement.accepted",
    ],
  ],
)("a number tells whose it is, when, from which device and which bytes: %s", (_, entries, state, type) => {
  const engine = engineIn(newFolder());
  const story = new VisitStory(newId());
  const measurement = story.pressure(142, 91);
  const proof = keep(engine, ...entries(story, measurement)).find((entry) => entry.type === type);
  expect(engine.queries.provenance(proof?.seq ?? 0)).toEqual(engine.queries.provenance(measurement.id));
  expect(engine.queries.provenance(measurement.id)).toEqual({
    measurement: measurement.id,
    state,
    kind: "bloodPressure",
    resident: story.resident,
    visit: story.visit,
    actor: { role: "station", id: "host" },
    times: measurement.times,
    readings: measurement.readings,
    from: measurement.provenance,
    entry: { owner: engine.head.owner, seq: proof?.seq, id: proof?.id, hash: proof?.hash },
  });
});

test("residents come back as they were registered", () => {
  const engine = engineIn(newFolder());
  const people = [aResident("甲样本"), aResident("乙样本")];
  keep(engine, ...people.map(registered));
  expect(engine.queries.residents()).toEqual(people);
  expect(engine.queries.resident(people[1]?.id ?? "")).toEqual(people[1]);
});

test("a device tells its last good reading and its last fault", () => {
  const engine = engineIn(newFolder());
  const story = new VisitStory(null);
  const host = { id: newId(), actor: { role: "station", id: "host" }, subject: null, visit: null };
  keep(engine, {
    ...host,
    type: "device.assigned",
    body: { device: "cuff-1", profile: "test-cuff", port: "pty-1", simulated: true },
  });
  keep(engine, story.accepted(story.pressure(120, 80)));
  keep(engine, { ...host, id: newId(), type: "device.faulted", body: { device: "cuff-1", code: "device.cuffLoose" } });
  expect(engine.queries.devices()).toEqual([
    {
      id: "cuff-1",
      profile: "test-cuff",
      port: "pty-1",
      simulated: true,
      lastGoodAt: "2026-01-01T00:05:00.000Z",
      fault: { code: "device.cuffLoose", at: "2026-01-01T00:00:03.000Z" },
    },
  ]);
});

test("a consult tells its state and who took it", () => {
  const engine = engineIn(newFolder());
  const story = new VisitStory(null);
  keep(engine, ...story.all());
  expect(engine.queries.consultsOf(story.visit)).toMatchObject([
    { visit: story.visit, severity: 2, state: "finished", clinician: { id: "doctor-1" } },
  ]);
});

test("what the hub countersigned is known", () => {
  const engine = engineIn(newFolder());
  const body = { hub: "hub-1", seq: 41, hash: "b".repeat(64), signature: "s" };
  keep(engine, {
    id: newId(),
    type: "head.countersigned",
    actor: { role: "hub", id: "hub-1" },
    subject: null,
    visit: null,
    body,
  });
  expect(engine.queries.heldByHub()).toBe(41);
});

test("no name and no number of a person is in any file of the data folder, write-ahead log included", () => {
  const folder = newFolder();
  const engine = engineIn(folder);
  const resident = aResident("金丝雀样本名");
  const story = new VisitStory(resident.id);
  keep(engine, registered(resident), ...story.all());
  engine.views.dump();
  const secrets = [resident.name, resident.id, story.visit, "少吃盐", "measurement.accepted", "bp.systolic"];
  // The log is only there while the database is open; reading its files then is harmless for a test that opens it once.
  const files = readdirSync(folder);
  expect(files).toContain("station.db-wal");
  const found = files.flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    return secrets
      .filter((secret) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, "utf16le")))
      .map((secret) => ({ file, secret }));
  });
  expect(found).toEqual([]);
});

test("the key is in no file of the data folder, neither as bytes nor as hex", () => {
  const folder = newFolder();
  const key = Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256);
  const engine = engineIn(folder, { key });
  keep(engine, started());
  const found = readdirSync(folder).filter((file) => {
    const bytes = readFileSync(join(folder, file));
    return bytes.includes(Buffer.from(key)) || bytes.includes(Buffer.from(key).toString("hex"));
  });
  expect(found).toEqual([]);
});
