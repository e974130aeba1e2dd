import { useEffect, useRef, useState } from "react";
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
  const [fed, setFed] = useState<Fed<T>>(nothing);
  const latest = useRef(subscribe);
  latest.current = subscribe;
  useEffect(() => {
    setFed(nothing);
    return door.feed(
      (client, options) => latest.current(client, options),
      (value) => setFed({ value, fault: undefined }),
      (fault) => setFed((before) => ({ ...before, fault })),
    );
  }, [door, about]);
  return fed;
}
