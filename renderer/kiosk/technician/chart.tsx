import { useState } from "react";
import type { ControlChart } from "../../../core/contract/quality.ts";
import type { ControlRecord } from "../../../core/journal/quality-bodies.ts";
import { Press } from "../../parts/press.tsx";
import type { Which } from "./control.tsx";
import { nameOf } from "./device-words.tsx";
import { LeveyJennings } from "./levey-jennings.tsx";
import { saveMonth } from "./month.ts";
import { Card, Data, Facts, FaultNote, Mark, Page } from "./parts.tsx";
import { analyteWords, plain, unitSign, verdictMarks } from "./quality-words.ts";
import { useAct, useOnce, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** The control chart of one level: lines, points with who and which lot, and which rule spoke. */
export function ChartPage({ which }: { readonly which: Which }) {
  const tech = useTech();
  const { devices, go } = usePlace();
  const { device, analyte, level } = which;
  const [chart, setChart] = useState<ControlChart>();
  const [chosen, setChosen] = useState<ControlRecord>();
  const ask = useAct((client, { session }) => client.quality.control.chart({ session, device, analyte, level }));
  useOnce(
    () =>
      void ask.run().then((answer) => {
        if (answer === undefined) return;
        setChart(answer);
        setChosen(answer.points.at(-1));
      }),
  );
  return (
    <Page
      name="chart"
      title={`${tech("tech.chart.title")} · ${analyteWords(tech, analyte)} ${tech(`tech.level.${level}`)}`}
      note={<Data>{nameOf(devices, device)}</Data>}
    >
      <FaultNote code={ask.fault} />
      {chart !== undefined && (
        <>
          <Card
            wide
            title={
              chart.own
                ? tech("tech.chart.own", { runs: chart.own.runs, days: chart.own.days })
                : tech("tech.chart.vial", { runs: chart.collected.runs, days: chart.collected.days })
            }
            mark={
              <Data>
                {chart.own
                  ? `${plain(chart.own.mean)} ± ${plain(chart.own.sd)} ${unitSign(chart.unit)}`
                  : unitSign(chart.unit)}
              </Data>
            }
          >
            {chart.points.length === 0 ? (
              <p>{tech("tech.chart.none")}</p>
            ) : (
              <LeveyJennings chart={chart} chosen={chosen?.id} onChoose={setChosen} />
            )}
            <p className="lj-legend">
              {(["passed", "warning", "failed", "rejected"] as const).map((verdict) => (
                <Mark key={verdict} kind={verdictMarks[verdict]}>
                  {tech(`qc.verdict.${verdict}`)}
                </Mark>
              ))}
            </p>
          </Card>
          <div className="tech-grid tech-grid-two">
            {chosen !== undefined && <Point run={chosen} />}
            <Months chart={chart} device={device} />
          </div>
        </>
      )}
      <div className="tech-actions">
        <Press kind="main" onPress={() => go({ at: "control", ...which })} testId="chart-run">
          {tech("tech.control.run")}
        </Press>
      </div>
    </Page>
  );
}

function Point({ run }: { readonly run: ControlRecord }) {
  const tech = useTech();
  return (
    <Card
      title={tech.moment(run.at)}
      mark={<Mark kind={verdictMarks[run.verdict]}>{tech(`qc.verdict.${run.verdict}`)}</Mark>}
      testId="chart-point"
    >
      <Facts
        rows={[
          ["tech.control.value", <Data>{`${plain(run.value)} ${unitSign(run.unit)}`}</Data>],
          ["tech.control.z", run.z !== undefined && <Data>{plain(run.z)}</Data>],
          [
            "tech.control.rules",
            run.rules.length > 0 && run.rules.map((rule) => tech.code("tech.rule", rule)).join(" · "),
          ],
          ["tech.operator", <Data>{run.operator.name}</Data>],
          ["tech.lot.control", <Data>{run.lot}</Data>],
          ["tech.lot.strip", run.strip && <Data>{run.strip}</Data>],
          ["tech.comment", run.comment && <Data>{run.comment}</Data>],
          ["tech.room", run.room && <Data>{`${plain(run.room.celsius)} °C`}</Data>],
        ]}
      />
    </Card>
  );
}

/** The monthly look, signed; and the month as a paper. */
function Months({ chart, device }: { readonly chart: ControlChart; readonly device: string }) {
  const tech = useTech();
  const review = useAct((client, own, month: string) => client.quality.control.review({ ...own, device, month }));
  const paper = useAct((client, { session }, month: string) => saveMonth(client, session, device, month));
  const [signed, setSigned] = useState<readonly string[]>([]);
  if (chart.months.length === 0) return null;
  return (
    <Card title={tech("tech.months.title")}>
      <ul className="tech-rows">
        {chart.months.toReversed().map((month) => (
          <li key={month.month}>
            <div>
              <strong translate="no">{month.month}</strong>
              <span className="quiet">
                {tech("tech.months.runs", { runs: month.runs, failed: month.failed, warnings: month.warnings })}
                {month.mean !== undefined && month.sd !== undefined && (
                  <>
                    {" · "}
                    <Data>{`${plain(month.mean)} ± ${plain(month.sd)}`}</Data>
                  </>
                )}
              </span>
            </div>
            {month.reviewedBy !== undefined || signed.includes(month.month) ? (
              <Mark kind="ok">{tech("tech.months.signed")}</Mark>
            ) : (
              <Press
                kind="second"
                disabled={review.busy}
                onPress={() =>
                  void review.run(month.month).then((answer) => answer && setSigned([...signed, month.month]))
                }
                testId="month-sign"
              >
                {tech("tech.months.sign")}
              </Press>
            )}
            <Press
              kind="second"
              disabled={paper.busy}
              onPress={() => void paper.run(month.month)}
              label={tech("tech.month.pdf")}
              testId="month-paper"
            >
              <Data>{"PDF"}</Data>
            </Press>
          </li>
        ))}
      </ul>
      <FaultNote code={review.fault ?? paper.fault} />
    </Card>
  );
}
