import { describe, expect, test } from "vitest";
import { checks } from "../../../drivers/kit/checks.ts";
import { counter, hexOf, json, outcomes, present } from "./replay.ts";

const count = counter("abbott-freestyle-lite");
// FreeStyle and Precision: only single lines were recorded, so each stands in a dump made with the dossier's rule.
const dump = (lines: readonly string[], announced = lines.length): string => {
  const head = `\r\nDBMS017-N7000\r\n1.43     -P\r\nApr  22 2014 02:14:37\r\n${String(announced).padStart(3, "0")}\r\n`;
  const covered = head + lines.map((line) => `${line}\r\n`).join("");
  const bytes = Uint8Array.from(Buffer.from(covered, "latin1"));
  const sum = checks.sum16.extend(0, bytes, 0, bytes.length).toString(16).toUpperCase().padStart(4, "0");
  return hexOf(`${covered}0x${sum}  END\r\n`);
};
const lite = "abbott-freestyle-lite";
const { lines = [] } = json<{ lines?: readonly { text: string; expected: { time: string; glucose?: object } }[] }>(
  "freestyle-precision/lines.json",
);

describe.skipIf(!present)("freestyle-precision", () => {
  test.each(lines.filter(({ expected }) => expected.glucose !== undefined))("$text", ({ text: line, expected }) => {
    count();
    expect(outcomes(lite, dump([line]))).toEqual([
      {
        kind: "measurement",
        of: "glucose",
        readings: [{ quantity: "glucose", ...expected.glucose }],
        doubts: [],
        deviceTime: expected.time,
        stored: true,
        notes: { serial: "DBMS017-N7000" },
      },
    ]);
  });
});
describe("a FreeStyle dump", () => {
  const line = (value: string, month = "Jan ", state = "00"): string =>
    `${value}  ${month} 17 2010 00:39 00 0x${state}`;
  test.each(["June", "July", "Sep "])("with the month %s", (month) => {
    expect(outcomes(lite, dump([line("100", month)]))).toMatchObject([{ kind: "measurement" }]);
  });
  test("with HI, LO, control solution and a lost clock keeps each for what it is", () => {
    const said = outcomes(
      lite,
      dump([line("HI "), line("LO "), line("108", "Jan ", "01"), line("99 ".trim().padStart(3, "0"), "Jan ", "02")]),
    );
    expect(said).toMatchObject([
      { kind: "measurement", readings: [{ value: 500, comparator: ">" }], deviceTime: "2010-01-17T00:39" },
      { kind: "measurement", readings: [{ value: 20, comparator: "<" }] },
      { kind: "control", readings: [{ value: 108 }] },
      { kind: "measurement", readings: [{ value: 99 }], stored: true },
    ]);
    expect(said[3]).not.toHaveProperty("deviceTime");
  });
  test.each([
    ["fewer lines than it says", dump([line("100")], 2)],
    ["more lines than it says", dump([line("100"), line("101")], 1)],
  ])("with %s is refused whole", (_name, hex) => {
    expect(outcomes(lite, hex).map(({ kind }) => kind)).toEqual(["discarded"]);
  });
  test("with a wrong checksum is refused whole", () => {
    const hex = dump([line("100")]).replace(hexOf("100"), hexOf("101"));
    const said = outcomes(lite, hex);
    expect(said[0]).toMatchObject({ kind: "discarded", reason: "checksum" });
    expect(said.map(({ kind }) => kind)).not.toContain("measurement");
  });
  test("tells no ketone", () => {
    const hex = dump(["003  Jan  17 2010 00:39 K 0x00"]);
    expect(outcomes("abbott-precision-xtra", hex)).toEqual([]);
    expect(outcomes("abbott-precision-xtra", dump(["003  Jan  17 2010 00:39 G 0x00"]))).toMatchObject([
      { kind: "fault", code: "device.outOfRange" },
    ]);
  });
});
