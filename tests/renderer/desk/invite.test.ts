import { expect, test } from "vitest";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import { byPractice } from "../../../renderer/desk/consult/InviteDialog.tsx";

const colleague = (name: string, orgName: string | undefined, here: boolean): Colleague => ({
  id: name,
  name,
  role: "doctor",
  here,
  ...(orgName === undefined ? {} : { practice: { org: orgName, orgName, tier: "township", licence: "S" } }),
});

test("colleagues stand by institution, those with somebody at the desk first, and inside each who is there first", () => {
  const all = [
    colleague("a", "North", false),
    colleague("b", "South", false),
    colleague("c", "South", true),
    colleague("d", undefined, false),
    colleague("e", "North", false),
  ];
  expect(byPractice(all).map(([org, of]) => [org, of.map(({ name }) => name)])).toEqual([
    ["South", ["c", "b"]],
    ["North", ["a", "e"]],
    ["", ["d"]],
  ]);
});
