import { expect, test } from "vitest";
import type { MeasureEvent } from "../../../core/contract/views.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { specimenStaff } from "../../../station/technician/specimen-staff.ts";
import { advanceUntil, codeOf, deviceState } from "../fakes/station.ts";
import { until } from "../fakes/clock.ts";
import {
  codesOf,
  cuffDevice,
  cuffId,
  deviceOf,
  enterControl,
  measureGlucose,
  meterDevice,
  meterId,
  newId,
  plug,
  qualityOf,
  runControl,
  signIn,
  stationOf,
} from "./kit.ts";

const startGlucose = async (client: Awaited<ReturnType<typeof stationOf>>["client"]) => {
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  return codeOf(client.measure.start({ id: newId(), visit, of: "glucose", context: {} }));
};

test("a simulated station is in order, with specimens that say so", async () => {
  const { client, station, journal } = await stationOf(meterId);
  const session = await signIn(client);
  expect([deviceState(station.view(), meterId), await codesOf(client, session, meterDevice)]).toEqual(["ready", []]);
  const entries = await journal();
  expect(entries.flatMap((entry) => bodyOf(entry, "control.run")?.specimen ?? [])).toEqual([true, true]);
});

test("in earnest a station is blocked until it was commissioned, and says what is wanting", async () => {
  const { client, station } = await stationOf(cuffId, {}, { specimenQuality: false });
  const session = await signIn(client);
  expect(deviceState(station.view(), cuffId)).toBe("out");
  expect(await codesOf(client, session, cuffDevice)).toEqual([
    "certificateMissing",
    "checkMissing",
    "checkMissing",
    "notCleaned",
  ]);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  expect(await codeOf(client.measure.start({ id: newId(), visit, of: "bloodPressure", context: {} }))).toBe(
    "gate.deviceNotReady",
  );
});

test("commissioning a cuff, step by step, makes it ready", async () => {
  const { client, station } = await stationOf(cuffId, {}, { specimenQuality: false });
  const session = await signIn(client);
  const device = cuffDevice;
  await client.quality.verification.record({
    session,
    id: newId(),
    certificate: {
      device,
      number: "样本-1",
      issuer: "样本·计量院",
      issued: "2026-10-01",
      validUntil: "2027-09-30",
      serialNumber: "SPECIMEN-7",
      items: ["示值"],
    },
  });
  const reference = {
    name: "样本·压力计",
    serial: "1",
    certificate: "样本-2",
    validUntil: "2027-01-01",
    errorLimit: 0.5,
  };
  const points = (["up", "down"] as const).flatMap((direction) =>
    [0, 50, 100, 150, 200, 250].map((at) => ({ direction, reference: at, shown: at + 1 })),
  );
  await client.quality.calibration.record({
    session,
    id: newId(),
    device,
    reference,
    values: { kind: "staticPressure", points },
  });
  await client.quality.calibration.record({
    session,
    id: newId(),
    device,
    reference,
    values: { kind: "leakage", points: [{ from: 250, to: 246, withCuff: true }] },
  });
  expect(await codesOf(client, session, device)).toEqual(["notCleaned"]);
  expect(deviceState(station.view(), cuffId)).toBe("out");
  await client.quality.cleaning.record({ session, id: newId(), device });
  expect(deviceState(station.view(), cuffId)).toBe("ready");
});

test("a reference out of date is refused, and nothing is kept", async () => {
  const { client, journal } = await stationOf(cuffId);
  const session = await signIn(client);
  const values = { kind: "leakage", points: [{ from: 250, to: 250, withCuff: true }] } as const;
  const reference = { name: "样本", serial: "1", certificate: "1", validUntil: "2026-11-01", errorLimit: 0.5 };
  const call = client.quality.calibration.record({
    session,
    id: newId(),
    device: cuffDevice,
    reference,
    values: { ...values, points: [...values.points] },
  });
  expect(await codeOf(call)).toBe("quality.referenceExpired");
  const records = (await journal()).flatMap((entry) => bodyOf(entry, "calibration.recorded") ?? []);
  expect(records.every(({ specimen }) => specimen)).toBe(true);
});

