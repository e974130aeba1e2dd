import { useState } from "react";
import type { ControlEvent } from "../../../core/contract/quality.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { ControlRecord } from "../../../core/journal/quality-bodies.ts";
import type { ControlLevel } from "../../../core/quality/vocabulary.ts";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { WaitBar } from "../../parts/wait.tsx";
import { nameOf } from "./device-words.tsx";
import { numberIn, NumberField } from "./number-pad.tsx";
import { Card, Data, Facts, FaultNote, Field, Mark, Page } from "./parts.tsx";
import { analyteWords, plain, qualityOf, unitSign, verdictMarks } from "./quality-words.ts";
import { useAct, useEvents, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** One level of one analyte of one device. */
export interface Which {
  readonly device: string;
  readonly analyte: string;
  readonly level: ControlLevel;
}
type Hint = Extract<ControlEvent, { kind: "run" }>["hint"];
interface Done {
  readonly run: ControlRecord;
  readonly hint: Hint;
}

/** The daily control, step by step: the lots, the drop, the device, the verdict. Nothing of it is a resident's. */
export function ControlPage({ which }: { readonly which: Which }) {
  const tech = useTech();
  const { devices, quality } = usePlace();
  const [run, setRun] = useState<string>();
  const [done, setDone] = useState<Done>();
  const [comment, setComment] = useState("");
  const [celsius, setCelsius] = useState("");
  const [ended, setEnded] = useState<FaultCode>();
  const device = qualityOf(quality, which.device);
  const lot = device?.lots.find(
    ({ lot: one }) => one.kind === "control" && one.analyte === which.analyte && one.level === which.level,
  );
  const more = {
    ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
    ...(numberIn(celsius) === undefined ? {} : { room: { celsius: Number(numberIn(celsius)) } }),
  };
  const start = useAct(async (client, own) => {
    await client.quality.control.start({ ...own, ...which, lot: lot?.lot.lot ?? "", ...more });
    return own.id;
  });
  const begin = () => {
    setEnded(undefined);
    void start.run().then(setRun);
  };
  const again = () => {
    setDone(undefined);
    setRun(undefined);
  };
  const title = `${analyteWords(tech, which.analyte)} ${tech(`tech.level.${which.level}`)}`;
  return (
    <Page
      name="control"
      title={tech("tech.control.title", { what: title })}
      note={<Data>{nameOf(devices, which.device)}</Data>}
    >
      {done !== undefined ? (
        <Verdict done={done} which={which} onAgain={again} />
      ) : run !== undefined ? (
        <Running
          id={run}
          onRun={setDone}
          onEnd={(code) => {
            setRun(undefined);
            setEnded(code);
          }}
        />
      ) : (
        <div className="tech-grid tech-grid-two">
          <Card
            title={tech("tech.control.step1")}
            mark={
              lot?.usable === true ? (
                <Mark kind="ok">{tech("tech.lot.usable")}</Mark>
              ) : (
                <Mark kind="bad">{tech("tech.lot.unusable")}</Mark>
              )
            }
          >
            {lot === undefined ? (
              <NoLot device={which.device} />
            ) : (
              <Facts
                rows={[
                  ["tech.lot.control", <Data>{lot.lot.lot}</Data>],
                  [
                    "tech.lot.range",
                    lot.lot.range && (
                      <Data>{`${plain(lot.lot.range.low)} – ${plain(lot.lot.range.high)} ${unitSign(lot.lot.unit ?? "")}`}</Data>
                    ),
                  ],
                  ["tech.lot.usableUntil", tech.day(lot.usableUntil)],
                  [
                    "tech.lot.strip",
                    <Data>
                      {device?.lots
                        .filter(({ lot: one }) => one.kind !== "control")
                        .map(({ lot: one }) => one.lot)
                        .join(", ")}
                    </Data>,
                  ],
                ]}
              />
            )}
          </Card>
          <Card title={tech("tech.control.step2")}>
            <ol className="tech-steps">
              {(["shake", "drop", "strip", "room"] as const).map((step) => (
                <li key={step}>{tech(`tech.control.do.${step}`)}</li>
              ))}
            </ol>
            <div className="tech-line">
              <NumberField label={tech("tech.room")} unit="°C" value={celsius} onChange={setCelsius} testId="room" />
              <Field
                label={tech("tech.comment")}
                value={comment}
                onChange={setComment}
                maxLength={400}
                testId="comment"
              />
            </div>
          </Card>
          <Card
            title={tech("tech.control.step3")}
            wide
            actions={
              <Press kind="main" disabled={lot === undefined || start.busy} onPress={begin} testId="control-start">
                {tech("tech.control.start")}
              </Press>
            }
          >
            <p>{tech("tech.control.startWhat")}</p>
            <FaultNote code={start.fault ?? ended} />
          </Card>
          {lot !== undefined && (
            <ByHand which={which} lot={lot.lot.lot} unit={lot.lot.unit ?? ""} more={more} onDone={setDone} />
          )}
        </div>
      )}
    </Page>
  );
}

function NoLot({ device }: { readonly device: string }) {
  const tech = useTech();
  const { go } = usePlace();
  return (
    <>
      <p>{tech("tech.control.noLot")}</p>
      <Press kind="main" onPress={() => go({ at: "lots", device })} testId="to-lots">
        {tech("tech.lot.open")}
      </Press>
    </>
  );
}

/** Read off the display, for a device whose control results do not come over the wire. */
function ByHand(props: {
  readonly which: Which;
  readonly lot: string;
  readonly unit: string;
  readonly more: { readonly comment?: string; readonly room?: { readonly celsius: number } };
  readonly onDone: (done: Done) => void;
}) {
  const tech = useTech();
  const [value, setValue] = useState("");
  const enter = useAct((client, own) =>
    client.quality.control.enter({
      ...own,
      ...props.which,
      lot: props.lot,
      value: numberIn(value) ?? 0,
      unit: props.unit,
      ...props.more,
    }),
  );
  return (
    <Card title={tech("tech.control.byHand")} wide>
      <p>{tech("tech.control.byHandWhat")}</p>
      <form
        className="tech-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (numberIn(value) !== undefined) void enter.run().then((answer) => answer && props.onDone(answer));
        }}
      >
        <NumberField
          label={tech("tech.control.value")}
          unit={unitSign(props.unit)}
          value={value}
          onChange={setValue}
          testId="control-value"
        />
        <button
          type="submit"
          className="press press-second"
          disabled={numberIn(value) === undefined}
          data-testid="control-enter"
        >
          {tech("tech.control.enter")}
        </button>
      </form>
      <FaultNote code={enter.fault} />
    </Card>
  );
}

