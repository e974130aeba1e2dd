import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { SeverityShape } from "../../parts/severity.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** What happened and what to do, in the person's words; never a code. */
export function Failed({ code }: { readonly code: FaultCode }) {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="failed"
      title={text("kiosk.fault.title")}
      says={[{ key: "kiosk.fault.title" }, { key: `fault.${code}` }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "home" })} testId="skip">
            {text("kiosk.skip")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "again" })} testId="again">
            <Icon name="again" />
            {text("kiosk.fault.again")}
          </Press>
        </>
      }
    >
      <div className="state" role="alert">
        <span className="state-sign state-care">
          <SeverityShape severity={1} />
        </span>
        <p className="lead" data-testid="fault" data-code={code}>
          {text.fault(code)}
        </p>
        <Press kind="quiet" onPress={() => engine.send({ kind: "help" })} testId="fault-help">
          <Icon name="help" />
          {text("kiosk.fault.help")}
        </Press>
      </div>
    </Screen>
  );
}
