import { useState } from "react";
import {
  doctorSteps,
  type DoctorEvent,
  type DoctorStep,
  type Finding,
} from "../../../core/contract/technician-doctor.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { WaitBar } from "../../parts/wait.tsx";
import { deviceOf, deviceName } from "./device-words.tsx";
import { Card, Data, FaultNote, Mark, Page, type MarkKind } from "./parts.tsx";
import { useAct, useEvents, usePlace } from "./session.ts";
import { useTech, type Tech } from "./words.ts";

const marks: Readonly<Record<Finding["state"], MarkKind>> = { ok: "ok", bad: "bad", unknown: "none" };

/** Values of a finding, with kinds of numbers in words. */
const findingWords = (tech: Tech, { code, values }: Finding): string => tech.code("tech.finding", code, values);

/** Looks at one thing after another, and says one thing to do: in plain words, with a number for the telephone. */
export function DoctorPage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { devices } = usePlace();
  const [round, setRound] = useState(0);
  const device = deviceOf(devices, id);
  return (
    <Page
      name="doctor"
      title={tech("tech.doctor.title")}
      note={device === undefined ? <Data>{id}</Data> : <Data>{deviceName(device)}</Data>}
    >
      <Round key={round} device={id} round={round} onAgain={() => setRound(round + 1)} />
    </Page>
  );
}

function Round(props: { readonly device: string; readonly round: number; readonly onAgain: () => void }) {
  const tech = useTech();
  const { go } = usePlace();
  const [events, setEvents] = useState<readonly DoctorEvent[]>([]);
  const { ended, fault } = useEvents<DoctorEvent>(
    `doctor ${props.device} ${props.round}`,
    (client, session, options) => client.technician.doctor.run({ session, device: props.device }, options),
    (event) => setEvents((old) => [...old, event]),
  );
  const findings = new Map<DoctorStep, Finding>();
  for (const event of events) if (event.kind === "finding") findings.set(event.finding.step, event.finding);
  const verdict = events.find((event) => event.kind === "verdict");
  const last = events.at(-1);
  const looking = last?.kind === "looking" && !ended ? last : undefined;
  const first = verdict?.first;
  return (
    <>
      <FaultNote code={fault} />
      {verdict && (
        <section className="doctor-verdict" data-state={verdict.state} role="status" data-testid="doctor-verdict">
          {first === undefined ? (
            <>
              <Mark kind={marks[verdict.state]}>{tech(`tech.doctor.verdict.${verdict.state}`)}</Mark>
              <p className="lead">{tech(`tech.doctor.what.${verdict.state}`)}</p>
            </>
          ) : (
            <>
              <div>
                <Mark kind={marks[first.state]}>{tech(`tech.doctor.step.${first.step}`)}</Mark>
                <p className="lead" data-testid="doctor-first">
                  {findingWords(tech, first)}
                </p>
              </div>
              {first.number !== undefined && (
                <p className="doctor-number" data-testid="doctor-number">
                  <span className="quiet">{tech("tech.doctor.say")}</span>
                  <span className="number">{first.number}</span>
                </p>
              )}
            </>
          )}
        </section>
      )}
      <div className="tech-grid tech-grid-two">
        <Card title={tech("tech.doctor.looked")}>
          <ol className="doctor-steps">
            {doctorSteps.map((step) => {
              const finding = findings.get(step);
              return (
                <li key={step} data-here={looking?.step === step ? "" : undefined} data-testid={`step-${step}`}>
                  <span className="doctor-step">
                    <strong>{tech(`tech.doctor.step.${step}`)}</strong>
                    {finding ? (
                      <Mark kind={marks[finding.state]}>{tech(`tech.doctor.state.${finding.state}`)}</Mark>
                    ) : (
                      <Mark kind="none">
                        {tech(looking?.step === step ? "tech.doctor.looking" : "tech.doctor.notYet")}
                      </Mark>
                    )}
                  </span>
                  {finding && <span>{findingWords(tech, finding)}</span>}
                  {looking?.step === step && <WaitBar ms={looking.latestMs} />}
                </li>
              );
            })}
          </ol>
        </Card>
        <Report device={props.device} />
      </div>
      <div className="tech-actions">
        <Press kind="second" onPress={() => go({ at: "live", device: props.device })} testId="doctor-live">
          {tech("tech.live.title")}
        </Press>
        <Press kind="main" disabled={!ended} onPress={props.onAgain} testId="doctor-again">
          <Icon name="again" />
          {tech("tech.doctor.again")}
        </Press>
      </div>
    </>
  );
}

/** For somebody far away: what the station found, without a name and without a reading. */
function Report({ device }: { readonly device: string }) {
  const tech = useTech();
  const report = useAct((client, { session }) => client.technician.doctor.report({ session, device }));
  const [words, setWords] = useState<string>();
  const [copied, setCopied] = useState(false);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Without leave to use the clipboard the text can still be marked and copied by hand.
      setCopied(false);
    }
  };
  return (
    <Card
      title={tech("tech.report.title")}
      actions={
        words === undefined ? (
          <Press
            kind="second"
            disabled={report.busy}
            onPress={() => void report.run().then((answer) => answer && setWords(answer.text))}
            testId="report-make"
          >
            {tech("tech.report.make")}
          </Press>
        ) : (
          <Press kind="second" onPress={() => void copy(words)} testId="report-copy">
            {tech(copied ? "tech.report.copied" : "tech.report.copy")}
          </Press>
        )
      }
    >
      <p>{tech("tech.report.what")}</p>
      {words !== undefined && (
        <pre
          className="tech-report"
          translate="no"
          tabIndex={0}
          aria-label={tech("tech.report.title")}
          data-testid="report"
        >
          {words}
        </pre>
      )}
      <FaultNote code={report.fault} />
    </Card>
  );
}
