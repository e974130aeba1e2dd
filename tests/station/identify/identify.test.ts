import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { specimenCode, specimenPhone } from "../../../station/identify/specimens.ts";
import { createLogger } from "../../../station/log/logger.ts";
import { advanceUntil, codeOf } from "../fakes/station.ts";
import { as, byCard, comes, listening, readersRoom, scanned, specimenCard } from "./kit.ts";

test("which ways work is said first; without a reader only the phone", async () => {
  const room = await readersRoom();
  const all = await listening(room.client);
  await advanceUntil(room.clock, () => all.events.length > 0, "ready");
  expect(all.events[0]).toEqual({ kind: "ready", card: true, code: true, phone: true });
  room.channels.unplug("/dev/card");
  await advanceUntil(room.clock, () => all.events.some((event) => event.kind === "ready" && !event.card), "no card");
});

test("a card is read, its holder is a newcomer with a name in part, and no number crosses", async () => {
  const room = await readersRoom({ card: "taken" });
  const heard = await listening(room.client);
  const found = await advanceUntil(room.clock, heard.found, "found", 20_000);
  expect(heard.events.map(({ kind }) => kind)).toEqual(["ready", "reading", "found"]);
  expect(found).toEqual({
    token: found.token,
    way: "card",
    shownName: "样*甲",
    known: false,
    resumes: false,
    ask: ["keep", "send"],
    child: false,
  });
  expect(JSON.stringify(heard.events)).not.toContain(specimenCard.number);
});

test("a card that stays on the reader is one person", async () => {
  const room = await readersRoom();
  const heard = await listening(room.client);
  await advanceUntil(room.clock, heard.found, "found", 20_000);
  await room.clock.advance(15_000);
  expect(heard.events.filter(({ kind }) => kind === "found")).toHaveLength(1);
});

test("a new listener ends the one before", async () => {
  const room = await readersRoom();
  const first = await listening(room.client);
  const second = await listening(room.client);
  await advanceUntil(room.clock, () => first.over() && second.found(), "the second one reads", 20_000);
  expect(second.over()).toBe(false);
});

test("a card that cannot be read is told once, not at every try", async () => {
  const room = await readersRoom({ card: "unreadable" });
  const heard = await listening(room.client);
  await advanceUntil(room.clock, () => heard.events.some(({ kind }) => kind === "fault"), "told", 20_000);
  await room.clock.advance(8_000);
  expect(heard.events.filter(({ kind }) => kind === "fault")).toEqual([
    { kind: "fault", code: "device.cardUnreadable" },
  ]);
});

test("a newcomer who agrees is registered with what the card says, linked by a hash, and known the next time", async () => {
  const room = await readersRoom();
  const found = await byCard(room);
  const id = newId();
  const view = await room.client.visit.open({ id, who: as(found, undefined, "fish"), helper: "relative" });
  expect(view).toMatchObject({ id, kind: "resident", sign: "fish", helper: "relative", resumed: false });
  expect(view.resident).toMatchObject({ shownName: "样*甲", birthYear: 1950, sex: "male", specimen: true });
  expect(view.consents.map(({ scope, given }) => [scope, given])).toEqual([
    ["keep", true],
    ["send", true],
  ]);
  await room.client.visit.leave({ visit: id, reason: "left" });
  const again = await byCard(room);
  expect(again).toMatchObject({ known: true, sign: "fish", ask: [], resumes: false });
  const entries = await room.journal();
  const resident = entries.flatMap((entry) => bodyOf(entry, "resident.registered") ?? []).at(-1);
  expect(resident).toMatchObject({
    name: "样本甲",
    facts: { diabetes: "unknown", hypertension: false, pregnant: false },
  });
  const recognized = entries.find(({ type }) => type === "resident.recognized");
  expect(recognized).toMatchObject({ subject: resident?.id, visit: id, body: { way: "card", helper: "relative" } });
});

test("in a station in earnest a newcomer is no specimen", async () => {
  const room = await readersRoom({ real: true });
  expect((await comes(room)).view.resident?.specimen).toBe(false);
});

test("who does not agree that anything is kept is a guest, and nothing in the journal leads to the person", async () => {
  const room = await readersRoom();
  const { view } = await comes(room, { keep: false, send: true });
  expect(view).toMatchObject({
    kind: "guest",
    consents: [
      { scope: "keep", given: false },
      { scope: "send", given: true },
    ],
  });
  expect(view.resident).toBeUndefined();
  const ofVisit = (await room.journal()).filter(({ visit }) => visit === view.id);
  expect(ofVisit.map(({ subject }) => subject)).toEqual(ofVisit.map(() => null));
});

test("a token works once, for two minutes, and belongs to nobody else", async () => {
  const room = await readersRoom();
  const found = await byCard(room);
  const id = newId();
  await room.client.visit.open({ id, who: as(found) });
  // The same call again is the same visit; the token in another one is worth nothing.
  expect(await room.client.visit.open({ id, who: as(found) })).toMatchObject({ id });
  expect(await codeOf(room.client.visit.open({ id: newId(), who: as(found) }))).toBe("identify.expired");
  const late = await byCard(room);
  await room.clock.advance(120_000);
  expect(await codeOf(room.client.visit.open({ id: newId(), who: as(late) }))).toBe("identify.expired");
  const made = { ...found, token: newId() };
  expect(await codeOf(room.client.visit.open({ id: newId(), who: as(made) }))).toBe("identify.expired");
});

