import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { randomOf } from "./random.ts";
import { Town, type PersonParty, type StationParty } from "./parties.ts";

let town: Town;
let station: StationParty;
const doctors: PersonParty[] = [];

beforeAll(async () => {
  town = await Town.open();
  station = await town.station();
  for (const name of ["a", "b", "c", "d"]) doctors.push(await town.person(name));
});
afterAll(() => town.end());

test.each(Array.from({ length: 200 }, (_, seed) => seed))(
  "interleaving %i of accepting doctors and a leaving station has one owner",
  async (seed) => {
    const { desk, calls } = town.hub.parts;
    const random = randomOf(seed);
    const call = uuidv7();
    await desk.join({
      id: call,
      station: station.id,
      visit: uuidv7(),
      mode: "assisted",
      shownName: "S",
      severity: 1,
    });
    const won: string[] = [];
    const leaves = random() < 0.3;
    const soon = async () => {
      for (let left = Math.floor(random() * 12); left > 0; left -= 1) await Promise.resolve();
    };
    const acts = doctors.slice(0, 2 + Math.floor(random() * 3)).map((doctor) => async () => {
      await soon();
      const taken = await desk.accept(call, { id: doctor.id, name: doctor.account, role: "doctor" });
      if (taken.ok) won.push(doctor.id);
    });
    if (leaves) {
      acts.push(async () => {
        await soon();
        await desk.apply(call, { kind: "hangUp", id: station.id }, { role: "station", id: station.id });
      });
    }
    await Promise.all(acts.toSorted(() => random() - 0.5).map((act) => act()));

    const after = await calls.find(call);
    const entries = (await town.hub.parts.records.inbox(station.id, 0, 10_000))
      .filter((entry) => entry.body.call === call)
      .map((entry) => entry.type);
    const owners = won.length;
    expect({ owners, owner: after?.clinician?.id, entries }).toEqual(
      owners === 0
        ? { owners: 0, owner: undefined, entries: ["consult.finished"] }
        : { owners: 1, owner: won[0], entries: ["consult.accepted"] },
    );
    expect(owners === 1 || leaves).toBe(true);
  },
);
