import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { kioskFirst } from "../../core/i18n/kiosk-first.zh-CN.ts";
import { resident } from "../../core/i18n/resident.zh-CN.ts";

const kiosk = resolve(import.meta.dirname, "../../renderer/kiosk");
const isWord = (key: string): boolean => Object.hasOwn(resident, key);

/** The page's files that its beginning loads at once: not those it asks for by `import()`. */
function first(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !/[.]tsx?$/.test(file)) return seen;
  seen.add(file);
  const code = readFileSync(file, "utf8");
  for (const [, from = ""] of code.matchAll(/^(?:import|export)(?! type\b)[^;]*?"([.][^"]+)";/gm))
    first(resolve(file, "..", from), seen);
  return seen;
}

/** The texts that a file asks for by name. */
function asked(file: string): readonly string[] {
  const code = readFileSync(file, "utf8");
  if (!code.includes("useText()")) return [];
  return [...code.matchAll(/"([\w.]+)"/g)].map(([, key = ""]) => key).filter(isWord);
}

test("the first screen asks for no word that comes later", () => {
  const files = [...first(resolve(kiosk, "start.tsx"))];
  expect(files).toContain(resolve(kiosk, "screens/welcome.tsx"));
  expect(files).not.toContain(resolve(kiosk, "later-screens.tsx"));
  const keys = new Set(files.flatMap(asked));
  expect(keys).toContain("kiosk.welcome.title");
  expect([...keys].filter((key) => !Object.hasOwn(kioskFirst, key))).toEqual([]);
});
