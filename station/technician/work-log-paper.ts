import type { WorkLog, WorkLogLine } from "../../core/contract/technician-log.ts";
import { measurementKinds } from "../../core/domain/outcome.ts";
import { workSentence, workWords } from "../../core/i18n/work-log.ts";
import type { Font } from "../quality/font.ts";
import { bilingual, Paper, type Cell } from "../quality/paper.ts";

interface Printed {
  readonly font: Font;
  readonly station: { readonly name: string; readonly place: string; readonly simulated: boolean };
  readonly printedBy: string;
  /** UTC. */
  readonly printedAt: string;
  readonly zoneMinutes: number;
}

/** One day on paper, in both languages: what was done for residents in numbers, every line, the remarks, who signs. PDF in base64. */
export function workLogDocument(
  { day, lines, remarks, counts }: WorkLog,
  { font, station, printedBy, printedAt, zoneMinutes }: Printed,
): Promise<string> {
  const paper = new Paper(font, `${bilingual("doc.workLog")} ${day}`);
  const place = [station.name, station.place].filter((part) => part !== "").join(" · ");
  paper.title("doc.workLog", place);
  const measured = measurementKinds.flatMap((of) => {
    const n = counts.measured[of];
    return n === 0 ? [] : [`${workWords["zh-CN"][`log.of.${of}`]} ${workWords.en[`log.of.${of}`]} ${String(n)}`];
  });
  paper.facts([
    ["doc.date", day],
    ["doc.workLog.visits", `${String(counts.visits)} (${bilingual("doc.workLog.guests")} ${String(counts.guests)})`],
    ["doc.workLog.measured", measured.length === 0 ? "0" : measured.join(", ")],
    ["doc.workLog.refused", String(counts.refused)],
    ["doc.workLog.consults", String(counts.consults)],
    ["doc.workLog.opinions", String(counts.opinions)],
  ]);
  if (lines.length === 0) paper.note(bilingual("doc.workLog.none"));
  else
    paper.table(
      [...columns],
      lines.map((line) => rowOf(line, wallTime(line.at, zoneMinutes).slice(11))),
    );
  if (remarks.length > 0) {
    paper.heading(bilingual("doc.workLog.remarks"));
    for (const { values, who, at } of remarks)
      paper.note(`${String(values["text"] ?? "")} — ${who ?? ""} ${wallTime(at, zoneMinutes)}`);
  }
  paper.note(bilingual("doc.workLog.itself"));
  paper.signatures([
    ["doc.operator", printedBy],
    ["doc.reviewer", ""],
    ["doc.date", ""],
  ]);
  return paper.done(`${place} · ${day} · ${wallTime(printedAt, zoneMinutes)}`, station.simulated);
}

const columns = [
  { key: "doc.workLog.time", share: 1.1 },
  { key: "doc.workLog.what", share: 6 },
  { key: "doc.device", share: 3 },
  { key: "doc.operator", share: 2 },
] as const;

function rowOf(line: WorkLogLine, time: string): readonly Cell[] {
  const [zh, en] = [workSentence("zh-CN", line), workSentence("en", line)];
  return [
    { text: time },
    { text: zh === en ? zh : `${zh}\n${en}` },
    { text: line.device ?? "" },
    { text: line.who ?? bilingual("doc.station") },
  ];
}

/** On the wall of the station, to the minute. */
function wallTime(at: string, zoneMinutes: number): string {
  return new Date(Date.parse(at) + zoneMinutes * 60_000).toISOString().slice(0, 16).replace("T", " ");
}
