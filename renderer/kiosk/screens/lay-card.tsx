import { useEffect, useState, type ReactNode } from "react";
import type { Heard } from "../engine/family.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** A card is awaited beside the visit; the readers are let go with this screen. `onHeard` stays the same one. */
export function LayCard(props: {
  readonly of: "family" | "keep";
  readonly title: "kiosk.family.lay" | "kiosk.keep.lay";
  readonly fault: FaultCode | undefined;
  readonly onHeard: (answer: Heard) => void;
  readonly actions?: ReactNode;
}) {
  const text = useText();
  const engine = useEngine();
  const [left, setLeft] = useState(false);
  const { of, title, fault, onHeard, actions } = props;
  useEffect(() => engine.family.await(onHeard, setLeft), [engine, onHeard]);
  return (
    <Screen
      name="mine"
      of={of}
      step={left ? "left" : (fault ?? "card")}
      title={text(title)}
      says={[{ key: left ? "kiosk.who.left" : fault === undefined ? title : `fault.${fault}` }]}
      note={
        (left || fault !== undefined) && (
          <p className="notice lead" role="alert" data-testid={left ? "card-left" : "card-fault"}>
            {left ? text("kiosk.who.left") : fault !== undefined && text.fault(fault)}
          </p>
        )
      }
      actions={actions}
    >
      <div className="state">
        <Picture name="layCard" className="state-picture" />
      </div>
    </Screen>
  );
}
