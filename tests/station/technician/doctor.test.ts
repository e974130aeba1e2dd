import { expect, test } from "vitest";
import { doctorSteps, findingCodes, type DoctorEvent, type Finding } from "../../../core/contract/technician-doctor.ts";
import { faults } from "../../../core/domain/faults.ts";
import { isTechnicianKey, technicianMessage } from "../../../core/i18n/technician.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { findingsOf, verdictOf, type DoctorFacts, type Talk } from "../../../station/technician/doctor.ts";
import { questionsOf } from "../../../station/technician/probe.ts";
import { FakeChannels, FakePort, simulated } from "../fakes/channels.ts";
import { advanceUntil } from "../fakes/station.ts";
import { cuffId, deskWith, labelId, meterId, newId, signIn, watchDesk } from "./kit.ts";

const cuff = findProfile(cuffId)!;
const meter = findProfile(meterId)!;

// The rules, from facts alone -----------------------------------------------------------------------------------------

const talk: Talk = { asked: true, understoodAt: 9_600, bytes: 40, frames: 4, broken: 0, noise: 0 };
const healthy: DoctorFacts = {
  port: "/dev/a",
  profile: "some-device",
  known: true,
  listed: true,
  seenBefore: true,
  opened: "ok",
  talk,
  setSpeed: 9_600,
  tellsTime: true,
  clockOffsetMs: 4_000,
  clockMaxOffsetMs: 300_000,
};
const { talk: _talk, clockOffsetMs: _offset, ...unspoken } = healthy;
const silent: Talk = { asked: true, bytes: 0, frames: 0, broken: 0, noise: 0 };

test("a healthy device: eight good findings in the order in which a person would look", () => {
  const findings = findingsOf(healthy);
  expect(findings.map(({ step, state }) => [step, state])).toEqual(doctorSteps.map((step) => [step, "ok"]));
  expect(verdictOf(findings)).toEqual({ state: "ok" });
});

test.each<[string, DoctorFacts, string, number | undefined]>([
  ["never plugged in", { ...unspoken, listed: false, seenBefore: false }, "plug.missing", 114],
  ["pulled out", { ...unspoken, listed: false }, "plug.lost", 111],
  ["used by another program", { ...unspoken, opened: "device.portBusy" }, "port.busy", 113],
  ["not permitted", { ...unspoken, opened: "device.portForbidden" }, "permission.refused", 115],
  ["measuring now", { ...unspoken, opened: "held" }, "port.held", undefined],
  ["at another speed", { ...healthy, talk: { ...talk, understoodAt: 4_800 } }, "speed.other", 922],
  ["at a wrong speed", { ...healthy, talk: { ...silent, bytes: 30, noise: 30 } }, "speed.wrong", 112],
  ["silent", { ...healthy, talk: silent }, "silence.silent", 110],
  ["only heard when used", { ...healthy, talk: { ...silent, asked: false } }, "silence.waitsForPerson", undefined],
  ["damaged on the way", { ...healthy, talk: { ...talk, broken: 2 } }, "checksum.broken", 920],
  ["disturbed", { ...healthy, talk: { ...talk, noise: 9 } }, "checksum.noise", 920],
  ["late", { ...healthy, clockOffsetMs: -301_000 }, "clock.off", 921],
  ["of an unknown model", { ...unspoken, known: false }, "driver.missing", 912],
])("%s: the finding to see to first is its own, with its number", (_, facts, code, number) => {
  const found = findingsOf(facts);
  const finding = found.find((each) => each.code === code);
  expect(finding?.number).toBe(number);
  expect(finding?.state).toBe(number === undefined ? "unknown" : "bad");
  // Speed, silence and the rest are not known where nothing was said; only a fault outranks them.
  if (number !== undefined) expect(verdictOf(found).first).toEqual(finding);
});

test("a device whose USB ids another profile claims is doubtful, not bad", () => {
  expect(verdictOf(findingsOf({ ...healthy, claimedBy: "other" }))).toMatchObject({
    state: "unknown",
    first: { code: "driver.doubtful", values: { profile: "some-device", other: "other" } },
  });
});

test.each(findingCodes)("%s has its sentence in both languages", (code) => {
  const key = `tech.finding.${code}`;
  if (!isTechnicianKey(key)) throw new Error(key);
  expect(technicianMessage("zh-CN", key)).toMatch(/[\u4e00-\u9fff]/);
  expect(technicianMessage("en", key)).toMatch(/[.]$/);
});

