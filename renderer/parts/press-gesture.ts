/** What of a pointer's or click's event is looked at; times in ms of one clock. */
export interface Touch {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly isPrimary: boolean;
  readonly button: number;
  readonly timeStamp: number;
  /** The point lies on what is pressed. */
  readonly inside: boolean;
}

/** A browser tells the click of a tap within this; after it a finger that slid on its key is helped. */
const clickWithinMs = 80;
/** A click this long after a lifted finger that was already answered belongs to the same tap. */
const lateClickMs = 700;

/**
 * Acts when the finger lifts on the key it came down on, so that a wrong touch can still slide away. The browser's own
 * click does it, which also speaks for keys and assistive technology and never falls through to the screen that comes
 * next. An unsteady finger that slid on its key is no tap to a browser: then the click is made here.
 */
export function createPressGesture(parts: {
  readonly act: () => void;
  /** Makes the click that the browser did not. */
  readonly click: () => void;
  /** Shows the key as pressed, or not. */
  readonly show: (pressed: boolean) => void;
  readonly after: (ms: number, wake: () => void) => () => void;
}) {
  let held: number | undefined;
  let answered: number | undefined;
  let stopWaiting = () => {};
  const letGo = () => {
    held = undefined;
    parts.show(false);
  };
  return {
    down({ pointerId, isPrimary, button }: Touch): void {
      if (!isPrimary || button !== 0) return;
      held = pointerId;
      answered = undefined;
      parts.show(true);
    },
    move({ pointerId, inside }: Touch): void {
      if (pointerId === held) parts.show(inside);
    },
    up({ pointerId, pointerType, timeStamp, inside }: Touch): void {
      if (pointerId !== held) return;
      letGo();
      if (!inside || pointerType === "mouse") return;
      stopWaiting();
      stopWaiting = parts.after(clickWithinMs, () => {
        answered = timeStamp;
        parts.click();
      });
    },
    letGo,
    /** `trusted`: made by the browser, not by a script. */
    click({ trusted, timeStamp }: { readonly trusted: boolean; readonly timeStamp: number }): void {
      stopWaiting();
      if (trusted && answered !== undefined && timeStamp - answered < lateClickMs) return;
      parts.act();
    },
    /** The button goes, or may not be pressed any more. */
    close(): void {
      stopWaiting();
      letGo();
    },
  };
}
