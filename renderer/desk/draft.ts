import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { groupOf, sentenceKeys, sentenceSchema, type SentenceKey } from "../../core/care/sentences.ts";
import { longestPart, type Soap } from "../../core/care/soap.ts";
import { opinionWishSchema } from "../../core/contract/hub-opinions.ts";
import { opinionSchema } from "../../core/journal/entry.ts";

const part = z.string().max(longestPart);
/** A sentence that is being chosen: its values may still be missing, or be what no value can be. */
const chosenSchema = z.strictObject({
  key: z.enum(sentenceKeys),
  values: z.strictObject({ days: z.number().optional(), date: z.string().optional() }),
});
export type Chosen = z.infer<typeof chosenSchema>;

/**
 * An opinion being written. Its id is made with the draft, so that sending it again, after a lost answer or a reload, is
 * still the same opinion. It lives in the tab's own storage: it survives a reload, and is gone with the tab.
 */
const draftSchema = z.strictObject({
  id: z.uuid(),
  /** Absent: as the visit fills it in, while nobody wrote something else. */
  subjective: part.optional(),
  objective: part.optional(),
  assessment: part,
  plan: part,
  sentences: z.array(chosenSchema).max(12),
  next: opinionSchema.shape.next.optional(),
  /** The opinion this one is to follow. */
  supersedes: z.uuid().optional(),
  /** A dissent from a joint opinion, or its conclusion. */
  joint: opinionWishSchema.shape.joint,
});
/** `next` is chosen by the doctor, never assumed. */
export type Draft = z.infer<typeof draftSchema>;
export type JointWish = NonNullable<Draft["joint"]>;
export type NextStep = NonNullable<Draft["next"]>;
export const nextSteps = opinionSchema.shape.next.options;

const wishSchema = opinionWishSchema.omit({ call: true });
/** What is handed to the hub for signing; the call is known there. */
export type Wish = z.infer<typeof wishSchema>;

export type DraftStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = (call: string) => `draft:${call}`;

export const freshDraft = (supersedes?: string): Draft => ({
  id: uuidv7(),
  assessment: "",
  plan: "",
  sentences: [],
  ...(supersedes === undefined ? {} : { supersedes }),
});

/** Whether somebody has begun to write. */
export const isBegun = ({ id: _id, supersedes: _supersedes, joint: _joint, ...parts }: Draft): boolean =>
  Object.values(parts).some((value) => value !== undefined && value.length > 0);

/** What a draft still lacks, the first in the order of the page; undefined: it can be signed. */
export type Missing = "assessment" | "plan" | "sentences" | "values" | "worse" | "next";
export function missingOf({ assessment, plan, sentences, next }: Draft): Missing | undefined {
  if (assessment.trim() === "") return "assessment";
  if (plan.trim() === "") return "plan";
  if (sentences.length === 0) return "sentences";
  if (!sentences.every((one) => sentenceSchema.safeParse(one).success)) return "values";
  if (!sentences.some(({ key }) => groupOf(key) === "worse")) return "worse";
  return next === undefined ? "next" : undefined;
}

/** The draft as it is signed, with S and O from the visit where nobody wrote them; undefined while it is not whole. */
export function wishOf(draft: Draft, visit: Pick<Soap, "subjective" | "objective">): Wish | undefined {
  const { id, assessment, plan, sentences, next, supersedes, subjective, objective, joint } = draft;
  const soap = {
    subjective: subjective ?? visit.subjective,
    objective: objective ?? visit.objective,
    assessment,
    plan,
  };
  const read = wishSchema.safeParse({
    id,
    soap,
    sentences,
    next,
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(joint === undefined ? {} : { joint }),
  });
  return read.success ? read.data : undefined;
}

/** With one more sentence, each at most once and as many as the hub takes. */
export function withSentence(draft: Draft, key: SentenceKey): Draft {
  const isThere = draft.sentences.some((one) => one.key === key);
  if (isThere || draft.sentences.length >= 12) return draft;
  return { ...draft, sentences: [...draft.sentences, { key, values: {} }] };
}

/** Whether a sentence has every value it needs. */
export const isFilled = (chosen: Chosen): boolean => sentenceSchema.safeParse(chosen).success;

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
