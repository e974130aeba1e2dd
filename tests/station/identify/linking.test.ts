import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { specimenCode } from "../../../station/identify/specimens.ts";
import { advanceUntil, codeOf } from "../fakes/station.ts";
import { comes, listening, readersRoom, scanned, specimenCard, type ReadersRoom } from "./kit.ts";

const phone = "100 0000 0009";
const lastFour = specimenCard.number.slice(-4);

/** Something is shown to the scanner whenever it listens, until `over`. */
async function shows(room: ReadersRoom, text: string, over: () => boolean): Promise<void> {
  const port = room.channels.ports.get("/dev/scanner");
  let said = 0;
  await advanceUntil(
    room.clock,
    () => {
      said += 1;
      if (said % 5 === 0) port?.say(scanned(text));
      return over();
    },
    "the code was looked at",
    20_000,
  );
}

/** The answer of a linking by code, with this code before the scanner. */
async function linksCode(room: ReadersRoom, visit: string, text: string): Promise<string | undefined> {
  let answer: { readonly code: string | undefined } | undefined;
  void codeOf(room.client.visit.linkCode({ id: newId(), visit })).then((code) => (answer = { code }));
  await shows(room, text, () => answer !== undefined);
  return answer?.code;
}

test("who came by card comes by phone and the card's last four from then on; a number alone opens nothing", async () => {
  const room = await readersRoom();
  const { view } = await comes(room);
  await room.client.visit.linkPhone({ id: newId(), visit: view.id, phone });
  await room.client.visit.leave({ visit: view.id, reason: "left" });
  expect(await codeOf(room.client.identify.phone({ phone, second: "0000" }))).toBe("identify.notFound");
  const found = await room.client.identify.phone({ phone: `+86 ${phone}`, second: lastFour.toLowerCase() });
  expect(found).toMatchObject({ way: "phone", known: true, shownName: "样*甲" });
  const entries = await room.journal();
  const text = JSON.stringify(entries);
  expect([text.includes("10000000009"), text.includes(phone), text.includes(specimenCard.number)]).toEqual([
    false,
    false,
    false,
  ]);
  const linked = entries.filter(({ type, visit }) => type === "resident.linked" && visit === view.id);
  expect(linked.map(({ actor, subject }) => actor.id === subject)).toEqual([true]);
});

test("who came by card comes by the code they showed, to the last space, and a second time is the first", async () => {
  const room = await readersRoom();
  const { view } = await comes(room);
  expect(await linksCode(room, view.id, "HC-9 ")).toBeUndefined();
  expect(await linksCode(room, view.id, "HC-9 ")).toBeUndefined();
  await room.client.visit.leave({ visit: view.id, reason: "left" });
  const heard = await listening(room.client);
  await shows(room, "HC-9 ", () => heard.events.some((event) => event.kind === "found" && event.found.way === "code"));
  await heard.leave();
  const entries = await room.journal();
  expect(
    entries.filter((entry) => bodyOf(entry, "resident.linked")?.way === "code" && entry.visit === view.id),
  ).toHaveLength(1);
});

test("a code that is somebody else's is refused, and stays theirs", async () => {
  const room = await readersRoom();
  const { view } = await comes(room);
  expect(await linksCode(room, view.id, specimenCode)).toBe("identify.codeTaken");
});

test("nothing is linked to who came without a card, and to nobody", async () => {
  const room = await readersRoom({ card: false });
  const [specimen] = room.station.view().residents;
  const asked = { id: newId(), phone };
  const named = await room.client.visit.open({
    id: newId(),
    who: { kind: "specimen", resident: specimen?.id ?? "" },
  });
  expect(await codeOf(room.client.visit.linkPhone({ ...asked, visit: named.id }))).toBe("identify.expired");
  const guest = await room.client.visit.open({ id: newId(), who: { kind: "guest" } });
  expect(await codeOf(room.client.visit.linkPhone({ ...asked, visit: guest.id }))).toBe("identify.expired");
  expect(await codeOf(room.client.visit.linkPhone({ ...asked, visit: named.id }))).toBe("visit.closed");
});

test("the card is forgotten with the visit: the next one's phone is not linked by it", async () => {
  const room = await readersRoom();
  const { view } = await comes(room);
  await room.client.visit.leave({ visit: view.id, reason: "left" });
  const guest = await room.client.visit.open({ id: newId(), who: { kind: "guest" } });
  expect(await codeOf(room.client.visit.linkPhone({ id: newId(), visit: guest.id, phone }))).toBe("identify.expired");
});

test("a code that does not come is waited for a minute, and no longer than the person stays", async () => {
  const room = await readersRoom();
  const { view } = await comes(room);
  let first: string | undefined = "waiting";
  void codeOf(room.client.visit.linkCode({ id: newId(), visit: view.id })).then((code) => (first = code));
  const begun = room.clock.now();
  await advanceUntil(room.clock, () => first !== "waiting", "the answer", 90_000);
  expect(first).toBe("identify.noCode");
  expect(room.clock.now() - begun).toBeGreaterThanOrEqual(60_000);
});

test("a person sees the ways they are known by, and what they take back opens nothing any more, until it is said again", async () => {
  const room = await readersRoom();
  const { view } = await comes(room);
  const { id: visit } = view;
  const asked = { phone, second: lastFour };
  await room.client.visit.linkPhone({ id: newId(), visit, phone });
  const { links, byCard } = await room.client.visit.links({ visit });
  expect([links.map(({ way }) => way), byCard]).toEqual([["card", "phone"], true]);
  const [card, linked] = links;
  expect(await codeOf(room.client.visit.unlink({ id: newId(), visit, link: card?.id ?? "" }))).toBe("care.unknown");
  const taken = { id: newId(), visit, link: linked?.id ?? "" };
  await room.client.visit.unlink(taken);
  await room.client.visit.unlink(taken);
  expect((await room.client.visit.links({ visit })).links.map(({ way }) => way)).toEqual(["card"]);
  expect(await codeOf(room.client.identify.phone(asked))).toBe("identify.notFound");
  await room.client.visit.linkPhone({ id: newId(), visit, phone });
  expect(await room.client.identify.phone(asked)).toMatchObject({ known: true });
  expect((await room.journal()).filter(({ type }) => type === "resident.unlinked")).toHaveLength(1);
});

test("nobody takes back what somebody else is known by", async () => {
  const room = await readersRoom();
  const first = await comes(room);
  await room.client.visit.linkPhone({ id: newId(), visit: first.id, phone });
  const { links } = await room.client.visit.links({ visit: first.id });
  const [specimen] = room.station.view().residents;
  const { id: visit } = await room.client.visit.open({
    id: newId(),
    who: { kind: "specimen", resident: specimen?.id ?? "" },
  });
  expect(await codeOf(room.client.visit.unlink({ id: newId(), visit, link: links[1]?.id ?? "" }))).toBe("care.unknown");
  expect(await codeOf(room.client.visit.links({ visit: first.id }))).toBe("visit.closed");
  expect(await room.client.identify.phone({ phone, second: lastFour })).toMatchObject({ known: true });
});
