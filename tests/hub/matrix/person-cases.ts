import { v7 as uuidv7 } from "uuid";
import type { RecordRef } from "../../../core/care/same-person.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import type { Role } from "../../../core/rights.ts";
import { contractedWith } from "../contracts-kit.ts";
import { actor } from "../parties.ts";
import { plain, theCase, type Case, type SomeCase } from "./case.ts";
import type { Party, World } from "./world.ts";

interface Two {
  readonly one: RecordRef;
  readonly other: RecordRef;
}

/** Registered at the station `in` under a name that nobody else has. */
const registered = (resident: string, name: string): NewEntry => ({
  id: uuidv7(),
  type: "resident.registered",
  actor,
  subject: resident,
  visit: null,
  body: {
    id: resident,
    name,
    sex: "male",
    birthYear: 1950,
    facts: { diabetes: "unknown", hypertension: false, pregnant: false },
    specimen: true,
  },
});

/** Two records with the same name, one of them in the care of the one `in` of this role. */
async function two(world: World, role: Role): Promise<Two> {
  const { station, client, id } = world.party("station", "in");
  if (!station) throw new Error("a station has a journal");
  const name = `Specimen ${uuidv7()}`;
  const [one, other] = [uuidv7(), uuidv7()];
  const before = station.journal.length;
  station.write(registered(one, name), registered(other, name));
  await client.journal.ship(station.shipment(before));
  await world.clear();
  await contractedWith(world.parts, one, world.party(role, "in").id);
  return { one: { station: id, resident: one }, other: { station: id, resident: other } };
}
const nobody = (): Two => ({
  one: { station: "s", resident: uuidv7() },
  other: { station: "s", resident: uuidv7() },
});
const isOpen = async (world: World, { one, other }: Two) =>
  (await world.parts.persons.proposed(one, other)) !== undefined;

const ofTwo = (ask: (party: Party, two: Two) => Promise<unknown>): SomeCase =>
  theCase<Two>({
    made: two,
    gone: nobody,
    ask,
    out: "care.noRelation",
    ofGone: "care.unknown",
    untouched: isOpen,
  } satisfies Case<Two>);

export const personCases = {
  "person.resolve": plain(({ client }) => client.person.resolve({ code: "SPECIMEN" }).then(({ kind }) => kind)),
  "person.link": theCase<string>({
    made: async (world) => {
      const { station, client, id } = world.party("station", "in");
      if (!station) throw new Error("a station has a journal");
      const resident = uuidv7();
      const before = station.journal.length;
      station.write(registered(resident, `Specimen ${resident} of ${id}`));
      await client.journal.ship(station.shipment(before));
      return resident;
    },
    gone: uuidv7,
    ask: ({ client }, resident) => client.person.link({ id: uuidv7(), resident, code: `SPECIMEN ${resident}` }),
    out: "identify.notFound",
    ofGone: "identify.notFound",
    untouched: async (world, resident) =>
      (await world.parts.persons.coded(world.parts.persons.keyOf(`SPECIMEN ${resident}`))).length === 0,
  }),
  "person.unlink": theCase<{ readonly resident: string; readonly link: string }>({
    made: async (world) => {
      const { station, client, id } = world.party("station", "in");
      if (!station) throw new Error("a station has a journal");
      const [resident, link] = [uuidv7(), uuidv7()];
      const before = station.journal.length;
      station.write(registered(resident, `Specimen ${resident} of ${id}`));
      await client.journal.ship(station.shipment(before));
      await client.person.link({ id: link, resident, code: `SPECIMEN ${resident}` });
      return { resident, link };
    },
    gone: () => ({ resident: uuidv7(), link: uuidv7() }),
    ask: ({ client }, { resident, link }) => client.person.unlink({ id: uuidv7(), resident, link }),
    out: "identify.notFound",
    ofGone: "identify.notFound",
    untouched: async (world, { resident }) =>
      (await world.parts.persons.coded(world.parts.persons.keyOf(`SPECIMEN ${resident}`))).length === 1,
  }),
  "person.alike": theCase<string>({
    made: async (world, role) => (await two(world, role)).one.resident,
    ask: ({ client }) => client.person.alike(),
    shows: (resident) => resident,
  }),
  "person.join": ofTwo(({ client }, pair) => client.person.join({ id: uuidv7(), ...pair })),
  "person.apart": ofTwo(({ client }, pair) => client.person.apart({ id: uuidv7(), ...pair })),
  "person.part": theCase<string>({
    made: async (world, role) => {
      const { one, other } = await two(world, role);
      const id = uuidv7();
      const by = { id: "another", name: "Another", role: "doctor" };
      await world.parts.records.append([
        {
          id,
          type: "person.joined",
          actor: { role: "doctor", id: by.id },
          subject: one.resident,
          visit: null,
          body: { id, one, other, why: ["person"], by, at: "2026-03-02T08:00:00.000Z", station: one.station },
        },
      ]);
      return id;
    },
    gone: uuidv7,
    ask: ({ client }, joining) => client.person.part({ id: uuidv7(), joining, reason: "Specimen" }),
    out: "care.noRelation",
    ofGone: "care.unknown",
    untouched: async (world, joining) => (await world.parts.persons.joining(joining)) !== undefined,
  }),
} as const satisfies Readonly<Record<string, SomeCase>>;
