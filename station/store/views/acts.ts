import type { Entry } from "../../../core/journal/entry.ts";
import { put, type Change } from "./change.ts";

/** Entries that are read back whole at a start, by what they shape. They are few: acts of staff, not of residents. */
export const actFamilies = ["staff", "device", "quality", "remark"] as const;
export type ActFamily = (typeof actFamilies)[number];

/** The entry is one of its family, and changes no other view. */
export const act =
  (family: ActFamily) =>
  (_body: unknown, entry: Entry): readonly Change[] => [put("acts", { seq: entry.seq, family })];