test("a failed control takes the device out at once; a villager is told in a sentence; a passing repeat brings it back", async () => {
  const { client, station } = await stationOf(meterId);
  const session = await signIn(client, "operator");
  expect(await enterControl(client, session, 9)).toMatchObject({
    run: { verdict: "failed", rules: ["OUT_OF_RANGE"] },
    hint: "repeatNewStrip",
  });
  expect(deviceState(station.view(), meterId)).toBe("out");
  expect(station.view().devices[0]?.why).toBe("gate.deviceNotReady");
  expect(await startGlucose(client)).toBe("gate.deviceNotReady");
  expect(await enterControl(client, session, 5)).toMatchObject({ run: { verdict: "passed" }, hint: "done" });
  expect(deviceState(station.view(), meterId)).toBe("ready");
  expect(await startGlucose(client)).toBeUndefined();
});

test("after two failures only another technician's signature over a passing run opens it", async () => {
  const { client, station, clock } = await stationOf(meterId);
  const session = await signIn(client);
  const release = async (who: string) =>
    codeOf(client.quality.release({ session: who, id: newId(), device: meterDevice, reason: "换了新试纸" }));
  expect(await release(session)).toBe("quality.nothingToRelease");
  await enterControl(client, session, 9);
  expect(await enterControl(client, session, 9)).toMatchObject({ run: { verdict: "rejected" }, hint: "blocked" });
  const operator = await signIn(client, "operator");
  expect(await release(operator)).toBe("staff.forbidden");
  const other = newId();
  await client.technician.staff.add({
    id: other,
    session,
    name: "样本乙",
    role: "technician",
    pin: "739152",
    certifiedUntil: "2027-12-31",
  });
  const { session: second } = await client.technician.staff.signIn({ operator: other, pin: "739152" });
  expect(await release(second)).toBe("quality.noPassingRun");
  await clock.advance(60_000);
  await enterControl(client, session, 5);
  expect(deviceState(station.view(), meterId)).toBe("out");
  expect(await codesOf(client, session, meterDevice)).toEqual(["controlRejected"]);
  expect(await release(session)).toBe("quality.samePerson");
  expect(await release(second)).toBeUndefined();
  expect(deviceState(station.view(), meterId)).toBe("ready");
});

test("at midnight yesterday's controls are no longer today's", async () => {
  const { client, station, clock } = await stationOf(meterId, {}, { specimenQuality: true });
  const session = await signIn(client);
  const today = await deviceOf(client, session, meterDevice);
  expect(today.controls.map(({ state }) => state)).toEqual(["passed", "passed"]);
  const due = today.due.find(({ what }) => what === "control")?.at ?? "";
  expect(Date.parse(due) - clock.now()).toBeGreaterThan(0);
  expect(Date.parse(due) - clock.now()).toBeLessThanOrEqual(86_400_000);
  expect(deviceState(station.view(), meterId)).toBe("ready");
});

test("an override opens a blocked device for two hours, twice, and marks every result", async () => {
  const { client, station, clock, journal } = await stationOf(meterId);
  const session = await signIn(client);
  const use = () => client.quality.override.use({ session, id: newId(), device: meterDevice, reason: "急用:胸闷出汗" });
  expect(await codeOf(use())).toBe("quality.overrideNotNeeded");
  await enterControl(client, session, 9);
  expect(await use()).toMatchObject({ left: 1 });
  expect(deviceState(station.view(), meterId)).toBe("ready");
  const id = await measureGlucose({ client, clock });
  const proof = await client.quality.proof({ measurement: id });
  expect(proof).toMatchObject({
    gate: { state: "blocked", conditions: ["controlFailed"] },
    override: { reason: "急用:胸闷出汗", by: "演示技术员" },
  });
  await clock.advance(2 * 3_600_000);
  expect(deviceState(station.view(), meterId)).toBe("out");
  const again = await signIn(client);
  const second = { session: again, id: newId(), device: meterDevice, reason: "急用:再次" };
  expect(await client.quality.override.use(second)).toMatchObject({ left: 0 });
  await clock.advance(2 * 3_600_000);
  const third = { ...second, session: await signIn(client), id: newId() };
  expect(await codeOf(client.quality.override.use(third))).toBe("quality.overrideSpent");
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted.map(({ doubts }) => doubts.includes("override"))).toEqual([true]);
});

