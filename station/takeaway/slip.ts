import type { Language } from "../../core/i18n/message.ts";
import { slipWords } from "../../core/i18n/slip.ts";
import type { JobFrame } from "../../drivers/kit/index.ts";
import type { TakenAway, TakenResult } from "./content.ts";
import { lacking, printable, widthOf, wrapped } from "./paper.ts";

export interface SlipLine {
  readonly text: string;
  /** Twice as high and as wide. */
  readonly large: boolean;
  readonly centre: boolean;
  readonly bold: boolean;
}

/** Columns of paper 58 mm and 80 mm wide. */
export const paperColumns = { 58: 32, 80: 48 } as const;

type Kind = "plain" | "title" | "head" | "number";
const looks: Readonly<Record<Kind, Omit<SlipLine, "text">>> = {
  plain: { large: false, centre: false, bold: false },
  title: { large: true, centre: true, bold: false },
  head: { large: false, centre: false, bold: true },
  number: { large: true, centre: false, bold: false },
};

/** The lines of a slip: what the screen said, to take home. */
export function slip(taken: TakenAway, language: Language, columns: number): readonly SlipLine[] {
  const line = (kind: Kind, text: string): readonly SlipLine[] => {
    const look = looks[kind];
    return wrapped(printable(text), look.large ? columns / 2 : columns).map((part) => ({ ...look, text: part }));
  };
  const rule: SlipLine = { ...looks.plain, text: "-".repeat(columns) };
  const lines = [
    ...line("title", taken.station),
    ...line("plain", taken.place ?? ""),
    ...line("plain", apart(taken.person ?? "", taken.at, columns)),
    ...taken.results.flatMap((result) => [rule, ...resultLines(result, columns, line)]),
    rule,
    ...(taken.sentence === undefined ? [] : line("head", taken.sentence)),
    ...taken.next.flatMap((text) => line("plain", text)),
    ...(taken.opinion === undefined ? [] : [rule, ...line("plain", taken.opinion)]),
    rule,
    ...taken.foot.flatMap((text) => line("plain", text)),
  ];
  const isLacking = lines.some(({ text }) => text.includes(lacking));
  return isLacking ? [...lines, ...line("plain", slipWords[language].unprintable)] : lines;
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
  const room = columns - widthOf(printable(left)) - widthOf(printable(right));
  if (left === "" || right === "") return `${left}${right}`;
  return `${left}${" ".repeat(Math.max(1, room))}${right}`;
}

/** The job for a printer, in the words of the task `print`. After its start a printer is plain, left and normal. */
export function jobOf(lines: readonly SlipLine[]): readonly JobFrame[] {
  let now: Omit<SlipLine, "text"> = looks.plain;
  return lines.flatMap(({ text, ...look }): readonly JobFrame[] => {
    const turns: readonly JobFrame[] = [
      ...(look.centre === now.centre ? [] : [{ send: look.centre ? "centre" : "left" }]),
      ...(look.large === now.large ? [] : [{ send: look.large ? "large" : "normal" }]),
      ...(look.bold === now.bold ? [] : [{ send: look.bold ? "bold" : "plain" }]),
    ];
    now = look;
    return [...turns, { send: "line", values: { text } }];
  });
}
