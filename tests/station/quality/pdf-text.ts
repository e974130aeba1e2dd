import { inflateSync } from "node:zlib";

/** What a reader of a PDF made by pdfkit finds: the number of pages and the text of each font run, by its ToUnicode map. */
export function readPdf(base64: string): { readonly pages: number; readonly text: string } {
  const bytes = Buffer.from(base64, "base64");
  const source = bytes.toString("latin1");
  if (!source.startsWith("%PDF-1.") || !source.trimEnd().endsWith("%%EOF")) throw new Error("not a whole PDF");
  const streams = [...source.matchAll(/\/Length (\d+)[^]*?stream\r?\n/g)].map((match) => {
    const from = match.index + match[0].length;
    const raw = bytes.subarray(from, from + Number(match[1]));
    return match[0].includes("FlateDecode") ? inflateSync(raw).toString("latin1") : raw.toString("latin1");
  });
  const letters = lettersOf(streams.find((stream) => stream.includes("beginbfrange")) ?? "");
  const text = streams
    .flatMap((stream) => [...stream.matchAll(/\[([^\]]*)\] TJ/g)])
    .map(([, run = ""]) =>
      [...run.matchAll(/<([0-9a-f]+)>/gi)]
        .flatMap(([, hex = ""]) => [...hex.matchAll(/.{4}/g)])
        .map(([glyph]) => letters.get(Number.parseInt(glyph, 16)) ?? "�")
        .join(""),
    )
    .join("\n");
  return { pages: [...source.matchAll(/\/Type \/Page\b/g)].length, text };
}

/** `<0000> <0012> [<5065> <5eb7> …]`: glyph numbers in a row, and the UTF-16 of each. */
function lettersOf(map: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, first = "", list = ""] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    const units = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = ""]) => hex.replaceAll(" ", ""));
    for (const [index, hex] of units.entries())
      letters.set(
        Number.parseInt(first, 16) + index,
        [...hex.matchAll(/.{4}/g)].map(([unit]) => String.fromCharCode(Number.parseInt(unit, 16))).join(""),
      );
  }
  return letters;
}
