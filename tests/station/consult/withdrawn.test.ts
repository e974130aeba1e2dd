import { hash, randomUUID } from "node:crypto";
import { createRouterClient, implement } from "@orpc/server";
import { expect, onTestFinished, test } from "vitest";
import { faultOf } from "../../../core/contract/line.ts";
import { stationContract } from "../../../core/contract/station.ts";
import type { SignalBody } from "../../../core/contract/views.ts";
import { consultHandlers } from "../../../station/consult/consult.ts";
import { bench } from "./kit.ts";

/** The person takes back, in the middle of a call, that a doctor gets readings and pictures. */
const sent = { version: "2026-11", entry: "018f0000-0000-7000-8000-00000000c0c0", at: "2026-11-02T01:00:00.000Z" };

async function talking() {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  const [visit, call] = [randomUUID(), randomUUID()];
  let given = true;
  const gist = () => ({
    visit,
    subject: null,
    shownName: "王*",
    severity: 0,
    knownDiagnosis: false,
    consents: { send: { ...sent, given } },
  });
  const consult = consultHandlers(
    link,
    { find: (id) => (id === visit ? gist() : undefined), changed: () => undefined, news: () => undefined },
    it.store,
    it.clock,
  );
  onTestFinished(() => consult.close());
  const page = createRouterClient(implement(stationContract).consult.router(consult.handlers));
  await page.request({ call, visit });
  it.hub.show(call, { state: "active", ticket: "ticket-1" });
  await it.passing(() => it.hub.asked.includes("signals"), "ticket there");
  const signal = (body: SignalBody) => page.signal({ call, body });
  const bodies = () => it.hub.call(call).fromStation;
  return { it, link, call, page, signal, bodies, say: (does: boolean) => void (given = does) };
}

const measurement = randomUUID();
const live = (at: number): SignalBody => ({
  kind: "live",
  message: {
    kind: "measure",
    measurement,
    of: "glucose",
    at: new Date(Date.UTC(2026, 10, 2, 1, 0, at)).toISOString(),
    event: { kind: "fault", code: "device.silent" },
  },
});
const restart = (generation: number): SignalBody => ({ kind: "restart", generation });

test("a reading of before goes to the doctor, none of after; what the talk itself needs goes on", async () => {
  const { it, signal, bodies, say } = await talking();
  await signal(live(1));
  await it.passing(() => bodies().length === 1, "heard");
  say(false);
  await signal(live(2));
  await signal(restart(2));
  await it.passing(() => bodies().length === 2, "heard");
  expect(bodies()).toEqual([live(1), restart(2)]);
  say(true);
  await signal(live(3));
  await it.passing(() => bodies().length === 3, "heard");
  expect(bodies().at(-1)).toEqual(live(3));
});

test("a reading that waits for a line is over for the doctor, without its number", async () => {
  const { it, link, call, signal, bodies, say } = await talking();
  it.hub.cutAt = { call: "signal", when: "before" };
  await signal(live(1));
  await it.passing(() => link.state === "away", "cut");
  expect(bodies()).toEqual([]);
  say(false);
  await it.passing(() => link.state === "up", "back");
  it.hub.show(call, { ticket: "ticket-2" });
  await it.passing(() => bodies().length === 1, "heard");
  expect(bodies()).toMatchObject([
    { kind: "live", message: { measurement, event: { kind: "ended", how: "stopped" } } },
  ]);
});

test("a picture for a room stops at the piece that comes next", async () => {
  const { call, page, say } = await talking();
  const bytes = Buffer.alloc(2_000, 1);
  const blob = randomUUID();
  const about = { call, blob, kind: "still", media: "image/jpeg", bytes: bytes.length } as const;
  await page.blob.begin({ ...about, hash: hash("sha256", bytes) });
  await page.blob.put({ call, blob, offset: 0, piece: bytes.subarray(0, 1_000).toString("base64") });
  say(false);
  const code = (work: Promise<unknown>) => work.then(() => undefined, faultOf);
  const rest = bytes.subarray(1_000).toString("base64");
  expect(await code(page.blob.put({ call, blob, offset: 1_000, piece: rest }))).toBe("consent.notGiven");
  expect(await code(page.blob.begin({ ...about, blob: randomUUID(), hash: hash("sha256", bytes) }))).toBe(
    "consent.notGiven",
  );
});
