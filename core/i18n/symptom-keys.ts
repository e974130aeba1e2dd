import type { BoardSymptom } from "../machine/boards.ts";
import type { MessageKey } from "./message.ts";

/** The word of each symptom on a board, by its code of rules.md §2. */
export const symptomKeys = {
  SX_CHEST_PAIN: "sx.chest",
  SX_STROKE: "sx.stroke",
  SX_CONSCIOUS: "sx.conscious",
  SX_DYSPNEA: "sx.dyspnea",
  SX_BACK_PAIN: "sx.back",
  SX_SEIZURE: "sx.seizure",
  SX_BLEED: "sx.bleed",
  SX_SEVERE_HEADACHE: "sx.headache",
  SX_VOMIT: "sx.vomit",
  SX_VISION: "sx.vision",
  SX_PALPITATION: "sx.palpitation",
  SX_FAINT: "sx.faint",
  SX_SWEAT_TREMOR: "sx.sweat",
  SX_ABDOMINAL: "sx.abdominal",
  SX_ACETONE: "sx.acetone",
  SX_DEEP_BREATH: "kiosk.sx.deepBreath",
  SX_POLY: "sx.poly",
  SX_STIFF_NECK: "kiosk.sx.stiffNeck",
  SX_EDEMA: "kiosk.sx.edema",
  SX_OTHER: "kiosk.sx.other",
} as const satisfies Readonly<Record<BoardSymptom[0], MessageKey>>;

/** Undefined for a code that has no word of its own: it goes with another of the same picture, or came from a newer station. */
export const symptomKey = (code: string): MessageKey | undefined =>
  Object.hasOwn(symptomKeys, code) ? symptomKeys[code as keyof typeof symptomKeys] : undefined;
