import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { HubClient, HubDoor } from "./hub.ts";

/** The newest item; undefined before the first. `fault`: why no more will come. Kept over lost lines. */
export interface Fed<T> {
  readonly value: T | undefined;
  readonly fault: FaultCode | undefined;
}

const nothing = { value: undefined, fault: undefined } as const;

/** A feed of the hub for as long as a page shows it. `about`: asked anew when it changes. */
export function useFeed<T>(
  door: HubDoor,
  subscribe: (client: HubClient, options: { readonly signal: AbortSignal }) => Promise<AsyncIterable<T>>,
  about = "",
): Fed<T> {
  const [held, setHeld] = useState<{ readonly about: string; readonly fed: Fed<T> }>({ about, fed: nothing });
  const latest = useRef(subscribe);
  useLayoutEffect(() => {
    latest.current = subscribe;
  });
  useEffect(
    () =>
      door.feed(
        (client, options) => latest.current(client, options),
        (value) => setHeld({ about, fed: { value, fault: undefined } }),
        (fault) =>
          setHeld((old) => ({ about, fed: { value: old.about === about ? old.fed.value : undefined, fault } })),
      ),
    [door, about],
  );
  // What was heard about somebody else is nothing.
  return held.about === about ? held.fed : nothing;
}
