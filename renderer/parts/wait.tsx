import { useEffect, useState } from "react";

/** Whole seconds until `end` (milliseconds since 1970), never below 0; told again on every change. */
export function useSecondsLeft(end: number | undefined): number {
  const left = () => (end === undefined ? 0 : Math.max(0, Math.ceil((end - Date.now()) / 1000)));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    if (end === undefined) return undefined;
    const timer = setInterval(() => {
      const now = left();
      setSeconds(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
    // `left` depends on `end` alone.
  }, [end]);
  return seconds;
}

/** A bar that fills in `ms`: how much of the longest wait is over. The words beside it say what is waited for. */
export function WaitBar({ ms }: { readonly ms: number }) {
  return (
    <div className="wait-track" aria-hidden="true">
      <div className="wait-fill" style={{ animationDuration: `${ms}ms` }} />
    </div>
  );
}
