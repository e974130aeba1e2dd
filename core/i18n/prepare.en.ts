import type { prepare as zh } from "./prepare.zh-CN.ts";

/** What to do before a measurement. */
export const prepare = {
  "prep.common": "In the last half hour: no smoking, tea, coffee, alcohol or heavy work? Use the toilet first.",
  "prep.rest": "Sit and rest quietly for five minutes.",
  "prep.posture": "Back against the chair, both feet flat, legs uncrossed.",
  "prep.cuff": "Bare upper arm. Cuff two finger widths above the elbow, one or two fingers fit under it.",
  "prep.heart": "Rest the arm on the table, cuff level with your heart.",
  "prep.quiet": "Do not talk or move while measuring.",
  "prep.arm": "On your first visit we measure both arms. Later use the higher one.",
  "prep.twice": "We measure twice, one minute apart.",
  "prep.meal": "How long since your last meal? Fasting means no food for 8 hours; plain water is fine.",
  "prep.pp2h": "Two hours after a meal counts from the first bite.",
  "prep.fingers": "Wash hands with warm water and soap, dry them. Use the side of a ring fingertip.",
  "prep.alcohol": "Wipe with alcohol and let it dry.",
  "prep.lancet": "One lancet, one person, one time. Do not re-cap.",
  "prep.drop": "Let the blood come by itself, do not squeeze hard. Wipe the first drop, use the second.",
  "prep.sharps": "Needle into the red sharps box, strip and swab into the yellow bag.",
  "prep.press": "Press with a dry swab for one minute.",
  "prep.lipid": "For blood fats come fasting in the morning; no alcohol and a light dinner the day before.",
  "prep.spo2": "Warm hands, no nail polish, finger fully in, hold still until the number settles.",
  "prep.temp": "If you just came in, wait five minutes. Wipe the forehead dry.",
  "prep.weigh": "Shoes and coat off, stand in the middle, hold nothing.",
  "prep.waist": "Stand straight, breathe out, tape around the belly just above the navel.",
} as const satisfies Record<keyof typeof zh, string>;
