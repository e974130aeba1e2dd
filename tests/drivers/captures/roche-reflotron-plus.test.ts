import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { checks } from "../../../drivers/kit/checks.ts";
import { decoder, fromHex, withSettings } from "../../../drivers/kit/index.ts";
import { counter, hexOf, json, outcomes, present } from "./replay.ts";

const count = counter("roche-reflotron-plus");
// Reflotron: the lines were recorded, the message around them follows the recorded one.
interface Result {
  readonly text: string;
  readonly expected: { readonly analyte: string; readonly op: string | null; readonly value: number };
}
const results = json<{ lines?: readonly Result[] }>("reflotron-plus/result-lines.json").lines ?? [];
const known: Readonly<Record<string, readonly [string, string]>> = {
  CHOL: ["cholesterol.total", "mg/dL"],
  GLU: ["glucose", "mg/dL"],
  CREA: ["creatinine", "umol/L"],
};
const strip = (line: string, begin = 0xff): string => {
  // The degree sign of code page 437 is F8.
  const body = `\r\n15.12.14 C1 08:57:57\r\n0,m\r\n${line.replace("°", "\xb0")}\r\nReflotron\r\n\x03`;
  const bytes = Uint8Array.from(Buffer.from(body, "latin1"));
  return `02${hexOf(body)}${checks.xor8.extend(begin, bytes, 0, bytes.length).toString(16).padStart(2, "0")}`;
};

describe.skipIf(!present)("reflotron-plus", () => {
  test.each(results)("$text", ({ text: line, expected: { analyte, op, value } }) => {
    count();
    const [quantity, unit] = known[analyte] ?? [];
    const [said, ...rest] = outcomes("roche-reflotron-plus", strip(line));
    expect(rest).toEqual([]);
    expect(said).toMatchObject(
      quantity === undefined
        ? { kind: "information", about: "otherResult", values: { name: analyte } }
        : {
            kind: "measurement",
            readings: [{ quantity, value, unit, ...(op === null ? {} : { comparator: op }) }],
            deviceTime: "2014-12-15T08:57:57",
          },
    );
  });
  test("an even BCC is another setting", () => {
    const even = withSettings(findProfile("roche-reflotron-plus")!, { bcc: "even" });
    if (!even.ok) throw new Error("the setting is refused");
    const kinds = (profile: typeof even.profile): readonly string[] => {
      const device = decoder(profile);
      return [...device.hear(fromHex(strip("CHOL 240 mg/dl", 0))), ...device.flush()].map(({ kind }) => kind);
    };
    expect([kinds(even.profile), kinds(findProfile("roche-reflotron-plus")!)]).toEqual([
      ["measurement"],
      ["discarded"],
    ]);
  });
});
