import { describe, expect, test } from "vitest";
import { counter, json, outcomes, present } from "./replay.ts";

const count = counter("bioland-v3");
interface Vectors {
  readonly vectors: readonly {
    readonly hex: string;
    readonly expected: { readonly type: string; readonly time?: string; readonly mgdl?: number };
  }[];
}
const { vectors = [] } = json<Partial<Vectors>>("bioland-55-5a/test-vectors.json");
const meters = vectors.filter(({ hex }) => hex.startsWith("55"));
const of = (type: string) =>
  meters.filter(({ expected }) => expected.type.startsWith(type) && !/plain|\+ 4/.test(JSON.stringify(expected)));

describe.skipIf(!present)("bioland-v3", () => {
  test.each(of("result").map(({ hex, expected }) => [hex, expected] as const))(
    "a record %s",
    (hex, { time, mgdl = 0 }) => {
      count();
      expect(outcomes("bioland-v3", hex)).toEqual([
        {
          kind: "measurement",
          of: "glucose",
          readings: [
            { quantity: "glucose", unit: "mg/dL", ...(mgdl > 600 ? { value: 600, comparator: ">" } : { value: mgdl }) },
          ],
          doubts: [],
          deviceTime: time,
          stored: true,
        },
      ]);
    },
  );
  test("a unit that adds nothing to its sums says so with its info, and keeps to it", () => {
    count();
    const plain = "550f002a030227001180060033 0a8e";
    const result = "550c030e0101051900c30257";
    expect(outcomes("bioland-v3", result).map(({ kind }) => kind)).toEqual(["discarded"]);
    expect(outcomes("bioland-v3", plain, result).map(({ kind }) => kind)).toEqual(["information", "measurement"]);
    expect(outcomes("bioland-v3", plain, "550c030e0101051900c30259").map(({ kind }) => kind)).toEqual([
      "information",
      "discarded",
    ]);
  });
  test.each(of("end").map(({ hex }) => [hex] as const))("the end of results %s", (hex) => {
    count();
    expect(outcomes("bioland-v3", hex)).toEqual([{ kind: "information", about: "end", values: {} }]);
  });
});

test("behind a count-down it is a result of this moment", () => {
  expect(outcomes("bioland-v3", "55060200015f".replace("5f", "60"), "550c0318030507 1e006c0017").at(-1)).toEqual({
    kind: "measurement",
    of: "glucose",
    readings: [{ quantity: "glucose", value: 108, unit: "mg/dL" }],
    doubts: [],
    deviceTime: "2024-03-05T07:30",
  });
});
