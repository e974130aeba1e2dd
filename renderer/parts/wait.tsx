import { useSyncExternalStore } from "react";

function tick(tell: () => void): () => void {
  const timer = setInterval(tell, 250);
  return () => clearInterval(timer);
}

/** Whole seconds until `end` (milliseconds since 1970), never below 0; told again on every change. */
export function useSecondsLeft(end: number | undefined): number {
  return useSyncExternalStore(tick, () => (end === undefined ? 0 : Math.max(0, Math.ceil((end - Date.now()) / 1000))));
}

/** A bar that fills in `ms`: how much of the longest wait is over. The words beside it say what is waited for. */
export function WaitBar({ ms }: { readonly ms: number }) {
  return (
    <div className="wait-track" aria-hidden="true">
      <div className="wait-fill" style={{ animationDuration: `${ms}ms` }} />
    </div>
  );
}
