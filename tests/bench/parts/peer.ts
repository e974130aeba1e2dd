import { ByteLengthParser } from "serialport";
import { checkAt } from "../../../drivers/kit/binary-layout.ts";
import { checks, type CheckName } from "../../../drivers/kit/checks.ts";
import type { Profile } from "../../../drivers/kit/index.ts";

/** The peer and the limit: both are told the size of a frame, where its check runs and what comes out. */

/** The plain table loop, one byte after the other: what a parser's author writes, and the limit of performance.md §1. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 8;
  for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : (sum << 1) & 0xffff;
  return sum;
});
function plainCrc(sum: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = sum;
  for (let at = from; at < to; at++) crc = ((crc << 8) & 0xffff) ^ table[(crc >> 8) ^ bytes[at]!]!;
  return crc;
}

/** How a frame of this profile is checked: over bytes `from` up to `size - behind`. */
export interface Checking {
  readonly name: CheckName;
  readonly from: number;
  readonly behind: number;
}

/** A device without a check: the least that looks at every byte is a sum. A transfer of ASTM is summed up as a whole. */
const looked = { name: "sum8", from: 0, behind: 0 } as const;
export function checkingOf(profile: Profile): Checking {
  const { host } = profile.envelopes;
  if (host.kind === "binary" && host.check.kind !== "none")
    return { name: host.check.kind, from: host.check.from, behind: -checkAt(host, 0) };
  if (host.kind === "text" && host.check !== undefined && host.check.kind !== "none")
    return { name: host.check.kind, from: host.check.from, behind: host.check.form === "byte" ? 1 : 4 };
  return looked;
}

type Sum = (bytes: Uint8Array, from: number, to: number) => number;
/** `ours`: with the kit's own loop, which takes eight bytes of a CRC at a step. */
function sumOf(name: CheckName, ours: boolean): Sum {
  const check = checks[name];
  const plain = name === "crc16-ccitt-false" || name === "crc16-xmodem";
  // Two functions of their own: one check a process, reached as directly as hand-written code would.
  return plain && !ours
    ? (bytes, from, to) => plainCrc(check.start, bytes, from, to)
    : (bytes, from, to) => check.extend(check.start, bytes, from, to);
}

/** Frames of one size, one behind the other. */
export interface Group {
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly reads: readonly Buffer[];
}

function expected({ name, from, behind }: Checking, { size, bytes }: Group): Int32Array {
  const check = checks[name];
  return Int32Array.from({ length: bytes.length / size }, (_, i) =>
    check.extend(check.start, bytes, i * size + from, (i + 1) * size - behind),
  );
}

/** One pass over a group; answers how many frames were right. */
export type Pass = () => number;

/** serialport's ByteLength and the check; `integers`: four of them are read, as our rows are. */
export function peerPass(checking: Checking, group: Group, ours: boolean): Pass {
  const { from, behind } = checking;
  const { size, reads } = group;
  const wanted = expected(checking, group);
  const sum = sumOf(checking.name, ours);
  const parser = new ByteLengthParser({ length: size });
  const row = new Float64Array(4);
  const readsNumbers = size >= 16;
  let frames = 0;
  let at = 0;
  parser.on("data", (frame: Buffer) => {
    if (sum(frame, from, size - behind) !== wanted[at++]) return;
    if (readsNumbers) {
      row[0] = frame.readUInt16BE(4);
      row[1] = frame.readUInt16BE(6);
      row[2] = frame.readUInt16LE(8);
      row[3] = frame.readUInt32LE(10);
    } else row[0] = frame.readUInt8(size - 1);
    frames++;
  });
  return () => {
    frames = at = 0;
    for (const read of reads) parser.write(read);
    return frames;
  };
}

/** The check over the same bytes and nothing else. */
export function limitPass(checking: Checking, group: Group, ours: boolean): Pass {
  const { from, behind } = checking;
  const { size, bytes } = group;
  const wanted = expected(checking, group);
  const sum = sumOf(checking.name, ours);
  return () => {
    let frames = 0;
    for (let i = 0, at = 0; at < bytes.length; i++, at += size)
      if (sum(bytes, at + from, at + size - behind) === wanted[i]) frames++;
    return frames;
  };
}
