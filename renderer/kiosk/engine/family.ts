import type { FamilyView, Found, Relative } from "../../../core/contract/visit-parts.ts";
import { faults, type FaultCode } from "../../../core/domain/faults.ts";
import { faultOf } from "../../station.ts";
import type { Base } from "./shown.ts";

const isFault = (code: string): code is FaultCode => Object.hasOwn(faults, code);

export type Heard = { readonly found: Found } | { readonly fault: FaultCode };

export interface FamilyActs {
  /** Undefined: not known now. */
  read(): Promise<FamilyView | undefined>;
  /** Waits for the card or code of somebody beside the person, until left by the answer. `lies`: a card that was read before. */
  await(hear: (answer: Heard) => void, lies?: (lies: boolean) => void): () => void;
  grant(token: string, why: Relative["why"]): Promise<FaultCode | undefined>;
  end(relative: string): Promise<FaultCode | undefined>;
}

/** Who may look at whose record. Who is recognized here is shown once more and asked nothing: the owner of the visit decides. */
export function createFamily({ door, newId }: Base, visit: () => string | undefined): FamilyActs {
  const { client } = door;
  const tried = async (work: (open: string) => Promise<unknown>): Promise<FaultCode | undefined> => {
    const open = visit();
    if (open === undefined) return "visit.closed";
    try {
      await work(open);
      return undefined;
    } catch (error) {
      return faultOf(error);
    }
  };
  return {
    async read() {
      const open = visit();
      try {
        return open === undefined ? undefined : await client.visit.family({ visit: open });
      } catch {
        return undefined;
      }
    },
    await: (hear, lies) =>
      door.feed(
        (watching, options) => watching.identify.listen(undefined, options),
        (event) => {
          lies?.(event.kind === "left");
          if (event.kind === "found") hear({ found: event.found });
          if (event.kind === "fault") hear({ fault: isFault(event.code) ? event.code : "identify.notFound" });
        },
      ),
    grant: (token, why) => tried((open) => client.visit.grant({ id: newId(), visit: open, token, why })),
    end: (relative) => tried((open) => client.visit.endGrant({ id: newId(), visit: open, relative })),
  };
}
