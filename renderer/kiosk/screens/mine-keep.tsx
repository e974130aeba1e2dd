import { useCallback, useState } from "react";
import type { Found } from "../../../core/contract/visit-parts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import type { Heard } from "../engine/family.ts";
import { useEngine } from "../use-kiosk.ts";
import { LayCard } from "./lay-card.tsx";

type At = "card" | "done" | { readonly found: Found };

/**
 * A guest wants today's results kept after all: by their own card, while they are here. `onOver`: kept, or shown the name and said
 * no.
 */
export function KeepUnderName({ onBack, onOver }: Readonly<Record<"onBack" | "onOver", () => void>>) {
  const engine = useEngine();
  const [at, setAt] = useState<At>("card");
  const [fault, setFault] = useState<FaultCode>();
  const heard = useCallback((answer: Heard) => {
    if ("fault" in answer) return setFault(answer.fault);
    setFault(undefined);
    setAt({ found: answer.found });
  }, []);
  if (at === "done") return <Done onOver={onOver} />;
  if (at === "card") return <Lay fault={fault} onHeard={heard} onBack={onBack} />;
  const keep = async () => {
    const why = await engine.link.keepUnder(at.found.token);
    setFault(why);
    setAt(why === undefined ? "done" : "card");
  };
  return <IsIt found={at.found} onYes={() => void keep()} onNo={onOver} />;
}

function Lay(props: {
  readonly fault: FaultCode | undefined;
  readonly onHeard: (answer: Heard) => void;
  readonly onBack: () => void;
}) {
  const text = useText();
  const { fault, onHeard, onBack } = props;
  return (
    <LayCard
      of="keep"
      title="kiosk.keep.lay"
      fault={fault}
      onHeard={onHeard}
      actions={
        <Press kind="second" onPress={onBack} testId="keep-back">
          <Icon name="back" />
          {text("kiosk.ways.back")}
        </Press>
      }
    />
  );
}

function IsIt(props: { readonly found: Found; readonly onYes: () => void; readonly onNo: () => void }) {
  const text = useText();
  const { found } = props;
  const title = found.child ? "kiosk.keep.child" : "kiosk.keep.isIt";
  return (
    <Screen
      name="mine"
      of="keep"
      step="isIt"
      title={text(title)}
      says={[{ key: title }]}
      actions={
        <>
          <Press kind="second" onPress={props.onNo} testId="keep-no">
            <Icon name="no" />
            {text("kiosk.keep.no")}
          </Press>
          <Press kind="main" onPress={props.onYes} testId="keep-yes">
            <Icon name="yes" />
            {text("kiosk.keep.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="record" className="state-picture" />
        <p className="title" data-testid="shown-name">
          {found.shownName}
        </p>
      </div>
    </Screen>
  );
}

function Done({ onOver }: { readonly onOver: () => void }) {
  const text = useText();
  return (
    <Screen
      name="mine"
      of="keep"
      step="done"
      title={text("kiosk.keep.done")}
      says={[{ key: "kiosk.keep.done" }, { key: "kiosk.keep.doneWhat" }]}
      actions={
        <Press kind="main" onPress={onOver} testId="keep-done">
          <Icon name="yes" />
          {text("kiosk.link.on")}
        </Press>
      }
    >
      <div className="state">
        <Picture name="record" className="state-picture" />
        <p className="lead">{text("kiosk.keep.doneWhat")}</p>
      </div>
    </Screen>
  );
}
