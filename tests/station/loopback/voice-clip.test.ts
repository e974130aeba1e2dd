import { once } from "node:events";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { faultOf } from "../../../core/contract/line.ts";
import type { stationContract } from "../../../core/contract/station.ts";
import { mostClipBytes } from "../../../core/contract/technician-voice.ts";
import { lineOverSocket } from "../../../renderer/station.ts";
import { serveLoopback } from "../../../station/loopback/serve.ts";
import { deskWith, newId, signIn } from "../technician/kit.ts";

/** A clip from the technician's page, over the line that the page really has. */
async function withPack() {
  const { station } = await deskWith();
  const news = { bug: () => undefined, refused: () => undefined, turnedAway: () => undefined };
  const page = { here: () => undefined, gone: () => undefined };
  const door = await serveLoopback({ router: station.router, pages: "nowhere", port: 0, page, news });
  onTestFinished(() => door.close());
  const { host, hash } = new URL(door.address);
  const socket = new WebSocket(`ws://${host}/wire`, ["health-station", hash.slice("#token=".length)], {
    headers: { origin: `http://${host}` },
  });
  onTestFinished(() => socket.terminate());
  const line = lineOverSocket(socket as unknown as globalThis.WebSocket);
  socket.on("close", () => line.cut());
  await once(socket, "open");
  const client = createORPCClient<ContractRouterClient<typeof stationContract>>(line);
  const session = await signIn(client);
  await client.technician.voice.describe({
    id: newId(),
    session,
    manifest: {
      id: "sample",
      name: { zh: "样例", en: "Sample" },
      language: "wuu-CN",
      page: "zh-CN",
      speaker: "样例",
      synthetic: false,
      madeBy: "tests",
      licence: "CC0-1.0",
      format: "WAV",
    },
  });
  const keep = (bytes: number) => {
    const base64 = Buffer.concat([Buffer.from("RIFF"), Buffer.alloc(bytes - 4)]).toString("base64");
    return client.technician.voice.keep({ id: newId(), session, pack: "sample", file: "sx.ask.0.wav", base64 });
  };
  const clips = async () => {
    for await (const { packs } of await client.voice.watch())
      return packs.find(({ manifest }) => manifest.id === "sample")?.clips;
    return undefined;
  };
  return { keep, clips };
}

test("a clip of the largest size is kept, and the page is told", async () => {
  const { keep, clips } = await withPack();
  await keep(mostClipBytes);
  expect(await clips()).toEqual(["sx.ask.0.wav"]);
});

test("a larger one is refused, and the page's line stays", async () => {
  const { keep, clips } = await withPack();
  expect(await keep(mostClipBytes + 3).catch(faultOf)).toBe("wire.badInput");
  expect(await clips()).toEqual([]);
});
