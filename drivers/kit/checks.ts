/** A named checksum over bytes `from` up to but not including `to`. Table-driven where that is faster. */
export interface Check {
  /** Bytes it takes on the wire. */
  readonly size: 0 | 1 | 2;
  compute(bytes: Uint8Array, from: number, to: number): number;
}

const crc16Table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  return crc;
});

export const checks = {
  none: { size: 0, compute: () => 0 },
  xor8: {
    size: 1,
    compute(bytes, from, to) {
      let check = 0;
      for (let at = from; at < to; at++) check ^= bytes[at] ?? 0;
      return check;
    },
  },
  sum8: {
    size: 1,
    compute(bytes, from, to) {
      let check = 0;
      for (let at = from; at < to; at++) check += bytes[at] ?? 0;
      return check & 0xff;
    },
  },
  /** Polynomial 1021h, start FFFFh, not reflected, no final XOR; "123456789" gives 29B1h. */
  "crc16-ccitt-false": {
    size: 2,
    compute(bytes, from, to) {
      let crc = 0xffff;
      // `??` costs a fifth of the speed here; the framer never passes an index outside its buffer.
      for (let at = from; at < to; at++)
        crc = ((crc << 8) & 0xffff) ^ (crc16Table[(crc >> 8) ^ (bytes[at] as number)] as number);
      return crc;
    },
  },
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;
export const checkNames = ["none", "xor8", "sum8", "crc16-ccitt-false"] as const satisfies readonly CheckName[];

/** Checks so weak that a person compares the numbers with the device's display before they count (architecture §3). */
export function isWeak(check: CheckName): boolean {
  return checks[check].size < 2;
}
