import { useLayoutEffect, useRef, type ReactNode } from "react";
import { LanguageSwitch } from "./frame.tsx";
import { PageKey, usePages } from "./pages.tsx";
import { useTextSize } from "./text-size.tsx";
import { useEngine } from "./use-kiosk.ts";
import { useSays } from "./voice/prompt.tsx";
import type { Spoken } from "./voice/voice.tsx";

/**
 * A question or a message over the screen: said when it comes, with its own keys at the foot. The language stays in reach, where
 * the frame under it has its keys.
 */
export function Sheet(props: {
  readonly name: string;
  readonly urgent?: boolean;
  readonly title: string;
  readonly says: readonly Spoken[];
  readonly children: ReactNode;
  readonly actions: ReactNode;
  /** Somebody wrote it, and it may be longer than the screen is high: what does not fit goes on the next page. */
  readonly long?: boolean;
}) {
  const engine = useEngine();
  useSays(props.says, props.name, true);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const flow = useRef<HTMLDivElement>(null);
  const { large } = useTextSize();
  const pages = usePages(large || props.long === true ? flow : undefined, props.name);
  return (
    <div
      className="cover"
      role={props.urgent ? "alertdialog" : "dialog"}
      aria-modal="true"
      aria-labelledby="sheet-title"
      onKeyDown={(event) => {
        if (event.key === "Escape") engine.cover(undefined);
      }}
    >
      <section className={props.long === true ? "sheet sheet-long" : "sheet"} data-testid={`over-${props.name}`}>
        <div className="sheet-flow" ref={flow} onFocus={pages.onFocus}>
          <h2 id="sheet-title" ref={heading} tabIndex={-1}>
            {props.title}
          </h2>
          {props.children}
        </div>
        <PageKey pages={pages} />
        <div className="sheet-actions">{props.actions}</div>
      </section>
      <LanguageSwitch />
    </div>
  );
}
