import type { Transform } from "node:stream";
import { ByteLengthParser, DelimiterParser, PacketLengthParser } from "serialport";
import { checkAt } from "../../../drivers/kit/binary-layout.ts";
import { checks, type CheckName } from "../../../drivers/kit/checks.ts";
import { fromHex } from "../../../drivers/kit/hex.ts";
import type { Profile } from "../../../drivers/kit/index.ts";

/** The peers, as serialport cuts; and the limit, which is told where every frame stands and only checks it. */

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

function plainXor(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum ^= bytes[at]!;
  return sum;
}
function plainSum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += bytes[at]!;
  return sum;
}

type Sum = (bytes: Uint8Array, from: number, to: number) => number;
/** A function of its own for each: one check a process, reached as directly as hand-written code would. */
const byByte: { readonly [Name in CheckName]?: Sum } = {
  "crc16-ccitt-false": (bytes, from, to) => plainCrc(0xffff, bytes, from, to),
  "crc16-xmodem": (bytes, from, to) => plainCrc(0, bytes, from, to),
  xor8: plainXor,
  sum8: (bytes, from, to) => plainSum(bytes, from, to) & 0xff,
  sum16: (bytes, from, to) => plainSum(bytes, from, to) & 0xffff,
  "not-sum8": (bytes, from, to) => ~plainSum(bytes, from, to) & 0xff,
  "neg-sum8": (bytes, from, to) => -plainSum(bytes, from, to) & 0xff,
  "neg-sum7": (bytes, from, to) => -plainSum(bytes, from, to) & 0x7f,
  "neg-sum16": (bytes, from, to) => -plainSum(bytes, from, to) & 0xffff,
};
/** `ours`: with the kit's own loop, which takes eight bytes of a CRC and four of a sum at a step. */
function sumOf(name: CheckName, ours: boolean): Sum {
  const check = checks[name];
  return (ours ? undefined : byByte[name]) ?? ((bytes, from, to) => check.extend(check.start, bytes, from, to));
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

/** A stream that cuts, and how it is called in the table. */
interface Cutter {
  readonly name: "ByteLength" | "PacketLength" | "Delimiter";
  readonly parser: Transform;
}

/** serialport's ByteLength, told the size that a real reader of several frames cannot know. */
export const told = (_profile: Profile, { size }: Group): Cutter => ({
  name: "ByteLength",
  parser: new ByteLengthParser({ length: size }),
});

/**
 * The parser of serialport that somebody reads such a device with: by the mark at a text's end; by the length byte where frames
 * are told by one and PacketLength can be told it (one head, a length of its byte order); by the size where all have one.
 */
export function asRead(profile: Profile, group: Group): Cutter {
  const { host } = profile.envelopes;
  const bytes = Buffer.from(group.bytes);
  /** The first of these marks that these frames end with; an end that is a pause cannot be played to a parser. */
  const by = (...ends: readonly Uint8Array[]): Cutter => {
    const delimiter = ends.map((end) => Buffer.from(end)).find((end) => end.length > 0 && bytes.includes(end));
    if (delimiter === undefined) return told(profile, group);
    return { name: "Delimiter", parser: new DelimiterParser({ delimiter, includeDelimiter: true }) };
  };
  switch (host.kind) {
    case "text":
      return by(...host.end.map((end) => fromHex(end)));
    case "label":
      return by(fromHex(host.end));
    case "hl7":
      return by(Uint8Array.of(0x1c, 0x0d));
    case "astm":
      return by(Uint8Array.of(0x0d, 0x0a));
    case "binary": {
      const { length, head } = host;
      const isTold = length !== undefined && length.mask === undefined && (length.size !== 2 || length.order === "le");
      if (!isTold || head === "") return told(profile, group);
      const delimiter = Buffer.from(fromHex(head));
      const parser = new PacketLengthParser({
        delimiter: delimiter.readUIntLE(0, delimiter.length),
        delimiterBytes: delimiter.length,
        packetOverhead: length.plus,
        lengthBytes: length.size ?? 1,
        lengthOffset: length.at,
        maxLen: 65_535,
      });
      return { name: "PacketLength", parser };
    }
  }
}

export interface Peer {
  readonly name: Cutter["name"];
  /** Answers the frames it cut and found right. */
  readonly pass: Pass;
  /** What a pass must answer. To be awaited before the first pass that counts. */
  readonly learn: () => Promise<number>;
}

/** One of serialport's parsers and the check; of binary frames numbers are read, four of them as our rows are. */
export function peerOf(
  { name, parser }: Cutter,
  profile: Profile,
  checking: Checking,
  group: Group,
  ours: boolean,
): Peer {
  const { from, behind } = checking;
  const { size, reads } = group;
  const isBinary = profile.envelopes.host.kind === "binary";
  const readsNumbers = isBinary && size >= 16;
  const sum = sumOf(checking.name, ours);
  const row = new Float64Array(4);
  const wanted: number[] = [];
  let isLearning = true;
  let frames = 0;
  let at = 0;
  parser.on("data", (frame: Buffer) => {
    // A piece of a text may be as short as its mark.
    const found = sum(frame, Math.min(from, frame.length), Math.max(from, frame.length - behind));
    if (isLearning) {
      wanted.push(found);
      return;
    }
    if (found !== wanted[at++]) return;
    if (readsNumbers) {
      row[0] = frame.readUInt16BE(4);
      row[1] = frame.readUInt16BE(6);
      row[2] = frame.readUInt16LE(8);
      row[3] = frame.readUInt32LE(10);
    } else if (isBinary) row[0] = frame.readUInt8(frame.length - 1);
    frames++;
  });
  const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
  return {
    name,
    pass: () => {
      frames = at = 0;
      for (const read of reads) parser.write(read);
      return frames;
    },
    learn: async () => {
      await turn();
      for (const read of reads) parser.write(read);
      await turn();
      // What a pass begins with may be the rest of the one before: from the second on all are alike.
      wanted.length = 0;
      for (const read of reads) parser.write(read);
      await turn();
      isLearning = false;
      return wanted.length;
    },
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
