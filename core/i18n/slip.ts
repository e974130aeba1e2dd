import type { Language } from "./message.ts";

const zh = {
  simulated: "模拟结果，不是真的测量",
  unprintable: "〓：打印机里没有这个字",
  doctor: "医生{name}的意见：",
} as const;

const en: Readonly<Record<keyof typeof zh, string>> = {
  simulated: "Simulated, not a real measurement",
  unprintable: "〓: a character this printer does not have",
  doctor: "Opinion of {name}, doctor:",
};

/** Words that stand on paper alone; everything else on a slip is said on the screen, too. */
export const slipWords = { "zh-CN": zh, en } as const satisfies Record<
  Language,
  Readonly<Record<keyof typeof zh, string>>
>;
