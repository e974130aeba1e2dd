import type { Language } from "../../core/i18n/message.ts";
import { slipWords } from "../../core/i18n/slip.ts";
import type { JobFrame } from "../../drivers/kit/index.ts";
import type { TakenAway, TakenResult } from "./content.ts";
import { lacking, onPaper, printable, widthOf, wrapped } from "./paper.ts";

export interface SlipLine {
  readonly text: string;
  /** Twice as high and as wide. */
  readonly large: boolean;
  readonly centre: boolean;
  readonly bold: boolean;
  /** Instead of the text: its picture. */
  readonly dots?: string;
}

type Kind = "plain" | "title" | "head" | "number";
const looks: Readonly<Record<Kind, Omit<SlipLine, "text" | "dots">>> = {
  plain: { large: false, centre: false, bold: false },
  title: { large: true, centre: true, bold: false },
  head: { large: false, centre: false, bold: true },
  number: { large: true, centre: false, bold: false },
};

/** Pictures of lines that the printer's font lacks, by their text: dots as Latin-1, column by column, three bytes each. */
export type Drawn = ReadonlyMap<string, string>;

/** The lines of a slip: what the screen said, to take home. A character that the font lacks stands in it as it is. */
export function slip(taken: TakenAway, columns: number): readonly SlipLine[] {
  const line = (kind: Kind, text: string): readonly SlipLine[] => {
    const look = looks[kind];
    return wrapped(onPaper(text), look.large ? columns / 2 : columns).map((part) => ({ ...look, text: part }));
  };
  const rule: SlipLine = { ...looks.plain, text: "-".repeat(columns) };
  return [
    ...line("title", taken.station),
    ...line("plain", taken.place ?? ""),
    ...line("plain", apart(taken.person ?? "", taken.at, columns)),
    ...taken.results.flatMap((result) => [rule, ...resultLines(result, columns, line)]),
    rule,
    ...(taken.sentence === undefined ? [] : line("head", taken.sentence)),
    ...taken.next.flatMap((text) => line("plain", text)),
    ...(taken.opinion === undefined ? [] : [rule, ...line("plain", taken.opinion)]),
    ...(taken.plan === undefined
      ? []
      : [rule, ...line("head", taken.plan.title), ...taken.plan.lines.flatMap((text) => line("plain", text))]),
    rule,
    ...taken.foot.flatMap((text) => line("plain", text)),
  ];
}

/** More would keep a slow line busy for too long. */
const mostDrawn = 6;

/** The lines that can only be drawn, as a page has to draw them: in the height of a plain line, and in their place. */
export const toDraw = (lines: readonly SlipLine[], columns: number): readonly string[] =>
  lines
    .filter(isRare)
    .slice(0, mostDrawn)
    .map((line) => asDrawn(line, columns));

const isRare = ({ text }: SlipLine): boolean => printable(text) !== text;

function asDrawn({ text, centre }: SlipLine, columns: number): string {
  return centre ? `${" ".repeat(Math.max(0, Math.floor((columns - widthOf(text)) / 2)))}${text}` : text;
}

/** Ready for the printer: a rare line as its picture; without one with a sign in the place of what the font lacks, which is said. */
export function finished(lines: readonly SlipLine[], drawn: Drawn, columns: number, language: Language) {
  const done = lines.map((line): SlipLine => {
    if (!isRare(line)) return line;
    const dots = drawn.get(asDrawn(line, columns));
    return dots === undefined ? { ...line, text: printable(line.text) } : { ...looks.plain, text: line.text, dots };
  });
  const lacks = done.some(({ text, dots }) => dots === undefined && text.includes(lacking));
  const said = wrapped(slipWords[language].unprintable, columns).map((text) => ({ ...looks.plain, text }));
  return lacks ? [...done, ...said] : done;
}

function resultLines(
  { name, at, numbers, notes }: TakenResult,
  columns: number,
  line: (kind: Kind, text: string) => readonly SlipLine[],
): readonly SlipLine[] {
  return [
    ...line("head", apart(name, at, columns)),
    ...numbers.flatMap(({ name: of, words, unit, mark = "" }, index) =>
      index === 0
        ? [...line("number", words), ...line("plain", apart(of === name ? unit : `${of} ${unit}`, mark, columns))]
        : line("plain", apart(`${of} ${words} ${unit}`, mark, columns)),
    ),
    ...notes.flatMap((note) => line("plain", note)),
  ];
}

/** One to the left and one to the right, or below each other where there is no room. */
function apart(left: string, right: string, columns: number): string {
  const room = columns - widthOf(onPaper(left)) - widthOf(onPaper(right));
  if (left === "" || right === "") return `${left}${right}`;
  return `${left}${" ".repeat(Math.max(1, room))}${right}`;
}

/** The job for a printer, in the words of the task `print`. After its start a printer is plain, left and normal. */
export function jobOf(lines: readonly SlipLine[]): readonly JobFrame[] {
  let now: Omit<SlipLine, "text" | "dots"> = looks.plain;
  return lines.flatMap(({ text, dots, ...look }): readonly JobFrame[] => {
    const turns: readonly JobFrame[] = [
      ...(look.centre === now.centre ? [] : [{ send: look.centre ? "centre" : "left" }]),
      ...(look.large === now.large ? [] : [{ send: look.large ? "large" : "normal" }]),
      ...(look.bold === now.bold ? [] : [{ send: look.bold ? "bold" : "plain" }]),
    ];
    now = look;
    return [...turns, dots === undefined ? { send: "line", values: { text } } : { send: "drawn", values: { dots } }];
  });
}
