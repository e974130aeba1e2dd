import { filled, type Language } from "./message.ts";
import { quality as en } from "./quality.en.ts";
import { quality as zh } from "./quality.zh-CN.ts";

/** Words of quality control, apart from the resident's catalogue: the technician's place and the printed records load them. */
export type QualityKey = keyof typeof zh;

export const qualityWords = { "zh-CN": zh, en } as const satisfies Record<
  Language,
  Readonly<Record<QualityKey, string>>
>;

export function isQualityKey(key: string): key is QualityKey {
  return Object.hasOwn(zh, key);
}

/** A text with its placeholders filled. One that is not given stays visible in braces. */
export function qualityMessage(
  language: Language,
  key: QualityKey,
  params: Readonly<Partial<Record<string, string | number>>> = {},
): string {
  return filled(qualityWords[language][key], params);
}
