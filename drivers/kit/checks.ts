/** A named checksum over bytes `from` up to but not including `to`. Table-driven where that is faster. */
export interface Check {
  /** Bytes it takes on the wire. */
  readonly size: 0 | 1 | 2;
  /** The largest value it can have; a constant that a maker adds wraps inside it. */
  readonly mask: number;
  /** The check of nothing: where every computation begins. */
  readonly start: number;
  /** The check of what gave `sum` followed by these bytes, so that a known beginning is computed once. */
  extend(sum: number, bytes: Uint8Array, from: number, to: number): number;
}

/**
 * Eight tables of 256: entry `256 k + b` is the CRC of byte `b` followed by `k` zero bytes. Eight bytes then cost eight
 * independent look-ups instead of a chain of eight ("slicing by eight"), which halves the time of a short frame.
 */
const crc16Tables = new Uint16Array(2048);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  crc16Tables[byte] = crc;
}
for (let i = 256; i < 2048; i++) {
  const shorter = crc16Tables[i - 256] as number;
  crc16Tables[i] = ((shorter << 8) & 0xffff) ^ (crc16Tables[shorter >> 8] as number);
}

/** A table of 256 for a check whose bits run from the lowest up. */
function reflectedTable(polynomial: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ polynomial : crc >> 1;
    return crc;
  });
}
const maximTable = reflectedTable(0x8c);
const modbusTable = reflectedTable(0xa001);

// In the loops below `as number`: the framer never passes an index outside its buffer, and `??` costs a fifth of the speed.
// Four bytes at a step where a step is this short: the engine does so by itself only in a function as small as this one,
// and it makes this one a part of the framer's.

function xor(sum: number, bytes: Uint8Array, from: number, to: number): number {
  let check = sum;
  let at = from;
  for (; at + 4 <= to; at += 4)
    check ^= (bytes[at] as number) ^ (bytes[at + 1] as number) ^ (bytes[at + 2] as number) ^ (bytes[at + 3] as number);
  for (; at < to; at++) check ^= bytes[at] as number;
  return check;
}
function plain(sum: number, bytes: Uint8Array, from: number, to: number): number {
  let check = sum;
  let at = from;
  for (; at + 4 <= to; at += 4)
    check += (bytes[at] as number) + (bytes[at + 1] as number) + (bytes[at + 2] as number) + (bytes[at + 3] as number);
  for (; at < to; at++) check += bytes[at] as number;
  return check;
}
function crc16(sum: number, bytes: Uint8Array, from: number, to: number): number {
  const tables = crc16Tables;
  let crc = sum;
  let at = from;
  for (; at + 8 <= to; at += 8) {
    crc =
      (tables[1792 + ((crc >> 8) ^ (bytes[at] as number))] as number) ^
      (tables[1536 + ((crc & 0xff) ^ (bytes[at + 1] as number))] as number) ^
      (tables[1280 + (bytes[at + 2] as number)] as number) ^
      (tables[1024 + (bytes[at + 3] as number)] as number) ^
      (tables[768 + (bytes[at + 4] as number)] as number) ^
      (tables[512 + (bytes[at + 5] as number)] as number) ^
      (tables[256 + (bytes[at + 6] as number)] as number) ^
      (tables[bytes[at + 7] as number] as number);
  }
  for (; at + 4 <= to; at += 4) {
    crc =
      (tables[768 + ((crc >> 8) ^ (bytes[at] as number))] as number) ^
      (tables[512 + ((crc & 0xff) ^ (bytes[at + 1] as number))] as number) ^
      (tables[256 + (bytes[at + 2] as number)] as number) ^
      (tables[bytes[at + 3] as number] as number);
  }
  for (; at < to; at++) crc = ((crc << 8) & 0xffff) ^ (tables[(crc >> 8) ^ (bytes[at] as number)] as number);
  return crc;
}

export const checks = {
  none: { size: 0, mask: 0, start: 0, extend: () => 0 },
  xor8: { size: 1, mask: 0xff, start: 0, extend: xor },
  sum8: { size: 1, mask: 0xff, start: 0, extend: (sum, bytes, from, to) => plain(sum, bytes, from, to) & 0xff },
  /** Every bit of the sum turned round. A byte more makes it a byte less, so that it can go on from itself. */
  "not-sum8": {
    size: 1,
    mask: 0xff,
    start: 0xff,
    extend: (sum, bytes, from, to) => (sum - plain(0, bytes, from, to)) & 0xff,
  },
  /** What makes the sum of the whole, check included, 0. */
  "neg-sum8": {
    size: 1,
    mask: 0xff,
    start: 0,
    extend: (sum, bytes, from, to) => (sum - plain(0, bytes, from, to)) & 0xff,
  },
  /** The same with seven bits: bit 7 may be the line's parity. */
  "neg-sum7": {
    size: 1,
    mask: 0x7f,
    start: 0,
    extend: (sum, bytes, from, to) => (sum - plain(0, bytes, from, to)) & 0x7f,
  },
  sum16: { size: 2, mask: 0xffff, start: 0, extend: (sum, bytes, from, to) => plain(sum, bytes, from, to) & 0xffff },
  "neg-sum16": {
    size: 2,
    mask: 0xffff,
    start: 0,
    extend: (sum, bytes, from, to) => (sum - plain(0, bytes, from, to)) & 0xffff,
  },
  /** Polynomial 31h reflected, start 0; "123456789" gives A1h. */
  "crc8-maxim": {
    size: 1,
    mask: 0xff,
    start: 0,
    extend(sum, bytes, from, to) {
      let crc = sum;
      for (let at = from; at < to; at++) crc = maximTable[crc ^ (bytes[at] as number)] as number;
      return crc;
    },
  },
  /** Polynomial 8005h reflected, start FFFFh; "123456789" gives 4B37h. */
  "crc16-modbus": {
    size: 2,
    mask: 0xffff,
    start: 0xffff,
    extend(sum, bytes, from, to) {
      let crc = sum;
      for (let at = from; at < to; at++)
        crc = (crc >> 8) ^ (modbusTable[(crc ^ (bytes[at] as number)) & 0xff] as number);
      return crc;
    },
  },
  /** Polynomial 1021h, start 0, not reflected; "123456789" gives 31C3h. */
  "crc16-xmodem": { size: 2, mask: 0xffff, start: 0, extend: crc16 },
  /** Polynomial 1021h, start FFFFh, not reflected, no final XOR; "123456789" gives 29B1h. */
  "crc16-ccitt-false": { size: 2, mask: 0xffff, start: 0xffff, extend: crc16 },
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;
export const checkNames = [
  "none",
  "xor8",
  "sum8",
  "not-sum8",
  "neg-sum8",
  "neg-sum7",
  "sum16",
  "neg-sum16",
  "crc8-maxim",
  "crc16-modbus",
  "crc16-xmodem",
  "crc16-ccitt-false",
] as const satisfies readonly CheckName[];

/** Checks so weak that a person compares the numbers with the device's display before they count (architecture §3). */
export function isWeak(check: CheckName): boolean {
  return checks[check].size < 2;
}

/** So many bits, check included, our CRC of eight bits covers before two wrong ones may look right. */
export const crc8Bits = 127;

/** A CRC sees any two wrong bits of a short frame; a sum or an XOR does not. */
export function isCrc(check: CheckName): boolean {
  return check.startsWith("crc");
}
