import { createHash, randomUUID } from "node:crypto";
import { createRouterClient, implement } from "@orpc/server";
import { onTestFinished, expect, test } from "vitest";
import type { BlobState } from "../../../core/contract/hub-blobs.ts";
import { faultOf } from "../../../core/contract/line.ts";
import { stationContract } from "../../../core/contract/station.ts";
import { consultHandlers } from "../../../station/consult/consult.ts";
import { asking } from "./asking.ts";
import { bench } from "./kit.ts";

/** What a person says about guests of a call, and what they show to those in it, as the station keeps and carries it. */

async function talk() {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  const gist = asking();
  const desk = { find: () => gist, changed: () => undefined, news: () => undefined };
  const consult = consultHandlers(link, desk, it.store, it.clock);
  onTestFinished(() => consult.close());
  const page = createRouterClient(implement(stationContract).consult.router(consult.handlers));
  const call = randomUUID();
  await page.request({ call, visit: gist.visit });
  const said = async () => (await it.store.tail(0, 1_000)).filter(({ type }) => type === "consent.inCall");
  return { it, link, page, call, gist, said };
}
const codeOf = (work: Promise<unknown>) => work.then(() => "ok", faultOf);

test("a word about a guest is kept once, goes to the hub, and says of which call and by which way", async () => {
  const { it, link, page, call, gist, said } = await talk();
  const ask = randomUUID();
  const word = { call, ask, scope: "teach", said: "given", way: "key" } as const;
  await page.guest(word);
  await page.guest(word);
  expect(await said()).toMatchObject([
    { visit: gist.visit, body: { call, ask, scope: "teach", said: "given", version: "2026-11", way: "key" } },
  ]);
  await it.passing(() => link.unsent === 0, "shipped");
});

test("taken back twice, by two touches, is taken back twice; of a call that is over nothing is said", async () => {
  const { page, call, said } = await talk();
  for (const ask of [randomUUID(), randomUUID()])
    await page.guest({ call, ask, scope: "family", said: "withdrawn", way: "touch" });
  expect(await said()).toHaveLength(2);
  const another = { call: randomUUID(), ask: randomUUID(), scope: "family", said: "given", way: "touch" } as const;
  expect(await codeOf(page.guest(another))).toBe("consult.ended");
});

test("what the doctor asks about guests is the page's to see", async () => {
  const { it, page, call } = await talk();
  const guests = [{ ask: randomUUID(), scope: "family", name: "", state: "asked" }] as const;
  it.hub.show(call, { state: "ringing", ticket: "t", guests: [...guests] });
  for await (const view of await page.watch({ call })) {
    if (view.guests === undefined) continue;
    expect(view.guests).toEqual(guests);
    break;
  }
});

test("a picture goes to the hub in pieces, and the hub's answer is where it goes on", async () => {
  const { it, page, call } = await talk();
  const picture = Buffer.from("a picture of a wound");
  const blob = randomUUID();
  const hash = createHash("sha256").update(picture).digest("hex");
  const head = { call, blob, kind: "still", media: "image/png", bytes: picture.length, hash } as const;
  expect(await page.blob.begin(head)).toEqual({ received: 0, whole: false });
  const put = (from: number, to: number) =>
    page.blob.put({ call, blob, offset: from, piece: picture.subarray(from, to).toString("base64") });
  expect(await put(0, 8)).toEqual({ received: 8, whole: false });
  expect(await put(0, 8)).toEqual({ received: 8, whole: false });
  expect(await page.blob.begin(head)).toEqual({ received: 8, whole: false });
  expect(await put(8, 99)).toEqual({ received: picture.length, whole: true });
  expect(it.hub.blobs.get(blob)?.content.toString()).toBe("a picture of a wound");
});

test("what a doctor said to be listened to is read in pieces by the hub, and told as heard", async () => {
  const { it, page, call } = await talk();
  const voice = Buffer.from("drink more water");
  const note = (id: string, by: string, more: Partial<BlobState> = {}): BlobState => {
    const hash = createHash("sha256").update(voice).digest("hex");
    const told = { blob: id, call, kind: "voiceNote", media: "audio/webm", bytes: voice.length, hash } as const;
    return { ...told, received: voice.length, whole: true, by, at: "2026-11-23T03:00:00.000Z", ...more };
  };
  const blob = randomUUID();
  it.hub.blobs.set(blob, { bytes: voice.length, hash: note(blob, "d").hash, content: voice, whole: true });
  it.hub.show(call, { state: "active", ticket: "t", you: "s" });
  it.hub.notes.set([
    note(blob, "d"),
    note(randomUUID(), "s"),
    note(randomUUID(), "d", { kind: "still" }),
    note(randomUUID(), "d", { whole: false }),
  ]);
  for await (const notes of await page.blob.watch({ call })) {
    if (notes.length === 0) continue;
    expect(notes).toEqual([
      { blob, media: "audio/webm", bytes: voice.length, hash: note(blob, "d").hash, heard: false },
    ]);
    break;
  }
  const part = (offset: number) => page.blob.get({ call, blob, offset, length: 8 });
  const parts = [await part(0), await part(8)].map(({ piece }) => Buffer.from(piece, "base64"));
  expect(Buffer.concat(parts)).toEqual(voice);
  await page.blob.heard({ call, blob });
  expect(it.hub.heard).toEqual([blob]);
});

test("without a line a picture waits with the page; of a call that is over it goes nowhere", async () => {
  const { it, link, page, call } = await talk();
  const head = { call, blob: randomUUID(), kind: "still", media: "image/png", bytes: 1, hash: "0".repeat(64) } as const;
  expect(await codeOf(page.blob.begin({ ...head, call: randomUUID() }))).toBe("consult.ended");
  await it.hub.kill();
  await it.passing(() => link.state === "away", "away");
  expect(await codeOf(page.blob.begin(head))).toBe("consult.hubAway");
});
