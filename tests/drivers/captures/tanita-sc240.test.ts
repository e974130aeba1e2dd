import { describe, expect, test } from "vitest";
import { counter, hexOf, outcomes, present, text } from "./replay.ts";

const count = counter("tanita-sc240");
const specimens = text("tanita-csv/lines.txt")
  .split(/\r?\n/)
  .filter((line) => line.startsWith("{"));
describe.skipIf(!present)("tanita-csv", () => {
  test("the printed specimen of an SC-240", () => {
    count();
    expect(outcomes("tanita-sc240", hexOf(`${specimens[0] ?? ""}\r\n`))).toMatchObject([
      {
        kind: "measurement",
        of: "body",
        readings: [
          { quantity: "body.weight", value: 82.7, unit: "kg" },
          { quantity: "body.fat", value: 18.6, unit: "%" },
          { quantity: "body.muscle", value: 64 },
          { quantity: "body.bone", value: 3.3 },
          { quantity: "body.water", value: 58 },
          { quantity: "body.bmi", value: 28.6 },
        ],
        doubts: [],
        notes: { model: "SC-240", ZF: "369.4" },
      },
    ]);
  });
  test("a line of an SC-330, with its closing brace; its id number is told to nobody", () => {
    count();
    const [said] = outcomes("tanita-sc240", hexOf(`${specimens[1] ?? ""}\r\n`));
    expect(said).toMatchObject({ readings: [{ value: 89.2 }, { value: 18.8 }, {}, {}, {}, { value: 24.5 }] });
    expect(JSON.stringify(said)).not.toContain("0000000000");
  });
  test("a key that stands twice refuses the line", () => {
    const line = (specimens[0] ?? "").replace("FW,18.6", "Wk,18.6");
    expect(outcomes("tanita-sc240", hexOf(`${line}\r\n`)).map(({ kind }) => kind)).not.toContain("measurement");
  });
});
