import { lazy, Suspense, useEffect, useState } from "react";
import type { TrendPoint } from "../../core/contract/visit-parts.ts";
import type { Check } from "../../core/contract/views.ts";
import { quantities } from "../../core/domain/quantity.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { useText } from "../parts/language.tsx";
import { unitWords } from "../parts/reading.tsx";
import { checkNames, dayWords } from "./judged.ts";
import { marks, marksIn, trendQuantities, trendRows, trendWords, type TrendRow } from "./trend-rows.ts";
import { useEngine } from "./use-kiosk.ts";

/** The drawing comes when there is something to draw. */
const TrendPlot = lazy(async () => ({ default: (await import("./trend-plot.tsx")).TrendPlot }));

/** Earlier readings of one kind, asked of the host once; undefined while it has not answered. */
export function useTrend(of: Check): readonly TrendPoint[] | undefined {
  const engine = useEngine();
  const [points, setPoints] = useState<readonly TrendPoint[]>();
  useEffect(() => {
    let left = false;
    void engine.trend(of).then((found) => {
      if (!left) setPoints(found);
    });
    return () => {
      left = true;
    };
  }, [engine, of]);
  return points;
}

/** The last visits as a picture, once there are two of them; the same as a table for readers. */
export function Trend({ of, now }: { readonly of: Check; readonly now: readonly Measurement[] }) {
  const points = useTrend(of);
  const rows = points === undefined ? [] : trendRows(of, points, now);
  return rows.length < 2 ? null : <TrendFigure of={of} rows={rows} />;
}

export function TrendFigure({ of, rows }: { readonly of: Check; readonly rows: readonly TrendRow[] }) {
  const text = useText();
  const [first] = trendQuantities[of];
  const unit = first === undefined ? "" : unitWords(text, quantities[first].units[0]);
  return (
    <figure className="trend" data-testid="trend">
      <figcaption>
        {text("kiosk.trend.title")}
        <span className="unit">{unit}</span>
        {marksIn(rows).map((mark) => (
          <span key={mark} className="quiet trend-mark" data-testid={`mark-${mark}`}>
            {`${marks[mark].sign} ${text(marks[mark].name)}`}
          </span>
        ))}
      </figcaption>
      <div className="trend-plot" aria-hidden="true">
        <Suspense fallback={<p className="quiet">{text("kiosk.trend.loading")}</p>}>
          <TrendPlot
            days={rows.map(
              ({ at, mark }) => `${dayWords(text, at, "numeric")}${mark === undefined ? "" : ` ${marks[mark].sign}`}`,
            )}
            lines={trendQuantities[of].map((_, line) => rows.map(({ values }) => values[line]))}
            words={rows.map((row) => trendWords(of, row))}
          />
        </Suspense>
      </div>
      <table className="unseen">
        <caption>{text(checkNames[of])}</caption>
        <thead>
          <tr>
            <th scope="col">{text("kiosk.trend.day")}</th>
            <th scope="col">{text("kiosk.trend.value")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at}>
              <td>{dayWords(text, row.at)}</td>
              <td>{`${trendWords(of, row)} ${unit} ${row.mark === undefined ? "" : text(marks[row.mark].name)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
