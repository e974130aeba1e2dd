import { emergency } from "../rules/symptoms.ts";

/** Boards of triage, in the order asked. One touch on `emergency` is enough. */
export const triageBoards = ["emergency", "warning", "minor"] as const;
export type TriageBoard = (typeof triageBoards)[number];
/** Asked later than before everything: these keep nobody from measuring. */
export const laterBoards = ["warning", "minor"] as const satisfies readonly TriageBoard[];
export type LaterBoard = (typeof laterBoards)[number];

/**
 * Symptoms on each board: at most nine pictures. A board is what fits one screen; how grave a symptom is, the rules say by
 * its code. Two codes that people tell as one ("cold sweat, shaking") stand for one picture, which names both.
 */
export const boards = {
  emergency: emergency.map((code) => [code] as const),
  warning: [
    ["SX_SEVERE_HEADACHE"],
    ["SX_VOMIT"],
    ["SX_VISION"],
    ["SX_PALPITATION"],
    ["SX_FAINT"],
    ["SX_SWEAT_TREMOR", "SX_COLD_SWEAT"],
    ["SX_ABDOMINAL"],
    ["SX_ACETONE"],
    ["SX_DEEP_BREATH"],
  ],
  minor: [["SX_POLY"], ["SX_STIFF_NECK"], ["SX_EDEMA"], ["SX_OTHER"]],
} as const satisfies Readonly<Record<TriageBoard, readonly (readonly [string, ...string[]])[]>>;

/** What one picture stands for; the first code names it. */
export type BoardSymptom = (typeof boards)[TriageBoard][number];

export const boardSymptoms: Readonly<Record<TriageBoard, readonly string[]>> = {
  emergency: boards.emergency.flat(),
  warning: boards.warning.flat(),
  minor: boards.minor.flat(),
};
