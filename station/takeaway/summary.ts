import type { TakenAway, TakenResult } from "./content.ts";

/** What one code holds and a cheap phone still reads, bytes of UTF-8. */
const mostBytes = 1_000;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The visit in a few lines, for a code that needs no network: nobody's name is in it. Results that find no room are left out, and so is the plan. */
export function summaryText({ station, place, at, results, sentence, next, plan, foot }: TakenAway): string {
  const head = [place === undefined ? station : `${station} ${place}`, at];
  const tail = [...(sentence === undefined ? [] : [sentence]), ...next, ...foot.slice(-1)];
  const room = mostBytes - bytesOf([...head, ...tail].join("\n"));
  let used = 0;
  // The plan comes whole or not at all: half of one is another one.
  const planned = plan === undefined ? [] : [[plan.title, ...plan.lines].join("\n")];
  const middle = [...results.map(resultLine), ...planned].filter((text) => (used += bytesOf(text) + 1) <= room);
  return [...head, ...middle, ...tail].join("\n");
}

function resultLine({ name, numbers, notes }: TakenResult): string {
  const parts = numbers.map(({ name: of, words, unit, mark }) =>
    [of === name ? "" : of, words, unit, mark ?? ""].filter((part) => part !== "").join(" "),
  );
  return [`${name} ${parts.join("; ")}`, ...notes].join(", ");
}
