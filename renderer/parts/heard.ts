import { useLayoutEffect, useRef } from "react";

/**
 * What the page hears while a part stands on it, from before its first paint to before the paint without it: whoever
 * sees a screen can use its keys, and nobody uses the keys of a screen that has gone.
 */
export function useHeard<Type extends keyof DocumentEventMap>(
  type: Type,
  hear: (event: DocumentEventMap[Type]) => void,
  { capture = false }: { readonly capture?: boolean } = {},
) {
  const latest = useRef(hear);
  useLayoutEffect(() => {
    latest.current = hear;
  });
  useLayoutEffect(() => {
    const listen = (event: DocumentEventMap[Type]) => latest.current(event);
    document.addEventListener(type, listen, { capture });
    return () => document.removeEventListener(type, listen, { capture });
  }, [type, capture]);
}
