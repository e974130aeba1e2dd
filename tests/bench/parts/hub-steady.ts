/**
 * Those who stay while others storm, a process of its own so that the storm's dialling does not stand in their way: the stations
 * of standard input's first line (`{ port, stations }`) ask the hub for something 40 times a second each. Says `ready`, then
 * answers each further line with the milliseconds that the calls since the last one took, as JSON.
 */
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { BenchStation } from "./hub-far.ts";
import { asStation, call } from "./hub-lines.ts";

const pauseMs = 25;
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const first = await lines.next();
const { port, stations } = JSON.parse(first.done === true ? "{}" : first.value) as {
  readonly port: number;
  readonly stations: readonly BenchStation[];
};
let took: number[] = [];
for (const station of stations) {
  const socket = await asStation(port, station);
  const ask = async (nth: number): Promise<void> => {
    const began = performance.now();
    const answered = once(socket, "message");
    socket.send(call(`h${nth}`, "/journal/held", undefined));
    await answered;
    took.push(performance.now() - began);
    setTimeout(() => void ask(nth + 1), pauseMs);
  };
  void ask(0);
}
say("ready");
for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
  say(took);
  took = [];
}
process.exit(0);
