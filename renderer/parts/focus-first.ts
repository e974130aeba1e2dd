import { useLayoutEffect, useRef } from "react";

/** For what has the focus when it comes, if `first`. A browser obeys `autofocus` only once in the life of a page. */
export function useFocusFirst<Element extends HTMLElement>(first: boolean | undefined) {
  const held = useRef<Element>(null);
  useLayoutEffect(() => {
    if (first === true) held.current?.focus();
  }, [first]);
  return held;
}

/** As `ref`, for what is to have the focus whenever it comes onto a page. */
export const focusNow = (element: HTMLElement | null): void => element?.focus();