test("a code that is linked opens the door to its person; the scanner's second reading of it is none", async () => {
  const room = await readersRoom({ card: false });
  const heard = await listening(room.client);
  const port = room.channels.ports.get("/dev/scanner")!;
  await advanceUntil(room.clock, () => port.openChannels > 0 && heard.events.length > 0, "listening");
  port.say(scanned(specimenCode));
  port.say(scanned(specimenCode));
  const found = await advanceUntil(room.clock, heard.found, "found", 5_000);
  expect(found).toMatchObject({ way: "code", known: true, shownName: "样本·王*妈", ask: ["keep", "send"] });
  await room.clock.advance(1_500);
  expect(heard.events.filter(({ kind }) => kind === "found")).toHaveLength(1);
});

test("a code that is linked to nobody is unknown", async () => {
  const room = await readersRoom({ card: false });
  const heard = await listening(room.client);
  const port = room.channels.ports.get("/dev/scanner")!;
  await advanceUntil(room.clock, () => port.openChannels > 0 && heard.events.length > 0, "listening");
  port.say(scanned("https://example.org/1"));
  await advanceUntil(room.clock, () => heard.events.some(({ kind }) => kind === "fault"), "told", 5_000);
  expect(heard.events.at(-1)).toEqual({ kind: "fault", code: "identify.unknownCode" });
});

test("phone and the last four characters: both right, written as people write them", async () => {
  const { client } = await readersRoom({ card: false });
  const found = await client.identify.phone({ phone: "10000000000", second: "000x" });
  expect(found).toMatchObject({ way: "phone", known: true, shownName: "样本·李*爷" });
  expect(await client.visit.open({ id: newId(), who: as(found) })).toMatchObject({ kind: "resident" });
});

test.each([
  ["the phone", { ...specimenPhone, phone: "100 0000 0001" }],
  ["the characters", { ...specimenPhone, second: "0001" }],
  ["the two the other way round", { phone: "000X", second: "00000000" }],
])("one wrong, nobody found: %s", async (_what, asked) => {
  const { client } = await readersRoom({ card: false });
  expect(await codeOf(client.identify.phone(asked))).toBe("identify.notFound");
});

test("three wrong ones in a row shut the door for five minutes, for the right one too, also when asked all at once", async () => {
  const { client, clock } = await readersRoom({ card: false });
  const wrong = { ...specimenPhone, second: "9999" };
  const codes = await Promise.all([1, 2, 3, 4].map(() => codeOf(client.identify.phone(wrong))));
  expect(codes).toEqual([...Array.from({ length: 3 }, () => "identify.notFound"), "identify.tooMany"]);
  expect(await codeOf(client.identify.phone(specimenPhone))).toBe("identify.tooMany");
  await clock.advance(5 * 60_000 - 1);
  expect(await codeOf(client.identify.phone(specimenPhone))).toBe("identify.tooMany");
  await clock.advance(1);
  expect(await codeOf(client.identify.phone(specimenPhone))).toBeUndefined();
});

test("a right one in between begins the count anew", async () => {
  const { client } = await readersRoom({ card: false });
  const wrong = { ...specimenPhone, second: "9999" };
  for (const asked of [wrong, wrong, specimenPhone, wrong, wrong]) await codeOf(client.identify.phone(asked));
  expect(await codeOf(client.identify.phone(specimenPhone))).toBeUndefined();
});

test("specimens open a visit in a simulated station, with all consents, and in no other", async () => {
  const room = await readersRoom({ card: false });
  const [specimen] = room.station.view().residents;
  const who = { kind: "specimen", resident: specimen?.id ?? "" } as const;
  const view = await room.client.visit.open({ id: newId(), who });
  expect(view.consents.map(({ scope, given }) => [scope, given])).toEqual([
    ["keep", true],
    ["send", true],
  ]);
  await room.station.close();
  const earnest = await readersRoom({ card: false, real: true, folder: room.folder });
  expect(await codeOf(earnest.client.visit.open({ id: newId(), who }))).toBe("wire.badInput");
});

test("no number, phone or code is in the journal, in a log line, or in clear in a file", async () => {
  const lines: string[] = [];
  const log = createLogger({ level: "debug", to: { write: (line: string) => void lines.push(line) } });
  const room = await readersRoom({ log });
  await comes(room);
  await codeOf(room.client.identify.phone({ phone: "13900001234", second: "4321" }));
  const heard = await listening(room.client);
  const port = room.channels.ports.get("/dev/scanner")!;
  // The scanner's last session hears what comes late for a second.
  await room.clock.advance(2_000);
  port.say(scanned("CODE-OF-SOMEBODY"));
  await advanceUntil(room.clock, () => heard.events.some(({ kind }) => kind === "fault"), "told", 5_000);
  const journal = JSON.stringify(await room.journal());
  const files = readdirSync(room.folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(join(each.parentPath, each.name), "latin1"));
  const secrets = [
    specimenCard.number,
    "13900001234",
    "CODE-OF-SOMEBODY",
    Buffer.from(specimenCard.number).toString("hex"),
  ];
  const seen = secrets.filter((secret) => [journal, ...lines, ...files].some((text) => text.includes(secret)));
  expect(seen).toEqual([]);
  expect(journal).toContain("resident.linked");
});
