import { decoder, encode, type Profile } from "../../../drivers/kit/index.ts";
import { goldenBytes, hostFrames } from "../../../drivers/laws/golden.ts";
import { cutting, type Cutting } from "./framing.ts";
import { asRead, checkingOf, limitPass, peerOf, told, type Group, type Pass, type Peer } from "./peer.ts";

/** Megabytes a second of processor time, the best of all rounds, and bytes on the heap for each frame. */
export interface DriverFigures {
  readonly kind: Profile["envelopes"]["host"]["kind"];
  readonly check: string;
  readonly sizes: readonly number[];
  /** Cut, checked, and the integers of binary frames read. */
  readonly decoded: number;
  /** Cut and checked, as the limit is. */
  readonly framed: number;
  /** serialport's parser that such a device is read with. */
  readonly peer: number;
  readonly peerName: Peer["name"];
  /** serialport's ByteLength, told the size of every frame. */
  readonly told: number;
  readonly limit: number;
  readonly allocated: number;
  /** The whole decoder with its outcomes. */
  readonly whole: number;
  readonly outcomes: number;
}

/** The frame that bars hold for is measured at length, the many profiles briefly. */
const effort = {
  reference: { rounds: 16, warmUp: 6, roundBytes: 5_000_000 },
  profile: { rounds: 8, warmUp: 3, roundBytes: 1_500_000 },
} as const;
/** So many bytes go round: a port's reads come one by one and are in the processor's cache when they come. */
const aroundBytes = 40_000;
const countedFrames = 40_000;

/** Frames whose integers differ, for the frame that is no device's. */
function counted(profile: Profile, frame: string, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, i) =>
    encode(profile, frame, { systolic: 100 + (i % 60), diastolic: 60 + (i % 40), pulse: 50 + (i % 70), counter: i }),
  );
}

/** ByteLength knows one size: frames of one size stand together, and everybody hears the same reads. */
function groupsOf(profile: Profile, readSize: number, isReference: boolean): readonly Group[] {
  const frames = isReference
    ? counted(profile, "sample", aroundBytes / 20)
    : hostFrames(profile).map((frame) => goldenBytes(profile, frame));
  const bySize = new Map<number, Uint8Array[]>();
  for (const frame of frames) bySize.set(frame.length, [...(bySize.get(frame.length) ?? []), frame]);
  const share = aroundBytes / bySize.size;
  return [...bySize].map(([size, same]): Group => {
    const count = isReference ? same.length : same.length * Math.max(1, Math.round(share / (size * same.length)));
    const bytes = new Uint8Array(size * count);
    for (let i = 0; i < count; i++) bytes.set(same[i % same.length]!, i * size);
    const reads: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += readSize) reads.push(Buffer.from(bytes.slice(at, at + readSize)));
    return { size, bytes, reads };
  });
}

function cuttingPass(cut: Cutting, groups: readonly Group[], numbers: boolean): Pass {
  return () => {
    cut.frames = cut.dropped = 0;
    cut.numbers = numbers;
    // By index: the result objects of an iterator would be counted as the framer's.
    for (let g = 0; g < groups.length; g++) {
      const { reads } = groups[g]!;
      for (let i = 0; i < reads.length; i++) cut.framer.hear(reads[i]!);
    }
    return cut.frames;
  };
}

/** Processor time of `passes`: other work on the machine must not decide a ratio. */
function timed(pass: Pass, passes: number, frames: number, what: string): number {
  const began = process.cpuUsage();
  let found = 0;
  for (let i = 0; i < passes; i++) found += pass();
  const { user, system } = process.cpuUsage(began);
  // Where CR and CR LF both end a text, the last one waits for the byte that tells.
  if (Math.abs(found - frames * passes) > 1) throw new Error(`${what}: ${found} of ${frames * passes} frames`);
  return (user + system) / 1000;
}

/** Bytes on the heap in steady state, no collection in between; the least of three, for what the engine does beside it. */
function allocatedPerFrame(pass: Pass, frames: number): number {
  const passes = Math.ceil(countedFrames / frames);
  const figures = Array.from({ length: 3 }, () => {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < passes; i++) pass();
    return Math.max(0, process.memoryUsage().heapUsed - before) / (frames * passes);
  });
  return Math.min(...figures);
}

