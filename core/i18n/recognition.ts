import type { Recognition, RecognitionLack } from "../quality/recognition.ts";
import { filled, type Language } from "./message.ts";

interface Words {
  readonly title: string;
  readonly yes: string;
  readonly no: string;
  readonly more: string;
  readonly lacks: Readonly<Record<RecognitionLack, string>>;
}

/** Whether another institution may take a number as its own, and what it lacks: the same words at the desk and the station. */
export const recognitionWords = {
  "zh-CN": {
    title: "可否互认",
    yes: "可以互认",
    no: "不能互认",
    more: "，另有 {n} 项",
    lacks: {
      simulated: "模拟设备或演示样例",
      person: "没有登记是谁的结果",
      noBytes: "没有设备的原始数据",
      noQuality: "没有质控记录",
      override: "设备停用中，紧急放行测的",
      review: "之后质控没过，等医生复核",
      unit: "设备序列号或固件与登记的不同",
      device: "设备当时不在正常状态",
      certificate: "没有有效的检定证书",
      check: "没有合格的定期检查",
      control: "当天没有合格的质控",
      lot: "试纸或试剂不符合要求",
      comparison: "与化验室的比对不合格或过期",
      room: "室温不符合要求",
      operator: "没有持证的操作人员",
      clock: "时钟不准",
      grade: "血压只够筛查，没有按诊断的要求测",
      doubt: "设备或数值有存疑标记",
    },
  },
  en: {
    title: "Fit for recognition",
    yes: "Fit for recognition",
    no: "Not fit for recognition",
    more: ", and {n} more",
    lacks: {
      simulated: "simulated device or specimens",
      person: "nobody is registered for it",
      noBytes: "no bytes of a device behind it",
      noQuality: "no record of quality",
      override: "device out of use, let through in an emergency",
      review: "a control failed later, a doctor looks at it",
      unit: "serial number or firmware is not the registered one",
      device: "the device was not in order",
      certificate: "no valid verification certificate",
      check: "no passed regular check",
      control: "no passed control that day",
      lot: "strips or reagents not in order",
      comparison: "comparison with the laboratory failed or overdue",
      room: "room outside the label",
      operator: "no certified operator",
      clock: "a clock is off",
      grade: "screening pressure only, not measured as for a diagnosis",
      doubt: "the device or the number is in doubt",
    },
  },
} as const satisfies Readonly<Record<Language, Words>>;

/** `Not fit for recognition: no certified operator, a clock is off`. `most`: the gravest so many, and how many more. */
export function recognitionSentence(
  language: Language,
  { fit, lacks }: Recognition,
  most: number = Number.POSITIVE_INFINITY,
): string {
  const { yes, no, lacks: words, more } = recognitionWords[language];
  if (fit) return yes;
  const [colon, comma] = language === "zh-CN" ? ["：", "、"] : [": ", ", "];
  const told = lacks.slice(0, most).map((lack) => words[lack]);
  const rest = lacks.length - told.length;
  return `${no}${colon}${told.join(comma)}${rest > 0 ? filled(more, { n: rest }) : ""}`;
}