function Running(props: {
  readonly id: string;
  readonly onRun: (done: Done) => void;
  readonly onEnd: (code: FaultCode | undefined) => void;
}) {
  const tech = useTech();
  const text = useText();
  const [phase, setPhase] = useState<Extract<ControlEvent, { kind: "phase" }>>();
  useEvents<ControlEvent>(
    `control ${props.id}`,
    (client, session, options) => client.quality.control.watch({ session, id: props.id }, options),
    (event) => {
      if (event.kind === "phase") setPhase(event);
      else if (event.kind === "run") props.onRun(event);
      else if (event.kind === "ended" && event.how !== "finished") props.onEnd(event.code);
    },
  );
  const stop = useAct((client, { session }) => client.quality.control.stop({ session, id: props.id }));
  return (
    <section className="control-running" data-testid="control-running">
      <p className="lead" role="status">
        {text(`kiosk.phase.${phase?.phase ?? "opening"}`)}
      </p>
      {phase !== undefined && <WaitBar key={`${phase.phase} ${phase.latestMs}`} ms={phase.latestMs} />}
      <p>{tech("tech.control.now")}</p>
      <Press kind="stop" onPress={() => void stop.run()} testId="control-stop">
        {text("kiosk.measure.stop")}
      </Press>
    </section>
  );
}

/** The value between its limits, the rule that fired, and what to do next. */
function Verdict({
  done,
  which,
  onAgain,
}: {
  readonly done: Done;
  readonly which: Which;
  readonly onAgain: () => void;
}) {
  const tech = useTech();
  const { go, quality } = usePlace();
  const { run, hint } = done;
  const other = which.level === "L1" ? "L2" : "L1";
  const next = qualityOf(quality, which.device)?.controls.find(
    ({ analyte, level, state }) => analyte === which.analyte && level === other && state === "missing",
  );
  const stays = run.verdict === "passed" || run.verdict === "warning";
  return (
    <>
      <section className="control-verdict" data-verdict={run.verdict} data-testid="control-verdict" role="status">
        <Mark kind={verdictMarks[run.verdict]}>{tech(`qc.verdict.${run.verdict}`)}</Mark>
        <p className="big-number">
          <span className="number number-number" translate="no">
            {plain(run.value)}
          </span>
          <span className="unit" translate="no">
            {unitSign(run.unit)}
          </span>
        </p>
        <p className="lead">{tech(`tech.control.hint.${hint}`)}</p>
      </section>
      <div className="tech-grid tech-grid-two">
        <Card title={tech("tech.control.why")}>
          <Facts
            rows={[
              [
                "tech.lot.range",
                <Data>{`${plain(run.range.low)} – ${plain(run.range.high)} ${unitSign(run.unit)}`}</Data>,
              ],
              ["tech.control.z", run.z !== undefined && <Data>{plain(run.z)}</Data>],
              [
                "tech.control.own",
                run.mean !== undefined && run.sd !== undefined && (
                  <Data>{`${plain(run.mean)} ± ${plain(run.sd)}`}</Data>
                ),
              ],
              [
                "tech.control.rules",
                run.rules.length > 0 && run.rules.map((rule) => tech.code("tech.rule", rule)).join(" · "),
              ],
              ["tech.lot.control", <Data>{run.lot}</Data>],
              ["tech.lot.strip", run.strip && <Data>{run.strip}</Data>],
              ["tech.operator", <Data>{run.operator.name}</Data>],
              ["tech.at", tech.moment(run.at)],
              ["tech.control.byHand", run.byHand && tech("tech.yes")],
            ]}
          />
        </Card>
        {!stays && (
          <Card title={tech("tech.control.locked")} mark={<Mark kind="bad">{tech("qc.state.blocked")}</Mark>}>
            <p>{tech("tech.control.lockedWhat")}</p>
          </Card>
        )}
      </div>
      <div className="tech-actions">
        <Press kind="second" onPress={() => go({ at: "chart", ...which })} testId="to-chart">
          {tech("tech.chart.short")}
        </Press>
        <Press kind={stays ? "second" : "main"} onPress={onAgain} testId="control-again">
          {tech("tech.control.runAgain")}
        </Press>
        {next !== undefined && stays && (
          <Press kind="main" onPress={() => go({ at: "control", ...which, level: other })} testId="control-next">
            {tech("tech.control.next", { level: tech(`tech.level.${other}`) })}
          </Press>
        )}
        {run.verdict === "rejected" && (
          <Press kind="second" onPress={() => go({ at: "release", device: which.device })} testId="to-release">
            {tech("tech.release.title")}
          </Press>
        )}
      </div>
    </>
  );
}
