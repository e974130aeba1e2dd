import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

/**
 * Something that must be held down for `ms`, so that a passing touch does nothing: a finger on it, or Enter or Space.
 * Letting go, sliding away or losing the focus gives up. `holding` is for showing how far it is.
 */
export function useHold(ms: number, onDone: () => void) {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setHolding(false);
  };
  const begin = () => {
    if (timer.current !== undefined) return;
    setHolding(true);
    timer.current = setTimeout(() => {
      stop();
      onDone();
    }, ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    holding,
    props: {
      onPointerDown: (event: PointerEvent) => {
        if (event.button === 0) begin();
      },
      onPointerUp: stop,
      onPointerLeave: stop,
      onPointerCancel: stop,
      onContextMenu: (event: { preventDefault(): void }) => event.preventDefault(),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        if (!event.repeat) begin();
      },
      onKeyUp: stop,
      onBlur: stop,
    },
  } as const;
}
