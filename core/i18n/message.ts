import { en } from "./en.ts";
import { filled, type Language } from "./language.ts";
import { zh } from "./zh-CN.ts";

export { filled, languages, placeholdersOf, type Language } from "./language.ts";
export type MessageKey = keyof typeof zh;
/** Every text of every language. A test holds that all of them have the same placeholders. */
export const catalogues = { "zh-CN": zh, en } as const satisfies Record<Language, Readonly<Record<MessageKey, string>>>;

/** The names in braces: `{v}` gives "v". */
type PlaceholderIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderIn<Rest>
  : never;
export type Placeholder<Key extends MessageKey = MessageKey> = PlaceholderIn<(typeof zh)[Key]>;
export type MessageParams<Key extends MessageKey = MessageKey> = Readonly<Record<Placeholder<Key>, string | number>>;

type Params<Key extends MessageKey> = [Placeholder<Key>] extends [never] ? [] : [params: MessageParams<Key>];

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
