import { expect, test } from "vitest";
import { hexOf, outcomes } from "./replay.ts";

// Dossier barcode-scanner-serial, A.
test.each([
  ["CR", "HS1-SPECIMEN\r", ["HS1-SPECIMEN"]],
  ["CR LF", "HS1-SPECIMEN\r\nHS2-SPECIMEN\r\n", ["HS1-SPECIMEN", "HS2-SPECIMEN"]],
  ["LF", "HS1-SPECIMEN\n", ["HS1-SPECIMEN"]],
  ["an AIM identifier", "]Q1HS1-SPECIMEN\r", ["HS1-SPECIMEN"]],
])("a code with %s", (_name, line, codes) => {
  const said = outcomes("scanner-plain", hexOf(line));
  expect(said.flatMap((each) => (each.kind === "scan" ? [each.text] : []))).toEqual(codes);
});
test.each([
  ["UTF-8", Buffer.from("健康码\r", "utf8").toString("hex")],
  ["GB18030", "bda1bfb5c2eb0d"],
])("a code in %s", (_name, hex) => {
  expect(outcomes("scanner-plain", hex)).toEqual([{ kind: "scan", text: "健康码" }]);
});
test("a code with a damaged byte is not told in part", () => {
  const said = outcomes("scanner-plain", hexOf("HS1-SPE\x01CIMEN\r"));
  expect(said.map(({ kind }) => kind)).toEqual(["discarded", "discarded"]);
});
