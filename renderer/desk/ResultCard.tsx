import { useState } from "react";
import type { VisitRecord } from "../../core/contract/hub-visits.ts";
import type { Result } from "../../core/contract/views.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { recognitionSentence } from "../../core/i18n/recognition.ts";
import { recognitionOf, type Recognition } from "../../core/quality/recognition.ts";
import { useText, type Text } from "../parts/language.tsx";
import { Proof } from "./Proof.tsx";
import { Grade } from "./Severity.tsx";
import { shownReading } from "../../core/rules/shown-reading.ts";
import { categoryWord, hour, quantityName, unitSign, valueText } from "./words.ts";

type Reading = Measurement["readings"][number];

/** One kind of check: what the rules say, how far the protocol is, and every measurement with its proof. */
export function ResultCard({
  result,
  head,
  person,
}: {
  readonly result: Result;
  readonly head: VisitRecord["head"];
  readonly person: "known" | "guest";
}) {
  const text = useText();
  // The worst leads; among equals the order of the rules stands.
  const [leading, ...others] = result.assessments.toSorted((a, b) => b.severity - a.severity);
  const mean = result.assessments.find(({ domain }) => domain === "bp")?.value;
  return (
    <article className={`result edge-${leading?.severity ?? "none"}`} data-testid={`result-${result.of}`}>
      <header>
        <h3>{text(`desk.of.${result.of}`)}</h3>
        {leading ? (
          <Grade severity={leading.severity} word={categoryWord(text, leading.category)} />
        ) : (
          <span className="grade grade-none">{text("desk.result.unjudged")}</span>
        )}
        {mean !== undefined && result.measurements.length > 1 && (
          <span className="result-mean">{text("desk.result.mean", { v: mean })}</span>
        )}
        <span className="protocol" data-testid="protocol">
          {protocolWords(text, result)}
        </span>
      </header>
      {others.length > 0 && (
        <div className="result-others">
          {others.map((assessment) => (
            <Grade
              key={`${assessment.domain}-${assessment.category}`}
              severity={assessment.severity}
              word={categoryWord(text, assessment.category)}
            />
          ))}
        </div>
      )}
      <ol>
        {result.measurements.map((measurement, index) => (
          <Row
            key={measurement.id}
            n={index + 1}
            measurement={measurement}
            head={head}
            recognition={recognitionOf({ measurement, person, grade: result.grade?.grade })}
          />
        ))}
      </ol>
    </article>
  );
}

function Row({
  n,
  measurement,
  head,
  recognition,
}: {
  readonly n: number;
  readonly measurement: Measurement;
  readonly head: VisitRecord["head"];
  readonly recognition: Recognition;
}) {
  const text = useText();
  const [proof, setProof] = useState(false);
  const meal = mealWord(text, measurement.context);
  return (
    <li className="taken" data-testid="measurement" data-measurement={measurement.id}>
      <span className="taken-n">{n}</span>
      <time dateTime={measurement.times.heardAt}>{hour(measurement.times.heardAt)}</time>
      <div className="taken-values">
        {valuesOf(text, measurement.readings).map(({ name, value, unit, big, device }) => (
          <span key={name ?? value} className={big ? "value value-big" : "value"}>
            {name !== undefined && <span className="value-name">{name}</span>}
            <b>{value}</b> <span className="unit">{unit}</span>
            {device !== undefined && <span className="unit"> ({device})</span>}
          </span>
        ))}
        {meal !== undefined && <span className="tag">{meal}</span>}
        {measurement.doubts.map((doubt) => (
          <span key={doubt} className={`tag ${doubt === "confirmedByEye" ? "" : "tag-warn"}`} data-testid="doubt">
            {text(`desk.doubt.${doubt}`)}
          </span>
        ))}
        <span className="recognition" data-testid="recognition" data-fit={recognition.fit}>
          {recognitionSentence(text.language, recognition, 1)}
        </span>
      </div>
      <button type="button" className="quiet proof-open" data-testid="proof-open" onClick={() => setProof(true)}>
        {text("desk.result.proof")}
      </button>
      {proof && <Proof measurement={measurement} head={head} recognition={recognition} close={() => setProof(false)} />}
    </li>
  );
}

interface Value {
  readonly name: string | undefined;
  readonly value: string;
  readonly unit: string;
  readonly big: boolean;
  readonly device?: string;
}

/** Systolic and diastolic stand together, as they are spoken; everything else by its name. */
function valuesOf(text: Text, readings: readonly Reading[]): readonly Value[] {
  const of = (quantity: string) => readings.find((reading) => reading.quantity === quantity);
  const systolic = of("bp.systolic");
  const diastolic = of("bp.diastolic");
  const pair: readonly Value[] =
    systolic && diastolic
      ? [
          {
            name: undefined,
            value: `${valueText(systolic)}/${valueText(diastolic)}`,
            unit: unitSign(systolic.unit),
            big: true,
          },
        ]
      : [];
  const rest = readings.filter((reading) => pair.length === 0 || (reading !== systolic && reading !== diastolic));
  const single = rest.length === 1 && pair.length === 0;
  return [
    ...pair,
    ...rest.map((reading) => ({
      name: single ? undefined : quantityName(text, reading.quantity),
      value: valueText(shownReading(reading)),
      unit: unitSign(shownReading(reading).unit),
      big: single,
      // What the device itself said, where it counts in another unit.
      ...(shownReading(reading) === reading ? {} : { device: `${valueText(reading)} ${unitSign(reading.unit)}` }),
    })),
  ];
}

function protocolWords(text: Text, { of, next, measurements, notBefore }: Result): string {
  const n = measurements.length;
  const wait = notBefore === undefined ? "" : ` · ${text("desk.result.notBefore", { time: hour(notBefore) })}`;
  if (next === "second" || next === "third") return text(`desk.result.protocol.${next}`, { n }) + wait;
  if (next === "restRepeat" || next === "again") return text(`desk.result.protocol.${next}`) + wait;
  return of === "bloodPressure" ? text("desk.result.protocol.done", { n }) : "";
}

const meals = ["fasting", "pp2h", "random"] as const;

function mealWord(text: Text, context: Readonly<Record<string, unknown>>): string | undefined {
  const meal = meals.find((one) => one === context["meal"]);
  return meal && text(`desk.context.${meal}`);
}
