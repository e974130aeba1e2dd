import { spawn } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SignJWT } from "jose";
import { WebSocket } from "ws";
import type { BenchStation, FarCost, FarReady } from "./hub-far.ts";
import { openLean, type LeanLine } from "./lean-line.ts";

export interface Far extends FarReady {
  ask(what: "cost" | "memory" | "leave"): Promise<FarCost>;
  end(): Promise<void>;
}

/** Starts a far end and waits until it is ready. */
export async function startFar(
  role: "hub" | "io" | "job" | "ws" | "tcp" | "pass",
  pairs = 0,
  stations = 0,
): Promise<Far> {
  const args = ["--expose-gc", join(import.meta.dirname, "hub-far.ts"), role, String(pairs), String(stations)];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const next = async (): Promise<unknown> => JSON.parse(((await once(lines, "line")) as [string])[0]);
  const ready = (await next()) as FarReady;
  return {
    ...ready,
    ask: async (what) => {
      child.stdin.write(`${what}\n`);
      return (await next()) as FarCost;
    },
    end: async () => {
      const over = once(child, "close");
      child.stdin.end();
      await over;
    },
  };
}

export async function tokenOf({ id, key }: BenchStation): Promise<string> {
  const from = createPrivateKey({ key: Buffer.from(key, "base64"), format: "der", type: "pkcs8" });
  const at = Math.floor(Date.now() / 1_000);
  return new SignJWT({})
    .setProtectedHeader({ alg: "EdDSA" })
    .setIssuer(id)
    .setAudience("hub")
    .setIssuedAt(at)
    .setExpirationTime(at + 60)
    .sign(from);
}

/** An open socket, at the hub with what proves who comes. */
export async function openSocket(port: number, headers: Readonly<Record<string, string>> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/wire`, { headers, perMessageDeflate: false });
  socket.on("error", () => {});
  await once(socket, "open");
  return socket;
}
export const stationHeaders = async (station: BenchStation) => ({ authorization: `Bearer ${await tokenOf(station)}` });
export const doctorHeaders = (port: number, cookie: string) => ({ cookie, origin: `http://127.0.0.1:${port}` });
export const asStation = async (port: number, station: BenchStation): Promise<WebSocket> =>
  openSocket(port, await stationHeaders(station));

/** As the wire library writes a call. */
export const call = (id: string, path: string, json: unknown): string =>
  JSON.stringify({ i: id, p: { u: path, b: { json } } });

export async function openTcp(port: number) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** Of Engine.IO: "2". */
const ping = 0x32;

/** A client of socket.io 4 (Engine.IO 4) in its default room, over WebSocket from the beginning. */
export async function openIo(port: number): Promise<LeanLine & { readonly socket: Socket }> {
  const line = await openLean(port, "/socket.io/?EIO=4&transport=websocket");
  await new Promise<void>((resolve) => {
    line.onMessage = (bytes) => {
      const text = bytes.toString();
      if (text.startsWith("0{")) line.send("40");
      if (text.startsWith("40{")) resolve();
    };
  });
  line.onMessage = (bytes) => {
    if (bytes[0] === ping) line.send("3");
  };
  return line;
}
