import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import type { Grade, Measurement } from "../../../core/journal/entry.ts";
import { gradeOf } from "../../../station/visits/grade.ts";
import { codeOf } from "../fakes/station.ts";
import { answer, dm, pressure, viewOf, visitAt } from "./kit.ts";

const good = { prepared: true, posture: true, cuff: "standard", arm: "left", quiet: true } as const;

test("what a person suffers from counts before anything is measured", async () => {
  const { client, visit } = await visitAt();
  await answer(client, visit, { symptoms: ["SX_CHEST_PAIN"] });
  const { overall, triage } = await viewOf(client, visit);
  expect(overall).toMatchObject({ severity: 4, action: "EMERGENCY_120", adviceKey: "sum.4" });
  expect(triage).toMatchObject({ rule: "TRI-01" });
});

test("nothing suffered is no good result", async () => {
  const { client, visit } = await visitAt();
  await answer(client, visit, { symptoms: [] });
  expect((await viewOf(client, visit)).overall).toBeUndefined();
});

test("a rest that runs does not begin anew because of an answer", async () => {
  const place = await visitAt({ restSeconds: 30 });
  const { client, clock, visit } = place;
  await pressure(place);
  const [before] = (await viewOf(client, visit)).results;
  await clock.advance(5_000);
  await answer(client, visit, { symptoms: ["SX_POLY"] });
  const [after] = (await viewOf(client, visit)).results;
  expect(before?.notBefore).toBeDefined();
  expect(after?.notBefore).toBe(before?.notBefore);
});

test("a symptom that is named later judges anew what was measured", async () => {
  const place = await visitAt({ restSeconds: 1 });
  const { client, clock, visit } = place;
  await pressure(place);
  await clock.advance(1_000);
  await pressure(place);
  const before = await viewOf(client, visit);
  await clock.advance(5_000);
  const id = newId();
  await client.visit.answer({ id, visit, answers: { symptoms: ["SX_CHEST_PAIN"] } });
  await client.visit.answer({ id, visit, answers: { symptoms: ["SX_CHEST_PAIN"] } });
  const after = await viewOf(client, visit);
  expect(before.overall?.severity).toBeLessThan(4);
  expect(after.results[0]?.assessments[0]).toMatchObject({ severity: 4, action: "EMERGENCY_120" });
  expect(after.overall).toMatchObject({ severity: 4 });
  const made = (await place.journal()).flatMap((entry) => bodyOf(entry, "assessment.made") ?? []);
  expect(made.length).toBe(3);
});

test("unmet preparation stays with the pressure it was taken under", async () => {
  const place = await visitAt({ restSeconds: 0 });
  await answer(place.client, place.visit, { ...good, prepared: false });
  await pressure(place);
  await answer(place.client, place.visit, { prepared: true });
  await pressure(place);
  const [result] = (await viewOf(place.client, place.visit)).results;
  expect(result?.assessments[0]?.flags).toContain("PREP_NOT_MET");
  expect(result?.grade).toEqual({ grade: "screening", missing: ["rest", "prepared"] });
});

test("a pressure taken by the whole protocol is fit for a doctor, and the hub reads the same grade", async () => {
  const place = await visitAt({ restSeconds: 1 }, dm);
  const { client, clock, visit } = place;
  await answer(client, visit, good);
  await client.visit.seat({ id: newId(), visit });
  expect((await viewOf(client, visit)).rest?.seconds).toBe(5);
  await clock.advance(5_000);
  await pressure(place);
  expect((await viewOf(client, visit)).results[0]?.grade).toMatchObject({ grade: "screening" });
  await clock.advance(1_000);
  await pressure(place);
  expect((await viewOf(client, visit)).results[0]?.grade).toEqual({ grade: "diagnostic", missing: [] });
  const made = (await place.journal()).flatMap((entry) => bodyOf(entry, "assessment.made") ?? []);
  expect(made.at(-1)?.grade).toEqual({ grade: "diagnostic", missing: [] });
});

test("who sat down too late has not rested, whatever the page says", async () => {
  const place = await visitAt({ restSeconds: 1 });
  const { client, clock, visit } = place;
  await answer(client, visit, good);
  await client.visit.seat({ id: newId(), visit });
  await clock.advance(4_000);
  await pressure(place, { seatedSeconds: 900, startedAt: 0 });
  await clock.advance(1_000);
  await pressure(place);
  const [result] = (await viewOf(client, visit)).results;
  expect(result?.grade).toEqual({ grade: "screening", missing: ["rest"] });
  expect(result?.assessments[0]?.flags).toContain("PREP_NOT_MET");
});

test("a station in earnest that was set to let people rest for less never gives a grade for a doctor", async () => {
  const place = await visitAt({ restSeconds: 1, simulated: false });
  const { client, clock, visit } = place;
  await answer(client, visit, good);
  await client.visit.seat({ id: newId(), visit });
  await clock.advance(5_000);
  await pressure(place);
  await clock.advance(1_000);
  await pressure(place);
  expect((await viewOf(client, visit)).results[0]?.grade).toEqual({ grade: "screening", missing: ["rest"] });
});

test("a device that was not in order never gives a grade for a doctor", async () => {
  const circumstances = { ...good, seatedSeconds: 300 };
  const counted = (missing: Grade["missing"]) => ({
    pressure: { step: { kind: "over" }, grade: { grade: "diagnostic", missing } } as const,
  });
  const taken = (gate: "ready" | "blocked") =>
    [{ of: "bloodPressure", context: circumstances, quality: { gate } }] as unknown as Measurement[];
  expect(gradeOf(counted([]), taken("ready"))).toEqual({ grade: "diagnostic", missing: [] });
  expect(gradeOf(counted([]), taken("blocked"))).toEqual({ grade: "screening", missing: ["device"] });
  expect(gradeOf(counted(["device"]), taken("blocked"))).toEqual({ grade: "screening", missing: ["device"] });
});

test("a number is a device's even where the page calls it typed", async () => {
  const place = await visitAt({ restSeconds: 0 });
  await pressure(place, { entered: true });
  const [result] = (await viewOf(place.client, place.visit)).results;
  expect(result?.measurements[0]?.context["entered"]).toBeUndefined();
});

test("nothing is kept of a visit that is over", async () => {
  const { client, visit } = await visitAt();
  await client.visit.leave({ visit, reason: "left" });
  expect(await codeOf(client.visit.answer({ id: newId(), visit, answers: {} }))).toBe("visit.closed");
});