// What may be asked ---------------------------------------------------------------------------------------------------

test.each(registry.map((profile) => [profile.id, profile] as const))(
  "%s: the doctor asks nothing that starts, moves or reads out a measurement",
  (_, profile) => {
    const phases = profile.actuates ? ["contacting"] : ["contacting", "reading"];
    const wrong = questionsOf(profile).filter(
      (step) =>
        !["ask", "send"].includes(step.do) || !phases.includes(step.phase) || ("acts" in step && step.acts === true),
    );
    expect(wrong).toEqual([]);
  },
);

test("a question that belongs to the measurement is not asked, also where the table does not mark it as acting", () => {
  const steps = cuff.session.steps.map((step) => (step.do === "ask" ? { ...step, acts: undefined } : step));
  const unmarked = { ...cuff, session: { ...cuff.session, steps } } as unknown as typeof cuff;
  expect(questionsOf(unmarked).map((step) => (step.do === "ask" ? step.send : step.do))).toEqual(["connect"]);
});

// Over a station, with simulated devices ------------------------------------------------------------------------------

type Setup = (channels: FakeChannels, clock: Parameters<typeof simulated>[2]) => void;

async function examined(profile: string, setup: Setup) {
  const channels = new FakeChannels();
  const desk = await deskWith([{ profile, port: "/dev/a" }], { channels });
  const { client, clock } = desk;
  setup(channels, clock);
  const session = await signIn(client);
  const device = `${profile}@/dev/a`;
  const events: DoctorEvent[] = [];
  const over = (async () => {
    for await (const event of await client.technician.doctor.run({ session, device })) events.push(event);
  })();
  await advanceUntil(clock, () => events.at(-1)?.kind === "verdict", "the verdict");
  await over;
  const findings = events.flatMap((event) => (event.kind === "finding" ? [event.finding] : []));
  const verdict = events.at(-1);
  if (verdict?.kind !== "verdict") throw new Error("no verdict");
  return {
    ...desk,
    session,
    device,
    findings,
    verdict,
    of: (step: Finding["step"]) => findings.find((each) => each.step === step),
  };
}

const portOf = (channels: FakeChannels): FakePort => channels.ports.get("/dev/a")!;

test("a healthy cuff answers its question, and nothing was started: not one byte beyond the question", async () => {
  const { verdict, channels, findings, station } = await examined(cuffId, (ports, clock) =>
    simulated(portOf(ports), cuff, clock),
  );
  expect(verdict).toEqual({ kind: "verdict", state: "ok" });
  expect(findings.map(({ code }) => code)).toEqual([
    "plug.ok",
    "port.ok",
    "permission.ok",
    "speed.ok",
    "silence.ok",
    "checksum.ok",
    "clock.none",
    "driver.ok",
  ]);
  const start = cuff.session.steps.find((step) => step.do === "ask" && step.phase === "waiting");
  expect(start).toBeDefined();
  expect(portOf(channels).sent.length).toBeLessThanOrEqual(2);
  expect(station.view().devices[0]?.state).toBe("ready");
});

test("a healthy meter also tells its clock, serial number and version", async () => {
  const { of, client, session, device, station } = await examined(meterId, (ports, clock) => {
    simulated(portOf(ports), meter, clock);
  });
  expect(of("clock")).toMatchObject({ state: "ok", code: "clock.ok" });
  const desk = await watchDesk(client, session);
  expect(desk.device(device)).toMatchObject({
    clockOffsetMs: expect.any(Number) as unknown,
    serialNumber: expect.any(String) as unknown,
  });
  expect(station.view().devices[0]?.lastGoodAt).toBeUndefined();
});

test("a port that is not there", async () => {
  const { verdict } = await examined(cuffId, (ports) => ports.unplug("/dev/a"));
  expect(verdict).toMatchObject({ state: "bad", first: { code: "plug.lost", number: 111 } });
});

test.each([
  ["device.portBusy", "port.busy", 113],
  ["device.portForbidden", "permission.refused", 115],
] as const)("a port that cannot be opened: %s", async (refuses, code, number) => {
  const { verdict } = await examined(cuffId, (ports) => (portOf(ports).refuses = refuses));
  expect(verdict).toMatchObject({ state: "bad", first: { code, number } });
});

