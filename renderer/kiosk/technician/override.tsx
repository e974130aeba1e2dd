import { useState } from "react";
import { gateTable } from "../../../core/quality/gate-table.ts";
import { Conditions } from "./conditions.tsx";
import { nameOf } from "./device-words.tsx";
import { Card, Data, FaultNote, Field, HoldPress, Mark, Page, Suggestions } from "./parts.tsx";
import { qualityOf } from "./quality-words.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** In an emergency a locked device may be used for a while: counted, with a reason, held to confirm; every result says so. */
export function OverridePage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { devices, quality } = usePlace();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string>();
  const use = useAct((client, own) => client.quality.override.use({ ...own, device: id, reason: reason.trim() }));
  const device = qualityOf(quality, id);
  if (device === undefined) return null;
  const { used, limit, windowDays } = device.override;
  const left = Math.max(0, limit - used);
  const never = device.gate.conditions.some(({ code }) => gateTable[code].override === "never");
  return (
    <Page name="override" title={tech("tech.override.title")} note={<Data>{nameOf(devices, id)}</Data>}>
      <Card
        title={tech("tech.override.left")}
        mark={
          <Mark kind={left > 1 ? "care" : "bad"}>{tech("tech.override.count", { left, limit, days: windowDays })}</Mark>
        }
      >
        <p className="lead">{tech("tech.override.what")}</p>
        <Conditions conditions={device.gate.conditions} />
        {never && <p className="notice">{tech("tech.override.never")}</p>}
        <Suggestions words={[tech("tech.override.reason1"), tech("tech.override.reason2")]} onPick={setReason} />
        <Field
          label={tech("tech.override.reason")}
          value={reason}
          onChange={setReason}
          maxLength={400}
          testId="override-reason"
        />
        <FaultNote code={use.fault} />
        {until === undefined ? (
          <HoldPress
            disabled={left === 0 || never || reason.trim().length < 4 || use.busy}
            onDone={() => void use.run().then((answer) => setUntil(answer?.until))}
            testId="override-hold"
          >
            {tech("tech.override.hold")}
          </HoldPress>
        ) : (
          <p role="status" data-testid="override-done">
            <Mark kind="care">{tech("tech.override.until", { time: tech.moment(until) })}</Mark>
          </p>
        )}
      </Card>
    </Page>
  );
}
