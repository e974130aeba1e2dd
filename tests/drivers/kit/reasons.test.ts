import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { placeholdersOf } from "../../../core/i18n/message.ts";
import { profileReasons } from "../../../core/i18n/profile-reasons.ts";
import { checkProfile } from "../../../drivers/kit/index.ts";
import { chineseOf } from "../../../drivers/kit/reasons.ts";
import { registry } from "../../../drivers/registry.generated.ts";

/** Every sentence that the kit's checks can say, taken from its source; what is filled in stands as `X`. */
const kit = join(import.meta.dirname, "../../../drivers/kit");
const reasons = readdirSync(kit)
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(kit, file), "utf8"), ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const texts = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) found.push(node.text);
      else if (ts.isTemplateExpression(node))
        found.push(node.head.text + node.templateSpans.map((span) => `X${span.literal.text}`).join(""));
      else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(texts);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === "say" && node.arguments[1] !== undefined)
        texts(node.arguments[1]);
      if (ts.isCallExpression(node) && node.expression.getText().endsWith(".regex") && node.arguments[1] !== undefined)
        texts(node.arguments[1]);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found.map((reason) => [file, reason] as const);
  });

describe("every reason to refuse a profile is there in Chinese", () => {
  test("the reasons were found in the source", () => expect(reasons.length).toBeGreaterThan(20));
  test.each(reasons)("%s: %s", (_file, reason) => {
    // "X is not X" is one of several texts that its callers give; each of them is in the catalogue.
    if (reason === "X is not X") expect(chineseOf("pulse is not a time")).toBeDefined();
    else expect(chineseOf(reason)).toMatch(/\p{Script=Han}/u);
  });
  test.each(Object.entries(profileReasons))("%s fills the same places as %s", (en, zh) => {
    expect([...placeholdersOf(zh)].sort()).toEqual([...placeholdersOf(en)].sort());
  });
});

test("what is filled in arrives in the Chinese sentence", () => {
  expect(chineseOf("a row field does not stand in a binary frame")).toBe("binary 帧里不能有 row 字段");
});

test("the schema's own words are there in both languages, with what was found", () => {
  const cuff = registry.find(({ id }) => id === "raycome-rbp-9000c")!;
  const checked = checkProfile({ ...cuff, serial: { ...cuff.serial, baudRate: "fast" }, id: "Not An Id" });
  expect(checked).toEqual({
    ok: false,
    problems: [
      { path: "id", reason: "an id is kebab-case", zh: expect.stringContaining("小写字母") as string },
      {
        path: "serial.baudRate",
        reason: "Invalid input: expected number, received string",
        zh: "无效输入：期望 数字，实际接收 string",
      },
    ],
  });
});

test.each([
  ["what is missing", { model: { maker: "Acme" } }, { path: "model.name", reason: "it is missing", zh: "缺少这一项" }],
  [
    "a kind of envelope that there is not",
    { envelopes: { host: { kind: "morse" } } },
    { path: "envelopes.host.kind", reason: "there is no such kind", zh: "没有这种类型" },
  ],
])("%s is told in plain words", (_what, change, problem) => {
  const checked = checkProfile({ ...registry[0]!, ...change });
  expect(checked).toEqual({ ok: false, problems: [problem] });
});
