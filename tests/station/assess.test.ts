import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { assessCsv } from "../../station/cli/assess.ts";

const root = resolve(import.meta.dirname, "../..");
const casesFile = join(process.env["CLINICAL_DIR"] ?? resolve(root, "../shared/clinical"), "cases.csv");
const cli = join(root, "station/cli/assess.ts");

const rowsOf = (csv: string): Record<string, string>[] =>
  z.array(z.record(z.string(), z.string())).parse(parse(csv, { bom: true, columns: true }));

/** A number within the tolerance, anything else as text. */
const isValue = (got: string, expected: string, tolerance: string): boolean => {
  if (expected === "") return got === "";
  if (Number.isNaN(Number(expected))) return got === expected;
  return got !== "" && Math.abs(Number(got) - Number(expected)) <= Number(tolerance || "0") + 1e-9;
};

if (!existsSync(casesFile)) {
  test.skip(`the clinical cases are not here (${casesFile}); set CLINICAL_DIR`, () => undefined);
} else {
  const cases = rowsOf(readFileSync(casesFile, "utf8"));
  const answers = new Map(rowsOf(assessCsv(readFileSync(casesFile, "utf8")).csv).map((row) => [row["case_id"], row]));

  describe("every clinical case", () => {
    test.each(cases)(
      "$case_id $domain $inputs_json $note",
      ({ case_id, expect_value = "", tolerance = "", ...expected }) => {
        const answer = answers.get(case_id);
        expect(answer).toMatchObject({
          category: expected["expect_category"],
          severity: expected["expect_severity"],
          action: expected["expect_action"],
          flags: expected["expect_flags"],
          advice_key: expected["advice_key"],
        });
        expect(isValue(answer?.["value"] ?? "", expect_value, tolerance), `value ${answer?.["value"]}`).toBe(true);
      },
    );
  });
}

describe("the file", () => {
  const header = "case_id,category,severity,action,flags,value,advice_key\n";

  test("may have a byte order mark, CRLF, quotes, other columns and another order", () => {
    const text =
      '\uFEFFnote,inputs_json,case_id,domain\r\n"a, ""b""","{""bpm"":72}",X1,pulse\r\n,"{""items"":[]}","X,2",overall\r\n';
    expect(assessCsv(text)).toEqual({
      csv: `${header}X1,PULSE_NORMAL,0,ROUTINE,,,pulse.normal\n"X,2",OVERALL,0,ROUTINE,,,sum.0\n`,
      complaints: [],
    });
  });

  test("keeps a row with bad inputs, and says why", () => {
    const text = 'case_id,domain,inputs_json\nA,bp,{"sbp"\nB,bp,"{""sbp"":""high""}"\nC,moon,{}\nD,bp\n';
    const { csv, complaints } = assessCsv(text);
    expect(csv).toBe(`${header}A,bad_input,,,,,\nB,bad_input,,,,,\nC,unsupported,,,,,\nD,bad_input,,,,,\n`);
    expect(complaints).toEqual([
      "A (bp): inputs_json is not JSON.",
      expect.stringMatching(/^B \(bp\): sbp: /),
      "D (bp): inputs_json is not JSON.",
    ]);
  });

  test("without a needed column is refused", () => {
    expect(() => assessCsv("case_id,inputs_json\nA,{}\n")).toThrow("no column domain");
  });
});

describe("the command", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "assess-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("prints the answers and ends with 0", () => {
    const file = join(folder, "cases.csv");
    writeFileSync(file, 'case_id,domain,inputs_json\nA,glucose,"{""value"":126,""unit"":""mg/dL""}"\n');
    expect(execFileSync(process.execPath, [cli, file], { encoding: "utf8" })).toBe(
      "case_id,category,severity,action,flags,value,advice_key\nA,GLU_F_DM_RANGE,2,DOCTOR_2W,,7.0,glu.dm_range\n",
    );
  });

  test.each([
    ["no argument", [], /^Usage/],
    ["two arguments", ["a", "b"], /^Usage/],
    ["a file that is not there", ["/nowhere/cases.csv"], /could not be read/],
  ])("ends with 2 and a sentence for %s", (_name, args, sentence) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
  });
});
