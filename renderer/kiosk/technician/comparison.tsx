import { useState } from "react";
import { isQuantity, type Quantity } from "../../../core/domain/quantity.ts";
import { comparable, judgePairs } from "../../../core/quality/compare.ts";
import { nameOf } from "./device-words.tsx";
import { numberIn, NumberField } from "./number-pad.tsx";
import { Card, Choices, Data, FaultNote, Mark, Page } from "./parts.tsx";
import { analyteWords, plain, qualityOf, unitSign } from "./quality-words.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

const fewest = 5;
const empty: readonly (readonly [string, string])[] = Array.from({ length: fewest }, () => ["", ""] as const);

/** Twice a year: the same blood here and in the laboratory. Each pair is judged as it is typed. */
export function ComparisonPage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { devices, quality, back } = usePlace();
  const analytes = (qualityOf(quality, id)?.analytes ?? []).filter(isQuantity).filter(comparable);
  const [analyte, setAnalyte] = useState<Quantity | undefined>(analytes[0]);
  const [typed, setTyped] = useState(empty);
  const [verdict, setVerdict] = useState<"passed" | "failed">();
  const filled = typed.flatMap(([device, laboratory], index) => {
    const [own, lab] = [numberIn(device), numberIn(laboratory)];
    return analyte === undefined || own === undefined || lab === undefined || lab <= 0
      ? []
      : [{ index, pair: { analyte, device: own, laboratory: lab } }];
  });
  const judged = judgePairs(filled.map(({ pair }) => pair)).pairs;
  const record = useAct((client, own) =>
    client.quality.comparison.record({ ...own, device: id, pairs: filled.map(({ pair }) => pair) }),
  );
  const write = (row: number, side: 0 | 1, value: string) =>
    setTyped((old) => old.map((one, index) => (index !== row ? one : side === 0 ? [value, one[1]] : [one[0], value])));
  const ready = filled.length >= fewest;
  return (
    <Page name="comparison" title={tech("tech.comparison.title")} note={<Data>{nameOf(devices, id)}</Data>}>
      <Card
        title={tech("tech.comparison.pairs")}
        mark={<span className="quiet">{tech("tech.comparison.count", { n: filled.length, of: fewest })}</span>}
      >
        <p>{tech("tech.comparison.what")}</p>
        <form
          className="tech-form tech-form-wide"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void record.run().then((answer) => answer && setVerdict(answer.verdict));
          }}
        >
          {analytes.length > 1 && (
            <Choices
              label={tech("tech.lot.of")}
              choices={analytes.map((name) => ({ name, says: analyteWords(tech, name) }))}
              value={analyte}
              onChange={setAnalyte}
              testId="comparison-analyte"
            />
          )}
          <table className="tech-table">
            <thead>
              <tr>
                <th scope="col">{tech("tech.comparison.pair")}</th>
                <th scope="col">
                  {tech("tech.comparison.own")} <Data>{unitSign("mmol/L")}</Data>
                </th>
                <th scope="col">
                  {tech("tech.comparison.lab")} <Data>{unitSign("mmol/L")}</Data>
                </th>
                <th scope="col">{tech("tech.check.error")}</th>
              </tr>
            </thead>
            <tbody>
              {typed.map((pair, index) => {
                const place = filled.findIndex((one) => one.index === index);
                const point = place < 0 ? undefined : judged[place];
                return (
                  <tr key={index}>
                    <th scope="row">{index + 1}</th>
                    {([0, 1] as const).map((side) => (
                      <td key={side}>
                        <NumberField
                          labelHidden
                          label={`${tech(side === 0 ? "tech.comparison.own" : "tech.comparison.lab")} ${index + 1}`}
                          value={pair[side]}
                          onChange={(value) => write(index, side, value)}
                          testId={`pair-${index}-${side}`}
                        />
                      </td>
                    ))}
                    <td aria-live="polite">
                      {point && (
                        <Mark kind={point.ok ? "ok" : "bad"}>
                          <span translate="no">{`${plain(point.difference)} (±${plain(point.limit)})`}</span>
                          <span className="unseen">{tech(point.ok ? "tech.within" : "tech.outside")}</span>
                        </Mark>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <FaultNote code={record.fault} />
          {verdict !== undefined && (
            <p role="status" data-testid="comparison-verdict">
              <Mark kind={verdict === "passed" ? "ok" : "bad"}>{tech(`tech.comparison.${verdict}`)}</Mark>
            </p>
          )}
          <div className="tech-actions">
            <button type="button" className="press press-second" onClick={() => setTyped((old) => [...old, ["", ""]])}>
              {tech("tech.comparison.more")}
            </button>
            {verdict === undefined ? (
              <button
                type="submit"
                className="press press-main"
                disabled={!ready || record.busy}
                {...(ready ? {} : { "data-disabled": "" })}
                data-testid="comparison-record"
              >
                {tech("tech.comparison.record")}
              </button>
            ) : (
              <button type="button" className="press press-main" onClick={back}>
                {tech("tech.check.done")}
              </button>
            )}
          </div>
        </form>
      </Card>
    </Page>
  );
}
