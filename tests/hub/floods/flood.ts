/**
 * A program of its own, so that its work is not measured as the hub's: one station that sends a hundred times what it may,
 * somebody of a call who says what nobody can hear, or sockets that begin and never go on. Each line in: JSON of `FloodOrder`; each line out: of `FloodReport`.
 */
import { createPrivateKey, type JsonWebKey } from "node:crypto";
import { connect, type Socket } from "node:net";
import { constants, setPriority } from "node:os";
import { createInterface } from "node:readline";
import { SignJWT } from "jose";
import { v7 as uuidv7 } from "uuid";
import { WebSocket } from "ws";

export type FloodOrder =
  | {
      readonly kind: "station";
      readonly address: string;
      readonly station: string;
      readonly key: JsonWebKey;
      readonly perSecond: number;
      /** So many at once each time the line opens, read or not. */
      readonly atOnce: number;
      /** Hangs up by itself so soon after it opened, and dials again; 0: stays until it is sent away. */
      readonly leavesAfterMs: number;
      readonly ms: number;
    }
  | {
      readonly kind: "halfOpen";
      readonly port: number;
      readonly sockets: number;
      /** What each says, in turn; none of it is a whole request. */
      readonly beginnings: readonly string[];
      /** How long they are watched once all have begun. */
      readonly ms: number;
    }
  | {
      readonly kind: "seated";
      readonly address: string;
      readonly cookie: string;
      /** Each is good on the line of its first use; the next line uses the next one. */
      readonly tickets: readonly string[];
      /** What is said, in turn; `$ticket` and `$id` are filled in. */
      readonly says: readonly string[];
      /** So many in all. */
      readonly count: number;
      readonly perSecond: number;
    };

export interface FloodReport {
  /** Messages, or sockets. */
  readonly sent: number;
  /** By code of the close or status of the refused upgrade: how the hub ended it. */
  readonly ended: Readonly<Record<string, number>>;
  /** Answers of the hub. */
  readonly answers: number;
  /** Sockets that are open at the end. */
  readonly open: number;
}

type StationOrder = Extract<FloodOrder, { readonly kind: "station" }>;
type SeatedOrder = Extract<FloodOrder, { readonly kind: "seated" }>;
type HalfOpenOrder = Extract<FloodOrder, { readonly kind: "halfOpen" }>;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends at its pace whatever happens, and dials again the moment it was sent away. */
async function asStation({
  address,
  station,
  key,
  perSecond,
  atOnce,
  leavesAfterMs,
  ms,
}: StationOrder): Promise<FloodReport> {
  const signer = createPrivateKey({ key, format: "jwk" });
  const until = performance.now() + ms;
  const ended: Record<string, number> = {};
  let [sent, answers] = [0, 0];
  const count = (how: string) => (ended[how] = (ended[how] ?? 0) + 1);
  const message = '{"i":"1","p":{"u":"/journal/held","b":{}}}';
  while (performance.now() < until) {
    const issued = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: "EdDSA" })
      .setIssuer(station)
      .setAudience("hub")
      .setIssuedAt(issued)
      .setExpirationTime(issued + 60)
      .sign(signer);
    const socket = new WebSocket(`${address.replace("http", "ws")}/wire`, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    });
    const over = new Promise<string>((resolve) => {
      socket.once("close", (code) => resolve(String(code)));
      socket.once("unexpected-response", (_request, response) => {
        response.resume();
        resolve(`HTTP ${response.statusCode ?? 0}`);
      });
      socket.on("error", () => resolve("error"));
    });
    socket.on("message", () => (answers += 1));
    let began = performance.now();
    let due = 0;
    socket.once("open", () => {
      began = performance.now();
      for (let nth = 0; nth < atOnce; nth += 1) socket.send(message);
      sent += atOnce;
    });
    let how: string | undefined;
    while (how === undefined && performance.now() < until) {
      how = await Promise.race([over, wait(4).then(() => undefined)]);
      if (socket.readyState !== WebSocket.OPEN) continue;
      if (leavesAfterMs > 0 && performance.now() - began > leavesAfterMs) break;
      const wanted = Math.floor(((performance.now() - began) * perSecond) / 1000);
      // Nobody can send what the other side does not read: what it would hold in its own memory is not sent.
      for (; due < wanted && socket.bufferedAmount < 65_536; due += 1) {
        socket.send(message);
        sent += 1;
      }
      due = wanted;
    }
    count(how ?? "left");
    socket.terminate();
  }
  return { sent, ended, answers, open: 0 };
}

/** Speaks at its pace whatever happens, and dials again the moment it was sent away; what falls between two lines is said to nobody. */
async function asSeated({ address, cookie, tickets, says, count, perSecond }: SeatedOrder): Promise<FloodReport> {
  const ended: Record<string, number> = {};
  let [sent, answers, lines] = [0, 0, 0];
  const began = performance.now();
  const due = () => Math.min(count, Math.floor(((performance.now() - began) * perSecond) / 1_000));
  for (let said = 0; said < count;) {
    const socket = new WebSocket(`${address.replace("http", "ws")}/wire`, {
      headers: { cookie, origin: address },
      perMessageDeflate: false,
    });
    const over = new Promise<string>((resolve) => {
      socket.once("close", (code) => resolve(String(code)));
      socket.once("unexpected-response", (_request, response) => {
        response.resume();
        resolve(`HTTP ${response.statusCode ?? 0}`);
      });
      socket.on("error", () => resolve("error"));
    });
    const opened = new Promise<undefined>((resolve) => socket.once("open", () => resolve(undefined)));
    socket.on("message", () => (answers += 1));
    let how = await Promise.race([over, opened]);
    said = due();
    const ticket = tickets[lines] ?? "none";
    if (how === undefined) lines += 1;
    while (how === undefined && said < count) {
      // What would be held in this program's own memory is not sent.
      for (; said < due() && socket.bufferedAmount < 65_536 && socket.readyState === WebSocket.OPEN; said += 1) {
        const text = says[said % says.length] ?? "";
        socket.send(text.replaceAll("$ticket", ticket).replaceAll("$id", uuidv7()));
        sent += 1;
      }
      how = await Promise.race([over, wait(4).then(() => undefined)]);
    }
    ended[how ?? "left"] = (ended[how ?? "left"] ?? 0) + 1;
    socket.terminate();
    await wait(10);
  }
  return { sent, ended, answers, open: 0 };
}

async function halfOpen({ port, sockets, beginnings, ms }: HalfOpenOrder): Promise<FloodReport> {
  const all = new Set<Socket>();
  const ended: Record<string, number> = {};
  let answers = 0;
  for (let nth = 0; nth < sockets; nth += 1) {
    const socket = connect(port, "127.0.0.1");
    all.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", () => (answers += 1));
    socket.on("close", () => {
      all.delete(socket);
      ended.closed = (ended.closed ?? 0) + 1;
    });
    const beginning = beginnings[nth % beginnings.length] ?? "";
    if (beginning !== "") socket.write(beginning);
    // A few hundred at a time: the queue of this machine's own kernel is not what is looked at.
    if (nth % 200 === 199) await wait(10);
  }
  await wait(ms);
  const open = all.size;
  for (const socket of all) socket.destroy();
  return { sent: sockets, ended, answers, open };
}

function flood(order: FloodOrder): Promise<FloodReport> {
  switch (order.kind) {
    case "station":
      return asStation(order);
    case "seated":
      return asSeated(order);
    case "halfOpen":
      return halfOpen(order);
  }
}

// What it takes to make a flood must not be taken from the hub.
setPriority(constants.priority.PRIORITY_LOW);
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as FloodOrder;
  const report = await flood(order);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
