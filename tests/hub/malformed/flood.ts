/**
 * A program of its own, so that its work is not measured as the hub's: sends a number of malformed requests and frames over raw
 * connections, and prints what came of them. Each line in: JSON of `FloodOrder`; each line out: of `FloodReport`.
 */
import { connect } from "node:net";
import { constants, setPriority } from "node:os";
import { createInterface } from "node:readline";
import { randomOf } from "../random.ts";
import { malformedFrame } from "./frames.ts";
import { malformedRequest, type Malformed } from "./requests.ts";

export interface FloodOrder {
  readonly port: number;
  /** Of a doctor who is signed in: without one, no frame gets further than the upgrade. */
  readonly cookie: string;
  readonly origin: string;
  readonly seed: number;
  /** Requests; and as many frames. */
  readonly each: number;
  /** Connections at a time. */
  readonly atOnce: number;
}

export interface FloodReport {
  readonly sent: number;
  /** By first digit of the status, or how a socket was ended. */
  readonly answers: Readonly<Record<string, number>>;
  /** Kinds that succeeded with something. */
  readonly successes: readonly string[];
  /** Kinds that nobody answered within the time. */
  readonly unanswered: readonly string[];
}

/** The hub gives slow heads and bodies 30 s; what is whole must be answered long before. */
const patienceMs = 20_000;

async function flooded(order: FloodOrder): Promise<FloodReport> {
  const answers: Record<string, number> = {};
  const successes: string[] = [];
  const unanswered: string[] = [];
  const count = (answer: string) => (answers[answer] = (answers[answer] ?? 0) + 1);

  const upgrade = Buffer.from(
    `GET /wire HTTP/1.1\r\nhost: h\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\ncookie: ${order.cookie}\r\norigin: ${order.origin}\r\n\r\n`,
  );

  /** Bytes until the other side ends, or `enough` says so. */
  function exchange(
    first: Buffer,
    onData: (heard: Buffer, write: (bytes: Buffer) => void) => boolean,
  ): Promise<Buffer | undefined> {
    return new Promise((done) => {
      const socket = connect(order.port, "127.0.0.1");
      let heard = Buffer.alloc(0);
      const end = (answer: Buffer | undefined) => {
        socket.destroy();
        done(answer);
      };
      socket.setTimeout(patienceMs, () => end(undefined));
      socket.on("error", () => end(heard));
      socket.on("close", () => end(heard));
      socket.on("data", (chunk: Buffer) => {
        heard = Buffer.concat([heard, chunk]);
        if (onData(heard, (bytes) => void socket.write(bytes))) end(heard);
      });
      socket.write(first, () => {
        if (onData(heard, (bytes) => void socket.write(bytes))) end(heard);
      });
    });
  }

  async function request({ kind, bytes, half = false }: Malformed): Promise<void> {
    const heard = await exchange(bytes, () => half);
    if (heard === undefined) unanswered.push(kind);
    const statuses = [...(heard ?? "").toString("latin1").matchAll(/^HTTP\/1\.[01] (\d)\d\d/gm)].map(
      ([, digit]) => digit,
    );
    for (const digit of statuses) count(`${digit}xx`);
    if (statuses.length === 0) count(half ? "left" : "cut");
    if (statuses.some((digit) => digit !== "4")) successes.push(`${kind}: ${(heard ?? "").toString("latin1", 0, 40)}`);
  }

  /** Answers to calls among the frames after the upgrade: text frames of the hub, which are short and never masked. */
  function said(heard: Buffer): { readonly texts: readonly string[]; readonly closed: boolean } {
    const texts: string[] = [];
    let closed = false;
    for (let at = 0; at + 2 <= heard.length;) {
      const opcode = (heard[at] ?? 0) & 15;
      const short = heard[at + 1] ?? 0;
      const [head, length] = short === 126 ? [4, heard.readUInt16BE(at + 2)] : [2, short];
      if (opcode === 1) texts.push(heard.toString("utf8", at + head, at + head + length));
      if (opcode === 8) closed = true;
      at += head + length;
    }
    return { texts, closed };
  }

  async function oneFrame({ kind, bytes, half = false }: Malformed): Promise<void> {
    const line = { began: false };
    const after = (heard: Buffer) => heard.subarray(heard.indexOf("\r\n\r\n") + 4);
    const heard = await exchange(upgrade, (so, write) => {
      if (so.indexOf("\r\n\r\n") < 0) return false;
      if (!line.began) {
        line.began = true;
        write(bytes);
        return half;
      }
      const { texts, closed } = said(after(so));
      return closed || texts.length > 0;
    });
    if (heard === undefined) {
      unanswered.push(kind);
      return;
    }
    if (!line.began) throw new Error(`no upgrade: ${heard.toString("latin1", 0, 60)}`);
    const { texts, closed } = said(after(heard));
    count(closed ? "closed" : texts.length > 0 ? "refused call" : half ? "left" : "cut");
    if (texts.some((text) => !/"s":4\d\d/.test(text))) successes.push(`${kind}: ${texts.join(" ").slice(0, 200)}`);
  }

  const random = randomOf(order.seed);
  let begun = 0;
  async function work(): Promise<void> {
    while (begun < 2 * order.each) {
      begun += 1;
      await (begun % 2 === 0 ? oneFrame(malformedFrame(random)) : request(malformedRequest(random)));
    }
  }
  await Promise.all(Array.from({ length: order.atOnce }, work));
  return { sent: begun, answers, successes, unanswered };
}

// What it takes to make a flood must not be taken from the hub.
setPriority(constants.priority.PRIORITY_LOW);
for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await flooded(JSON.parse(line) as FloodOrder))}\n`);
