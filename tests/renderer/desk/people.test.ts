import { describe, expect, test } from "vitest";
import { wrongPassword } from "../../../renderer/desk/Invited.tsx";
import { byState, peopleLike, stationsLike } from "../../../renderer/desk/people/find.ts";
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

describe("found in the county", () => {
  const person = (name: string, account: string, org?: string, state: "active" | "invited" | "retired" = "active") => ({
    id: account,
    account,
    name,
    role: "doctor" as const,
    state,
    factor: true,
    ...(org === undefined ? {} : { practice: { org, orgName: "", tier: "village" as const, licence: `L-${account}` } }),
  });
  const accounts = [
    person("样本甲", "zhao", "t"),
    person("样本乙", "qian", "v", "retired"),
    person("样本丙", "sun", undefined, "invited"),
  ];
  const place = (id: string, name: string, where: string) => ({ id, name, place: where });
  const shown = {
    orgs: [township, village],
    accounts,
    stations: [place("a", "槐树站", "清溪镇"), place("b", "白石站", "白石乡")],
  };
  const written = (word: string, typed: string) => word.includes(typed.trim());

  test.each([
    ["a name", "样本甲", ["zhao"]],
    ["an account, whatever the case", "QIA", ["qian"]],
    ["a licence", "l-zhao", ["zhao"]],
    ["an institution", "槐树村", ["qian"]],
    ["nobody", "没有", []],
  ])("people by %s", (_by, typed, found) => {
    expect(peopleLike(shown, typed, written).map(({ account }) => account)).toEqual(found);
  });

  test("stations by name and by place", () => {
    expect(["槐树", "白石乡", "县"].map((typed) => stationsLike(shown, typed, written).map(({ id }) => id))).toEqual([
      ["a"],
      ["b"],
      [],
    ]);
  });

  test("who works first, then who is invited, and at the end who left", () => {
    expect(accounts.toSorted(byState).map(({ account }) => account)).toEqual(["zhao", "sun", "qian"]);
  });
});
