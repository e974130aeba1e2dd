import type { MessageLeft } from "../../../core/care/messages.ts";
import type { Opinion } from "../../../core/journal/entry.ts";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import type { Base, Shown } from "./shown.ts";

/** What came for the person between visits. */
export type NewsItem = { readonly id: string; readonly at: string } & (
  { readonly what: "opinion"; readonly opinion: Opinion } | { readonly what: "message"; readonly message: MessageLeft }
);

/** How it was told, and what they wish. */
export interface Telling {
  readonly talk: boolean;
  readonly spoken: boolean;
}

/** What is still to be told, the oldest first. */
export function newsOf({ visit, told }: Pick<Shown, "visit" | "told">): readonly NewsItem[] {
  const opinions = (visit?.arrived ?? []).map((opinion): NewsItem => ({
    what: "opinion",
    id: opinion.id,
    at: opinion.writtenAt,
    opinion,
  }));
  const messages = (visit?.messages ?? []).map((message): NewsItem => ({
    what: "message",
    id: message.id,
    at: message.at,
    message,
  }));
  return [...opinions, ...messages]
    .filter(({ id }) => !told.includes(id))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Screens on which nothing is under way: what came in the middle of a visit is told when the person comes to one. */
const calm: readonly KioskState["at"][] = ["checks", "results", "nextStep", "takeAway"];

/** Once it is known that nothing is urgent. */
function isTime(before: KioskState, { at }: KioskState): boolean {
  return before.at === "triage" ? at !== "emergency" && at !== "welcome" && at !== "away" : calm.includes(at);
}

export function createNews({ door, newId, shown, show }: Base, visit: () => string | undefined) {
  return {
    /** Whether this step to another screen is the moment to tell what came. Nothing is read out into a call. */
    tells(before: KioskState, after: KioskState): boolean {
      const state = shown();
      const isCalling = "visit" in after && after.visit.call !== "none";
      return !state.newsLater && !isCalling && isTime(before, after) && newsOf(state).length > 0;
    },
    /** Told, and by ear where it was `spoken` to the end. What the host could not keep is told once more at the next visit. */
    told: ({ what, id: of }: NewsItem, { talk, spoken }: Telling): void => {
      const open = visit();
      show({ told: [...shown().told, of] });
      if (open === undefined) return;
      const wish = talk ? ({ talk: true } as const) : {};
      void door.client.visit
        .told({ id: newId(), visit: open, what, of, how: spoken ? ["shown", "spoken"] : ["shown"], ...wish })
        .catch(() => undefined);
    },
    /** Not with somebody beside them; at another visit. */
    later: () => show({ newsLater: true, over: undefined }),
  };
}
