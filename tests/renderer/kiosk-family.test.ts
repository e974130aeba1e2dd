import { expect, test, vi } from "vitest";
import type { Found } from "../../core/contract/visit-parts.ts";
import { foundOf } from "./fake-visit.ts";
import { openKiosk, openVisit } from "./kiosk-under-test.ts";

async function waiting() {
  const kiosk = openKiosk();
  await openVisit(kiosk.engine);
  kiosk.engine.send({ kind: "mine", page: "family" });
  const heard: unknown[] = [];
  const leave = kiosk.engine.family.await((answer) => heard.push(answer));
  await vi.waitFor(() => expect(kiosk.station.heard).toContain("identify.listen"));
  return { ...kiosk, heard, leave };
}

test("a relative's card is heard beside the visit, which stays as it is, and the right goes to the host with its token", async () => {
  const { engine, station, heard, leave } = await waiting();
  const found: Found = foundOf({ known: true, shownName: "planted-secret" });
  station.lay({ kind: "found", found });
  await vi.waitFor(() => expect(heard).toEqual([{ found }]));
  expect(engine.shown()).toMatchObject({ screen: { at: "mine", page: "family" }, found: undefined });
  expect(await engine.family.grant(found.token, "grant")).toBeUndefined();
  const visit = engine.shown().visit?.id;
  expect(station.inputs("visit.grant")).toMatchObject([{ visit, token: found.token, why: "grant" }]);
  leave();
});

test("a card that cannot be read is told, in words that this page knows", async () => {
  const { station, heard, leave } = await waiting();
  station.lay({ kind: "fault", code: "of a newer host" });
  await vi.waitFor(() => expect(heard).toEqual([{ fault: "identify.notFound" }]));
  leave();
});

test("a relative's readings are asked for by their id, one's own without", async () => {
  const { engine, station, leave } = await waiting();
  await engine.trend("body");
  await engine.trend("body", "018f0000-0000-7000-8000-0000000000a1");
  expect(station.inputs("visit.trend").map((input) => (input as { resident?: string }).resident)).toEqual([
    undefined,
    "018f0000-0000-7000-8000-0000000000a1",
  ]);
  leave();
});
