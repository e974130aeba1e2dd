import { v7 as newId } from "uuid";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../core/domain/quantity.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { apart } from "../../../station/visits/entered.ts";
import { simulated } from "../fakes/channels.ts";
import { openStore } from "../../../station/store/store.ts";
import { advanceUntil, codeOf, follow, stationWith, testKey } from "../fakes/station.ts";
import { answer, dm, open, pressure, viewOf, visitAt } from "./kit.ts";

const oximeter = findProfile("contec-cms50")!;
const number = (quantity: string, value: number, unit: string) => ({ quantity, value, unit }) as Reading;
const typedPressure = (sbp: number, dbp: number) => [
  number("bp.systolic", sbp, "mm[Hg]"),
  number("bp.diastolic", dbp, "mm[Hg]"),
];

describe("typed numbers", () => {
  test("are kept without a device, marked, and judged", async () => {
    const { client, visit, journal } = await visitAt({}, dm);
    const readings = [
      number("body.height", 160, "cm"),
      number("body.weight", 90, "kg"),
      number("body.waist", 100, "cm"),
    ];
    const id = newId();
    await client.visit.enter({ id, visit, of: "body", readings });
    await client.visit.enter({ id, visit, of: "body", readings });
    const [result] = (await viewOf(client, visit)).results;
    expect(result?.measurements.length).toBe(1);
    expect(result?.measurements[0]).toMatchObject({
      context: { entered: true },
      provenance: { device: "hand", profile: "hand", rawHex: [] },
    });
    expect(result?.assessments.map(({ domain }) => domain).sort()).toEqual(["bmi", "waist"]);
    const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
    expect(accepted.length).toBe(1);
  });

  test("are never averaged with a device's", async () => {
    const place = await visitAt({ restSeconds: 0 });
    const { client, visit } = place;
    await pressure(place);
    await client.visit.enter({ id: newId(), visit, of: "bloodPressure", readings: typedPressure(200, 120) });
    const [half] = (await viewOf(client, visit)).results;
    expect(half).toMatchObject({ next: "second", assessments: [] });
    await pressure(place);
    const [alone] = (await viewOf(client, visit)).results;
    await client.visit.enter({ id: newId(), visit, of: "bloodPressure", readings: typedPressure(200, 120) });
    const [both] = (await viewOf(client, visit)).results;
    expect(both?.assessments[0]).toEqual(alone?.assessments[0]);
    expect(both?.assessments.filter(({ flags }) => flags.includes("ENTERED")).map(({ value }) => value)).toEqual([
      "200/120",
    ]);
  });

  test("of a body count where no device told the same", () => {
    const body = (id: string, readings: readonly Reading[], entered: boolean) =>
      ({ id, of: "body", readings, context: entered ? { entered } : {} }) as unknown as Measurement;
    const scale = body("scale", [number("body.weight", 70, "kg")], false);
    const typed = body("typed", [number("body.weight", 50, "kg"), number("body.height", 160, "cm")], true);
    const { counted, beside } = apart([scale, typed]);
    expect(counted.map(({ id, readings }) => [id, readings.map(({ value }) => value)])).toEqual([
      ["scale", [70]],
      ["typed", [160]],
    ]);
    expect(beside).toEqual([]);
  });

  test.each([
    ["a height nobody has", "body", [number("body.height", 300, "cm")], "gate.outOfRange"],
    ["half of a pressure", "bloodPressure", [number("bp.systolic", 120, "mm[Hg]")], "gate.outOfRange"],
    ["a pressure upside down", "bloodPressure", typedPressure(80, 120), "gate.outOfRange"],
    ["the same twice", "body", [number("body.height", 160, "cm"), number("body.height", 161, "cm")], "gate.outOfRange"],
    ["a unit without a conversion", "body", [number("body.weight", 120, "[lb_av]")], "gate.unit"],
    ["a number of another kind", "body", [number("glucose", 5, "mmol/L")], "gate.unit"],
  ] as const)("%s is refused as %s %#", async (_what, of, readings, code) => {
    const { client, visit } = await visitAt();
    expect(await codeOf(client.visit.enter({ id: newId(), visit, of, readings: [...readings] }))).toBe(code);
    expect((await viewOf(client, visit)).results).toEqual([]);
  });

  test("make no device", async () => {
    const { client, visit, station, folder } = await visitAt();
    await client.visit.enter({ id: newId(), visit, of: "body", readings: [number("body.height", 160, "cm")] });
    expect(station.view().devices.map(({ id }) => id)).not.toContain("hand");
    await station.close();
    const opened = await openStore({ folder, key: testKey });
    if (!opened.ok) throw new Error(opened.code);
    expect((await opened.store.devices()).map(({ id }) => id)).not.toContain("hand");
    await opened.store.close();
  });
});

