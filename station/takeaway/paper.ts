import { gb18030Bytes } from "../../drivers/kit/index.ts";

/** How many columns a character takes on a printer with a Chinese font: one or two; undefined where its font has none. */
export function columnsOf(char: string): number | undefined {
  const { length } = gb18030Bytes(char);
  return length > 2 ? undefined : length;
}

/** Stands for a character that the printer does not have. */
export const lacking = "〓";

/** Control characters are blanks on paper. */
export const onPaper = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ");

/** What the font does not have is `lacking`. */
export const printable = (text: string): string =>
  Array.from(onPaper(text), (char) => (columnsOf(char) === undefined ? lacking : char)).join("");

export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (columnsOf(char) ?? 2), 0);

const closing = /^[，。、；：！？,.;:!?)）”]/u;

/** Broken into lines of so many columns: between words where there are some, else between any two characters. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/[!-~]+|[^!-~]/gu) ?? []) {
    if (widthOf(line + word) > columns) {
      // What closes a sentence does not begin a line: the character before it comes along.
      const carried = closing.test(word) ? (line.match(/[^ -~]$/u)?.[0] ?? "") : "";
      line = line.slice(0, line.length - carried.length);
      if (line.trim() !== "") lines.push(line.trimEnd());
      line = carried;
    }
    if (line === "" && word === " ") continue;
    if (widthOf(word) <= columns) line += word;
    else
      for (const char of word) {
        if (widthOf(line + char) > columns) {
          lines.push(line);
          line = "";
        }
        line += char;
      }
  }
  return line.trim() === "" ? lines : [...lines, line.trimEnd()];
}
