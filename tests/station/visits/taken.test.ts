import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { tookMedicine, together } from "../../../core/journal/answers.ts";
import { medicinesSaid } from "../../../core/journal/medicines-said.ts";
import type { Answers, Taking } from "../../../core/journal/visit-bodies.ts";
import { openStore } from "../../../station/store/store.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startStation, tempFolder, testKey } from "../fakes/station.ts";
import { aMedicine, medicineKept } from "../services/kit.ts";
import { dm, open } from "./kit.ts";

const at = new Date(new FakeClock().now()).toISOString();
const drug = "amlodipine-5";

/** A station without any line, at which these were kept before. */
async function stationWithMedicines(...told: readonly ReturnType<typeof aMedicine>[]) {
  const folder = tempFolder();
  const before = await openStore({ folder, key: testKey });
  if (!before.ok) throw new Error(before.code);
  await before.store.append(told.map((one, nth) => medicineKept(one, nth + 1)));
  await before.store.close();
  const started = await startStation({
    folder,
    clock: new FakeClock(),
    channels: new FakeChannels(),
    settings: { simulated: true },
  });
  const viewOf = async (visit: string) => {
    for await (const view of await started.client.visit.watch({ visit })) return view;
    throw new Error("the visit is closed");
  };
  return { ...started, viewOf };
}

test("who takes what was signed here is asked about each: not about what was not fetched, or is used up", async () => {
  const [taking, ready] = [aMedicine({ at }), aMedicine({ at, state: "ready" })];
  const over = aMedicine({ at: "2025-01-01T00:00:00.000Z" });
  const { client, viewOf } = await stationWithMedicines(taking, ready, over);
  const { takes } = await viewOf(await open(client, dm));
  expect(takes?.map(({ prescription, drug: of }) => [prescription, of])).toEqual([[taking.prescription, drug]]);
});

test.each([
  ["a guest", { kind: "guest" }],
  ["a resident without medicines", { kind: "specimen", resident: "018f0000-0000-7000-8000-0000000000a3" }],
] as const)("%s is asked about none of them", async (_, who) => {
  const { client } = await stationWithMedicines(aMedicine({ at }));
  expect(await client.visit.open({ id: newId(), who })).not.toHaveProperty("takes");
});

test("each answer is an entry of the visit with its moment; the later word counts", async () => {
  const medicine = aMedicine({ at });
  const { client, viewOf, journal } = await stationWithMedicines(medicine);
  const visit = await open(client, dm);
  const { prescription } = medicine;
  const say = (of: string, taken: Taking) =>
    client.visit.answer({ id: newId(), visit, answers: { medicines: [{ prescription, drug: of, taken }] } });
  await say(drug, "taken");
  await say("another", "notSure");
  await say(drug, "notTaken");
  const known = [
    { prescription, drug: "another", taken: "notSure" },
    { prescription, drug, taken: "notTaken" },
  ];
  expect((await viewOf(visit)).answers).toEqual({ medicines: known });
  const entries = (await journal()).filter((entry) => entry.visit === visit);
  expect(entries.filter(({ type }) => type === "visit.answered")).toHaveLength(3);
  expect(medicinesSaid(entries)?.medicines).toEqual(known.map((one) => ({ ...one, at: expect.any(String) as string })));
});

test("what is no answer is refused", async () => {
  const { client } = await stationWithMedicines(aMedicine({ at }));
  const visit = await open(client, dm);
  const medicines = [{ prescription: newId(), drug, taken: "perhaps" as Taking }];
  await expect(client.visit.answer({ id: newId(), visit, answers: { medicines } })).rejects.toThrow();
});

const said = (...how: readonly Taking[]): Answers => ({
  medicines: how.map((taken, nth) => ({ prescription: "p", drug: String(nth), taken })),
});
test.each([
  ["one of two taken", said("notTaken", "taken"), true],
  ["none taken", said("notTaken", "notTaken"), false],
  ["nobody knows", said("notTaken", "notSure"), undefined],
  ["asked about any", { medicineToday: true }, true],
  ["not asked", {}, undefined],
])("%s: taken today is %s", (_, answers, took) => {
  expect(tookMedicine(answers)).toBe(took);
});

test("another answer takes nothing back", () => {
  expect(together({ ...said("taken"), smoker: true }, { sleptBadly: false })).toEqual({
    ...said("taken"),
    smoker: true,
    sleptBadly: false,
  });
});
