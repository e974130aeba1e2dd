import iconv from "iconv-lite";

/** GB18030, the Chinese national encoding (GB 18030-2005): one, two or four bytes a character. */

/** Undefined where the bytes are no GB18030, or hold control characters. */
export function gb18030Text(bytes: Uint8Array, from = 0, to = bytes.length): string | undefined {
  const text: string = iconv.decode(bytes.subarray(from, to), "gb18030");
  // U+FFFD is what the decoder makes of bytes that are none.
  return /[\p{Cc}\ufffd]/u.test(text) ? undefined : text;
}

export function gb18030Bytes(text: string): Uint8Array {
  return Uint8Array.from(iconv.encode(text, "gb18030") as Iterable<number>);
}
