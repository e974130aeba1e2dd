import { expect, test } from "vitest";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil } from "../fakes/station.ts";
import { comes, listening, reader, readersRoom, type ReadersRoom } from "./kit.ts";

const portOf = ({ channels }: ReadersRoom) => channels.ports.get("/dev/card")!;
const take = (room: ReadersRoom) => simulated(portOf(room), reader, room.clock, { fault: "noCard" });
const lay = (room: ReadersRoom, card: Readonly<Record<string, string>> = {}) =>
  simulated(portOf(room), reader, room.clock, { values: { card } });

/** Somebody has come by card, and gone without it. */
async function forgotten(): Promise<ReadersRoom> {
  const room = await readersRoom();
  const { id } = await comes(room);
  await room.client.visit.leave({ visit: id, reason: "left" });
  return room;
}

test("a card that was forgotten says nothing of its owner to the next person", async () => {
  const room = await forgotten();
  const next = await listening(room.client);
  await advanceUntil(room.clock, () => next.events.some(({ kind }) => kind === "left"), "it lies there", 20_000);
  await room.clock.advance(30_000);
  expect(next.found()).toBeUndefined();
  expect(JSON.stringify(next.events)).not.toContain("样");
});

test("nor after the next person looked elsewhere and came back", async () => {
  const room = await forgotten();
  await (await listening(room.client)).leave();
  await room.clock.advance(20_000);
  const next = await listening(room.client);
  await advanceUntil(room.clock, () => next.events.some(({ kind }) => kind === "left"), "it lies there", 20_000);
  expect(next.found()).toBeUndefined();
});

test("taken away and laid down again, it opens the door to its owner", async () => {
  const room = await forgotten();
  const next = await listening(room.client);
  await advanceUntil(room.clock, () => next.events.at(-1)?.kind === "left", "it lies there", 20_000);
  take(room);
  await advanceUntil(room.clock, () => next.events.at(-1)?.kind === "waiting", "it is gone", 20_000);
  expect(next.found()).toBeUndefined();
  lay(room);
  expect(await advanceUntil(room.clock, next.found, "found", 20_000)).toMatchObject({ known: true });
});

test("another card is another person at once", async () => {
  const room = await forgotten();
  lay(room, { name: "样本丙", number: "000000195001010036" });
  const next = await listening(room.client);
  expect(await advanceUntil(room.clock, next.found, "found", 20_000)).toMatchObject({
    shownName: "样*丙",
    known: false,
  });
});

test("who took the card during the visit lays it before anybody asks for it, and is known", async () => {
  const room = await readersRoom();
  const { id } = await comes(room);
  take(room);
  await room.clock.advance(10_000);
  await room.client.visit.leave({ visit: id, reason: "left" });
  lay(room);
  const next = await listening(room.client);
  expect(await advanceUntil(room.clock, next.found, "found", 20_000)).toMatchObject({ known: true });
  expect(next.events.map(({ kind }) => kind)).not.toContain("left");
});

test("nobody looks at a reader on which no card is left", async () => {
  const room = await readersRoom();
  await comes(room);
  take(room);
  await room.clock.advance(10_000);
  const { sent } = portOf(room);
  const before = sent.length;
  await room.clock.advance(60_000);
  expect(sent.length).toBe(before);
});

test("a card that cannot be read is not being read for ever", async () => {
  const room = await readersRoom({ card: "unreadable" });
  const heard = await listening(room.client);
  const readings = () => heard.events.filter(({ kind }) => kind === "reading").length;
  await advanceUntil(
    room.clock,
    () => readings() > 2 && heard.events.at(-1)?.kind !== "reading",
    "read thrice",
    30_000,
  );
  expect(heard.events.at(-1)).toEqual({ kind: "waiting" });
});

test("a reader that does not see a card it has read says nothing of it, and asks to lift it; lifted and laid down, it is known", async () => {
  const room = await readersRoom({ card: "lies" });
  const { id } = await comes(room);
  await room.client.visit.leave({ visit: id, reason: "left" });
  const next = await listening(room.client);
  const asksToLift = () => next.events.some((event) => event.kind === "waiting" && event.lift === true);
  await advanceUntil(room.clock, asksToLift, "it asks to lift the card", 20_000);
  await room.clock.advance(30_000);
  expect(next.found()).toBeUndefined();
  expect(next.events.filter(({ kind }) => kind === "waiting" || kind === "left")).toEqual([
    { kind: "waiting", lift: true },
  ]);
  simulated(portOf(room), reader, room.clock, { fault: "lies" });
  expect(await advanceUntil(room.clock, next.found, "found", 20_000)).toMatchObject({ known: true });
});

test("where nothing was read nobody is asked to lift anything", async () => {
  const room = await readersRoom({ card: "noCard" });
  const next = await listening(room.client);
  await room.clock.advance(20_000);
  expect(next.events.map(({ kind }) => kind)).toEqual(["ready"]);
});