describe("the visits before", () => {
  const weigh = (client: Awaited<ReturnType<typeof visitAt>>["client"], visit: string, kg: number) =>
    client.visit.enter({ id: newId(), visit, of: "body", readings: [number("body.weight", kg, "kg")] });

  test("are shown as a picture, oldest first, and the look is kept", async () => {
    const { client, clock, visit: first, journal } = await visitAt({}, dm);
    await weigh(client, first, 70);
    await clock.advance(3_600_000);
    const second = await open(client, dm);
    await weigh(client, second, 72.5);
    // Measured again in the same visit: the change is still that since the visit before.
    await weigh(client, second, 71);
    const points = await client.visit.trend({ visit: second, of: "body" });
    expect(points.map(({ readings, entered }) => [readings[0]?.value, entered])).toEqual([
      [70, true],
      [72.5, true],
      [71, true],
    ]);
    const [result] = (await viewOf(client, second)).results;
    expect(result?.changes).toEqual([
      { quantity: "body.weight", before: number("body.weight", 70, "kg"), at: points[0]?.at, way: "up" },
    ]);
    const looks = (await journal()).filter(({ type }) => type === "record.viewed");
    expect(looks.map(({ subject, body }) => [subject, body])).toEqual([
      [dm, { by: dm, role: "resident", what: "trend" }],
    ]);
  });

  test("hold thirty readings at the most", async () => {
    const { client, clock, visit } = await visitAt({}, dm);
    for (let day = 0; day < 32; day += 1) {
      await weigh(client, visit, 60 + day);
      await clock.advance(1_000);
    }
    const points = await client.visit.trend({ visit, of: "body" });
    expect(points.length).toBe(30);
    expect(points.at(-1)?.readings[0]?.value).toBe(91);
  });

  test("a guest has none, and nobody looked", async () => {
    const { client, visit, journal } = await visitAt();
    await weigh(client, visit, 70);
    expect(await client.visit.trend({ visit, of: "body" })).toEqual([]);
    expect((await viewOf(client, visit)).results[0]?.changes).toBeUndefined();
    expect((await journal()).some(({ type }) => type === "record.viewed")).toBe(false);
  });

  test("nobody looks after the visit", async () => {
    const { client, visit } = await visitAt({}, dm);
    await client.visit.leave({ visit, reason: "left" });
    expect(await codeOf(client.visit.trend({ visit, of: "body" }))).toBe("visit.closed");
  });
});

test("the risk is told as low, middle or high once everything it asks for is known", async () => {
  const { client, visit } = await visitAt({}, dm);
  const lipids = [
    number("cholesterol.total", 5.5, "mmol/L"),
    number("cholesterol.hdl", 1.2, "mmol/L"),
    number("cholesterol.ldlCalculated", 3.6, "mmol/L"),
    number("triglyceride", 1.5, "mmol/L"),
  ];
  await client.visit.enter({ id: newId(), visit, of: "lipids", readings: lipids });
  expect((await viewOf(client, visit)).risk).toBeUndefined();
  await answer(client, visit, { smoker: true });
  const { risk } = await viewOf(client, visit);
  expect(risk?.category).toBe("ASCVD_HIGH_DIRECT");
  expect(risk?.severity).toBeGreaterThan(0);
  expect(risk?.value).toBeUndefined();
});

describe("what follows", () => {
  const symptomsFor = { 3: ["SX_VOMIT"], 1: ["SX_POLY"] } as const;

  test.each([
    ["a minor symptom is booked within four weeks", 1, "book", "2026-11-30", "familyDoctor", "DOCTOR_4W"],
    [
      "a doctor of today who is declined is the family doctor's task of today",
      3,
      "declined",
      "2026-11-02",
      "familyDoctor",
      "DOCTOR_TODAY",
    ],
    ["a call now is the duty doctor's", 3, "callNow", "2026-11-02", "dutyDoctor", "DOCTOR_TODAY"],
  ] as const)("%s", async (_what, severity, choice, due, owner, action) => {
    const { client, visit, clock } = await visitAt({}, dm);
    await answer(client, visit, { symptoms: [...symptomsFor[severity]] });
    const id = newId();
    expect(await client.visit.nextStep({ id, visit, choice })).toEqual({ due, owner });
    expect((await viewOf(client, visit)).nextStep).toEqual({ step: id, action, choice, due, owner });
    await clock.advance(24 * 3_600_000 - 3_500_000);
    expect(await codeOf(client.visit.nextStep({ id, visit, choice }))).toBe("visit.closed");
  });

  test("nothing measured owes nothing, and still has an owner", async () => {
    const { client, visit } = await visitAt({}, dm);
    expect(await client.visit.nextStep({ id: newId(), visit, choice: "declined" })).toEqual({ owner: "resident" });
  });
});

test("samples of a curve reach who watches, and are in no entry", async () => {
  const { client, clock, channels, journal } = await stationWith([{ profile: oximeter.id, port: "/dev/ox" }]);
  simulated(channels.ports.get("/dev/ox")!, oximeter, clock);
  const visit = await open(client);
  const id = newId();
  await client.measure.start({ id, visit, of: "oximetry", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.filter(({ kind }) => kind === "wave").length > 150, "a curve", 20_000);
  const waves = events.flatMap((event) => (event.kind === "wave" ? [event] : []));
  expect(waves.every(({ of, samples }) => of === "pulse" && samples.length > 0 && samples.length <= 2_000)).toBe(true);
  const stopped = client.measure.stop({ id });
  await advanceUntil(clock, () => events.at(-1)?.kind === "ended", "the end", 20_000);
  await Promise.all([stopped, over]);
  const late = follow(client, id);
  await late.over;
  expect(late.events.filter(({ kind }) => kind === "wave").length).toBeLessThan(waves.length);
  expect(JSON.stringify(await journal())).not.toContain('"wave"');
});
