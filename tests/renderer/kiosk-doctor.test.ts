import { expect, test } from "vitest";
import { createDoctorActs } from "../../renderer/kiosk/my-doctor.ts";
import { fakeTeam } from "./fake-doctor.ts";
import { openKiosk, openVisit } from "./kiosk-under-test.ts";

async function sitting() {
  const kiosk = openKiosk();
  await openVisit(kiosk.engine);
  kiosk.engine.send({ kind: "mine", page: "doctor" });
  return { ...kiosk, acts: createDoctorActs(kiosk.engine.own) };
}

test("a doctor is chosen in the visit that is open, by the hand that touched last and in the language that was heard", async () => {
  const { engine, station, acts } = await sitting();
  engine.touch("key");
  expect(await acts.choose("d1")).toBeUndefined();
  const visit = engine.shown().visit?.id;
  expect(station.inputs("familyDoctor.choose")).toMatchObject([{ visit, doctor: "d1", act: "key", language: "zh-CN" }]);
  const answer = await acts.read();
  expect(answer).toMatchObject({
    ok: true,
    value: { asked: { doctor: { id: "d1" }, state: "asked" }, team: fakeTeam },
  });
});

test("who operates for the person is the host's to know: the act stays a touch", async () => {
  const { engine, station, acts } = await sitting();
  station.changeVisit({ helper: "relative" });
  engine.touch("touch");
  await acts.choose("d2");
  expect(station.inputs("familyDoctor.choose")).toMatchObject([{ act: "touch" }]);
});

test("leaving names the contract, and after it there is none", async () => {
  const { station, acts } = await sitting();
  await acts.choose("d1");
  const before = await acts.read();
  const contract = before.ok ? (before.value.asked?.id ?? "") : "";
  expect(await acts.end(contract)).toBeUndefined();
  expect(station.inputs("familyDoctor.end")).toMatchObject([{ contract }]);
  const after = await acts.read();
  expect(after.ok && after.value.asked).toBeUndefined();
});

test("without a visit nothing is asked of the host", async () => {
  const { station, engine } = openKiosk();
  const acts = createDoctorActs(engine.own);
  expect([await acts.choose("d1"), await acts.end("c"), await acts.read()]).toEqual([
    "visit.closed",
    "visit.closed",
    { ok: false, code: "visit.closed" },
  ]);
  expect(station.inputs("familyDoctor.choose")).toEqual([]);
});
