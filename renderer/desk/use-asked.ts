import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { FaultCode } from "../../core/domain/faults.ts";
import { faultOf, type HubClient, type HubDoor } from "./hub.ts";

export interface Asked<T> {
  readonly value?: T;
  readonly fault?: FaultCode;
}

/** One question about somebody, asked again whenever the line comes back; `about` undefined: about nobody. */
export function useAsked<T>(
  door: HubDoor,
  about: string | undefined,
  ask: (client: HubClient, about: string) => Promise<T>,
  /** Another number: something was written, and it is asked anew; until then the old answer stands. */
  version = 0,
): Asked<T> {
  const [known, setKnown] = useState<{ readonly of: string; readonly answer: Asked<T> }>();
  const latest = useRef(ask);
  useLayoutEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    let left = false;
    if (about === undefined) return undefined;
    const again = () => {
      if (door.state !== "open") return;
      latest.current(door.client, about).then(
        (value) => left || setKnown({ of: about, answer: { value } }),
        (error: unknown) =>
          left ||
          setKnown((old) => ({
            of: about,
            answer: { ...(old?.of === about ? old.answer : {}), fault: faultOf(error) },
          })),
      );
    };
    again();
    const forget = door.onState(again);
    return () => {
      left = true;
      forget();
    };
  }, [door, about, version]);
  return known !== undefined && known.of === about ? known.answer : {};
}
