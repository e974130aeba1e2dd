import { useCallback, useEffect, useState } from "react";
import type { Found } from "../../../core/contract/visit-parts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

type At = "card" | "done" | { readonly found: Found };

/** A guest wants today's results kept after all: by their own card, while they are here. */
export function KeepUnderName({ onBack }: { readonly onBack: () => void }) {
  const engine = useEngine();
  const [at, setAt] = useState<At>("card");
  const [fault, setFault] = useState<FaultCode>();
  const heard = useCallback((answer: { readonly found: Found } | { readonly fault: FaultCode }) => {
    if ("fault" in answer) return setFault(answer.fault);
    setFault(undefined);
    setAt({ found: answer.found });
  }, []);
  if (at === "done") return <Done onBack={onBack} />;
  if (at === "card") return <Lay fault={fault} onHeard={heard} onBack={onBack} />;
  const keep = async () => {
    const why = await engine.link.keepUnder(at.found.token);
    setFault(why);
    setAt(why === undefined ? "done" : "card");
  };
  return <IsIt found={at.found} onYes={() => void keep()} onNo={onBack} />;
}

function Lay(props: {
  readonly fault: FaultCode | undefined;
  readonly onHeard: (answer: { readonly found: Found } | { readonly fault: FaultCode }) => void;
  readonly onBack: () => void;
}) {
  const text = useText();
  const engine = useEngine();
  const { fault, onHeard, onBack } = props;
  useEffect(() => engine.family.await(onHeard), [engine, onHeard]);
  return (
    <Screen
      name="mine"
      of="keep"
      step={fault ?? "card"}
      title={text("kiosk.keep.lay")}
      says={[fault === undefined ? { key: "kiosk.keep.lay" } : { key: `fault.${fault}` }]}
      note={fault !== undefined && <p role="alert">{text.fault(fault)}</p>}
      actions={
        <Press kind="second" onPress={onBack} testId="keep-back">
          <Icon name="back" />
          {text("kiosk.ways.back")}
        </Press>
      }
    >
      <div className="state">
        <Picture name="layCard" className="state-picture" />
      </div>
    </Screen>
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
        <p className="title">{found.shownName}</p>
      </div>
    </Screen>
  );
}

function Done({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  return (
    <Screen
      name="mine"
      of="keep"
      step="done"
      title={text("kiosk.keep.done")}
      says={[{ key: "kiosk.keep.done" }, { key: "kiosk.keep.doneWhat" }]}
      actions={
        <Press kind="main" onPress={onBack} testId="keep-done">
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
