import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";

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
  return (
    <Button
      className={`press press-${props.kind} ${props.className ?? ""}`}
      onPress={props.onPress}
      isDisabled={props.disabled ?? false}
      autoFocus={props.first ?? false}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
      {...(props.pressed === undefined ? {} : { "aria-pressed": props.pressed })}
      {...(props.testId === undefined ? {} : { "data-testid": props.testId })}
    >
      {props.children}
    </Button>
  );
}
