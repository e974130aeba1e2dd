import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { Arm } from "../../../core/rules/pressure-protocol.ts";
import { waits } from "../../../core/rules/limits.ts";
import { answer, dm, open, pressure, viewOf, visitAt } from "./kit.ts";

const dayMs = 24 * 3_600_000;
const of = async (place: Parameters<typeof pressure>[0]) => {
  const [result] = (await viewOf(place.client, place.visit)).results;
  if (result === undefined) throw new Error("no result");
  return result;
};
/** Both arms, and the higher one again: all that a first visit asks for. */
async function compared(place: Parameters<typeof pressure>[0]): Promise<Arm> {
  await pressure(place, { arm: "left" });
  await pressure(place, { arm: "right" });
  const { arm } = await of(place);
  if (arm === undefined) throw new Error("no arm is asked for");
  await pressure(place, { arm });
  return arm;
}

test("a resident's first pressures are of both arms, and go on with the higher one", async () => {
  const place = await visitAt({ restSeconds: 0 }, dm);
  expect((await viewOf(place.client, place.visit)).arms).toBe("both");
  await pressure(place, { arm: "left" });
  expect(await of(place)).toMatchObject({ next: "second", arm: "right", assessments: [] });
  await pressure(place, { arm: "right" });
  const both = await of(place);
  expect(both).toMatchObject({ next: "second", assessments: [] });
  await pressure(place, { arm: both.arm ?? "left" });
  const whole = await of(place);
  const arms = whole.assessments.find(({ domain }) => domain === "bp_arm");
  expect(arms?.flags).toContain(both.arm === "right" ? "USE_RIGHT" : "USE_LEFT");
  expect(["bp.arm_use", "bp.arm_diff"]).toContain(arms?.adviceKey);
  expect(whole.compared?.use).toBe(both.arm);
});

test("the other arm is measured at once, the same one only after its rest", async () => {
  const place = await visitAt({ restSeconds: 60 }, dm);
  await pressure(place, { arm: "left" });
  expect((await of(place)).notBefore).toBeUndefined();
  await pressure(place, { arm: "right" });
  const { notBefore, arm, measurements } = await of(place);
  const since = measurements.findLast(({ context }) => context["arm"] === arm)?.times.heardAt ?? "";
  // From when that arm's number was heard, and not from the other's.
  const rest = Date.parse(notBefore ?? "") - Date.parse(since);
  expect([rest >= 60_000, rest < 61_000]).toEqual([true, true]);
});

test("rest, both arms and the reading after them are over within nine minutes", async () => {
  const place = await visitAt({ restSeconds: 60 }, dm);
  const { client, clock, visit } = place;
  const began = clock.now();
  await client.visit.seat({ id: newId(), visit });
  await clock.advance(waits.seated * 1_000);
  await pressure(place, { arm: "left" });
  await pressure(place, { arm: "right" });
  const { notBefore, arm } = await of(place);
  await clock.advance(Math.max(0, Date.parse(notBefore ?? "") - clock.now()));
  await pressure(place, { arm: arm ?? "left" });
  expect((await of(place)).next).toBe("none");
  expect((clock.now() - began) / 60_000).toBeLessThanOrEqual(9);
});

test("the next visit measures the higher arm alone, and knows when that was found out", async () => {
  const place = await visitAt({ restSeconds: 0 }, dm);
  const higher = await compared(place);
  const { compared: found } = await of(place);
  await place.clock.advance(dayMs);
  const again = { ...place, visit: await open(place.client, dm) };
  expect((await viewOf(place.client, again.visit)).arms).toBe(higher);
  await pressure(again, { arm: higher });
  expect(await of(again)).toMatchObject({ next: "second", arm: higher, compared: found });
  await pressure(again, { arm: higher });
  expect((await of(again)).next).toBe("none");
});

test("a year later both arms are measured once more", async () => {
  const place = await visitAt({ restSeconds: 0 }, dm);
  await compared(place);
  await place.clock.advance(366 * dayMs);
  const later = await open(place.client, dm);
  expect((await viewOf(place.client, later)).arms).toBe("both");
});

test("who left after one arm has not been compared", async () => {
  const place = await visitAt({ restSeconds: 0 }, dm);
  await pressure(place, { arm: "left" });
  await place.clock.advance(dayMs);
  expect((await viewOf(place.client, await open(place.client, dm))).arms).toBe("both");
});

test("who can measure one arm only says so, ends by two readings of it, and is not asked again", async () => {
  const place = await visitAt({ restSeconds: 0 }, dm);
  await pressure(place, { arm: "left" });
  await answer(place.client, place.visit, { arm: "left" });
  expect(await of(place)).toMatchObject({ next: "second", arm: "left" });
  await pressure(place, { arm: "left" });
  expect((await of(place)).next).toBe("none");
  await place.clock.advance(dayMs);
  expect((await viewOf(place.client, await open(place.client, dm))).arms).toBe("left");
});

test("a guest is measured on whichever arm", async () => {
  const place = await visitAt({ restSeconds: 0 });
  expect((await viewOf(place.client, place.visit)).arms).toBeUndefined();
  await pressure(place);
  await pressure(place);
  expect(await of(place)).toMatchObject({ next: "none" });
  expect((await of(place)).compared).toBeUndefined();
});
