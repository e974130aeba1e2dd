import { expect, test } from "vitest";
import { shownName } from "../../../core/domain/shown-name.ts";

test.each([
  ["王秀英", "王*英"],
  ["李雷", "李*"],
  ["欧阳建国", "欧**国"],
  ["Ann Smith", "A*n S***h"],
  ["样本·王大妈", "样本·王*妈"],
  ["𠮷田太郎", "𠮷**郎"],
  ["王", "王"],
])("%s is shown as %s", (name, shown) => {
  expect(shownName(name)).toBe(shown);
});
