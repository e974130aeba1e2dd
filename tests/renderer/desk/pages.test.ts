import { describe, expect, test } from "vitest";
import { pages, pagesFor } from "../../../renderer/desk/pages.ts";

describe("the pages of the desk", () => {
  test("have one key each", () => {
    const keys = pages.map(({ shortcut }) => shortcut);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    ["doctor", ["consult", "resident", "stored", "prescriptions", "referrals", "followUps", "tasks", "colleagues"]],
    ["specialist", ["consult", "resident", "stored", "prescriptions", "referrals", "tasks", "colleagues"]],
    ["villageDoctor", ["consult", "resident", "referrals", "followUps", "tasks", "colleagues"]],
    ["pharmacist", ["pharmacy", "tasks", "colleagues"]],
    ["technician", []],
    ["station", []],
  ] as const)("of a %s are those the table of rights allows", (role, ids) => {
    expect(pagesFor(role).map(({ id }) => id)).toEqual(ids);
  });
});
