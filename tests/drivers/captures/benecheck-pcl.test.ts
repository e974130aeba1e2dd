import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, toHex } from "../../../drivers/kit/index.ts";
import { outcomes } from "./replay.ts";

// No capture of a result exists; dossier §Examples, computed there, and the quoted heartbeat.
test("a result of this moment", () => {
  expect(outcomes("benecheck-pcl", "2450434c410000000900000018030507 1e6c00da")).toEqual([
    {
      kind: "measurement",
      of: "glucose",
      readings: [{ quantity: "glucose", value: 108, unit: "mg/dL" }],
      doubts: [],
      deviceTime: "2024-03-05T07:30",
    },
  ]);
});
test("the same with an index is a record of somebody", () => {
  expect(outcomes("benecheck-pcl", "2450434c410000000900010018030507 1e6c00db")).toMatchObject([{ stored: true }]);
});
test("the heartbeat, both ways", () => {
  expect(outcomes("benecheck-pcl", "2450434c010000000000e0")).toEqual([
    { kind: "information", about: "heartbeat", values: {} },
  ]);
  expect(toHex(encode(findProfile("benecheck-pcl")!, "heartbeat", {}))).toBe("2450434c010000000000e0");
});
