import iconv from "iconv-lite";

/**
 * Invented residents whose every secret can be told from all other bytes: a name, a card number of no region, a telephone
 * number that nobody can have, and a code. All are marked as specimens.
 */
export interface Planted {
  readonly name: string;
  /** What an open room may see of the name while its person is there: the mark tells one from the other. */
  readonly shownMark: string;
  readonly number: string;
  readonly phone: string;
  readonly code: string;
}

const marks = { name: "王植", number: "000000193707", phone: "1009937", code: "HS1-SPECIMEN-PLANTED" } as const;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** `serial`: 0 to 9999; the same one is the same person. */
export function planted(serial: number): Planted {
  const four = String(serial).padStart(4, "0");
  const day = String(1 + Math.floor(serial / 900)).padStart(2, "0");
  const body = `${marks.number}${day}${String(1 + (serial % 900)).padStart(3, "0")}`;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  const shownMark = `样本植${four}`;
  return {
    name: `${shownMark}·密王植妈`,
    shownMark,
    number: `${body}${"10X98765432"[sum % 11] ?? ""}`,
    phone: `${marks.phone}${four}`,
    code: `${marks.code}-${four}`,
  };
}

const hex = (bytes: Buffer): string => bytes.toString("hex");
/** A text as it may lie in a file, a log or on a line: as bytes, and as bytes written out. */
function forms(text: string): readonly string[] {
  const written = [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le"), iconv.encode(text, "gb18030")];
  return [...new Set(written.flatMap((bytes) => [bytes.toString("latin1"), hex(bytes), hex(bytes).toUpperCase()]))];
}
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
const anyOf = (texts: readonly string[]): RegExp => new RegExp(texts.flatMap(forms).map(escaped).join("|"), "g");

/** What must not be found anywhere once its person has left, nor in a log or in clear on a disk at any time. */
const secrets = anyOf(Object.values(marks));

/** Which secrets lie in these bytes, in any form; each once. */
export function secretsIn(bytes: Uint8Array | string, also: readonly string[] = []): readonly string[] {
  const text = (
    typeof bytes === "string"
      ? Buffer.from(bytes, "utf8")
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  ).toString("latin1");
  const found = also.length === 0 ? [] : [...text.matchAll(anyOf(also))];
  return [...new Set([...text.matchAll(secrets), ...found].map(([one]) => one))];
}
