import type { BoardSymptom } from "../../core/machine/boards.ts";
import type { MessageKey } from "../../core/i18n/message.ts";
import { symptomKeys } from "../../core/i18n/symptom-keys.ts";
import type { PictureName } from "../parts/picture.tsx";

/** Word and picture of each symptom on a board. */
export const symptomLooks = {
  SX_CHEST_PAIN: { key: symptomKeys.SX_CHEST_PAIN, picture: "sxChest" },
  SX_STROKE: { key: symptomKeys.SX_STROKE, picture: "sxStroke" },
  SX_CONSCIOUS: { key: symptomKeys.SX_CONSCIOUS, picture: "sxConscious" },
  SX_DYSPNEA: { key: symptomKeys.SX_DYSPNEA, picture: "sxDyspnea" },
  SX_BACK_PAIN: { key: symptomKeys.SX_BACK_PAIN, picture: "sxBack" },
  SX_SEIZURE: { key: symptomKeys.SX_SEIZURE, picture: "sxSeizure" },
  SX_BLEED: { key: symptomKeys.SX_BLEED, picture: "sxBleed" },
  SX_SEVERE_HEADACHE: { key: symptomKeys.SX_SEVERE_HEADACHE, picture: "sxHeadache" },
  SX_VOMIT: { key: symptomKeys.SX_VOMIT, picture: "sxVomit" },
  SX_VISION: { key: symptomKeys.SX_VISION, picture: "sxVision" },
  SX_PALPITATION: { key: symptomKeys.SX_PALPITATION, picture: "sxPalpitation" },
  SX_FAINT: { key: symptomKeys.SX_FAINT, picture: "sxFaint" },
  SX_SWEAT_TREMOR: { key: symptomKeys.SX_SWEAT_TREMOR, picture: "sxSweat" },
  SX_ABDOMINAL: { key: symptomKeys.SX_ABDOMINAL, picture: "sxAbdominal" },
  SX_ACETONE: { key: symptomKeys.SX_ACETONE, picture: "sxAcetone" },
  SX_DEEP_BREATH: { key: symptomKeys.SX_DEEP_BREATH, picture: "sxDeepBreath" },
  SX_POLY: { key: symptomKeys.SX_POLY, picture: "sxPoly" },
  SX_STIFF_NECK: { key: symptomKeys.SX_STIFF_NECK, picture: "sxStiffNeck" },
  SX_EDEMA: { key: symptomKeys.SX_EDEMA, picture: "sxEdema" },
  SX_OTHER: { key: symptomKeys.SX_OTHER, picture: "sxOther" },
} as const satisfies Readonly<Record<BoardSymptom[0], { readonly key: MessageKey; readonly picture: PictureName }>>;
