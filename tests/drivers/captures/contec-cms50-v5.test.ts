import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { decoder, fromHex } from "../../../drivers/kit/index.ts";
import { counter, outcomes } from "./replay.ts";

const id = "contec-cms50-v5";
const count = counter(id);

// Computed vectors of the dossier; a public recording was not found.
test("80 00 40 05 62: pulse 133, SpO2 98", () => {
  count();
  expect(outcomes(id, "8000400562")).toEqual([
    { kind: "wave", of: "pulse", samples: { pulse: [0] } },
    {
      kind: "progress",
      of: "oximetry",
      readings: [
        { quantity: "spo2", value: 98, unit: "%" },
        { quantity: "pulse.rate", value: 133, unit: "/min" },
      ],
    },
  ]);
});
test("90 00 20 00 00: still searching, and no number", () => {
  count();
  const [heard] = decoder(findProfile(id)!).hearFrames(fromHex("9000200000"));
  expect(heard?.values).toMatchObject({
    state: { tooLong: true },
    probe: { searching: true },
    pulse: null,
    spo2: null,
  });
  expect(heard?.outcomes.map(({ kind }) => kind)).toEqual(["wave"]);
});
test.each([
  ["the finger is out", "8000500562"],
  ["an impossible saturation", "800040057e"],
])("%s: no number", (_what, hex) => expect(outcomes(id, hex).map(({ kind }) => kind)).not.toContain("progress"));
test("it falls into step at the byte with bit 7", () => {
  expect(outcomes(id, "4005628000400562").at(-1)).toMatchObject({ kind: "progress" });
});
