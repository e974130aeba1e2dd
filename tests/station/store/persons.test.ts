import fc from "fast-check";
import { expect, test } from "vitest";
import type { NewEntry } from "../../../core/journal/entry.ts";
import { answersOf } from "../../../station/store/questions.ts";
import type { Engine } from "../../../station/store/engine.ts";
import {
  aResident,
  codedBy,
  engineIn,
  joined,
  keep,
  newFolder,
  newId,
  recognized,
  registered,
  VisitStory,
} from "./kit.ts";

const host = { role: "station", id: "host" } as const;
const by = { actor: host, visit: null } as const;
const parted = (joining: string): NewEntry => ({
  ...by,
  id: newId(),
  type: "records.parted",
  subject: null,
  body: { joining, hubSeq: 2 },
});

/** A visit with one pressure, of a resident or of nobody. */
function measured(engine: Engine, resident: string | null, systolic: number): string {
  const story = new VisitStory(resident);
  keep(engine, story.opened(), story.accepted(story.pressure(systolic, 80)), story.closed());
  return story.visit;
}
const seen = (engine: Engine, person: string, limit = 30) =>
  answersOf(engine)
    .history(person, "bp.systolic", limit)
    .map(({ value }) => value);

test("joined records are read together, newest first, from either of them; parted, each is what it was", () => {
  const engine = engineIn(newFolder());
  const [one, other, third] = [aResident(), aResident(), aResident()];
  keep(engine, registered(one), registered(other), registered(third));
  measured(engine, one.id, 131);
  measured(engine, other.id, 132);
  measured(engine, third.id, 133);
  const joining = newId();
  keep(engine, joined(joining, one.id, other.id));
  measured(engine, one.id, 134);
  measured(engine, other.id, 135);
  expect(seen(engine, one.id)).toEqual([135, 134, 132, 131]);
  expect(seen(engine, other.id)).toEqual([135, 134, 132, 131]);
  expect(seen(engine, one.id, 2)).toEqual([135, 134]);
  expect(seen(engine, third.id)).toEqual([133]);
  keep(engine, parted(joining));
  // Also what came in between goes with the record that its card or code opened.
  expect(seen(engine, one.id)).toEqual([134, 131]);
  expect(seen(engine, other.id)).toEqual([135, 132]);
});

test("a guest's visit with a code belongs to nobody until the one whom the code led to says so", () => {
  const engine = engineIn(newFolder());
  const [one, other] = [aResident(), aResident()];
  keep(engine, registered(one), registered(other));
  const visit = measured(engine, null, 151);
  const coded = codedBy(visit);
  const resolved: NewEntry = {
    ...by,
    id: newId(),
    subject: null,
    type: "visit.resolved",
    body: { visit, resident: one.id },
  };
  const claimed = (subject: string, mine: boolean): NewEntry => ({
    ...by,
    id: newId(),
    subject,
    type: "visit.claimed",
    body: { visit, mine },
  });
  keep(engine, coded);
  expect(engine.persons.unclaimedOf(one.id)).toBeUndefined();
  keep(engine, resolved);
  expect(engine.persons.unclaimedOf(one.id)).toMatchObject({ visit });
  expect([seen(engine, one.id), seen(engine, other.id)]).toEqual([[], []]);
  // Another one cannot claim it.
  keep(engine, claimed(other.id, true));
  expect([seen(engine, one.id), seen(engine, other.id)]).toEqual([[], []]);
  keep(engine, claimed(one.id, true));
  expect([seen(engine, one.id), seen(engine, other.id)]).toEqual([[151], []]);
  expect(engine.persons.unclaimedOf(one.id)).toBeUndefined();
  keep(engine, claimed(one.id, false));
  expect(seen(engine, one.id)).toEqual([151]);
});

/** What a person can see of anybody, and by what anybody is found. */
const whole = (engine: Engine, people: readonly string[]) => {
  const { same: _same, ...views } = engine.views.dump();
  return { views, seen: people.map((person) => seen(engine, person)) };
};

test("joined in any way and parted again, every view is what it was, and a computing of the views finds the same", () => {
  const people = 4;
  const person = fc.nat({ max: people - 1 });
  fc.assert(
    fc.property(
      fc.array(person, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(person, person), { maxLength: 6 }),
      fc.infiniteStream(fc.nat()),
      (visits, pairs, chance) => {
        const engine = engineIn(newFolder());
        const residents = Array.from({ length: people }, () => aResident());
        const ids = residents.map(({ id }) => id);
        const at = (n: number) => ids[n] ?? "";
        for (const [n, resident] of residents.entries())
          keep(engine, registered(resident), ...recognized(resident.id, String(n).repeat(64)));
        for (const [n, who] of visits.entries()) measured(engine, at(who), 100 + n);
        const before = whole(engine, ids);
        const joinings = pairs.map(([one, other]) => ({ id: newId(), one: at(one), other: at(other) }));
        for (const { id, one, other } of joinings) keep(engine, joined(id, one, other));
        const together = whole(engine, ids).seen;
        engine.rebuild();
        expect(whole(engine, ids).seen).toEqual(together);
        const order = joinings.map(({ id }) => ({ id, by: Number(chance.next().value) })).sort((a, b) => a.by - b.by);
        for (const { id } of order) keep(engine, parted(id));
        expect(whole(engine, ids)).toEqual(before);
        engine.rebuild();
        expect(whole(engine, ids)).toEqual(before);
        expect(engine.verify().ok).toBe(true);
        engine.close();
      },
    ),
    { numRuns: 25 },
  );
});
