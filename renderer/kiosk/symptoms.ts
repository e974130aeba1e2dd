import type { BoardSymptom } from "../../core/machine/boards.ts";
import type { MessageKey } from "../../core/i18n/message.ts";
import type { PictureName } from "../parts/picture.tsx";

/** Word and picture of each symptom on a board. */
export const symptomLooks = {
  SX_CHEST_PAIN: { key: "sx.chest", picture: "sxChest" },
  SX_STROKE: { key: "sx.stroke", picture: "sxStroke" },
  SX_CONSCIOUS: { key: "sx.conscious", picture: "sxConscious" },
  SX_DYSPNEA: { key: "sx.dyspnea", picture: "sxDyspnea" },
  SX_BACK_PAIN: { key: "sx.back", picture: "sxBack" },
  SX_SEIZURE: { key: "sx.seizure", picture: "sxSeizure" },
  SX_BLEED: { key: "sx.bleed", picture: "sxBleed" },
  SX_SEVERE_HEADACHE: { key: "sx.headache", picture: "sxHeadache" },
  SX_VOMIT: { key: "sx.vomit", picture: "sxVomit" },
  SX_VISION: { key: "sx.vision", picture: "sxVision" },
  SX_PALPITATION: { key: "sx.palpitation", picture: "sxPalpitation" },
  SX_FAINT: { key: "sx.faint", picture: "sxFaint" },
  SX_SWEAT_TREMOR: { key: "sx.sweat", picture: "sxSweat" },
  SX_ABDOMINAL: { key: "sx.abdominal", picture: "sxAbdominal" },
  SX_ACETONE: { key: "sx.acetone", picture: "sxAcetone" },
  SX_DEEP_BREATH: { key: "kiosk.sx.deepBreath", picture: "sxDeepBreath" },
  SX_POLY: { key: "sx.poly", picture: "sxPoly" },
  SX_STIFF_NECK: { key: "kiosk.sx.stiffNeck", picture: "sxStiffNeck" },
  SX_EDEMA: { key: "kiosk.sx.edema", picture: "sxEdema" },
  SX_OTHER: { key: "kiosk.sx.other", picture: "sxOther" },
} as const satisfies Readonly<Record<BoardSymptom[0], { readonly key: MessageKey; readonly picture: PictureName }>>;
