import { z } from "zod";
import { placeholdersOf, filled } from "../../core/i18n/message.ts";
import { profileReasons } from "../../core/i18n/profile-reasons.ts";

/** Why a profile is refused, for whoever wrote it. */
interface Template {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly zh: string;
}

/** What stands fixed in a template decides: the more of it, the earlier it is tried. */
const templates: readonly Template[] = Object.entries(profileReasons)
  .sort(([a], [b]) => b.replaceAll(/\{\w+\}/g, "").length - a.replaceAll(/\{\w+\}/g, "").length)
  .map(([en, zh]) => {
    const escaped = en.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return { pattern: new RegExp(`^${escaped.join("(.+)")}$`, "s"), names: placeholdersOf(en), zh };
  });

/** The Chinese counterpart of a reason of the kit; undefined when the catalogue does not have it. */
export function chineseOf(reason: string): string | undefined {
  for (const { pattern, names, zh } of templates) {
    const found = pattern.exec(reason);
    if (found !== null) return filled(zh, Object.fromEntries(names.map((name, i) => [name, found[i + 1]])));
  }
  return undefined;
}

const { localeError } = z.locales.zhCN();

/** The Chinese counterpart of what the schema says: our own sentences from the catalogue, the rest in the library's words. */
export function chineseOfIssue(issue: z.core.$ZodIssue): string {
  const own = chineseOf(issue.message);
  if (own !== undefined) return own;
  // The library's own way from an issue to its words; a finished issue may lack the input, which those words allow.
  const said = localeError({ ...issue, input: issue.input } as z.core.$ZodRawIssue);
  return (typeof said === "string" ? said : said?.message) ?? issue.message;
}
