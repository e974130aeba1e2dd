import { expect, test, vi } from "vitest";
import { fakeClinician } from "./fake-station.ts";
import { openKiosk, openVisit, until } from "./kiosk-under-test.ts";

/** What a doctor says to be listened to, by the hub: in a room nothing goes from page to page. */

async function talking() {
  const kiosk = openKiosk({});
  await openVisit(kiosk.engine);
  kiosk.engine.send({ kind: "callDoctor" }, { kind: "yes" });
  await until(kiosk.engine, ({ call }) => call.view?.ahead === 2 && call.camera === "on");
  kiosk.station.setCall({ state: "active", clinician: fakeClinician });
  await vi.waitFor(() => expect(kiosk.consult.seen.peers).toBe(1));
  return kiosk;
}

const spoken = new Uint8Array(20_000).map((_, index) => index % 251);

test("it comes in pieces, whole, and is told as heard when it was played to its end, and not before", async () => {
  const { engine, station } = await talking();
  const note = station.leaveNote(spoken);
  await until(engine, ({ call }) => call.blobs[0]?.state === "whole");
  expect(engine.shown().call.blobs).toMatchObject([{ id: note, kind: "voiceNote", own: false, bytes: spoken }]);
  const asked = station.inputs("consult.blob.get") as readonly { readonly offset: number }[];
  expect(asked.map(({ offset }) => offset)).toEqual([0, 8_000, 16_000]);
  expect(station.inputs("consult.blob.heard")).toEqual([]);
  engine.heard(note);
  await vi.waitFor(() => expect(station.inputs("consult.blob.heard")).toMatchObject([{ blob: note }]));
  expect(engine.shown().call.blobs).toMatchObject([{ id: note, heard: true }]);
});

test("of several none is passed over, and what was heard is not fetched again", async () => {
  const { engine, station } = await talking();
  const first = station.leaveNote(spoken.subarray(0, 100));
  await until(engine, ({ call }) => call.blobs.length === 1 && call.blobs[0]?.state === "whole");
  engine.heard(first);
  const second = station.leaveNote(spoken.subarray(0, 50));
  await until(engine, ({ call }) => call.blobs.length === 2 && call.blobs[1]?.state === "whole");
  expect(engine.shown().call.blobs.map(({ id, heard }) => [id, heard])).toEqual([
    [first, true],
    [second, undefined],
  ]);
  expect(station.inputs("consult.blob.get")).toHaveLength(2);
});
