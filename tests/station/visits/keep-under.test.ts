import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { advanceUntil, codeOf } from "../fakes/station.ts";
import { as, byCard, comes, listening, readersRoom, type ReadersRoom } from "../identify/kit.ts";

/** A guest who typed a weight. */
async function guest({ client }: ReadersRoom): Promise<string> {
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const readings = [{ quantity: "body.weight", value: 61.5, unit: "kg" }] as const;
  await client.visit.enter({ id: newId(), visit, of: "body", readings: [...readings] });
  return visit;
}
async function laysCard(room: ReadersRoom): Promise<string> {
  const heard = await listening(room.client);
  const found = await advanceUntil(room.clock, heard.found, "the card is read", 20_000);
  await heard.leave();
  return found.token;
}
const weights = async ({ client }: ReadersRoom, visit: string) =>
  (await client.visit.trend({ visit, of: "body" })).map(({ readings, origin }) => [readings[0]?.value, origin]);

test("who lays their card before leaving has the guest's results under their name, and is registered by that", async () => {
  const room = await readersRoom();
  const visit = await guest(room);
  const given = { id: newId(), visit, token: await laysCard(room) };
  await room.client.visit.keepUnder(given);
  await room.client.visit.keepUnder(given);
  await room.client.visit.leave({ visit, reason: "left" });
  // Lifted and laid down again.
  const { found, id } = await comes(room, {});
  expect([found.known, found.unclaimed, found.ask.includes("keep")]).toEqual([true, undefined, false]);
  expect(await weights(room, id)).toEqual([[61.5, "claimed"]]);
  await room.client.visit.leave({ visit: id, reason: "left" });
  const entries = await room.journal();
  expect(entries.filter((entry) => entry.visit === visit && entry.subject !== null)).toEqual([]);
});

test("a guest's results that nobody kept are in the journal without a name, and nobody's for good", async () => {
  const room = await readersRoom();
  const visit = await guest(room);
  await room.client.visit.leave({ visit, reason: "left" });
  const { found, id } = await comes(room);
  expect(found.unclaimed).toBeUndefined();
  expect(await weights(room, id)).toEqual([]);
  expect(await codeOf(room.client.visit.keepUnder({ id: newId(), visit, token: found.token }))).toBe("visit.closed");
  const counted = (await room.journal()).filter(({ type }) => type === "measurement.accepted");
  expect(counted.map(({ subject }) => subject)).toEqual([null]);
});

test("what is kept under one name is kept under no second one", async () => {
  const room = await readersRoom();
  const visit = await guest(room);
  await room.client.visit.keepUnder({ id: newId(), visit, token: await laysCard(room) });
  const again = { id: newId(), visit, token: (await byCard(room)).token };
  expect(await codeOf(room.client.visit.keepUnder(again))).toBe("care.unknown");
  const claims = (await room.journal()).filter(({ type }) => type === "visit.claimed");
  expect(claims).toHaveLength(1);
});

test("a visit that has a name is kept under no other, and an old token keeps nothing", async () => {
  const room = await readersRoom();
  const found = await byCard(room);
  const named = await room.client.visit.open({ id: newId(), who: as(found) });
  const asked = { id: newId(), token: found.token };
  expect(await codeOf(room.client.visit.keepUnder({ ...asked, visit: named.id }))).toBe("care.unknown");
  const visit = await guest(room);
  expect(await codeOf(room.client.visit.keepUnder({ ...asked, visit }))).toBe("identify.expired");
});
