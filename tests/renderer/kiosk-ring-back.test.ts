import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { ringBackAsked } from "../../renderer/kiosk/ring-back.ts";
import { at, measure, openKiosk, openVisit, until } from "./kiosk-under-test.ts";

/** A doctor who hung up would like to speak again: when the person is asked, and what a yes does. */

const ringBack = { call: randomUUID(), name: "林医生" };

async function asked() {
  const kiosk = openKiosk();
  await openVisit(kiosk.engine);
  kiosk.station.changeVisit({ ringBack });
  await until(kiosk.engine, ({ visit }) => visit?.ringBack !== undefined);
  return kiosk;
}

test("is asked about by the doctor's name, until the host says otherwise", async () => {
  const { engine, station } = await asked();
  expect(ringBackAsked(engine.shown())).toEqual(ringBack);
  station.changeVisit({ ringBack: undefined });
  await until(engine, ({ visit }) => visit?.ringBack === undefined);
  expect(ringBackAsked(engine.shown())).toBeUndefined();
});

test("waits while a measurement is prepared or runs, and comes when it ends", async () => {
  const { engine } = await asked();
  measure(engine, "bloodPressure");
  expect(ringBackAsked(engine.shown())).toBeUndefined();
  await at(engine, "measure");
  expect(ringBackAsked(engine.shown())).toBeUndefined();
  await at(engine, "result");
  expect(ringBackAsked(engine.shown())).toEqual(ringBack);
});

test("a yes asks for a doctor as the person could have, and is not asked about again", async () => {
  const { engine, station } = await asked();
  engine.send({ kind: "callDoctor" });
  // Whoever has not agreed yet that a doctor sees the results is asked that, and nothing else.
  expect(engine.shown().screen.at).toBe("mayDoctor");
  expect(ringBackAsked(engine.shown())).toBeUndefined();
  engine.send({ kind: "yes" });
  await vi.waitFor(() => expect(station.inputs("consult.request")).toHaveLength(1));
  expect(ringBackAsked(engine.shown())).toBeUndefined();
});
