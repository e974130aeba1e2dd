import type { Language } from "./message.ts";
import { filled } from "./message.ts";
import { technician as en } from "./technician.en.ts";
import { technician as zh } from "./technician.zh-CN.ts";

/**
 * Words of the technician's place, apart from the catalogue of everything else: they are loaded with that place, and a
 * resident's first screen does not wait for them.
 */
export type TechnicianKey = keyof typeof zh;

export const technicianWords = { "zh-CN": zh, en } as const satisfies Record<
  Language,
  Readonly<Record<TechnicianKey, string>>
>;

export function isTechnicianKey(key: string): key is TechnicianKey {
  return Object.hasOwn(zh, key);
}

/** A text with its placeholders filled. One that is not given stays visible in braces. */
export function technicianMessage(
  language: Language,
  key: TechnicianKey,
  params: Readonly<Partial<Record<string, string | number>>> = {},
): string {
  return filled(technicianWords[language][key], params);
}
