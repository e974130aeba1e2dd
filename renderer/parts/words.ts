import type { Language } from "../../core/i18n/language.ts";
import type { MessageKey } from "../../core/i18n/message.ts";

/** The texts of one language that a page has: a kiosk's are not a desk's. */
export type Words = Readonly<Partial<Record<MessageKey, string>>>;

const held = new Map<Language, Words>();
let loading: Promise<boolean> | undefined;

/** The page's own words in the leading language; a page does this before it draws what needs them. */
export function keepWords(words: Words): void {
  held.set("zh-CN", { ...held.get("zh-CN"), ...words });
}

/** The other language comes behind the first paint. True once its texts are there; false: ask again later. */
export function loadWords(language: Language): Promise<boolean> {
  if (held.has(language)) return Promise.resolve(true);
  loading ??= import("../../core/i18n/en.ts").then(
    ({ en }) => {
      held.set("en", en);
      return true;
    },
    () => {
      loading = undefined;
      return false;
    },
  );
  return loading;
}

export const hasWords = (language: Language): boolean => held.has(language);

/** The texts of a language; those of the leading one as long as it is not there. */
export const wordsOf = (language: Language): Words => held.get(language) ?? held.get("zh-CN") ?? {};
