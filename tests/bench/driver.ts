/**
 * `npm run bench -- driver`: cutting, checking and reading numbers by the kit against serialport's ByteLength parser with
 * the same check (peer) and against the check loop over the same bytes alone (limit), for a frame of 20 bytes with a CRC
 * and then for the frames of every profile. What is measured and what a bar holds: docs/adr/0017-what-the-bench-holds.md.
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

function reference(): void {
  for (const readSize of [64, 16]) {
    const { decoded, framed, peer, limit, allocated } = ordered({ id: benchProfile.id, readSize, ours: false });
    print(
      `${readSize}-byte reads: decoded ${decoded.toFixed(0)} MB/s, framed ${framed.toFixed(0)}, peer ${peer.toFixed(0)}, limit ${limit.toFixed(0)}`,
    );
    bar("decoded against the peer", decoded / peer, readSize === 64 ? bars.peer : bars.peerSmallReads, true);
    if (readSize === 64) bar("framed and checked against the limit", framed / limit, bars.limit, true);
    bar("heap bytes a frame", allocated, bars.bytes, false);
  }
  const { decoded, framed, peer, limit } = ordered({ id: benchProfile.id, readSize: 64, ours: true });
  print("with the kit's own check, eight bytes of a CRC at a step, in peer and limit, too (no bar):");
  print(`  against the peer ${(decoded / peer).toFixed(2)}, against the limit ${(framed / limit).toFixed(2)}`);
}

function profiles(): void {
  const head = ["profile", "", "check", "decoded", "× peer", "framed", "× limit", "B/frame", "whole", "× wire"];
  const row = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i < 3 ? cell.padEnd([28, 7, 18][i] ?? 0) : cell.padStart(8))).join(" ");
  print(row(head));
  const count = { peer: 0, limit: 0, bytes: 0 };
  for (const profile of registry) {
    const { kind, check, decoded, framed, peer, limit, allocated, whole } = ordered({
      id: profile.id,
      readSize: 64,
      ours: false,
    });
    const wire = profile.serial.baudRate / 10 / 1e6;
    const ratios = [(decoded / peer).toFixed(2), framed.toFixed(0), (framed / limit).toFixed(2), allocated.toFixed(2)];
    print(row([profile.id, kind, check, decoded.toFixed(0), ...ratios, whole.toFixed(1), (whole / wire).toFixed(0)]));
    if (decoded / peer >= bars.peer) count.peer++;
    if (framed / limit >= bars.limit) count.limit++;
    if (allocated <= bars.bytes) count.bytes++;
  }
  const of = (met: number): string => `${met} of ${registry.length}`;
  if (count.bytes < registry.length) missed.push("heap bytes a frame of every profile");
  print(`profiles: ≤ ${bars.bytes} heap bytes a frame ${of(count.bytes)} (a bar);`);
  print(
    `  with their own frames ≥ ${bars.peer} × peer ${of(count.peer)}, ≥ ${bars.limit} × limit ${of(count.limit)} (printed, no bar)`,
  );
}

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
