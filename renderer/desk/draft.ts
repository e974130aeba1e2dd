import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { opinionSchema } from "../../core/journal/entry.ts";

/**
 * An opinion being written. Its id is made with the draft, so that sending it again, after a lost answer or a reload, is
 * still the same opinion. It lives in the tab's own storage: it survives a reload, and is gone with the tab.
 */
const draftSchema = z.strictObject({
  id: z.uuid(),
  text: z.string().max(4_000),
  next: opinionSchema.shape.next.optional(),
});
/** `next` is chosen by the doctor, never assumed. */
export type Draft = z.infer<typeof draftSchema>;
export type NextStep = NonNullable<Draft["next"]>;
export const nextSteps = opinionSchema.shape.next.options;
export const longestOpinion = 4_000;

export type DraftStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = (call: string) => `draft:${call}`;

export const freshDraft = (): Draft => ({ id: uuidv7(), text: "" });

export function readDraft(store: DraftStore, call: string): Draft {
  const kept = store.getItem(keyOf(call));
  if (kept === null) return freshDraft();
  try {
    const read = draftSchema.safeParse(JSON.parse(kept));
    return read.success ? read.data : freshDraft();
  } catch {
    return freshDraft();
  }
}

export function keepDraft(store: DraftStore, call: string, draft: Draft): void {
  store.setItem(keyOf(call), JSON.stringify(draft));
}

export function dropDraft(store: DraftStore, call: string): void {
  store.removeItem(keyOf(call));
}
