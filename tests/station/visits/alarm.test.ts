import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { AlarmView } from "../../../core/contract/visit-parts.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { Alarms, type AlarmCall } from "../../../station/visits/alarms.ts";
import type { Scribe } from "../../../station/visits/scribe.ts";
import { FakeClock } from "../fakes/clock.ts";
import { viewOf, visitAt } from "./kit.ts";

test("a call for help sounds, is kept once, and is answered", async () => {
  const { client, visit, journal } = await visitAt();
  const id = newId();
  const call = { id, visit, reason: "symptom", symptoms: ["SX_CHEST_PAIN"] } as const;
  await client.visit.alarm({ ...call, symptoms: [...call.symptoms] });
  await client.visit.alarm({ ...call, symptoms: [...call.symptoms] });
  expect((await viewOf(client, visit)).alarm).toMatchObject({ id, state: "sounding", symptoms: ["SX_CHEST_PAIN"] });
  await client.visit.alarmAnswered({ id: newId(), visit, how: "here" });
  await client.visit.alarmAnswered({ id: newId(), visit, how: "mistake" });
  expect((await viewOf(client, visit)).alarm).toMatchObject({ id, state: "answered" });
  const entries = (await journal()).filter(({ type }) => type.startsWith("alarm."));
  expect(entries.map(({ type, body }) => [type, body["alarm"], body["how"]])).toEqual([
    ["alarm.raised", id, undefined],
    ["alarm.answered", id, "here"],
  ]);
});

test("is not refused for a visit that is over, or of nobody", async () => {
  const { client, journal } = await visitAt();
  const id = newId();
  await client.visit.alarm({ id, visit: newId(), reason: "asked", symptoms: [] });
  expect((await journal()).filter(({ type }) => type === "alarm.raised").length).toBe(1);
});

/** Alarms of one visit, with a hub that can be told or not, and a disk that takes nothing. */
function alarmsWith(raise: (call: AlarmCall) => Promise<boolean>) {
  const clock = new FakeClock();
  const shown: (AlarmView | undefined)[] = [];
  const over: string[] = [];
  const scribe = {
    fact: () => ({}),
    keep: () => Promise.resolve({ ok: false, code: "store.full" }),
  } as unknown as Scribe;
  const visits = { current: undefined, viewOf: () => undefined, showAlarm: () => void shown.push(alarms.of("v")) };
  const alarms = new Alarms({
    scribe,
    visits,
    clock,
    log: silentLogger,
    hub: { raise, over: (id) => Promise.resolve(void over.push(id)) },
  });
  return { alarms, clock, shown, over };
}
const call = { id: newId(), visit: "v", reason: "asked", symptoms: [] } as const;

test("the page is told before the disk and the hub, and again when the hub has it", async () => {
  const { alarms, shown } = alarmsWith(() => Promise.resolve(true));
  const raised = alarms.raise(call);
  expect(shown.map((alarm) => alarm?.state)).toEqual(["sounding"]);
  await raised;
  expect(shown.map((alarm) => alarm?.state)).toEqual(["sounding", "told"]);
});

test("a hub that is away is told when it is back, and no more after somebody answered", async () => {
  let line = false;
  const told: boolean[] = [];
  const { alarms, clock } = alarmsWith(() => {
    told.push(line);
    return line ? Promise.resolve(true) : Promise.reject(new Error("away"));
  });
  await alarms.raise(call);
  await clock.advance(4_100);
  expect(told).toEqual([false, false, false]);
  line = true;
  await clock.advance(2_000);
  expect(alarms.of("v")?.state).toBe("told");
  await clock.advance(10_000);
  expect(told).toEqual([false, false, false, true]);
  await alarms.answered("v", undefined, "hub", "doctor");
  expect(alarms.of("v")?.state).toBe("answered");
});

test("a hub that may have forgotten is told again on a new line, and of the end", async () => {
  const told: string[] = [];
  const { alarms, clock, over } = alarmsWith(({ id }) => Promise.resolve(told.push(id) > 0));
  await alarms.raise(call);
  alarms.lineUp();
  await clock.advance(0);
  expect(told).toEqual([call.id, call.id]);
  await alarms.answered("v", undefined, "here", "resident");
  alarms.lineUp();
  expect([told.length, over]).toEqual([2, [call.id]]);
});
