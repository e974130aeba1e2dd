import { useLayoutEffect, useRef, type ReactNode } from "react";
import { PageKey, usePages } from "./pages.tsx";
import { useTextSize } from "./text-size.tsx";
import { useShown } from "./use-kiosk.ts";
import { useSays } from "./voice/prompt.tsx";
import type { Spoken } from "./voice/voice.tsx";

/**
 * One screen: a heading that takes the focus when the screen comes, so that readers speak it and the keyboard starts
 * there; then what it shows; then at most two things to do. The station's voice says `says` when it comes.
 */
export function Screen(props: {
  readonly name: string;
  readonly title: ReactNode;
  /** Said on entry, and again on every new step; empty where the station keeps silent. */
  readonly says: readonly Spoken[];
  /** Names the step inside the screen: a new one moves the focus again. */
  readonly step?: string | number;
  readonly note?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly titleHidden?: boolean;
  /** What kind of thing it shows, where the layout depends on it. */
  readonly of?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the paint: a key pressed as soon as the screen is seen moves on from here, and is not taken back.
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [props.step]);
  useSays(props.says, props.step);
  const flow = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { lower } = useShown();
  const { large } = useTextSize();
  const pages = usePages(large ? flow : lower ? body : undefined, props.step);
  return (
    <main className={`screen screen-${props.name}`} data-of={props.of} data-testid={`screen-${props.name}`}>
      <div className="screen-flow" ref={flow} onFocus={pages.onFocus}>
        <header className={props.titleHidden ? "unseen" : "screen-head"}>
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.note}
        </header>
        <div className="screen-body" ref={body}>
          {props.children}
        </div>
      </div>
      <PageKey pages={pages} />
      {props.actions !== undefined && <div className="screen-actions">{props.actions}</div>}
    </main>
  );
}
