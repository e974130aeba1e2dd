import { z } from "zod";
import { loop as loopEn } from "../i18n/loop.en.ts";
import { loop } from "../i18n/loop.zh-CN.ts";
import { filled, type Language } from "../i18n/language.ts";
import { plan as planEn } from "../i18n/plan.en.ts";
import { plan } from "../i18n/plan.zh-CN.ts";
import { messageLeftSchema, worseKeys, type MessageLeft, type SayKey } from "./messages.ts";
import { planTaskKinds } from "./plan-kinds.ts";
import { unheardMs } from "./talk.ts";

/**
 * What a doctor may tell a resident by hand. The other sentences say that a record changed its state: those are the hub's own,
 * told by the change itself (telling.ts), and nobody says them of something that did not happen.
 */
export const handGroups = ["next", "medicine", "living", "worse"] as const;
export type HandGroup = (typeof handGroups)[number];

export const handKeys = {
  next: [
    "loop.say.doctorCalls",
    "loop.say.followUpSoon",
    "loop.say.bookedStation",
    "loop.say.bookedPhone",
    "loop.say.bookedHome",
  ],
  medicine: ["loop.say.takeAsTold", "loop.say.medicineEnds"],
  living: ["loop.say.keepMeasuring", ...planTaskKinds.map((kind) => `plan.task.${kind}` as const)],
  worse: worseKeys,
} as const satisfies Readonly<Record<HandGroup, readonly (SayKey | (typeof worseKeys)[number])[]>>;
export type HandKey = (typeof handKeys)[HandGroup][number];
type Said = Exclude<HandKey, (typeof worseKeys)[number]>;

const all: readonly HandKey[] = handGroups.flatMap((group): readonly HandKey[] => handKeys[group]);
const isHandKey = (key: unknown): key is HandKey => all.some((one) => one === key);

/** A sentence that is being chosen; `day`, `YYYY-MM-DD`, where its text has one: empty while it is not chosen. */
export const pickedSchema = z.strictObject({ key: z.custom<HandKey>(isHandKey), day: z.string().optional() });
export type Picked = z.infer<typeof pickedSchema>;

export const isWorse = (key: HandKey): key is (typeof worseKeys)[number] => worseKeys.some((one) => one === key);

const texts = { "zh-CN": { ...loop, ...plan }, en: { ...loopEn, ...planEn } } as const;

export const needsDay = (key: SayKey | HandKey): boolean => texts["zh-CN"][key].includes("{day}");

const dayWords = (language: Language, day: string): string =>
  new Intl.DateTimeFormat(language, { month: "short", day: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00.000Z`),
  );

/** One sentence as it is said at the station; a value that is not there yet is a blank. */
export function toldWord(
  language: Language,
  key: SayKey | HandKey,
  { day = "", department = "__" }: { readonly day?: string | undefined; readonly department?: string | undefined } = {},
): string {
  const isDay = z.iso.date().safeParse(day).success;
  return filled(texts[language][key], { day: isDay ? dayWords(language, day) : day || "__", department });
}

/** As many as a message holds. */
const most = 16;
const mostWorse = 4;

/** Whether another sentence of that kind still fits into one message. */
export function fitsAnother(picked: readonly Picked[], group: HandGroup): boolean {
  const worse = picked.filter(({ key }) => isWorse(key)).length;
  return group === "worse" ? worse < mostWorse : picked.length - worse < most;
}

/** What it still lacks, the first in the order of the page; undefined: it can be sent. */
export type TellMissing = "sentences" | "day" | "worse";
export function tellMissing(picked: readonly Picked[], today: string): TellMissing | undefined {
  if (picked.every(({ key }) => isWorse(key))) return "sentences";
  const isFit = ({ key, day = "" }: Picked) => !needsDay(key) || (z.iso.date().safeParse(day).success && day >= today);
  if (!picked.every(isFit)) return "day";
  return picked.some(({ key }) => isWorse(key)) ? undefined : "worse";
}

/** What goes to the hub; undefined while it is not whole. */
export function tellWish(
  picked: readonly Picked[],
  about: Pick<MessageLeft, "id" | "resident" | "station">,
  today: string,
): Omit<MessageLeft, "from" | "at"> | undefined {
  if (tellMissing(picked, today) !== undefined) return undefined;
  const said = picked.filter((one): one is Picked & { readonly key: Said } => !isWorse(one.key));
  const read = messageLeftSchema.omit({ from: true, at: true }).safeParse({
    ...about,
    sentences: said.map(({ key, day }) => (needsDay(key) ? { key, params: { day } } : { key })),
    worse: picked.map(({ key }) => key).filter(isWorse),
  });
  return read.success ? read.data : undefined;
}

/** Where it stands: heard, still waiting for a visit, or for so long that a person was given the task. */
export type ToldState = "told" | "waits" | "unheard";
export function toldState(
  { message, told }: { readonly message: Pick<MessageLeft, "at">; readonly told?: string | undefined },
  now: number,
): ToldState {
  if (told !== undefined) return "told";
  return now - Date.parse(message.at) >= unheardMs ? "unheard" : "waits";
}
