import { v5 as uuidv5, v7 as uuidv7 } from "uuid";
import { noticeOf, type MessageLeft } from "../../core/care/messages.ts";
import type { CareMove, CareOpening } from "../../core/care/records.ts";
import type { Talk } from "../../core/care/talk.ts";
import type { careViews } from "./care-views.ts";
import type { createOrgs } from "./org-ladder.ts";

/** Namespace of talks that somebody asked for: the same wish, told again, is the same talk. */
const wishes = "5b0f6c1e-8f0e-5c53-8a0b-3f9f5d3b7a11";

interface Parts {
  readonly views: ReturnType<typeof careViews>;
  readonly orgs: ReturnType<typeof createOrgs>;
  readonly open: (opening: CareOpening) => void;
  readonly move: (move: CareMove) => void;
}

/** Who talks to a resident where the station could not, or where it is not enough. Inside the caller's transaction. */
export function createTalks({ views, orgs, open, move }: Parts) {
  const unheardOf = (resident: string): Talk | undefined =>
    views
      .ofResident(resident)
      .flatMap((there) => (there.kind === "talk" && there.record.state === "open" ? [there.record] : []))
      .find(({ why }) => why === "unheard");
  const waits = (resident: string): readonly MessageLeft[] =>
    views.messages(resident).flatMap(({ message, told }) => (told === undefined ? [message] : []));

  return {
    /** What nobody heard for too long becomes one task a person. A station of no known institution has nobody to give it to. */
    unheard(now: number, by: string): void {
      for (const { id: message, resident, station } of views.unheard(now)) {
        const owner = orgs.near(station);
        views.handOn(message);
        if (owner === undefined || unheardOf(resident) !== undefined) continue;
        const text = { id: uuidv7(), resident, station, why: "unheard" as const, message, owner };
        open({ kind: "talk", at: now, by, text });
      }
    },

    /** Heard at the station: with the last one that waited nobody has to see to it any more. */
    heard({ resident, station }: MessageLeft, at: number): void {
      const talk = unheardOf(resident);
      if (talk === undefined || waits(resident).length > 0) return;
      move({ of: "talk", id: talk.id, input: { kind: "done", by: station, at, how: "station" } });
    },

    /**
     * The resident wants to talk about it. Who looked into a record is asked of whoever stands above all others there; which records
     * are one person's is mended by whoever is nearest.
     */
    asked(told: MessageLeft, at: number): void {
      const { id: message, resident, station } = told;
      const near = orgs.near(station);
      const opened = noticeOf(told) === "loop.say.recordOpened";
      const owner = opened ? near && orgs.top(near.org) : near;
      if (owner === undefined) return;
      const why = opened ? ("asked" as const) : ("wrong" as const);
      const text = { id: uuidv5(message, wishes), resident, station, why, message, owner };
      open({ kind: "talk", at, by: station, text });
    },

    /** A person told it: nothing of it waits any more. */
    done({ why, resident }: Talk, at: string): void {
      if (why === "unheard") for (const { id } of waits(resident)) views.tell(id, at);
    },
  };
}
