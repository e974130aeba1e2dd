/** What needs no catalogue: a page knows this before the texts of the other language are there. */
export const languages = ["zh-CN", "en"] as const;
export type Language = (typeof languages)[number];

export const placeholdersOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** A text with its placeholders filled; one that is not given stays visible in braces. */
export const filled = (text: string, params: Readonly<Partial<Record<string, string | number>>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return value === undefined ? whole : String(value);
  });