/** The whole decoder: everything made of every frame, as a session hears it. */
function wholeDecoder(
  profile: Profile,
  groups: readonly Group[],
  bytes: number,
): Pick<DriverFigures, "whole" | "outcomes"> {
  const device = decoder(profile);
  let best = { whole: 0, outcomes: 0 };
  for (let round = 0; round < 4; round++) {
    const began = process.cpuUsage();
    let outcomes = 0;
    for (let i = 0; i < 3; i++)
      for (const { reads } of groups) for (const read of reads) outcomes += device.hear(read).length;
    const { user, system } = process.cpuUsage(began);
    const ms = (user + system) / 1000;
    const whole = (3 * bytes) / 1e3 / ms;
    if (whole > best.whole) best = { whole, outcomes: (outcomes / ms) * 1000 };
  }
  return best;
}

/**
 * Everything about one profile, in a process of its own. The ways take turns, round by round, so that a slow moment of the
 * machine meets all of them; the best round of each counts, because noise only ever adds time. One framer for all rounds,
 * as one port has. `ours`: peer and limit check with the kit's loop.
 */
export async function measured(
  profile: Profile,
  { readSize, isReference, ours }: { readonly readSize: number; readonly isReference: boolean; readonly ours: boolean },
): Promise<DriverFigures> {
  const groups = groupsOf(profile, readSize, isReference);
  const checking = checkingOf(profile);
  const cut = cutting(profile);
  const peers = groups.map((group) =>
    peerOf((isReference ? told : asRead)(profile, group), profile, checking, group, ours),
  );
  const toldPeers = groups.map((group) => peerOf(told(profile, group), profile, checking, group, ours));
  const limits = groups.map((group) => limitPass(checking, group, ours));
  const all = (passes: readonly Pass[]): Pass => {
    return () => {
      let frames = 0;
      for (let i = 0; i < passes.length; i++) frames += passes[i]!();
      return frames;
    };
  };
  const learned = async (those: readonly Peer[]): Promise<readonly [Pass, number]> => {
    let pieces = 0;
    for (const one of those) pieces += await one.learn();
    return [all(those.map(({ pass }) => pass)), pieces];
  };
  const bytes = groups.reduce((sum, group) => sum + group.bytes.length, 0);
  const frames = groups.reduce((sum, group) => sum + group.bytes.length / group.size, 0);
  /** By name: one pass over everything, and how many frames it finds. */
  const ways: readonly (readonly [string, Pass, number])[] = [
    ["framed", cuttingPass(cut, groups, false), frames],
    ["decoded", cuttingPass(cut, groups, true), frames],
    ["peer", ...(await learned(peers))],
    ["told", ...(await learned(toldPeers))],
    ["limit", all(limits), frames],
  ];
  const { rounds, warmUp, roundBytes } = isReference ? effort.reference : effort.profile;
  const passes = Math.ceil(roundBytes / bytes);
  const best = new Map<string, number>();
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, pass, found] of ways) {
      const ms = timed(pass, passes, found, `${profile.id} ${name}`);
      if (round >= 0) best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, ms));
    }
    // The peer's streams put off some of their work.
    await new Promise((resolve) => void setImmediate(resolve));
  }
  const speed = (name: string): number => (passes * bytes) / 1e3 / (best.get(name) ?? Number.NaN);
  const allocated = allocatedPerFrame(cuttingPass(cut, groups, true), frames);
  const { host } = profile.envelopes;
  return {
    kind: host.kind,
    check:
      host.kind === "astm" || ("check" in host && host.check !== undefined && host.check.kind !== "none")
        ? checking.name
        : "none",
    sizes: groups.map(({ size }) => size),
    decoded: speed("decoded"),
    framed: speed("framed"),
    peer: speed("peer"),
    peerName: [...new Set(peers.map(({ name }) => name))].sort().at(-1) ?? "ByteLength",
    told: speed("told"),
    limit: speed("limit"),
    allocated,
    ...wholeDecoder(profile, groups, bytes),
  };
}
