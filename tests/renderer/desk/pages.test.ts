import { describe, expect, test } from "vitest";
import { roles } from "../../../core/rights.ts";
import type { Comer } from "../../../core/contract/hub-people.ts";
import { pagesFor } from "../../../renderer/desk/pages.ts";

describe("the pages of the desk", () => {
  test.each(roles)("have one key each, of what a %s sees", (role) => {
    const keys = pagesFor(role as Comer).map(({ shortcut }) => shortcut);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    [
      "doctor",
      ["consult", "resident", "stored", "prescriptions", "referrals", "followUps", "tasks", "colleagues", "same"],
    ],
    ["specialist", ["consult", "resident", "stored", "prescriptions", "referrals", "tasks", "colleagues"]],
    ["villageDoctor", ["consult", "resident", "referrals", "followUps", "tasks", "colleagues", "same"]],
    ["pharmacist", ["pharmacy", "tasks", "colleagues"]],
    ["manager", ["overview", "reset", "people", "tasks"]],
    ["auditor", ["review", "overview", "people", "tasks"]],
    ["technician", []],
    ["station", []],
  ] as const)("of a %s are those the table of rights allows", (role, ids) => {
    expect(pagesFor(role).map(({ id }) => id)).toEqual(ids);
  });
});
