import { expect, test } from "vitest";
import { engineIn, keep, newFolder, newId, storeIn, VisitStory } from "./kit.ts";

const standing = () => {
  const engine = engineIn(newFolder());
  const visit = new VisitStory(newId());
  const states = () => engine.contracts.of(visit.resident ?? "").map(({ id, state }) => [id, state]);
  return { engine, visit, states };
};

test("chosen, accepted by the doctor, over after its year", () => {
  const { engine, visit, states } = standing();
  const id = newId();
  keep(engine, visit.opened(), visit.choseDoctor(id));
  expect(states()).toEqual([[id, "asked"]]);
  keep(engine, visit.heardOfDoctor(id, "active"));
  expect(states()).toEqual([[id, "active"]]);
  keep(engine, visit.heardOfDoctor(id, "expired"));
  expect(states()).toEqual([[id, "expired"]]);
});

test("who left without a line has left, although the doctor's yes comes later", () => {
  const { engine, visit, states } = standing();
  const id = newId();
  keep(engine, visit.opened(), visit.choseDoctor(id), visit.leftDoctor(id), visit.heardOfDoctor(id, "active"));
  expect(states()).toEqual([[id, "ended"]]);
});

test("who asks another doctor waits for the first no more, and keeps the one they have", () => {
  const { engine, visit, states } = standing();
  const [has, first, second] = [newId(), newId(), newId()];
  keep(engine, visit.opened(), visit.choseDoctor(has), visit.heardOfDoctor(has, "active"));
  keep(engine, visit.choseDoctor(first), visit.choseDoctor(second));
  expect(states()).toEqual([
    [second, "asked"],
    [first, "changed"],
    [has, "active"],
  ]);
});

test("nobody else's contract is told, and a guest has none", async () => {
  const store = await storeIn(newFolder());
  const [visit, guest] = [new VisitStory(newId()), new VisitStory(null)];
  await store.append([visit.opened(), visit.choseDoctor(), guest.opened(), guest.choseDoctor()]);
  expect(await store.contractsOf(newId())).toEqual([]);
  expect(await store.contractsOf(guest.visit)).toEqual([]);
  expect(await store.contractsOf(visit.resident ?? "")).toMatchObject([
    { state: "asked", doctor: { id: "doctor-1", name: "样本医生", org: "样本卫生院" } },
  ]);
});
