import { describe, expect, test } from "vitest";
import { wrongPassword } from "../../../renderer/desk/Invited.tsx";
import { higherThan, treeOf } from "../../../renderer/desk/people/org-tree.ts";

const county = { id: "c", name: "县人民医院", tier: "county" } as const;
const township = { id: "t", name: "清溪镇卫生院", tier: "township", above: "c" } as const;
const other = { id: "u", name: "白石乡卫生院", tier: "township", above: "c" } as const;
const village = { id: "v", name: "槐树村卫生室", tier: "village", above: "t" } as const;

const shapeOf = (orgs: Parameters<typeof treeOf>[0]) =>
  treeOf(orgs).map(({ org, depth }) => `${"-".repeat(depth)}${org.id}`);

describe("institutions stand under one another", () => {
  test("each followed by those below it, by name among equals, whatever their order was", () => {
    expect(shapeOf([village, township, other, county])).toEqual(["c", "-u", "-t", "--v"]);
  });

  test("at the root where what is above is not among them", () => {
    expect(shapeOf([village, other])).toEqual(["u", "v"]);
  });

  test("each once, also where they are said to stand above each other", () => {
    const ring = [
      { ...township, above: "u" },
      { ...other, above: "t" },
    ];
    expect(
      shapeOf(ring)
        .map((one) => one.replaceAll("-", ""))
        .toSorted(),
    ).toEqual(["t", "u"]);
  });

  test("only those of a higher tier may stand above", () => {
    expect(higherThan([village, township, other, county], "township")).toEqual([county]);
    expect(higherThan([village, township, county], "county")).toEqual([]);
  });
});

describe("a password of one's own", () => {
  test.each([
    ["is too short", "zhao", "123456789", "123456789", "short"],
    ["is the account, whatever the case", "zhaochunmei", "ZhaoChunMei", "ZhaoChunMei", "same"],
    ["differs the second time", "zhao", "qingxi-2026", "qingxi-2027", "differs"],
    ["is good", "zhao", "qingxi-2026", "qingxi-2026", undefined],
  ])("%s", (_, account, password, again, wrong) => {
    expect(wrongPassword(account, password, again)).toBe(wrong);
  });
});
