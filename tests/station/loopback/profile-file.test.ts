import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { faultOf } from "../../../core/contract/line.ts";
import type { stationContract } from "../../../core/contract/station.ts";
import { mostProfileBytes } from "../../../core/contract/technician-devices.ts";
import { lineOverSocket } from "../../../renderer/station.ts";
import { serveLoopback } from "../../../station/loopback/serve.ts";
import { deskWith, newId, signIn } from "../technician/kit.ts";

/** A profile's file from the technician's page, over the line that the page really has: outputs are checked there. */

const file = join(import.meta.dirname, "../../drivers/profiles-as-json/toledo-continuous.json");
const text = readFileSync(file, "utf8");

async function overTheLine() {
  const { station } = await deskWith();
  const bugs: string[] = [];
  const news = { bug: (call: string) => bugs.push(call), refused: () => undefined, turnedAway: () => undefined };
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
  const add = (content: string) =>
    client.technician.devices.addProfile({ id: newId(), session, file: "scale.json", text: content });
  return { client, session, add, bugs };
}

test("a refused file is answered with line and column", async () => {
  const { add, bugs } = await overTheLine();
  expect([await add('{\n  "id": "a",\n  "id": "b"\n}\n'), bugs]).toMatchObject([
    { kept: false, refused: { file: "scale.json", problems: [{ line: 3, column: 3 }] } },
    [],
  ]);
});

test("a file as large as the shelf takes is kept", async () => {
  const { add } = await overTheLine();
  // Line ends are what a text travels worst with: each is two characters on the line.
  const padded = text + "\n".repeat(mostProfileBytes - Buffer.byteLength(text));
  expect(await add(padded)).toMatchObject({ kept: true });
});

test("one byte more is refused before it travels far, and the page's line stays", async () => {
  const { add, client } = await overTheLine();
  expect(await add(" ".repeat(mostProfileBytes + 1)).catch(faultOf)).toBe("wire.badInput");
  expect((await client.technician.staff.list()).setUp).toBe(false);
});

test("no other call may be as long as one that carries a file", async () => {
  const { client, session } = await overTheLine();
  const long = { id: newId(), session, device: "x".repeat(100_000), name: "x" };
  expect(await client.technician.devices.rename(long).catch(faultOf)).toBe("wire.badInput");
  expect((await client.technician.staff.list()).setUp).toBe(false);
});
