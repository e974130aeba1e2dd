import { useEffect, useState } from "react";
import type { OffersView } from "../../../core/contract/technician-offers.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { faultOf } from "../../station.ts";
import { usePlace } from "./session.ts";

/** What the station offers besides measuring, read from its files when the page comes and whenever `look` is called. */
export function useOffers() {
  const { door, staff } = usePlace();
  const { session } = staff;
  const [view, setView] = useState<OffersView>();
  const [fault, setFault] = useState<FaultCode>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    door.client.technician.offers.look({ session }).then(
      (seen) => {
        if (gone) return;
        setView(seen);
        setFault(undefined);
      },
      (error: unknown) => {
        if (!gone) setFault(faultOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [door, session, round]);
  return { view, fault, setView, look: () => setRound((old) => old + 1) };
}
