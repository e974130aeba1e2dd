/**
 * `npm run bench -- driver`: cutting, checking and reading numbers by the kit against serialport's parser that such a device
 * is read with and the same check (peer), and against the check loop over the same bytes alone (limit), for a frame of 20
 * bytes with a CRC and then for the frames of every profile. What is measured and what a bar holds: docs/adr/0017-what-the-bench-holds.md.
 * Ends with 1 under a bar of research/performance.md §0 rows 1 and 1b.
 */
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { findProfile } from "../../drivers/find-profile.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { benchProfile } from "./parts/driver-profile.ts";
import { measured, type DriverFigures } from "./parts/driver-run.ts";

const bars = { peer: 3, peerSmallReads: 2.5, limit: 0.6, bytes: 16 } as const;

/** Everything is measured in a process of its own: what the engine learned from one profile must not slow another. */
interface Order {
  readonly id: string;
  readonly readSize: number;
  readonly ours: boolean;
}
function ordered(order: Order): DriverFigures {
  const args = ["--expose-gc", import.meta.filename, JSON.stringify(order)];
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${order.id} was not measured`);
  return JSON.parse(stdout) as DriverFigures;
}
async function obey({ id, readSize, ours }: Order): Promise<void> {
  const profile = id === benchProfile.id ? benchProfile : findProfile(id);
  if (profile === undefined) throw new Error(`there is no profile ${id}`);
  const figures = await measured(profile, { readSize, isReference: profile === benchProfile, ours });
  process.stdout.write(JSON.stringify(figures));
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const missed: string[] = [];
function bar(what: string, value: number, wanted: number, least: boolean): void {
  const met = least ? value >= wanted : value <= wanted;
  if (!met) missed.push(what);
  print(`  ${met ? "met   " : "MISSED"} ${what}: ${value.toFixed(2)} (bar ${least ? "≥" : "≤"} ${wanted})`);
}

/** One size, which ByteLength can be told: the quickest peer there is for it (research/performance.md §1). */
function reference(): void {
  for (const readSize of [64, 16]) {
    const { decoded, framed, told, limit, allocated } = ordered({ id: benchProfile.id, readSize, ours: false });
    print(
      `${readSize}-byte reads: decoded ${decoded.toFixed(0)} MB/s, framed ${framed.toFixed(0)}, ByteLength ${told.toFixed(0)}, limit ${limit.toFixed(0)}`,
    );
    bar("decoded against ByteLength", decoded / told, readSize === 64 ? bars.peer : bars.peerSmallReads, true);
    if (readSize === 64) bar("framed and checked against the limit", framed / limit, bars.limit, true);
    bar("heap bytes a frame", allocated, bars.bytes, false);
  }
  const { decoded, framed, told, limit } = ordered({ id: benchProfile.id, readSize: 64, ours: true });
  print("with the kit's own check, eight bytes of a CRC at a step, in ByteLength's and the limit's, too (no bar):");
  print(`  against ByteLength ${(decoded / told).toFixed(2)}, against the limit ${(framed / limit).toFixed(2)}`);
}

function profiles(): void {
  const head = ["profile", "", "check", "peer", "decoded", "× peer", "× told", "× limit", "B/frame", "whole", "× wire"];
  const row = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i < 4 ? cell.padEnd([28, 7, 18, 13][i] ?? 0) : cell.padStart(8))).join(" ");
  print(row(head));
  const ratios: Record<"peer" | "told" | "limit", number[]> = { peer: [], told: [], limit: [] };
  /** PacketLength makes two buffers for each byte: a mean with it says little about the others. */
  const byPeer: Record<string, number[]> = {};
  let lean = 0;
  for (const profile of registry) {
    const figures = ordered({ id: profile.id, readSize: 64, ours: false });
    const { kind, check, peerName, decoded, framed, allocated, whole } = figures;
    const wire = profile.serial.baudRate / 10 / 1e6;
    const [peer, told, limit] = [decoded / figures.peer, decoded / figures.told, framed / figures.limit];
    ratios.peer.push(peer);
    (byPeer[peerName] ??= []).push(peer);
    ratios.told.push(told);
    ratios.limit.push(limit);
    if (allocated <= bars.bytes) lean++;
    const numbers = [peer, told, limit, allocated].map((each) => each.toFixed(2));
    print(
      row([
        profile.id,
        kind,
        check,
        peerName,
        decoded.toFixed(0),
        ...numbers,
        whole.toFixed(1),
        (whole / wire).toFixed(0),
      ]),
    );
  }
  const of = (met: number): string => `${met} of ${registry.length}`;
  const from = (all: readonly number[], wanted: number): string => of(all.filter((each) => each >= wanted).length);
  print("all profiles together, geometric mean and median:");
  for (const name of Object.keys(byPeer))
    print(
      `         read by ${name} (${byPeer[name]?.length ?? 0} of them): ${both(byPeer[name] ?? [])} × peer (no bar)`,
    );
  print(
    `         all: ${both(ratios.peer)} × peer; told every size: ${both(ratios.told)} ×; the limit: ${both(ratios.limit)} × (no bar)`,
  );
  print(
    `  each for itself: ≥ ${bars.peer} × peer ${from(ratios.peer, bars.peer)}, ≥ ${bars.peer} × told ${from(ratios.told, bars.peer)}, ≥ ${bars.limit} × limit ${from(ratios.limit, bars.limit)} (no bar)`,
  );
  if (lean < registry.length) missed.push("heap bytes a frame of every profile");
  print(`  ≤ ${bars.bytes} heap bytes a frame ${of(lean)} (a bar)`);
}

/** The mean of ratios: twice as quick and half as quick are as quick. */
const mean = (ratios: readonly number[]): number =>
  Math.exp(ratios.reduce((sum, each) => sum + Math.log(each), 0) / ratios.length);
/** Half of them stand above it: a few far ones cannot move it. */
function median(ratios: readonly number[]): number {
  const sorted = [...ratios].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, each) => sum + each, 0) / middle.length;
}
const both = (ratios: readonly number[]): string => `${mean(ratios).toFixed(2)} (median ${median(ratios).toFixed(2)})`;

const [, , order] = process.argv;
if (order !== undefined) await obey(JSON.parse(order) as Order);
else {
  const load = loadavg().map((each) => each.toFixed(1));
  print(`load ${load.join(" ")}; processor time, best of interleaved rounds; MB/s; 20 bytes with a CRC of 16 bits`);
  reference();
  print("\nevery profile's own frames, 64-byte reads; whole: the decoder with all its objects and outcomes");
  profiles();
  print(missed.length === 0 ? "PASS: every bar is met" : `FAIL: ${missed.join("; ")}`);
  if (missed.length > 0) process.exitCode = 1;
}
