/** Bytes → characters for the sets that analyzers use. What has no meaning in a set becomes U+FFFD; no byte is skipped. */

export type Charset = "ascii" | "latin1" | "utf8" | "gb18030";
const unknown = "\uFFFD";
const at = (bytes: Uint8Array, i: number): number => bytes[i] ?? 0;

/** How many bytes of UTF-8 stand here and what they are; one byte and U+FFFD when they are no character. */
function utf8At(bytes: Uint8Array, i: number): readonly [number, string] {
  const lead = at(bytes, i);
  const more = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xc2 && lead < 0xe0 ? 1 : 0;
  if (more === 0) return [1, unknown];
  let code = lead & (0x3f >> more);
  for (let k = 1; k <= more; k++) {
    const byte = at(bytes, i + k);
    if ((byte & 0xc0) !== 0x80) return [1, unknown];
    code = (code << 6) | (byte & 0x3f);
  }
  const least = [0, 0x80, 0x800, 0x10000][more] ?? 0;
  const legal = code >= least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return legal ? [more + 1, String.fromCodePoint(code)] : [1, unknown];
}

/**
 * GB18030 is cut, not translated: what the station reads of a message is ASCII, but the second byte of a character may look
 * like a delimiter. Only the micro sign of a unit has a meaning (A6CC, GB 18030-2005).
 */
function gb18030At(bytes: Uint8Array, i: number): readonly [number, string] {
  const second = at(bytes, i + 1);
  if (second >= 0x30 && second <= 0x39) return [4, unknown];
  if (second < 0x40 || second === 0x7f || second === 0xff) return [1, unknown];
  return [2, at(bytes, i) === 0xa6 && second === 0xcc ? "μ" : unknown];
}

/** Never throws. Both micro signs (U+00B5, U+03BC) come out as U+03BC, so that a unit has one spelling. */
export function textFrom(bytes: Uint8Array, charset: Charset): string {
  let text = "";
  for (let i = 0; i < bytes.length;) {
    const byte = at(bytes, i);
    let step = 1;
    let char = String.fromCharCode(byte);
    if (byte >= 0x80) {
      if (charset === "utf8") [step, char] = utf8At(bytes, i);
      else if (charset === "gb18030") [step, char] = gb18030At(bytes, i);
      else if (charset === "ascii") char = unknown;
    }
    text += char === "\u00B5" ? "μ" : char;
    i += step;
  }
  return text;
}

/** As MSH-18 names it (HL7 table 0211); `otherwise` where it is empty or names a set that is not known. */
export function charsetNamed(name: string, otherwise: Charset): Charset {
  if (/^UNICODE( UTF-8)?$|^UTF-?8$/i.test(name)) return "utf8";
  if (/^(ISO[ -]?)?8859[-/]1$/i.test(name)) return "latin1";
  if (/^GB ?18030|^GBK$|^GB ?2312/i.test(name)) return "gb18030";
  return /^ASCII$/i.test(name) ? "ascii" : otherwise;
}

/** Characters → bytes of a set that has them (ASCII, Latin-1, UTF-8). Throws on others: profiles write ASCII. */
export function bytesFrom(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code > 0x7f) throw new Error(`${JSON.stringify(char)} is not ASCII`);
    return code;
  });
}
