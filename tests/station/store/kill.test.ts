import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Engine } from "../../../station/store/engine.ts";
import { engineIn, kept, newFolder } from "./kit.ts";
import { entryFor } from "./kill-entries.ts";

/** Kills altogether; lanes run side by side, each on a folder of its own. */
const kills = Number(process.env["KILLS"] ?? 200);
const lanes = 4;
const seed = Number(process.env["SEED"] ?? 20_260_101);

/** A small seeded generator (mulberry32): numbers in [0, 1). */
function random(state: number): () => number {
  let s = state >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Said {
  readonly acked: readonly string[];
  /** Handed in and not answered when the kill came. */
  readonly inDoubt: string | undefined;
}

/** Compiled code is kept in `cache`: most of a writer's short life would else be its start. */
function startWriter(cache: string, ...args: readonly string[]) {
  return spawn(process.execPath, [join(import.meta.dirname, "kill-writer.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
}

/** Starts a writer and kills it: one in five at any moment from the opening on, the others after some acknowledgements. */
async function killOnce(folder: string, next: () => number, cache: string): Promise<Said> {
  const writer = startWriter(cache, folder);
  const anyMoment = next() < 0.2;
  const atAck = 1 + Math.floor(next() * 30);
  const delayMs = anyMoment ? next() * 150 : next() * 3;
  let text = "";
  let armed = false;
  writer.stdout.setEncoding("utf8");
  writer.stdout.on("data", (chunk: string) => {
    text += chunk;
    if (armed || (!anyMoment && text.split("ack ").length <= atAck)) return;
    armed = true;
    setTimeout(() => writer.kill("SIGKILL"), delayMs);
  });
  await once(writer, "close");
  expect(writer.signalCode).toBe("SIGKILL");
  const lines = text.split("\n").slice(0, -1);
  const acked = lines.filter((line) => line.startsWith("ack ")).map((line) => line.slice(4));
  const last = lines
    .filter((line) => line.startsWith("try "))
    .at(-1)
    ?.slice(4);
  return { acked, inDoubt: last === acked.at(-1) ? undefined : last };
}

interface Tally {
  acked: number;
  inDoubt: number;
  inDoubtKept: number;
}

async function lane(at: number, rounds: number, cache: string): Promise<Tally> {
  const folder = newFolder();
  const next = random(seed + at);
  const everAcked = new Set<string>();
  const tally: Tally = { acked: 0, inDoubt: 0, inDoubtKept: 0 };
  for (let round = 0; round < rounds; round++) {
    const { acked, inDoubt } = await killOnce(folder, next, cache);
    for (const id of acked) everAcked.add(id);
    const engine = engineIn(folder);
    expectAllThere(engine, everAcked);
    if (inDoubt !== undefined) {
      const there = engine.entry(inDoubt) !== undefined;
      tally.inDoubt += 1;
      tally.inDoubtKept += there ? 1 : 0;
      const before = engine.head.seq;
      const [entry] = kept(
        engine.append([{ entries: [entryFor(inDoubt)], heardAt: Date.UTC(2026, 0, 1), monoMs: 0 }])[0],
      );
      expect(entry?.id).toBe(inDoubt);
      expect(engine.head.seq).toBe(there ? before : before + 1);
      everAcked.add(inDoubt);
      expectAllThere(engine, everAcked);
    }
    engine.close();
  }
  tally.acked = everAcked.size;
  return tally;
}

/** Exactly the acknowledged ones and at most the one in doubt: nothing lost, nothing doubled, no gap, chain whole, views too. */
function expectAllThere(engine: Engine, acked: ReadonlySet<string>): void {
  const entries = engine.tail(0, Number.MAX_SAFE_INTEGER);
  const ids = new Set(entries.map(({ id }) => id));
  expect(ids.size).toBe(entries.length);
  expect([...acked].filter((id) => !ids.has(id))).toEqual([]);
  expect(entries.length - acked.size).toBeLessThanOrEqual(1);
  expect(engine.verify()).toEqual({ ok: true, head: engine.head });
  expect(engine.views.dump().visits.length).toBe(entries.length);
}

test(
  `kill -9 of a writing station, ${String(kills)} times: nothing acknowledged is lost, nothing is doubled, the chain is whole`,
  { timeout: 180_000 },
  async () => {
    const began = performance.now();
    const cache = newFolder();
    await once(startWriter(cache, newFolder(), "1").stdout.resume(), "close");
    const share = (at: number) => Math.floor(kills / lanes) + (at < kills % lanes ? 1 : 0);
    const tallies = await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at, share(at), cache)));
    const sum = (of: keyof Tally) => tallies.reduce((total, tally) => total + tally[of], 0);
    const percent = (part: number) => `${((100 * part) / kills).toFixed(0)} %`;
    console.log(
      `kill -9: seed ${String(seed)}, ${String(kills)} kills in ${((performance.now() - began) / 1_000).toFixed(1)} s, ` +
        `${String(sum("acked"))} entries acknowledged, 0 lost, 0 doubled; in doubt ${percent(sum("inDoubt"))}, of all kills kept but not acknowledged ${percent(sum("inDoubtKept"))}`,
    );
  },
);

test(
  "kill -9 during the very first opening, 30 times: the next start finds a usable store",
  { timeout: 60_000 },
  async () => {
    const next = random(seed);
    const cache = newFolder();
    await once(startWriter(cache, newFolder(), "1").stdout.resume(), "close");
    const openAndKill = async () => {
      const folder = newFolder();
      const writer = startWriter(cache, folder);
      await once(writer.stdout, "data");
      setTimeout(() => writer.kill("SIGKILL"), 40 + next() * 80);
      await once(writer.stdout.resume(), "close");
      const engine = engineIn(folder);
      expect(engine.verify()).toEqual({ ok: true, head: engine.head });
      engine.close();
    };
    for (let round = 0; round < 15; round++) await Promise.all([openAndKill(), openAndKill()]);
  },
);
