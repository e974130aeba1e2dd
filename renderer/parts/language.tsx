import {
  createContext,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import type { FaultCode } from "../../core/domain/faults.ts";
import { faultSentence } from "../../core/i18n/fault-words.ts";
import { filled, type Language } from "../../core/i18n/language.ts";
import type { message, MessageKey, Placeholder } from "../../core/i18n/message.ts";
import { hasWords, loadWords, wordsOf } from "./words.ts";

type Filling<Key extends MessageKey> =
  Parameters<typeof message<Key>> extends [unknown, unknown, ...infer Rest] ? Rest : never;

type Params = Readonly<Partial<Record<Placeholder, string | number>>>;

/** A text of the catalogue in the page's language. */
export interface Text {
  <Key extends MessageKey>(key: Key, ...params: Filling<Key>): string;
  /** For a key known only at run time. */
  readonly of: (key: MessageKey, params: Params) => string;
  /** What happened and what to do, in the person's words. */
  readonly fault: (code: FaultCode) => string;
  readonly language: Language;
}

const Context = createContext<{ readonly text: Text; readonly setLanguage: (language: Language) => void } | undefined>(
  undefined,
);

const wide: Readonly<Record<string, string>> = {
  ",": "，",
  "?": "？",
  "!": "！",
  ":": "：",
  ";": "；",
  "(": "（",
  ")": "）",
};
const besideHan = /(?<=[\p{sc=Han}”》」…])[,?!:;()]|[,?!:;()](?=[\p{sc=Han}“])/gu;

/** The catalogue is typed with ASCII punctuation; Chinese is read with full-width marks. */
export function typeset(language: Language, words: string): string {
  return language === "zh-CN" ? words.replaceAll(besideHan, (mark) => wide[mark] ?? mark) : words;
}

export function textIn(language: Language): Text {
  // Looked up at each call: what later screens say comes after the first ones were drawn.
  const of = (key: MessageKey, params: Params) => typeset(language, filled(wordsOf(language)[key] ?? key, params));
  // The caller's parameters were held against the key's placeholders by `Text`.
  const text = <Key extends MessageKey>(key: Key, ...params: Filling<Key>) =>
    of(key, (params as readonly Params[])[0] ?? {});
  return Object.assign(text, {
    of,
    fault: (code: FaultCode) => typeset(language, faultSentence(code, language)),
    language,
  });
}

/** Holds the page's language and tells it to the document, so that fonts, hyphens and voices follow. */
export function LanguageProvider({
  start = "zh-CN",
  children,
}: {
  readonly start?: Language;
  readonly children: ReactNode;
}) {
  const [language, show] = useState<Language>(start);
  const wanted = useRef(start);
  const setLanguage = useCallback((next: Language) => {
    wanted.current = next;
    if (hasWords(next)) show(next);
    else void loadWords(next).then((there) => there && wanted.current === next && show(next));
  }, []);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const held = useMemo(() => ({ text: textIn(language), setLanguage }), [language, setLanguage]);
  return <Context value={held}>{children}</Context>;
}

/** What the page is shown in, for whoever stands outside of it. */
export const pageLanguage = (): Language => (document.documentElement.lang === "en" ? "en" : "zh-CN");

function useLanguage() {
  const held = useContext(Context);
  if (held === undefined) throw new Error("LanguageProvider is missing");
  return held;
}

export function useText(): Text {
  return useLanguage().text;
}

export function useSetLanguage(): (language: Language) => void {
  return useLanguage().setLanguage;
}
