/**
 * `npm run bench -- driver`: framing, check and field values of the kit (A) against serialport's ByteLength parser with
 * the same CRC (B) and against the check loop over the same bytes alone (C, the limit). Rounds alternate A B C in one
 * process; ratios of medians. Ends with 1 under a bar of research/performance.md §0 rows 1 and 1b.
 */
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { ByteLengthParser } from "serialport";
import { createBinaryFramer } from "../../drivers/kit/binary-framer.ts";
import { checks } from "../../drivers/kit/checks.ts";
import { isIntegerField } from "../../drivers/kit/fields.ts";
import { compileFrames } from "../../drivers/kit/frame-table.ts";
import { decoder, encode, type Profile } from "../../drivers/kit/index.ts";
import { NumberRow } from "../../drivers/kit/number-row.ts";
import type { BinaryEnvelope } from "../../drivers/kit/schema.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { goldenBytes, hostFrames, joined } from "../../drivers/laws/golden.ts";
import { benchProfile } from "./parts/driver-profile.ts";

const frameSize = 20;
const frameCount = 200_000;
/** So many different frames go round: a port's reads come one by one and are in the processor's cache when they come. */
const blockCount = 2_000;
const passes = frameCount / blockCount;
const rounds = 7;
/** The plain table loop, one byte after the other: what a parser's author writes, and the limit of performance.md §1. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 8;
  for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : (sum << 1) & 0xffff;
  return sum;
});
function plainCrc(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0xffff;
  for (let at = from; at < to; at++) sum = ((sum << 8) & 0xffff) ^ table[(sum >> 8) ^ bytes[at]!]!;
  return sum;
}
/** The kit's own check for the peer and the limit, too: what is left of the ratios is framing alone. */
const sameCheck = process.argv.includes("--same-check");
/** No integers out of the frames: the limit reads none either. */
const framesOnly = process.argv.includes("--frames-only");
const kitCheck = checks["crc16-ccitt-false"];

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function cut(bytes: Uint8Array, size: number): readonly Buffer[] {
  const reads: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) reads.push(Buffer.from(bytes.slice(at, at + size)));
  return reads;
}

/** Field values go into one row of numbers that is used again and again: what a live view or a recorder needs. */
function product(profile: Profile): { readonly hear: (chunk: Uint8Array) => void; readonly frames: () => number } {
  const table = compileFrames(profile, "host");
  // Pushed, not mapped: arrays made in two ways have two shapes, and the engine would throw away what it compiled.
  const integers: NumberRow[] = [];
  for (const { frame } of table) integers.push(new NumberRow(Object.values(frame.fields).filter(isIntegerField)));
  const row = new Float64Array(16);
  let frames = 0;
  const framer = createBinaryFramer(profile.envelopes.host as BinaryEnvelope, table, {
    frame(index, bytes, start) {
      if (!framesOnly) integers[index]!.read(bytes, start, row);
      frames++;
    },
    discard() {},
  });
  return { hear: (chunk) => framer.hear(chunk), frames: () => frames };
}

/** One way of getting through the reads; answers the frames it believed. */
type Way = (reads: readonly Buffer[]) => number;
/** One check a process, so that peer and limit get it as directly as hand-written code would. */
function crc(bytes: Uint8Array, from: number, to: number): number {
  return sameCheck ? kitCheck.extend(kitCheck.start, bytes, from, to) : plainCrc(bytes, from, to);
}

const kit: Way = (reads) => {
  const { hear, frames } = product(benchProfile);
  for (let pass = 0; pass < passes; pass++) for (const read of reads) hear(read);
  return frames();
};
const peer: Way = (reads) => {
  const parser = new ByteLengthParser({ length: frameSize });
  const row = new Float64Array(16);
  let frames = 0;
  parser.on("data", (frame: Buffer) => {
    if (crc(frame, 0, frameSize - 2) !== frame.readUInt16LE(frameSize - 2)) return;
    row[0] = frame.readUInt16BE(4);
    row[1] = frame.readUInt16BE(6);
    row[2] = frame.readUInt16LE(8);
    row[3] = frame.readUInt32LE(10);
    frames++;
  });
  for (let pass = 0; pass < passes; pass++) for (const read of reads) parser.write(read);
  return frames;
};
const stream = benchStream(blockCount);
/** A function of its own: inside the loop of passes the engine makes it a quarter slower, and a limit must be the best. */
function checkedFrames(): number {
  let frames = 0;
  for (let at = 0; at < stream.length; at += frameSize) {
    const found = (stream[at + frameSize - 2] ?? 0) | ((stream[at + frameSize - 1] ?? 0) << 8);
    if (crc(stream, at, at + frameSize - 2) === found) frames++;
  }
  return frames;
}
const limit: Way = () => {
  let frames = 0;
  for (let pass = 0; pass < passes; pass++) frames += checkedFrames();
  return frames;
};

function benchStream(count: number): Uint8Array {
  const bytes = new Uint8Array(count * frameSize);
  for (let i = 0; i < count; i++) {
    const values = { systolic: 100 + (i % 60), diastolic: 60 + (i % 40), pulse: 50 + (i % 70), counter: i };
    bytes.set(encode(benchProfile, "sample", values), i * frameSize);
  }
  return bytes;
}

