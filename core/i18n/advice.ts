import { messageOf, type Language, type MessageKey } from "./message.ts";
import { zh } from "./zh-CN.ts";

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(zh, key);
}

/** The word for what a rule's domain judges, for headings and for `{name}` in its advice. */
export const itemNames = {
  bp: "item.pressure",
  pulse: "item.pulse",
  glucose: "item.glucose",
  lipid_tc: "item.tc",
  lipid_hdl: "item.hdl",
  lipid_ldl: "item.ldl",
  ldl_calc: "item.ldl",
  lipid_nonhdl: "item.nonhdl",
  lipid_tg: "item.tg",
  bp_arm: "item.arms",
  spo2: "item.spo2",
  temperature: "item.temperature",
  bmi: "item.bmi",
  waist: "item.waist",
  ascvd_cn2023: "item.risk",
  china_par: "item.risk",
} as const satisfies Readonly<Record<string, MessageKey>>;

export function itemName(language: Language, domain: string): string | undefined {
  const key = Object.entries(itemNames).find(([name]) => name === domain)?.[1];
  return key === undefined ? undefined : messageOf(language, key, {});
}

/** The sentence for the villager; `undefined` where the rule has none, or the journal holds a key that is no longer there. */
export function advice(
  language: Language,
  assessment: {
    readonly domain: string;
    readonly value?: string | undefined;
    readonly adviceKey?: string | undefined;
    readonly flags?: readonly string[] | undefined;
  },
): string | undefined {
  const { domain, value = "", adviceKey, flags = [] } = assessment;
  if (adviceKey === undefined || !isMessageKey(adviceKey)) return undefined;
  const side = messageOf(language, flags.includes("USE_RIGHT") ? "side.right" : "side.left", {});
  return messageOf(language, adviceKey, { v: value, name: itemName(language, domain) ?? "", side });
}