test("a restricted device measures, and the result is preliminary", async () => {
  const { client, clock, journal } = await stationOf(meterId);
  const session = await signIn(client);
  const pairs = [4.2, 6, 8, 12].map((value) => ({ analyte: "glucose" as const, device: value, laboratory: value }));
  const outside = { analyte: "glucose" as const, device: 20, laboratory: 16 };
  await client.quality.comparison.record({ session, id: newId(), device: meterDevice, pairs: [...pairs, outside] });
  expect(await codesOf(client, session, meterDevice)).toEqual(["comparisonRepeat"]);
  await measureGlucose({ client, clock });
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted.map(({ doubts, quality }) => [doubts.includes("preliminary"), quality?.gate])).toEqual([
    [true, "restricted"],
  ]);
});

test("when a control fails, the results since the last good one are marked; older ones are not", async () => {
  const { client, clock } = await stationOf(meterId);
  const session = await signIn(client);
  const before = await measureGlucose({ client, clock });
  await clock.advance(60_000);
  await enterControl(client, session, 5);
  await clock.advance(60_000);
  const after = await measureGlucose({ client, clock });
  await clock.advance(60_000);
  await enterControl(client, await signIn(client), 9);
  const { review } = await qualityOf(client, await signIn(client));
  expect(review.map(({ measurements }) => measurements)).toEqual([[after]]);
  expect((await client.quality.proof({ measurement: after })).underReview).toBeDefined();
  expect((await client.quality.proof({ measurement: before })).underReview).toBeUndefined();
});

test("three cuff errors in a row block the cuff; a measurement in between would have begun anew", async () => {
  const desk = await stationOf(cuffId, { fault: "cuffLoose" });
  const { client, clock, station } = desk;
  const fail = async () => {
    const [visit, id] = [newId(), newId()];
    await client.visit.open({ id: visit, who: { kind: "guest" } });
    await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
    let ended = false;
    void (async () => {
      for await (const { kind } of await client.measure.watch({ id })) ended ||= kind === "ended";
    })();
    await advanceUntil(clock, () => ended, "the end", 60_000);
    await client.visit.leave({ visit, reason: "left" });
    await clock.advance(2_000);
  };
  await fail();
  await fail();
  expect(deviceState(station.view(), cuffId)).toBe("ready");
  await fail();
  expect(deviceState(station.view(), cuffId)).toBe("out");
  expect(await codesOf(client, await signIn(client), cuffDevice)).toEqual(["cuffThrice"]);
});

test("another unit on the port is not the registered one: blocked before its number counts", async () => {
  const desk = await stationOf(meterId);
  const { client, station, clock, journal } = desk;
  await measureGlucose({ client, clock });
  plug(desk, meterId, { values: { serialNumber: { serial: "OTHER0002" } } });
  const id = await measureGlucose({ client, clock });
  expect(deviceState(station.view(), meterId)).toBe("out");
  expect(await codesOf(client, await signIn(client), meterDevice)).toEqual(["identityChanged"]);
  const entries = await journal();
  expect(entries.flatMap((entry) => bodyOf(entry, "measurement.accepted")?.id ?? [])).not.toContain(id);
  const refused = entries.flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  expect(refused.find(({ measurement }) => measurement === id)).toMatchObject({
    reason: "gate.deviceNotReady",
    detail: expect.stringContaining("identityChanged") as string,
  });
});

test("what blocked it is blocked after a restart, and the state is not written down twice", async () => {
  const first = await stationOf(meterId);
  const session = await signIn(first.client);
  await enterControl(first.client, session, 9);
  await enterControl(first.client, session, 9);
  await first.station.close();
  const { client, station, journal } = await stationOf(meterId, {}, { folder: first.folder, clock: first.clock });
  expect(deviceState(station.view(), meterId)).toBe("out");
  expect(await codesOf(client, await signIn(client), meterDevice)).toEqual(["controlRejected"]);
  const changes = (await journal()).flatMap((entry) => bodyOf(entry, "gate.changed") ?? []);
  expect(changes.map(({ to, conditions }) => [to, conditions[0]?.code])).toEqual([
    ["blocked", "lotMissing"],
    ["ready", undefined],
    ["blocked", "controlFailed"],
    ["blocked", "controlRejected"],
  ]);
});

