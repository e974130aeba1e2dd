import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { codeOf } from "../fakes/station.ts";
import { dm, visitAt } from "./kit.ts";

/** What a doctor in a call asked for: how the resident agreed is kept with the measurement. */

test("a yes by touch is kept with what it started, under the doctor's wish", async () => {
  const { client, visit, journal } = await visitAt({}, dm);
  const [id, ask] = [newId(), newId()];
  await client.measure.start({ id, visit, of: "bloodPressure", context: {}, asked: { ask, by: "touch" } });
  const started = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.started") ?? []);
  expect(started.map(({ agreed }) => agreed)).toEqual([{ by: "touch", ask }]);
});

test("what nobody asked for says nothing of it", async () => {
  const { client, visit, journal } = await visitAt({}, dm);
  const id = newId();
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const started = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.started") ?? []);
  expect(started.map((body) => "agreed" in body)).toEqual([false]);
});

test("a yes by voice that no doctor in a running call has heard starts nothing", async () => {
  const { client, visit, journal } = await visitAt({}, dm);
  const asked = { ask: newId(), by: "voice" as const };
  const start = client.measure.start({ id: newId(), visit, of: "bloodPressure", context: {}, asked });
  expect(await codeOf(start)).toBe("consent.notGiven");
  expect((await journal()).map(({ type }) => type)).not.toContain("measurement.started");
});
