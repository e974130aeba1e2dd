import { createHash, randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import type { Brought } from "../../../core/contract/station.ts";
import { Messages } from "../../../station/consult/messages.ts";
import type { AskingVisit } from "../../../station/consult/visit-desk.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import type { HubLink } from "../../../station/consult/hub-link.ts";
import { bench, type Bench } from "./kit.ts";
import { asking } from "./asking.ts";

/** Messages for a doctor: on the disk first, then at the hub, whole, once. */

function box(it: Bench, link: HubLink | undefined): Messages {
  const messages = new Messages({ link, store: it.store, clock: it.clock, log: silentLogger });
  onTestFinished(() => messages.close());
  return messages;
}

function note(size: number): { readonly brought: Brought; readonly content: Buffer } {
  const content = Buffer.alloc(size, 7);
  const hash = createHash("sha256").update(content).digest("hex");
  return { content, brought: { blob: randomUUID(), kind: "voiceNote", media: "audio/webm", bytes: size, hash } };
}

function handOver(messages: Messages, visit: AskingVisit, { brought, content }: ReturnType<typeof note>): void {
  for (let at = 0; at < content.length; at += 8_000)
    expect(messages.piece(visit.visit, brought.blob, at, content.subarray(at, at + 8_000))).toEqual({ ok: true });
}

const upLink = async (it: Bench): Promise<HubLink> => {
  const link = it.link();
  await it.passing(() => link.state === "up", "up");
  return link;
};

test("kept without a line, it goes when there is one: a stored call with the voice whole", async () => {
  const it = await bench();
  const voice = note(60_000);
  const [call, visit] = [randomUUID(), asking()];
  const alone = box(it, undefined);
  handOver(alone, visit, voice);
  expect(await alone.keep(call, visit, [voice.brought])).toEqual({ ok: true });
  alone.close();

  box(it, await upLink(it));
  const held = await it.passing(() => it.hub.blobs.get(voice.brought.blob)?.whole, "whole");
  expect(held).toBe(true);
  expect(it.hub.stored.get(call)).toMatchObject({ mode: "stored", visit: visit.visit, severity: visit.severity });
  expect(it.hub.blobs.get(voice.brought.blob)?.content).toEqual(voice.content);
  await it.passing(() => it.hub.asked.filter((name) => name === "join").length === 1, "asked once");
  await expect.poll(() => it.store.firstMessage()).toBeUndefined();
});

test.each(["before", "after"] as const)("a line cut %s a piece: it goes on, and comes out whole", async (when) => {
  const it = await bench();
  const link = await upLink(it);
  const messages = box(it, link);
  const voice = note(60_000);
  const [call, visit] = [randomUUID(), asking()];
  handOver(messages, visit, voice);
  it.hub.cutAt = { call: "put", when };
  await messages.keep(call, visit, [voice.brought]);
  await it.passing(() => it.hub.blobs.get(voice.brought.blob)?.whole, "whole");
  expect(it.hub.blobs.get(voice.brought.blob)?.content).toEqual(voice.content);
});

test.each([
  ["cut short", 8_000, {}],
  ["of another hash", 9_000, { hash: "0".repeat(64) }],
])("what is %s is not kept", async (_how, sent, wrong) => {
  const it = await bench();
  const messages = box(it, undefined);
  const visit = asking();
  const voice = note(9_000);
  messages.piece(visit.visit, voice.brought.blob, 0, voice.content.subarray(0, sent));
  const brings = [{ ...voice.brought, ...wrong }];
  expect(await messages.keep(randomUUID(), visit, brings)).toEqual({ ok: false, code: "blob.broken" });
  expect(await it.store.firstMessage()).toBeUndefined();
});

test("pieces of a visit that was left are gone", async () => {
  const it = await bench();
  const messages = box(it, undefined);
  const visit = asking();
  const voice = note(100);
  handOver(messages, visit, voice);
  messages.forget(visit.visit);
  expect(await messages.keep(randomUUID(), visit, [voice.brought])).toEqual({ ok: false, code: "blob.broken" });
});

test("a gap is refused, and so is more than a message may bring", async () => {
  const it = await bench();
  const messages = box(it, undefined);
  const blob = randomUUID();
  expect(messages.piece("v", blob, 1, Buffer.alloc(1))).toEqual({ ok: false, code: "blob.broken" });
  for (const each of [1, 2, 3]) expect(messages.piece("v", String(each), 0, Buffer.alloc(1)).ok).toBe(true);
  expect(messages.piece("v", blob, 0, Buffer.alloc(1))).toEqual({ ok: false, code: "blob.tooBig" });
});
