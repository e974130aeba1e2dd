import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Vitest runs this once around the whole run. Behind it: one table, per profile its frames, the captures that were
 * replayed, the frames of captures that were bent, and how many wrong bits and pairs of bits were tried and passed.
 */
const columns = [
  "frames",
  "captures",
  "bentFrames",
  "flips",
  "flipsPassed",
  "pairs",
  "pairsPassed",
  "randomNumbers",
] as const;

let folder: string | undefined;

export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), "proof-"));
  process.env["PROOF_FILE"] = join(folder, "counts.jsonl");
}

export function teardown(): void {
  const file = process.env["PROOF_FILE"];
  if (folder === undefined || file === undefined) return;
  if (existsSync(file)) process.stdout.write(tableOf(readFileSync(file, "utf8")));
  rmSync(folder, { recursive: true, force: true });
}

/** Rows of `[profile, { column: count }]`, added up. */
function tableOf(lines: string): string {
  const rows = new Map<string, Map<string, number>>();
  for (const line of lines.split("\n").filter((each) => each !== "")) {
    const [profile, counts] = JSON.parse(line) as readonly [string, Readonly<Record<string, number>>];
    const row = rows.get(profile) ?? new Map<string, number>();
    rows.set(profile, row);
    for (const [name, number] of Object.entries(counts)) row.set(name, (row.get(name) ?? 0) + number);
  }
  const shown = (name: string, cells: readonly (string | number)[]): string =>
    [name.padEnd(32), ...cells.map((cell) => String(cell).padStart(13))].join(" ");
  const sorted = [...rows].sort(([one], [other]) => one.localeCompare(other));
  const total = columns.map((column) => sorted.reduce((sum, [, row]) => sum + (row.get(column) ?? 0), 0));
  return [
    shown("", columns),
    ...sorted.map(([profile, row]) =>
      shown(
        profile,
        columns.map((column) => row.get(column) ?? 0),
      ),
    ),
    shown(`${sorted.length} in all`, total),
    "",
  ].join("\n");
}
