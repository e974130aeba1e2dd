import type { DeviceQuality } from "../../../core/contract/quality.ts";
import type { CalibrationKind } from "../../../core/quality/vocabulary.ts";
import { Press } from "../../parts/press.tsx";
import { nameOf } from "./device-words.tsx";
import { Card, Data, Mark, Page } from "./parts.tsx";
import { dueWords, gateMarks } from "./quality-words.ts";
import { savePdf } from "./save.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** Checks with a reference, and the certificate of the metrology body: what each device needs, and until when it has it. */
export function ChecksPage() {
  const tech = useTech();
  const { quality } = usePlace();
  const those = quality?.devices.filter(({ checks, needs }) => checks.length > 0 || needs.verification) ?? [];
  return (
    <Page name="checks" title={tech("tech.checks.title")} note={tech("tech.checks.what")}>
      <div className="tech-grid tech-grid-two">
        {those.map((device) => (
          <DeviceChecks key={device.device} device={device} />
        ))}
      </div>
    </Page>
  );
}

function DeviceChecks({ device }: { readonly device: DeviceQuality }) {
  const tech = useTech();
  const { go, devices } = usePlace();
  const id = device.device;
  const certificate = useAct(async (client, { session }, entry: string) => {
    const { name, pdf } = await client.quality.certificate({ session, kind: "calibration", id: entry });
    savePdf(name, pdf);
  });
  const due = (what: CalibrationKind | "verification") => device.due.find((one) => one.what === what);
  const row = (what: CalibrationKind | "verification", open: () => void) => {
    const dated = due(what);
    const { words, mark } = dueWords(tech, dated?.at);
    return (
      <li key={what}>
        <div>
          <strong>{tech(`qc.check.${what}`)}</strong>
          <span className="quiet">
            {dated?.lastAt === undefined ? tech("tech.never") : tech("tech.last", { time: tech.day(dated.lastAt) })}
          </span>
        </div>
        {dated !== undefined && <Mark kind={mark}>{words}</Mark>}
        {dated?.evidence !== undefined && what !== "verification" && (
          <Press
            kind="second"
            onPress={() => void certificate.run(dated.evidence ?? "")}
            testId={`certificate-${what}`}
            label={tech("tech.certificate.pdf")}
          >
            <Data>{"PDF"}</Data>
          </Press>
        )}
        <Press
          kind={dated === undefined || mark === "ok" ? "second" : "main"}
          onPress={open}
          testId={`check-open-${what}`}
        >
          {tech(what === "verification" ? "tech.verify.enter" : "tech.check.begin")}
        </Press>
      </li>
    );
  };
  return (
    <Card
      title={<Data>{nameOf(devices, id)}</Data>}
      mark={<Mark kind={gateMarks[device.gate.state]}>{tech(`qc.state.${device.gate.state}`)}</Mark>}
      testId="checks-card"
    >
      <ul className="tech-rows">
        {device.needs.verification && row("verification", () => go({ at: "verify", device: id }))}
        {device.checks.map((kind) => row(kind, () => go({ at: "check", device: id, kind })))}
      </ul>
    </Card>
  );
}
