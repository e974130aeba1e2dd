import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { ageBand } from "../../core/domain/rooms.ts";
import { codeOf, Town, until, visitEntries, type Line } from "./parties.ts";

/** Who only watches learns the resident's age by ten years, and nothing else that tells who it is, by any door. */

let town: Town;
let line: Line;
let call: string;
let secrets: readonly string[];

beforeEach(async () => {
  town = await Town.open();
  const station = await town.station("Station Willow");
  const kiosk = await station.connect();
  const desk = await (await town.person("li")).connect();
  const observer = await town.person("wu");
  line = await observer.connect();
  call = uuidv7();
  const [visit, resident, consent] = [uuidv7(), uuidv7(), uuidv7()];
  const entries = visitEntries(visit, resident);
  station.write(...entries, {
    id: consent,
    type: "consent.inCall",
    actor: { role: "resident", id: resident },
    subject: resident,
    visit,
    body: { call, ask: uuidv7(), scope: "teach", said: "given", version: "2026-11", way: "touch" },
  });
  await kiosk.client.journal.ship(station.shipment());
  await kiosk.client.queue.join({ call, visit, shownName: "S* One", severity: 2, resident });
  await desk.client.call.accept({ call });
  await desk.client.call.invite({ call, person: observer.id, role: "observer", consent });
  secrets = [station.id, "Station Willow", "Village 3", "S* One", visit, resident, "Specimen"];
});
afterEach(() => town.end());

const tells = (what: unknown) => secrets.filter((secret) => JSON.stringify(what).includes(secret));

test("the invitation names nobody", async () => {
  const asked = await until(await line.client.call.invitations(), (all) => all.length === 1);
  expect(asked).toMatchObject([{ call, role: "observer", shownName: "" }]);
  expect(tells(asked)).toEqual([]);
});

test("the call says a resident of an age by ten years, and who the doctors are", async () => {
  const view = await line.client.call.accept({ call });
  expect(view.participants).toMatchObject([
    { id: "resident", kind: "station", role: "resident", name: "" },
    { role: "doctor", name: "Dr li" },
    { role: "observer", name: "Dr wu" },
  ]);
  expect(view.ageBand).toMatch(/^\d0-\d9$/);
  expect(tells(view)).toEqual([]);
  expect(tells(await until(await line.client.call.watch({ call }), () => true))).toEqual([]);
  expect(tells(await until(await line.client.room.watch({ call }), ({ seats }) => seats.length === 3))).toEqual([]);
});

test.each([
  ["record", () => line.client.visit.watch({ call })],
  ["joint opinion", () => line.client.joint.watch({ call })],
  ["direct talk's other end", () => line.client.call.mute({ call, participant: "resident", muted: true })],
])("the %s is not for who only watches", async (_, ask) => {
  await line.client.call.accept({ call });
  expect(await codeOf(ask())).toBe("consult.notYours");
});

test.each([
  [0, "0-9"],
  [69, "60-69"],
  [70, "70-79"],
  [89, "80-89"],
  [90, "90+"],
  [104, "90+"],
])("%i years are %s", (years, band) => expect(ageBand(years)).toBe(band));
