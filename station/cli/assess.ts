import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { assess } from "../../core/rules/assess.ts";

/**
 * `npm run -s assess -- <cases.csv>`: the rules, over a file of cases.
 * In: CSV with the columns case_id, domain, inputs_json, in any order; more columns are allowed. Out: CSV, one row per case.
 * A domain that is not there prints `unsupported` as its category, inputs that do not fit print `bad_input` and a sentence
 * on standard error. Exit 0 when the file was read, 2 for wrong usage, no file, or a file that is no such table.
 */
const columns = ["case_id", "domain", "inputs_json"] as const;
const header = ["case_id", "category", "severity", "action", "flags", "value", "advice_key"];

const table = z.array(z.record(z.string(), z.string()));

export interface AssessOutput {
  /** CSV with its header, lines end in a newline. */
  readonly csv: string;
  /** Sentences for standard error. */
  readonly complaints: readonly string[];
}

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
const line = (fields: readonly string[]): string => `${fields.map(quoted).join(",")}\n`;

function parsedJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function assessRow(
  caseId: string,
  domain: string,
  json: string,
): { readonly row: string; readonly complaint?: string } {
  const unanswered = (category: string): string => line([caseId, category, "", "", "", "", ""]);
  const given = parsedJson(json);
  if (!given.ok) {
    return { row: unanswered("bad_input"), complaint: `${caseId} (${domain}): inputs_json is not JSON.` };
  }
  const answer = assess(domain, given.value);
  if (answer.kind === "unsupported") return { row: unanswered("unsupported") };
  if (answer.kind === "badInput") {
    return { row: unanswered("bad_input"), complaint: `${caseId} (${domain}): ${answer.why}` };
  }
  const { category, severity, action, flags, value, adviceKey } = answer.assessment;
  return { row: line([caseId, category, String(severity), action, flags.join("|"), value ?? "", adviceKey ?? ""]) };
}

/** Answers every row of a CSV text. Throws an Error with a sentence where the text is no such table. */
export function assessCsv(text: string): AssessOutput {
  const rows = table.parse(
    parse(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    }),
  );
  const [first] = rows;
  const missing = columns.filter((column) => first !== undefined && !(column in first));
  if (missing.length > 0) throw new Error(`The file has no column ${missing.join(", ")}.`);
  const answers = rows.map((row) => assessRow(row["case_id"] ?? "", row["domain"] ?? "", row["inputs_json"] ?? ""));
  return {
    csv: line(header) + answers.map(({ row }) => row).join(""),
    complaints: answers.flatMap(({ complaint }) => complaint ?? []),
  };
}

function main(args: readonly string[]): number {
  const [file] = args;
  if (file === undefined || args.length !== 1) {
    process.stderr.write("Usage: npm run -s assess -- <cases.csv>\n");
    return 2;
  }
  try {
    const { csv, complaints } = assessCsv(readFileSync(file, "utf8"));
    process.stdout.write(csv);
    for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