test("every state change names its evidence", async () => {
  const { client, journal } = await stationOf(meterId);
  const { run } = await enterControl(client, await signIn(client), 9);
  const last = (await journal()).flatMap((entry) => bodyOf(entry, "gate.changed") ?? []).at(-1);
  expect(last).toMatchObject({ from: "ready", to: "blocked", evidence: run.id });
});

test("without a session nothing is answered, and an operator may not judge a check", async () => {
  const { client } = await stationOf(meterId);
  const operator = await signIn(client, "operator");
  const clean = (session: string) => client.quality.cleaning.record({ session, id: newId(), device: meterDevice });
  expect(await codeOf(clean("x".repeat(43)))).toBe("staff.signedOut");
  expect(await codeOf(clean(operator))).toBeUndefined();
  const values = { kind: "clock", driftSeconds: 0 } as const;
  const record = { session: operator, id: newId(), device: meterDevice, values };
  expect(await codeOf(client.quality.calibration.record(record))).toBe("staff.forbidden");
});

test("nobody certifies themselves, and who is not certified runs no control", async () => {
  const { client } = await stationOf(meterId);
  const session = await signIn(client);
  const [, technician] = specimenStaff;
  const train = (id: string, name: string) =>
    client.quality.training.record({
      session,
      id: newId(),
      operator: { id, name, role: "operator" },
      of: "glucose",
      validUntil: "2027-01-01",
    });
  expect(await codeOf(train(technician.staff, technician.name))).toBe("quality.samePerson");
  const fresh = newId();
  await client.technician.staff.add({ id: fresh, session, name: "样本丙", role: "operator", pin: "918273" });
  const { session: theirs } = await client.technician.staff.signIn({ operator: fresh, pin: "918273" });
  expect(await codeOf(enterControl(client, theirs, 5))).toBe("quality.notCertified");
  await train(fresh, "样本丙");
  expect(await codeOf(enterControl(client, theirs, 5))).toBeUndefined();
});

test("a control on the device is a control run, and no resident's number anywhere", async () => {
  const desk = await stationOf(meterId, { values: { record: { glucose: 90 } } });
  const session = await signIn(desk.client);
  const events = await runControl(desk, session);
  expect(events.at(-1)).toEqual({ kind: "ended", how: "finished" });
  expect(events.find(({ kind }) => kind === "run")).toMatchObject({ run: { value: 5, byHand: false, unit: "mmol/L" } });
  const entries = await desk.journal();
  const own = entries.filter((entry) => bodyOf(entry, "control.run")?.specimen === false);
  expect(own.map(({ subject, visit }) => [subject, visit])).toEqual([[null, null]]);
  expect(own.flatMap((entry) => bodyOf(entry, "control.run")?.rawHex ?? []).length).toBeGreaterThan(0);
  expect(entries.filter(({ type }) => type.startsWith("measurement.") || type === "assessment.made")).toEqual([]);
});

test("the page's feed shows every change, and ends with the session", async () => {
  const { client } = await stationOf(meterId);
  const session = await signIn(client);
  const seen: string[] = [];
  const over = (async () => {
    for await (const view of await client.quality.watch({ session })) seen.push(view.devices[0]?.gate.state ?? "");
  })();
  await until(() => seen.length > 0, "the first view");
  await enterControl(client, session, 9);
  await until(() => seen.at(-1) === "blocked", "the change");
  await client.technician.staff.signOut({ session });
  await over;
  expect([seen[0], seen.at(-1)]).toEqual(["ready", "blocked"]);
});

test("a check that fails while the person compares the numbers: they do not count", async () => {
  const { client, clock } = await stationOf(cuffId);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const events: MeasureEvent[] = [];
  const over = (async () => {
    for await (const event of await client.measure.watch({ id })) events.push(event);
  })();
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  const values = { kind: "overPressure", releasedAt: 310, heldSeconds: 10 } as const;
  const session = await signIn(client);
  await client.quality.calibration.record({ session, id: newId(), device: cuffDevice, values });
  await client.measure.confirm({ id, same: true });
  await over;
  expect(events.slice(-2)).toEqual([
    { kind: "refused", reason: "gate.deviceNotReady" },
    { kind: "ended", how: "failed", code: "gate.deviceNotReady" },
  ]);
});
