import type { body as zh } from "./body.zh-CN.ts";

/** Oxygen, temperature, weight, identity number. */
export const body = {
  "spo2.normal": "Oxygen {v} %, normal.",
  "spo2.border": "{v} %, slightly low. Warm your hand, rest and try again.",
  "spo2.low": "{v} % is low. Talk to a doctor today.",
  "spo2.critical": "{v} % is too low. Stay seated, call 120 now.",
  "spo2.copd": "{v} %. With COPD follow your oxygen plan; check within four weeks.",
  "spo2.altitude": "{v} %. At this altitude a doctor must judge.",
  "spo2.altitude_low": "{v} % is low even here. Talk to a doctor today.",
  "spo2.invalid": "No signal. Finger fully in, hold still, try again.",
  "temp.normal": "Temperature {v}, normal.",
  "temp.low": "{v}, a bit low. Dry the forehead, rest and measure again.",
  "temp.hypo": "{v} is too low. Keep warm, see a doctor today.",
  "temp.lowfever": "{v}, slight fever. Drink water, wear a mask, measure tomorrow.",
  "temp.fever": "{v}, fever. See a doctor today, wear a mask.",
  "temp.highfever": "{v}, high fever. See a doctor today.",
  "temp.extreme": "{v} is dangerous. Call 120 now.",
  "temp.invalid": "Not correct. Please measure again.",
  "bmi.normal": "Weight is fine (BMI {v}).",
  "bmi.under":
    "Underweight (BMI {v}). Eat three good meals, weigh again within half a year. Unexplained loss: see a doctor.",
  "bmi.over": "Overweight (BMI {v}). Less oil and sugar, walk every day.",
  "bmi.obese": "Well above a healthy weight (BMI {v}). Ask a doctor within four weeks for a plan.",
  "bmi.child": "BMI {v}. For children ask a doctor.",
  "bmi.preg": "BMI {v}. During pregnancy follow your antenatal doctor.",
  "bmi.invalid": "The numbers do not fit. Please measure again.",
  "waist.ok": "Waist {v} cm, fine.",
  "waist.pre": "Waist {v} cm, getting large. Try to lose belly fat.",
  "waist.high": "Waist {v} cm is large. Sit less, walk more, less fat; measure again within half a year.",
  "id.bad": "The ID number is not valid. Please check it.",
} as const satisfies Record<keyof typeof zh, string>;
