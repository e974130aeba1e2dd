import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, codeOf, follow, stationWith } from "../fakes/station.ts";
import { cuff, cuffPort, first, startFrame, stopFrame } from "./measuring.ts";

test("who leaves without answering has not confirmed", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.visit.leave({ visit, reason: "left" });
  const types = (await journal()).filter((entry) => entry.visit === visit).map(({ type }) => type);
  expect(types.slice(-3)).toEqual(["measurement.refused", "measurement.ended", "visit.closed"]);
});

test("walking away during inflation sends stop, and what comes afterwards does not count", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.filter(({ kind }) => kind === "progress").length > 5, "inflation");
  expect(port.sent).not.toContain(stopFrame);
  const left = client.visit.leave({ visit, reason: "left" });
  await clock.advance(100);
  expect(port.sent).toContain(stopFrame);
  // The device had a result on its lips.
  port.say("aa80030f01060114050c0c1f12008000490045" + "9a");
  await left;
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "stopped" });
  await clock.advance(2_000);
  const refused = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  expect(refused.map(({ reason }) => reason)).toEqual(["gate.afterStop"]);
});

test("the page's going stops a cuff after two seconds, and its coming back in time does not", async () => {
  const { client, clock, channels, station } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "progress"), "inflation");
  station.pageGone();
  await clock.advance(1_900);
  station.pageHere();
  await clock.advance(1_000);
  expect(port.sent).not.toContain(stopFrame);
  station.pageGone();
  await clock.advance(2_100);
  expect(port.sent).toContain(stopFrame);
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "stopped" });
});

test("a check without a device, a closed visit and a device in use are refused by name", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const start = (of: "glucose" | "bloodPressure", inVisit = visit) =>
    codeOf(client.measure.start({ id: newId(), visit: inVisit, of, context: {} }));
  expect(await start("glucose")).toBe("device.noDevice");
  expect(await start("bloodPressure", newId())).toBe("visit.closed");
  expect(await start("bloodPressure")).toBeUndefined();
  expect(await start("bloodPressure")).toBe("device.busy");
});

test("who stops may start again at once, the second time too", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const startAndStop = async (): Promise<void> => {
    const id = newId();
    let started: string | undefined = "no answer yet";
    const starting = codeOf(client.measure.start({ id, visit, of: "bloodPressure", context: {} })).then(
      (code) => (started = code),
    );
    await advanceUntil(clock, () => started !== "no answer yet", "an answer");
    expect(await starting).toBeUndefined();
    const { events, over } = follow(client, id);
    await advanceUntil(clock, () => events.some(({ kind }) => kind === "progress"), "inflation");
    void client.measure.stop({ id });
    await advanceUntil(clock, () => events.at(-1)?.kind === "ended", "the end");
    await over;
  };
  await startAndStop();
  await startAndStop();
  await startAndStop();
});

test("the same start twice is one measurement", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const call = { id, visit, of: "bloodPressure" as const, context: {} };
  await Promise.all([client.measure.start(call), client.measure.start(call)]);
  await client.measure.start(call);
  await clock.advance(1_000);
  expect(port.sent.filter((hex) => hex === startFrame)).toHaveLength(1);
});

test("a visit that is left while the port is being opened: not a byte is sent", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const starting = codeOf(client.measure.start({ id, visit, of: "bloodPressure", context: {} }));
  const leaving = client.visit.leave({ visit, reason: "left" });
  await starting;
  await leaving;
  await clock.advance(2_000);
  expect(port.sent).toEqual([]);
});

test("who starts again without having answered has not confirmed the first", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const visit = newId();
  const [one, two] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id: one, visit, of: "bloodPressure", context: {} });
  const first = follow(client, one);
  await advanceUntil(clock, () => first.events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.measure.start({ id: two, visit, of: "bloodPressure", context: {} });
  expect((await first.over).at(-1)).toEqual({ kind: "ended", how: "failed", code: "gate.notConfirmed" });
  expect(await codeOf(client.measure.confirm({ id: one, same: true }))).toBe("gate.noVisit");
});

test("the second pressure waits for the rest, and then a third where two differ", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const measure = async (systolic: number): Promise<void> => {
    simulated(port, cuff, clock, { values: { result: { systolic } } });
    const id = newId();
    await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
    const { events, over } = follow(client, id);
    await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
    await client.measure.confirm({ id, same: true });
    await over;
  };
  await measure(130);
  expect(await codeOf(client.measure.start({ id: newId(), visit, of: "bloodPressure", context: {} }))).toBe(
    "gate.tooSoon",
  );
  await clock.advance(60_000);
  await measure(145);
  expect((await first(client.visit.watch({ visit })))!.results[0]!.next).toBe("third");
  await clock.advance(60_000);
  await measure(141);
  const result = (await first(client.visit.watch({ visit })))!.results[0]!;
  expect({ next: result.next, value: result.assessments[0]?.value }).toEqual({
    next: "none",
    value: expect.stringMatching(/^143\//) as string,
  });
});
