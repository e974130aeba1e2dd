import { createContext, useContext, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";

/** In percent of the station's own size. */
const sizes = [100, 150, 200] as const;
export type TextSize = (typeof sizes)[number];

/** From here on the layouts for large text are used, whoever asked for it. */
const largeFrom = 1.2;

interface Held {
  readonly size: TextSize;
  /** What the next touch brings. */
  readonly next: TextSize;
  readonly onNext: () => void;
  /** Text is much larger than the station's own: by the person's choice, or by the browser's. */
  readonly large: boolean;
}

const Context = createContext<Held | undefined>(undefined);

/**
 * The size of the text for one person's time at the station, at first `from`. The root's font size says it to the style
 * sheets, which is also where a browser's own setting shows; a rem that changes is measured, since no event tells of it.
 */
export function TextSizeProvider({ from = 100, children }: { readonly from?: TextSize; readonly children: ReactNode }) {
  const [size, setSize] = useState<TextSize>(from);
  const [large, setLarge] = useState(false);
  const rem = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.style.fontSize = `${size}%`;
    return () => void root.style.removeProperty("font-size");
  }, [size]);
  useLayoutEffect(() => {
    const measure = () => {
      setLarge(Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 >= largeFrom);
    };
    measure();
    const watch = new ResizeObserver(measure);
    if (rem.current !== null) watch.observe(rem.current);
    return () => watch.disconnect();
  }, [size]);
  const held = useMemo(() => {
    const next = sizes[(sizes.indexOf(size) + 1) % sizes.length] ?? 100;
    return { size, next, onNext: () => setSize(next), large };
  }, [size, large]);
  return (
    <Context value={held}>
      <i ref={rem} className="rem" aria-hidden="true" />
      {children}
    </Context>
  );
}

export function useTextSize(): Held {
  const held = useContext(Context);
  if (held === undefined) throw new Error("TextSizeProvider is missing");
  return held;
}
