import { useEffect, useState, useSyncExternalStore } from "react";
import type { Shown } from "./shown.ts";

const nothing = () => () => undefined;

/** As `useShown`, for something that may not be there. */
export function useShownIf<T>(shown: Shown<T> | undefined): T | undefined {
  return useSyncExternalStore(shown?.subscribe ?? nothing, () => shown?.get());
}

export function useShown<T>(shown: Shown<T>): T {
  return useSyncExternalStore(shown.subscribe, shown.get);
}

/** Milliseconds since 1970, told anew every second: for waiting times. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
