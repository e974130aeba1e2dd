import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * `node tests/mutation/score.ts`: brings scores.json up to date with the reports of the runs (coverage/mutation, never
 * committed), prints it as a table, and every mutant that survived. A row of a file that was not run here stays.
 */
interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}
/** `killed`: found by a test, or by never ending; `survived`: not found, by a test or for want of one. */
interface Score {
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
  readonly date: string;
}

const folder = resolve(import.meta.dirname, "../../coverage/mutation");
const scoresFile = join(import.meta.dirname, "scores.json");
const scores = existsSync(scoresFile)
  ? (JSON.parse(readFileSync(scoresFile, "utf8")) as Record<string, Score>)
  : ({} satisfies Record<string, Score>);

const reports = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
const byAge = reports.map((file) => ({ file, at: statSync(file).mtime })).sort((a, b) => Number(a.at) - Number(b.at));
const survivors = new Map<string, readonly string[]>();
for (const { file, at } of byAge) {
  const { files } = JSON.parse(readFileSync(file, "utf8")) as Report;
  for (const [name, { source, mutants }] of Object.entries(files)) {
    const count = (...statuses: readonly string[]): number =>
      mutants.filter(({ status }) => statuses.includes(status)).length;
    const killed = count("Killed", "Timeout");
    const survived = count("Survived", "NoCoverage");
    if (killed + survived === 0) continue;
    scores[name] = { mutants: killed + survived, killed, survived, date: at.toISOString().slice(0, 10) };
    const lines = source.split("\n");
    const left = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
    survivors.set(
      name,
      left.map(({ location: { start }, mutatorName, replacement, status }) => {
        const what = (replacement ?? "").replaceAll(/\s+/gu, " ");
        const where = `${name}:${start.line}:${start.column}`;
        return `${where} ${status} ${mutatorName}\n  - ${(lines[start.line - 1] ?? "").trim()}\n  + ${what}`;
      }),
    );
  }
}

const rows = Object.entries(scores).sort(([a], [b]) => a.localeCompare(b));
writeFileSync(scoresFile, `${JSON.stringify(Object.fromEntries(rows), undefined, 2)}\n`);
const sum = (of: "mutants" | "killed" | "survived"): number => rows.reduce((all, [, row]) => all + row[of], 0);
const percent = (killed: number, mutants: number): string => `${((100 * killed) / mutants).toFixed(1)} %`;
const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
process.stdout.write(
  [
    ...[...survivors.values()].flat(),
    line(["file", "mutants", "killed", "survived", "score", "date"]),
    line(["---", "--:", "--:", "--:", "--:", "---"]),
    ...rows.map(([name, { mutants, killed, survived, date }]) =>
      line([name, mutants, killed, survived, percent(killed, mutants), date]),
    ),
    line(["all", sum("mutants"), sum("killed"), sum("survived"), percent(sum("killed"), sum("mutants")), ""]),
    "",
  ].join("\n"),
);
