import { useCallback, useEffect, useState } from "react";
import type { ServicePage, ServicesView } from "../../../core/contract/visit-services.ts";
import type { Wanted } from "../../../core/care/wish.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { faultOf } from "../../station.ts";
import { useEngine } from "../use-kiosk.ts";

export interface Services {
  /** Undefined until the host has answered, and where it cannot. */
  readonly view: ServicesView | undefined;
  readonly fault: FaultCode | undefined;
  /** Undefined: it is kept, and is on its way to the practice. */
  readonly ask: (wanted: Wanted) => Promise<FaultCode | undefined>;
  /** Undefined: paper came out. */
  readonly print: (page: ServicePage) => Promise<FaultCode | undefined>;
}

/** What the station has for the person of this visit, read when a page comes and after everything that was asked for. */
export function useServices(): Services {
  const { own } = useEngine();
  const [view, setView] = useState<ServicesView>();
  const [fault, setFault] = useState<FaultCode>();
  const read = useCallback((): Promise<void> => {
    const visit = own.visit();
    if (visit === undefined) return Promise.resolve();
    return own.door.client.visit.services({ visit }).then(
      (there) => {
        setView(there);
        setFault(undefined);
      },
      (error: unknown) => setFault(faultOf(error)),
    );
  }, [own]);
  useEffect(() => void read(), [read]);

  const tried = async (work: (visit: string) => Promise<unknown>): Promise<FaultCode | undefined> => {
    const visit = own.visit();
    if (visit === undefined) return "visit.closed";
    try {
      await work(visit);
      return undefined;
    } catch (error) {
      return faultOf(error);
    }
  };
  return {
    view,
    fault,
    async ask(wanted) {
      const why = await tried((visit) => own.door.client.visit.wish({ id: own.newId(), visit, wanted }));
      if (why === undefined) await read();
      return why;
    },
    print: (page) =>
      tried(async (visit) => {
        const language = own.language();
        const { draw } = await own.door.client.visit.printPage({ id: own.newId(), visit, language, page });
        if (draw === undefined) return;
        const { drawLine } = await import("../lettering.ts");
        const drawn = draw.lines.map((line) => ({ text: line, dots: drawLine(line, draw.columns) }));
        await own.door.client.visit.printPage({ id: own.newId(), visit, language, page, drawn });
      }),
  };
}
