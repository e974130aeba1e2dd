import type { FaultCode } from "../../../core/domain/faults.ts";
import { faultOf } from "../../station.ts";
import type { Base } from "./shown.ts";

/** Coming without the card the next time. What was typed or shown goes to the host and is kept nowhere here. */
export interface LinkActs {
  /** Answers the machine with `linked` or `fault`. */
  phone(phone: string): Promise<void>;
  /** Waits for a code until it came, or the answer is left. */
  code(): () => void;
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
    code() {
      const open = visit();
      const gone = new AbortController();
      if (open !== undefined)
        void told(door.client.visit.linkCode({ id: newId(), visit: open }, { signal: gone.signal }));
      return () => gone.abort();
    },
  };
}
