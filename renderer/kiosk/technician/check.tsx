import { useState } from "react";
import type { CalibrationKind } from "../../../core/quality/vocabulary.ts";
import type { JudgedPoint } from "../../../core/journal/quality-bodies.ts";
import { judgeCheck } from "../../../core/quality/checks.ts";
import { Press } from "../../parts/press.tsx";
import { checkTables, needsReference, type CheckTable } from "./check-table.ts";
import { nameOf } from "./device-words.tsx";
import { LeakTimer } from "./leak-timer.tsx";
import { numberIn, NumberField } from "./number-pad.tsx";
import { Card, Data, FaultNote, Field, Mark, Page } from "./parts.tsx";
import { plain, unitSign } from "./quality-words.ts";
import { noReference, referenceOf, ReferenceForm } from "./reference.tsx";
import { savePdf } from "./save.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

interface Recorded {
  readonly entry: string;
  readonly verdict: "passed" | "failed";
  readonly flags: readonly string[];
}

/** A check with a reference instrument: each point judged as it is typed, by the rules the station judges with. */
export function CheckPage({ device, kind }: { readonly device: string; readonly kind: CalibrationKind }) {
  const tech = useTech();
  const { devices, back } = usePlace();
  const table = checkTables[kind];
  const [typed, setTyped] = useState<readonly (readonly string[])[]>(() => table.rows.map(({ given }) => given));
  const [instrument, setInstrument] = useState(noReference);
  const [celsius, setCelsius] = useState("");
  const [comment, setComment] = useState("");
  const [recorded, setRecorded] = useState<Recorded>();
  const filled = typed.flatMap((row, index) => {
    const numbers = row.map(numberIn);
    return numbers.every((one) => one !== undefined) ? [{ index, numbers }] : [];
  });
  const values =
    filled.length === 0
      ? undefined
      : table.values(
          filled.map(({ numbers }) => numbers),
          filled.map(({ index }) => index),
        );
  // The baseline of repeatability is the station's to know; the record is judged there once more.
  const judged = values && judgeCheck(values, undefined);
  const reference = referenceOf(instrument);
  const record = useAct((client, own) => {
    if (values === undefined) throw new Error("nothing to record");
    return client.quality.calibration.record({
      ...own,
      device,
      values,
      ...(reference === undefined ? {} : { reference }),
      ...(numberIn(celsius) === undefined ? {} : { room: { celsius: Number(numberIn(celsius)) } }),
      ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
    });
  });
  const title = tech(`qc.check.${kind}`);
  if (recorded !== undefined)
    return (
      <Page name="check-done" title={title} note={<Data>{nameOf(devices, device)}</Data>}>
        <Outcome recorded={recorded} onDone={back} />
      </Page>
    );
  const ready = values !== undefined && (!needsReference(kind) || reference !== undefined);
  const write = (row: number, column: number, value: string) =>
    setTyped((old) =>
      old.map((cells, index) => (index === row ? cells.map((cell, n) => (n === column ? value : cell)) : cells)),
    );
  return (
    <Page name="check" title={title} note={<Data>{nameOf(devices, device)}</Data>}>
      <form
        className="tech-check"
        data-kind={kind}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void record.run().then((answer) => answer && setRecorded(answer));
        }}
      >
        <Card title={tech("tech.check.how")}>
          <ol className="tech-steps">
            {tech(`tech.check.steps.${kind}`)
              .split("|")
              .map((step) => (
                <li key={step}>{step.trim()}</li>
              ))}
          </ol>
          {kind === "leakage" && <LeakTimer />}
        </Card>
        <Card
          title={tech("tech.check.points")}
          mark={
            judged && (
              <Mark kind={judged.verdict === "passed" ? "ok" : "bad"} testId="check-so-far">
                {tech(judged.verdict === "passed" ? "tech.check.passing" : "tech.check.notYet")}
              </Mark>
            )
          }
        >
          <Points
            table={table}
            typed={typed}
            rows={filled.map(({ index }) => index)}
            points={judged?.points ?? []}
            onWrite={write}
          />
          {judged !== undefined && judged.flags.length > 0 && (
            <ul className="tech-reasons" data-testid="check-flags">
              {judged.flags.map((flag) => (
                <li key={flag}>{tech.code("tech.flag", flag)}</li>
              ))}
            </ul>
          )}
        </Card>
        {needsReference(kind) && <ReferenceForm value={instrument} onChange={setInstrument} />}
        <Card title={tech("tech.check.more")}>
          <div className="tech-line">
            <NumberField label={tech("tech.room")} unit="°C" value={celsius} onChange={setCelsius} />
            <Field label={tech("tech.comment")} value={comment} onChange={setComment} maxLength={400} />
          </div>
          <FaultNote code={record.fault} />
          <button
            type="submit"
            className="press press-main"
            disabled={!ready || record.busy}
            {...(ready ? {} : { "data-disabled": "" })}
            data-testid="check-record"
          >
            {tech("tech.check.record")}
          </button>
        </Card>
      </form>
    </Page>
  );
}

