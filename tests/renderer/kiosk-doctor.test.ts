import { expect, test } from "vitest";
import { createDoctorActs, type DoctorActs } from "../../renderer/kiosk/my-doctor.ts";
import { fakeTeam } from "./fake-doctor.ts";
import { openKiosk, openVisit } from "./kiosk-under-test.ts";

async function sitting() {
  const kiosk = openKiosk();
  await openVisit(kiosk.engine);
  kiosk.engine.send({ kind: "mine", page: "doctor" });
  return { ...kiosk, acts: createDoctorActs(kiosk.engine.own) };
}

async function drawn(acts: DoctorActs, doctor: string, renews?: string) {
  const answer = await acts.draw(doctor, "general", renews);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

test("a doctor is signed with in the visit that is open, by the hand that touched last and in the language that was heard", async () => {
  const { engine, station, acts } = await sitting();
  engine.touch("key");
  const text = await drawn(acts, "d1");
  expect(await acts.sign(text)).toBeUndefined();
  const visit = engine.shown().visit?.id;
  const { contract: id } = text.agreement;
  expect(station.inputs("familyDoctor.draw")).toMatchObject([{ visit, doctor: "d1", package: "general" }]);
  expect(station.inputs("familyDoctor.explained")).toMatchObject([{ visit, hash: text.hash }]);
  expect(station.inputs("familyDoctor.choose")).toMatchObject([
    { id, visit, hash: text.hash, act: "key", language: "zh-CN" },
  ]);
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
  await acts.sign(await drawn(acts, "d2"));
  expect(station.inputs("familyDoctor.choose")).toMatchObject([{ act: "touch" }]);
});

test("renewing says what it goes on with, and paper is of that contract", async () => {
  const { station, acts } = await sitting();
  const before = "018f0000-0000-7000-8000-0000000000c1";
  const text = await drawn(acts, "d1", before);
  expect(station.inputs("familyDoctor.draw")).toMatchObject([{ renews: before }]);
  expect(await acts.print(text.agreement.contract)).toBeUndefined();
  expect(station.inputs("familyDoctor.print")).toMatchObject([{ contract: text.agreement.contract }]);
});

test("leaving names the contract, and after it there is none", async () => {
  const { station, acts } = await sitting();
  await acts.sign(await drawn(acts, "d1"));
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
  const closed = { ok: false, code: "visit.closed" } as const;
  expect([await acts.draw("d1", "p", undefined), await acts.end("c"), await acts.read()]).toEqual([
    closed,
    "visit.closed",
    closed,
  ]);
  expect(station.inputs("familyDoctor.choose")).toEqual([]);
});
