import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { Town, until, type Line } from "./parties.ts";

/** Who is called while no doctor has a desk open (service.md §4): the hub's setting, told to the station that waits. */
let town: Town;
let kiosk: Line;

const open = async (dutyPhone?: string) => {
  town = await Town.open(dutyPhone === undefined ? {} : { dutyPhone });
  kiosk = await (await town.station()).connect();
};
const waiting = async () => {
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S*", severity: 3 });
  return kiosk.client.call.watch({ call });
};
beforeEach(() => open("0500-0000000"));
afterEach(() => town.end());

test("nobody has a desk open: the station is told the duty phone", async () => {
  const view = await until(await waiting(), ({ ahead }) => ahead !== undefined);
  expect(view).toMatchObject({ state: "waiting", dutyPhone: "0500-0000000" });
  expect(view.expectedWaitS).toBeUndefined();
});

test("as soon as somebody has, it is told no more; when they go, again", async () => {
  const views = await waiting();
  await until(views, ({ dutyPhone }) => dutyPhone !== undefined);
  const desk = await (await town.person("li")).connect();
  expect((await until(views, ({ expectedWaitS }) => expectedWaitS !== undefined)).dutyPhone).toBeUndefined();
  await desk.drop();
  expect(await until(views, ({ expectedWaitS }) => expectedWaitS === undefined)).toMatchObject({
    dutyPhone: "0500-0000000",
  });
});

test("a hub without one tells none", async () => {
  await town.end();
  await open();
  expect((await until(await waiting(), ({ ahead }) => ahead !== undefined)).dutyPhone).toBeUndefined();
});
