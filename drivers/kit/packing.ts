/**
 * Seven bits a byte (`packing: "highBits"`): only the first byte of a frame has bit 7 clear, byte 1 carries bit 7 of the up
 * to seven bytes behind it (bit 0 that of byte 2), and every byte but the first has bit 7 set on the wire.
 */
export const mostPacked = 9;

/** Puts every bit 7 in its place. `wire` and `plain` begin at the frame's first byte. */
export function unpack(wire: Uint8Array, start: number, size: number, plain: Uint8Array): void {
  const high = wire[start + 1] ?? 0;
  plain[0] = wire[start] ?? 0;
  plain[1] = 0;
  for (let i = 2; i < size; i++) plain[i] = ((wire[start + i] ?? 0) & 0x7f) | (((high >> (i - 2)) & 1) << 7);
}

/** The other way round, in place. A frame of one byte has nothing to pack. */
export function pack(bytes: Uint8Array): void {
  let high = 0x80;
  for (let i = 2; i < bytes.length; i++) {
    high |= ((bytes[i] ?? 0) >> 7) << (i - 2);
    bytes[i] = (bytes[i] ?? 0) | 0x80;
  }
  bytes[1] = high;
}

/** Tests (offset, mask, value) of unpacked bytes as tests of the wire, and what every packed frame of this size has. */
export function packedTests(
  tests: readonly (readonly [number, number, number])[],
  size: number,
): readonly (readonly [number, number, number])[] {
  const marks = Array.from({ length: size }, (_, at) => [at, 0x80, at === 0 ? 0 : 0x80] as const);
  return [
    ...marks,
    ...tests.flatMap(([at, mask, value]) =>
      at < 2 || (mask & 0x80) === 0
        ? [[at, mask & 0x7f, value & 0x7f] as const]
        : [[at, mask & 0x7f, value & 0x7f] as const, [1, 1 << (at - 2), (value >> 7) << (at - 2)] as const],
    ),
  ];
}