function Points(props: {
  readonly table: CheckTable;
  readonly typed: readonly (readonly string[])[];
  /** Rows that are filled, in order: the points follow them. */
  readonly rows: readonly number[];
  readonly points: readonly JudgedPoint[];
  readonly onWrite: (row: number, column: number, value: string) => void;
}) {
  const tech = useTech();
  const { table, points } = props;
  const per = table.pointsPerRow;
  const ofRow = (row: number): readonly JudgedPoint[] => {
    const place = props.rows.indexOf(row);
    return place < 0 || per === 0 ? [] : points.slice(place * per, place * per + per);
  };
  return (
    <>
      <table className="tech-table">
        <thead>
          <tr>
            <th scope="col">{tech("tech.check.point")}</th>
            {table.columns.map(({ label, unit }) => (
              <th scope="col" key={label}>
                {tech(label)} <span translate="no">{unitSign(unit)}</span>
              </th>
            ))}
            {per > 0 && <th scope="col">{tech("tech.check.error")}</th>}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index} data-testid={`point-${index}`}>
              <th scope="row">
                {tech(row.label)} {per === 0 && table.rows.length > 1 && index + 1}
              </th>
              {table.columns.map(({ label }, column) => (
                <td key={label}>
                  <NumberField
                    labelHidden
                    label={`${tech(row.label)} ${index + 1} ${tech(label)}`}
                    value={props.typed[index]?.[column] ?? ""}
                    onChange={(value) => props.onWrite(index, column, value)}
                    testId={`cell-${index}-${column}`}
                  />
                </td>
              ))}
              {per > 0 && (
                <td aria-live="polite">
                  {ofRow(index).map((point) => (
                    <PointMark key={point.label} point={point} />
                  ))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {per === 0 && (
        <ul className="tech-rows">
          {points.map((point) => (
            <li key={point.label}>
              <span>{tech.code("doc", point.label)}</span>
              <span translate="no">{`${plain(point.shown)} / ${plain(point.limit)} ${unitSign(point.unit)}`}</span>
              <Mark kind={point.ok ? "ok" : "bad"}>{tech(point.ok ? "tech.within" : "tech.outside")}</Mark>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function PointMark({ point }: { readonly point: JudgedPoint }) {
  const tech = useTech();
  return (
    <Mark kind={point.ok ? "ok" : "bad"}>
      <span translate="no">{`${point.error > 0 ? "+" : ""}${plain(point.error)}`}</span>
      <span className="unseen">{tech(point.ok ? "tech.within" : "tech.outside")}</span>
    </Mark>
  );
}

function Outcome({ recorded, onDone }: { readonly recorded: Recorded; readonly onDone: () => void }) {
  const tech = useTech();
  const certificate = useAct(async (client, { session }) => {
    const { name, pdf } = await client.quality.certificate({ session, kind: "calibration", id: recorded.entry });
    savePdf(name, pdf);
    return name;
  });
  const passed = recorded.verdict === "passed";
  return (
    <>
      <section className="control-verdict" data-verdict={recorded.verdict} role="status" data-testid="check-verdict">
        <Mark kind={passed ? "ok" : "bad"}>{tech(passed ? "tech.check.passed" : "tech.check.failed")}</Mark>
        <p className="lead">{tech(passed ? "tech.check.passedWhat" : "tech.check.failedWhat")}</p>
        {recorded.flags.length > 0 && (
          <ul>
            {recorded.flags.map((flag) => (
              <li key={flag}>{tech.code("tech.flag", flag)}</li>
            ))}
          </ul>
        )}
      </section>
      <FaultNote code={certificate.fault} />
      <div className="tech-actions">
        <Press
          kind="second"
          disabled={certificate.busy}
          onPress={() => void certificate.run()}
          testId="certificate-pdf"
        >
          {tech("tech.certificate.pdf")}
        </Press>
        <Press kind="main" onPress={onDone} testId="check-done">
          {tech("tech.check.done")}
        </Press>
      </div>
    </>
  );
}
