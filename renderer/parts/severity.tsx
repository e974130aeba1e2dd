import type { ReactNode } from "react";
import { useText } from "./language.tsx";

export type Severity = 0 | 1 | 2 | 3 | 4;

/**
 * Circle, triangle, diamond, octagon, filled octagon: told apart without colour, each with its own sign inside. Drawn anew
 * each time: an element that lives as long as the page holds on to the screen it first stood on, and to who was there.
 */
const shapes: Record<Severity, () => ReactNode> = {
  0: () => (
    <>
      <circle cx="16" cy="16" r="13" />
      <path d="M9.5 16.500l4.5 4.5 8.5-9.5" />
    </>
  ),
  1: () => (
    <>
      <path d="M16 3.500L29.5 27.500H2.500Z" />
      <path d="M16 12.500v7M16 23.500v.1" />
    </>
  ),
  2: () => (
    <>
      <path d="M16 2.500L29.5 16 16 29.5 2.5 16Z" />
      <path d="M16 9.500v8M16 22v.1" />
    </>
  ),
  3: () => (
    <>
      <path d="M10.5 3h11L29 10.500v11L21.5 29h-11L3 21.500v-11Z" />
      <path d="M16 9v9M16 23v.1" />
    </>
  ),
  4: () => (
    <>
      <path d="M10.5 3h11L29 10.500v11L21.5 29h-11L3 21.500v-11Z" fill="currentColor" />
      <path d="M16 8.500v9.500M16 23v.1" stroke="var(--sev-4)" />
    </>
  ),
};

export function SeverityShape({ severity }: { readonly severity: Severity }) {
  return (
    <svg
      className="sev-shape"
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[severity]()}
    </svg>
  );
}

const words = { 0: "kiosk.sev.0", 1: "kiosk.sev.1", 2: "kiosk.sev.2", 3: "kiosk.sev.3", 4: "kiosk.sev.4" } as const;

/** How a result stands: shape, colour, word and a place on a scale of five. */
export function SeverityMark(props: {
  readonly severity: Severity;
  readonly level?: boolean;
  readonly wordHidden?: boolean;
}) {
  const { severity, level = true, wordHidden = false } = props;
  const text = useText();
  return (
    <span className={`sev sev-${severity}`} data-testid="severity" data-severity={severity}>
      <SeverityShape severity={severity} />
      <span className={wordHidden ? "unseen" : "sev-word"}>{text(words[severity])}</span>
      {level && (
        <span className="level" aria-hidden="true">
          {([0, 1, 2, 3, 4] as const).map((step) => (
            <i key={step} data-here={step === severity ? "" : undefined} />
          ))}
        </span>
      )}
    </span>
  );
}
