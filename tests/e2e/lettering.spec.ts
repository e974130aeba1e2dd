import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";

/** Lines that no printer has letters for, drawn by the page in a real browser with its real fonts. */

const module = stripTypeScriptTypes(
  readFileSync(resolve(import.meta.dirname, "../../renderer/kiosk/lettering.ts"), "utf8"),
);

/** Rows of a drawn line as it will stand on paper, `#` for a dot. */
async function drawn(page: Page, line: string, columns = 32): Promise<readonly string[]> {
  const dots = await page.evaluate(
    async ([code, text, width]) => {
      const { drawLine } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
        drawLine: (line: string, columns: number) => string;
      };
      return drawLine(text, width);
    },
    [module, line, columns] as const,
  );
  const bytes = Buffer.from(dots, "base64");
  expect(bytes).toHaveLength(columns * 12 * 3);
  return Array.from({ length: 24 }, (_, row) =>
    Array.from({ length: columns * 12 }, (_, column) =>
      ((bytes[column * 3 + (row >> 3)] ?? 0) >> (7 - (row & 7))) & 1 ? "#" : " ",
    ).join(""),
  );
}
const inked = (rows: readonly string[], from: number, to: number) =>
  rows.reduce((sum, row) => sum + row.slice(from, to).replaceAll(" ", "").length, 0);

test("a rare character stands in its own columns, and differs from another", async ({ page }) => {
  const rows = await drawn(page, "  㐀𠮷村");
  expect(inked(rows, 0, 24), "two blanks").toBe(0);
  for (const cell of [1, 2, 3]) expect(inked(rows, cell * 24, cell * 24 + 24), `cell ${cell}`).toBeGreaterThan(40);
  expect(inked(rows, 96, 384), "nothing behind").toBe(0);
  const cut = (cell: number) => rows.map((row) => row.slice(cell * 24, cell * 24 + 24)).join("\n");
  expect(cut(1)).not.toBe(cut(2));
});

test("wide paper has more columns", async ({ page }) => {
  const rows = await drawn(page, `${" ".repeat(46)}㐀`, 48);
  expect(inked(rows, 46 * 12, 48 * 12)).toBeGreaterThan(40);
});
