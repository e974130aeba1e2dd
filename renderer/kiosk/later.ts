import { useSyncExternalStore } from "react";
import type * as screens from "./later-screens.tsx";

/** Everything after the welcome screen: the screens of a visit, the questions over them, the call beside them. */
type Later = typeof screens;

let held: Later | undefined;
let loading: Promise<void> | undefined;
const waiting = new Set<() => void>();
const againMs = 1_000;

/** Loads it once, and once more whenever that failed: the host that serves the page may be starting again. */
export function loadLater(): Promise<void> {
  loading ??= import("./later-screens.tsx").then(
    (later) => {
      held = later;
      for (const tell of waiting) tell();
    },
    () => {
      loading = undefined;
      setTimeout(() => void loadLater(), againMs);
    },
  );
  return loading;
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  return () => void waiting.delete(tell);
}

/** Undefined until it is there, which is before a hand can reach the glass: the page loads it behind its first paint. */
export function useLater(): Later | undefined {
  return useSyncExternalStore(subscribe, () => held);
}
