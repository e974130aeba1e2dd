import { useCallback, useEffect, useState } from "react";
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
  const look = useCallback(async () => {
    try {
      setView(await door.client.technician.offers.look({ session }));
      setFault(undefined);
    } catch (error) {
      setFault(faultOf(error));
    }
  }, [door, session]);
  useEffect(() => void look(), [look]);
  return { view, fault, look, setView };
}
