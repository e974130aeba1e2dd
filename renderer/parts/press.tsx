import { useLayoutEffect, useRef, type ReactNode } from "react";
import { useFocusFirst } from "./focus-first.ts";
import { createPressGesture, type Touch } from "./press-gesture.ts";

function touchOf(event: PointerEvent, button: HTMLElement): Touch {
  const { left, top, right, bottom } = button.getBoundingClientRect();
  const { clientX, clientY } = event;
  const inside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  return {
    pointerId: event.pointerId,
    pointerType: event.pointerType,
    isPrimary: event.isPrimary,
    button: event.button,
    timeStamp: event.timeStamp,
    inside,
  };
}

function after(ms: number, wake: () => void): () => void {
  const timer = setTimeout(wake, ms);
  return () => clearTimeout(timer);
}

/** Lets hands, keys and assistive technology press the button; the answer takes it all back. */
function listen(button: HTMLButtonElement, act: () => void): () => void {
  const gesture = createPressGesture({
    act,
    click: () => button.click(),
    show: (pressed) => button.toggleAttribute("data-pressed", pressed),
    after,
  });
  const leaving = new AbortController();
  const on = <Name extends "pointerdown" | "pointermove" | "pointerup" | "pointerleave" | "pointercancel" | "click">(
    name: Name,
    hear: (event: HTMLElementEventMap[Name]) => void,
  ) => button.addEventListener(name, hear, { signal: leaving.signal });
  on("pointerdown", (event) => gesture.down(touchOf(event, button)));
  on("pointermove", (event) => gesture.move(touchOf(event, button)));
  on("pointerup", (event) => gesture.up(touchOf(event, button)));
  on("pointerleave", (event) => gesture.move({ ...touchOf(event, button), inside: false }));
  on("pointercancel", () => gesture.letGo());
  on("click", ({ isTrusted, timeStamp }) => gesture.click({ trusted: isTrusted, timeStamp }));
  return () => {
    leaving.abort();
    gesture.close();
  };
}

/**
 * Everything that can be touched. It acts when the finger lifts, so that a wrong touch can still slide away.
 * - `main`: the one action of a screen; `second`: its alternative; `stop`: ends something that runs;
 * - `quiet`: the frame's own keys; `card`: a choice with a picture.
 */
export function Press(props: {
  readonly kind: "main" | "second" | "stop" | "quiet" | "card";
  readonly onPress: () => void;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly label?: string;
  readonly className?: string;
  readonly disabled?: boolean;
  readonly first?: boolean;
  readonly pressed?: boolean;
}) {
  const { disabled = false, onPress } = props;
  const held = useFocusFirst<HTMLButtonElement>(props.first);
  const latest = useRef(onPress);
  // With the frame that shows it, not after it: a finger that is quick is heard.
  useLayoutEffect(() => {
    latest.current = onPress;
  });
  useLayoutEffect(() => {
    const button = held.current;
    return button === null || disabled ? undefined : listen(button, () => latest.current());
  }, [held, disabled]);
  return (
    <button
      ref={held}
      type="button"
      className={`press press-${props.kind} ${props.className ?? ""}`}
      disabled={disabled}
      data-disabled={disabled ? "" : undefined}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
      {...(props.pressed === undefined ? {} : { "aria-pressed": props.pressed })}
      {...(props.testId === undefined ? {} : { "data-testid": props.testId })}
    >
      {props.children}
    </button>
  );
}