function timed(way: Way, reads: readonly Buffer[]): number {
  // Processor time: other work on the machine must not decide a ratio.
  const began = process.cpuUsage();
  const frames = way(reads);
  const { user, system } = process.cpuUsage(began);
  const ms = (user + system) / 1000;
  if (frames !== frameCount) throw new Error(`${frames} of ${frameCount} frames`);
  return (frameCount * frameSize) / 1e3 / ms;
}

/** Bytes on the heap per frame in steady state: one framer, no collection in between. */
function allocatedPerFrame(reads: readonly Buffer[]): number {
  const { hear, frames } = product(benchProfile);
  // By index: the result objects of an iterator would be counted as the framer's.
  for (let pass = 0; pass < passes; pass++) for (let i = 0; i < reads.length; i++) hear(reads[i]!);
  globalThis.gc?.();
  const warmed = frames();
  const before = process.memoryUsage().heapUsed;
  for (let pass = 0; pass < passes; pass++) for (let i = 0; i < reads.length; i++) hear(reads[i]!);
  const after = process.memoryUsage().heapUsed;
  return Math.max(0, after - before) / (frames() - warmed);
}

function profileFigure(profile: Profile): string {
  const golden = joined(...hostFrames(profile).map((frame) => goldenBytes(profile, frame)));
  const repeats = Math.max(1, Math.floor(400_000 / golden.length));
  const all = new Uint8Array(repeats * golden.length);
  for (let i = 0; i < repeats; i++) all.set(golden, i * golden.length);
  const reads = cut(all, 64);
  const speeds = Array.from({ length: 5 }, () => {
    const device = decoder(profile);
    let outcomes = 0;
    const began = performance.now();
    for (const read of reads) outcomes += device.hear(read).length;
    const ms = performance.now() - began;
    return { speed: (repeats * golden.length) / 1e3 / ms, outcomes: (outcomes / ms) * 1000 };
  });
  const speed = median(speeds.map((each) => each.speed));
  const wire = profile.serial.baudRate / 10 / 1e6;
  return `${profile.id.padEnd(30)} ${speed.toFixed(1).padStart(7)} MB/s  ${median(speeds.map((each) => each.outcomes))
    .toFixed(0)
    .padStart(9)} outcomes/s  ${(speed / wire).toFixed(0).padStart(6)} times its wire`;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
function bar(what: string, value: number, wanted: number, least: boolean): void {
  const met = least ? value >= wanted : value <= wanted;
  if (!met) process.exitCode = 1;
  print(`  ${met ? "met   " : "MISSED"} ${what}: ${value.toFixed(2)} (bar ${least ? "≥" : "≤"} ${wanted})`);
}

function compare(size: number, versusPeer: number): void {
  const reads = cut(stream, size);
  const speeds = { a: [] as number[], b: [] as number[], c: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const [a, b, c] = [timed(kit, reads), timed(peer, reads), timed(limit, reads)];
    if (round < 0) continue; // Warm-up.
    speeds.a.push(a);
    speeds.b.push(b);
    speeds.c.push(c);
  }
  const [a, b, c] = [median(speeds.a), median(speeds.b), median(speeds.c)];
  const line = `A kit ${a.toFixed(1)} MB/s  B serialport ByteLength + CRC ${b.toFixed(1)} MB/s  C check loop ${c.toFixed(1)} MB/s`;
  print(`${size}-byte reads  ${line}`);
  if (sameCheck) {
    print(`         A/B ${(a / b).toFixed(2)}, A/C ${(a / c).toFixed(2)} (no bar)`);
    return;
  }
  if (framesOnly) {
    if (size === 64) bar("framed and checked against the limit (A/C)", a / c, 0.6, true);
    else print(`         framed and checked against the limit (A/C): ${(a / c).toFixed(2)}`);
    return;
  }
  bar("against the peer (A/B)", a / b, versusPeer, true);
  print(`         with every integer read against the limit, which reads none (A/C): ${(a / c).toFixed(2)}`);
  bar("heap bytes a frame", allocatedPerFrame(reads), 16, false);
}

const variant = sameCheck || framesOnly;
if (!variant) {
  const load = loadavg().map((each) => each.toFixed(1));
  print(`load ${load.join(" ")}; ${frameCount} frames of ${frameSize} bytes, ${rounds} rounds A B C`);
  print("A checks eight bytes at a step (slicing by eight), B and C one byte after the other:");
}
compare(64, 3);
compare(16, 2.5);
if (!variant) {
  print("A framed and checked, as the limit is (B reads its integers):");
  const framed = spawnSync(process.execPath, [import.meta.filename, "--frames-only"], { stdio: "inherit" });
  if (framed.status !== 0) process.exitCode = 1;
  print("as above, with integers, and the kit's faster check in B and C, too:");
  spawnSync(process.execPath, [import.meta.filename, "--same-check"], { stdio: "inherit" });
  print("whole decoder with outcomes, 64-byte reads:");
  for (const profile of registry) print(`  ${profileFigure(profile)}`);
}
