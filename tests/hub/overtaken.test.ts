import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { Town, type PersonParty } from "./parties.ts";

let town: Town;
let first: PersonParty;
let second: PersonParty;
let older: string;
let younger: string;

/** Two equals wait at two stations; the first doctor has taken the older one and gives it back. */
beforeEach(async () => {
  town = await Town.open();
  first = await town.person("first");
  second = await town.person("second");
  await first.connect();
  await second.connect();
  const calls: string[] = [];
  for (const name of ["one", "two"]) {
    const kiosk = await (await town.station(name)).connect();
    const call = uuidv7();
    await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S*", severity: 2 });
    calls.push(call);
    town.clock.advance(1_000);
  }
  [older = "", younger = ""] = calls;
  expect(await accept(older, first)).toMatchObject({ ok: true });
});
afterEach(() => town.end());

const accept = (call: string, { id }: PersonParty) =>
  town.hub.parts.desk.accept(call, { id, name: "Dr", role: "doctor" });
/** Taken and not begun: it waits again where it waited. */
const giveBack = () =>
  town.hub.parts.desk.apply(
    older,
    { kind: "decline", who: { id: first.id, name: "Dr", kind: "person", role: "doctor" } },
    { role: "doctor", id: first.id },
  );

test("an equal that comes back while a younger one is being taken is not overtaken", async () => {
  // Both begin in the same turn: what the second doctor saw before is not what holds when the call is theirs.
  const [, taken] = await Promise.all([giveBack(), accept(younger, second)]);
  expect(taken).toEqual({ ok: false, code: "consult.notNext" });
  expect(await accept(older, second)).toMatchObject({ ok: true });
});

test("while the older one is with its doctor, the younger one is next", async () => {
  expect(await accept(younger, second)).toMatchObject({ ok: true });
});
