import type { LinksView } from "../../../core/contract/visit-parts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { faultOf } from "../../station.ts";
import type { Base } from "./shown.ts";

/** Coming without the card the next time. What was typed or shown goes to the host and is kept nowhere here. */
export interface LinkActs {
  /** Answers the machine with `linked` or `fault`. */
  phone(phone: string): Promise<void>;
  /** Waits for a code until it came, or the answer is left. */
  readonly code: () => () => void;
  /** By which ways the person is known; undefined where the host does not say. */
  ways(): Promise<LinksView | undefined>;
  /** What was measured without a name is kept under this person's; undefined: it is. */
  keepUnder(token: string): Promise<FaultCode | undefined>;
  /** Takes one back. False: it is as it was. */
  remove(link: string): Promise<boolean>;
  /** The same two ways from a page of one's own: the answer, undefined where it is kept. */
  add(way: { readonly phone: string } | { readonly signal: AbortSignal }): Promise<FaultCode | undefined>;
}

export function createLinking({ door, newId, shown, send }: Base, visit: () => string | undefined): LinkActs {
  /** An answer that comes when another screen is shown is nobody's. */
  async function told(work: Promise<unknown>): Promise<void> {
    const asked = shown().screen;
    let wrong: FaultCode | undefined;
    try {
      await work;
    } catch (error) {
      wrong = faultOf(error);
    }
    if (shown().screen !== asked) return;
    send(wrong === undefined ? { kind: "linked" } : { kind: "fault", code: wrong });
  }

  return {
    async phone(phone) {
      const open = visit();
      if (open !== undefined) await told(door.client.visit.linkPhone({ id: newId(), visit: open, phone }));
    },
    async ways() {
      const open = visit();
      if (open === undefined) return undefined;
      return door.client.visit.links({ visit: open }).catch(() => undefined);
    },
    async keepUnder(token) {
      const open = visit();
      if (open === undefined) return "visit.closed";
      return door.client.visit.keepUnder({ id: newId(), visit: open, token }).then(() => undefined, faultOf);
    },
    async remove(link) {
      const open = visit();
      if (open === undefined) return false;
      return door.client.visit.unlink({ id: newId(), visit: open, link }).then(
        () => true,
        () => false,
      );
    },
    async add(way) {
      const open = visit();
      if (open === undefined) return "visit.closed";
      const given = { id: newId(), visit: open };
      try {
        if ("phone" in way) await door.client.visit.linkPhone({ ...given, phone: way.phone });
        else await door.client.visit.linkCode(given, { signal: way.signal });
        return undefined;
      } catch (error) {
        return faultOf(error);
      }
    },
    code() {
      const open = visit();
      const gone = new AbortController();
      if (open !== undefined)
        void told(door.client.visit.linkCode({ id: newId(), visit: open }, { signal: gone.signal }));
      return () => gone.abort();
    },
  };
}