test("a device that answers at another speed than its profile knows is found there", async () => {
  const { verdict } = await examined(cuffId, (ports, clock) =>
    simulated(portOf(ports), cuff, clock, { atSpeed: 2_400 }),
  );
  const set = cuff.serial.baudRate;
  expect(verdict).toMatchObject({
    state: "bad",
    first: { code: "speed.other", number: 922, values: { found: 2_400, set } },
  });
});

test("a device that hears and says nothing", async () => {
  const { verdict } = await examined(cuffId, (ports, clock) =>
    simulated(portOf(ports), cuff, clock, { fault: "silent" }),
  );
  expect(verdict).toMatchObject({ state: "bad", first: { code: "silence.silent", number: 110 } });
});

/** What comes over it at a wrong speed is noise, as on a real line. */
class NoisyPort extends FakePort {
  override answersWith(hear: (bytes: Uint8Array, baudRate: number) => void | Promise<void>): void {
    super.answersWith((bytes, baudRate) =>
      baudRate === 19_200 ? hear(bytes, baudRate) : this.say("5a5a5a5a5a5a5a5a5a5a5a5a"),
    );
  }
}

test("noise at a speed that was only tried is not held against a device that is understood at another", async () => {
  const { findings } = await examined(cuffId, (ports, clock) => {
    const port = new NoisyPort();
    ports.ports.set("/dev/a", port);
    simulated(port, cuff, clock);
  });
  expect(findings.filter(({ state }) => state !== "ok").map(({ code }) => code)).toEqual(["speed.other"]);
});

test("a device of which only noise arrives", async () => {
  const { verdict, of } = await examined(cuffId, (ports) => {
    const port = portOf(ports);
    port.answersWith(() => port.say("5a5a5a5a5a5a5a5a5a5a5a5a"));
  });
  expect(verdict).toMatchObject({ state: "bad", first: { code: "speed.wrong", number: 112 } });
  expect(of("driver")).toMatchObject({ state: "unknown", code: "driver.doubtful" });
});

test("a device whose clock is off", async () => {
  const { verdict } = await examined(meterId, (ports, clock) => {
    const zoneMs = -new Date(clock.now()).getTimezoneOffset() * 60_000;
    simulated(portOf(ports), meter, clock, { wallOffsetMs: zoneMs + 86_400_000 });
  });
  expect(verdict).toMatchObject({ state: "bad", first: { code: "clock.off", number: 921 } });
});

test("a device that only sends when it is used is not called silent", async () => {
  const { verdict, channels } = await examined(labelId, () => undefined);
  expect(verdict).toMatchObject({ state: "unknown", first: { code: "silence.waitsForPerson" } });
  expect(portOf(channels).sent).toEqual([]);
});

test("a port whose profile nobody knows", async () => {
  const { verdict } = await examined("no-such-device", () => undefined);
  expect(verdict).toMatchObject({ state: "bad", first: { code: "driver.missing", number: 912 } });
});

test("a device that is measuring is left alone", async () => {
  const channels = new FakeChannels();
  const { client, clock, journal } = await deskWith([{ profile: cuffId, port: "/dev/a" }], { channels });
  simulated(portOf(channels), cuff, clock);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id: newId(), visit, of: "bloodPressure", context: {} });
  const sent = portOf(channels).sent.length;
  const session = await signIn(client);
  const events: DoctorEvent[] = [];
  for await (const event of await client.technician.doctor.run({ session, device: `${cuffId}@/dev/a` }))
    events.push(event);
  expect(events.at(-1)).toMatchObject({ kind: "verdict", state: "unknown", first: { code: "port.held" } });
  expect(portOf(channels).sent).toHaveLength(sent);
  const looks = (await journal()).filter(
    ({ type, body }) => type === "access.decided" && body["operation"] === "doctor.run",
  );
  expect(looks).toHaveLength(1);
});

test("the report has what helps from far, in both languages, and nothing that a person typed", async () => {
  const { client, session, device } = await examined(cuffId, (ports) => (portOf(ports).refuses = "device.portBusy"));
  const secret = "张三说袖带裂了";
  await client.technician.devices.rename({ id: newId(), session, device, name: secret });
  await client.technician.devices.withdraw({ id: newId(), session, device, reason: secret });
  const { text } = await client.technician.doctor.report({ session, device });
  expect(text).toContain(`[${String(faults["device.portBusy"].number)}]`);
  expect(text).toContain("被别的程序占用");
  expect(text).toContain("Another program is using");
  expect(text).not.toContain(secret);
  expect(text).not.toContain("演示");
});
