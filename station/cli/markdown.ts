/** Markdown as the formatter of this repository leaves it, so that what is written needs no second pass. */

/** Columns that a text takes in a fixed-width font: Chinese signs take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    width += code >= 0x1100 && /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(sign) ? 2 : 1;
  }
  return width;
}

/** A text in code marks, which it must not hold itself; what nobody can see is shown by its number. */
export const code = (text: string): string =>
  `\`${text.replaceAll("`", "'").replaceAll(/\p{Cc}/gu, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`)}\``;

/** Plain words: signs that Markdown would read as marks stay signs. */
export const plain = (text: string): string => text.replaceAll(/([*_<>[\]\\])/g, "\\$1");

/** A table with its columns in line. Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => widthOf(row[column] ?? ""))));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? "") + " ".repeat(width - widthOf(row[column] ?? ""))).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...others.map(line)].join("\n");
}

const begin = "<!-- by hand -->";
const end = "<!-- end of by hand -->";

/** What a person wrote into a file between the marks; of a file without marks, everything behind its heading. */
export function handWritten(text: string): string {
  const from = text.indexOf(begin);
  if (from < 0) return text.replace(/^# .*\n/, "").trim();
  const to = text.lastIndexOf(end);
  return text.slice(from + begin.length, to < from ? undefined : to).trim();
}

/** A file of a generated part and what a person wrote. */
export function withHand(generated: string, hand: string): string {
  return `${generated.trim()}\n\n${begin}\n\n${hand === "" ? "" : `${hand}\n\n`}${end}\n`;
}
