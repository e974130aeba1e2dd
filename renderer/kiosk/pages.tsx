import { useEffect, useLayoutEffect, useState, type FocusEvent, type RefObject } from "react";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";

/** Where a reader is: `count` pages, of which `page` (from 0) is seen. */
interface Pages {
  readonly count: number;
  readonly page: number;
  readonly turn: (page: number) => void;
  /** What the focus goes to comes to sight. */
  readonly onFocus: (event: FocusEvent) => void;
}

/** From the start of one page to the start of the next, in px. */
function stride(box: HTMLElement): number {
  return box.getBoundingClientRect().width + (Number.parseFloat(getComputedStyle(box).columnGap) || 0);
}

/**
 * What does not fit is not scrolled: the style sheet lays it out in columns as wide as the box, and they are turned like
 * pages. `box` holds them, or nothing while everything fits by itself; a new `step` begins at the first page.
 */
export function usePages(box: RefObject<HTMLElement | null> | undefined, step: unknown): Pages {
  const [counted, setCounted] = useState<{ readonly of: unknown; readonly count: number }>();
  const [turned, setTurned] = useState<{ readonly of: unknown; readonly page: number }>();
  useLayoutEffect(() => {
    const held = box?.current ?? undefined;
    if (held === undefined) return;
    const measure = () => setCounted({ of: box, count: Math.max(1, Math.ceil((held.scrollWidth - 4) / stride(held))) });
    const sizes = new ResizeObserver(measure);
    const content = new MutationObserver(measure);
    sizes.observe(held);
    content.observe(held, { childList: true, characterData: true, subtree: true });
    return () => {
      sizes.disconnect();
      content.disconnect();
      held.scrollTo(0, 0);
    };
  }, [box]);
  const count = box !== undefined && counted?.of === box ? counted.count : 1;
  const page = Math.min(turned !== undefined && turned.of === step ? turned.page : 0, count - 1);
  useEffect(() => {
    const held = box?.current ?? undefined;
    held?.scrollTo(page * stride(held), 0);
  }, [box, page, count]);
  const turn = (to: number) => setTurned({ of: step, page: to });
  return {
    count,
    page,
    turn,
    onFocus(event) {
      const held = box?.current ?? undefined;
      if (held === undefined || !held.contains(event.target)) return;
      const from = event.target.getBoundingClientRect().left - held.getBoundingClientRect().left + held.scrollLeft;
      turn(Math.max(0, Math.floor((from + 1) / stride(held))));
    },
  };
}

/** The key that turns the page, with how many there are; after the last one comes the first. Nothing where one holds all. */
export function PageKey({ pages }: { readonly pages: Pages }) {
  const text = useText();
  const { count, page, turn } = pages;
  if (count < 2) return null;
  const last = page === count - 1;
  return (
    <div className="page-key">
      <Press kind="quiet" onPress={() => turn(last ? 0 : page + 1)} testId="page-turn">
        <Icon name={last ? "back" : "next"} />
        {text(last ? "kiosk.pages.first" : "kiosk.pages.more")}
        <span className="dots" aria-hidden="true">
          {Array.from({ length: count }, (_, at) => (
            <i key={at} data-here={at === page ? "" : undefined} />
          ))}
        </span>
      </Press>
    </div>
  );
}
