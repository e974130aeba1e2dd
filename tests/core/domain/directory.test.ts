import { expect, test } from "vitest";
import { isGoodPassword, orgFault, pairingFault, staffFault } from "../../../core/domain/directory.ts";

const orgs = [
  { id: "county", tier: "county" },
  { id: "township", tier: "township", above: "county" },
  { id: "village", tier: "village", above: "township" },
] as const;

test.each([
  ["a new one under nothing", { tier: "village" }, undefined],
  ["a new one under a higher tier", { tier: "village", above: "county" }, undefined],
  ["under its own tier", { tier: "county", above: "county" }, "org.tier"],
  ["under a lower tier", { tier: "township", above: "village" }, "org.tier"],
  ["under itself", { id: "county", tier: "county", above: "county" }, "org.tier"],
  ["under nobody that is known", { tier: "village", above: "elsewhere" }, "org.unknown"],
  ["a change of one that is not there", { id: "elsewhere", tier: "village" }, "org.unknown"],
  ["lowered to the tier of what stands under it", { id: "township", tier: "village" }, "org.tier"],
  ["lowered with nothing under it", { id: "village", tier: "village" }, undefined],
  ["raised to the tier of what stands above it", { id: "township", tier: "county", above: "county" }, "org.tier"],
] as const)("an institution, %s: %j is answered %s", (_, org, fault) => {
  expect(orgFault(org, orgs)).toBe(fault);
});

test.each([
  ["lowered to what its station stands at", { id: "township", tier: "village" }, "org.tier"],
  ["raised to what its station's hospital is", { id: "village", tier: "township" }, "org.tier"],
  ["raised with room left", { id: "township", tier: "county" }, undefined],
  ["another one", { id: "other", tier: "village" }, undefined],
] as const)("an institution with a paired station, %s: %j is answered %s", (_, org, fault) => {
  const places = [
    { id: "township", tier: "township" },
    { id: "village", tier: "village" },
    { id: "other", tier: "county" },
  ] as const;
  expect(orgFault(org, places, [{ branch: "village", hospital: "township" }])).toBe(fault);
});

test.each([
  [{}, undefined],
  [{ branch: "village" }, undefined],
  [{ hospital: "county" }, undefined],
  [{ branch: "village", hospital: "county" }, undefined],
  [{ branch: "township", hospital: "township" }, "org.tier"],
  [{ branch: "county", hospital: "township" }, "org.tier"],
  [{ branch: "elsewhere" }, "org.unknown"],
  [{ branch: "village", hospital: "elsewhere" }, "org.unknown"],
] as const)("a station paired as %j is answered %s", (pairing, fault) => {
  expect(pairingFault(pairing, orgs)).toBe(fault);
});

test.each([
  ["doctor", undefined, "account.needsPractice"],
  ["pharmacist", undefined, "account.needsPractice"],
  ["manager", undefined, undefined],
  ["doctor", { org: "township" }, undefined],
  ["auditor", { org: "elsewhere" }, "org.unknown"],
] as const)("a %s with %j is answered %s", (role, practice, fault) => {
  expect(staffFault(role, practice, orgs)).toBe(fault);
});

test.each([
  ["qingxi-2026", "li", true],
  ["nine-char", "li", false],
  ["Li-the-Doctor", "li-the-doctor", false],
  ["春天来了村里的花开了", "li", true],
] as const)("%s as the password of %s: %s", (password, account, good) => {
  expect(isGoodPassword(password, account)).toBe(good);
});
