import { en } from "./en.ts";
import { zh } from "./zh-CN.ts";

export type MessageKey = keyof typeof zh;
export const languages = ["zh-CN", "en"] as const;
export type Language = (typeof languages)[number];

/** Every text of every language. A test holds that all of them have the same placeholders. */
export const catalogues = { "zh-CN": zh, en } as const satisfies Record<Language, Readonly<Record<MessageKey, string>>>;

/** The names in braces: `{v}` gives "v". */
type PlaceholderIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderIn<Rest>
  : never;
export type Placeholder<Key extends MessageKey = MessageKey> = PlaceholderIn<(typeof zh)[Key]>;
export type MessageParams<Key extends MessageKey = MessageKey> = Readonly<Record<Placeholder<Key>, string | number>>;

type Params<Key extends MessageKey> = [Placeholder<Key>] extends [never] ? [] : [params: MessageParams<Key>];

export const placeholdersOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** A text with its placeholders filled; one that is not given stays visible in braces. */
export const filled = (text: string, params: Readonly<Partial<Record<string, string | number>>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return value === undefined ? whole : String(value);
  });

/** A text with its placeholders filled. Unknown keys and missing or unknown parameters do not compile. */
export function message<Key extends MessageKey>(language: Language, key: Key, ...[params]: Params<Key>): string {
  return filled(catalogues[language][key], params ?? {});
}

/**
 * For a key that is known only at run time, such as the advice of an assessment. Parameters that the text does not use
 * are ignored; one it uses and is not given stays visible in braces.
 */
export function messageOf(
  language: Language,
  key: MessageKey,
  params: Readonly<Partial<Record<Placeholder, string | number>>>,
): string {
  return filled(catalogues[language][key], params);
}
