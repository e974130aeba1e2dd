import { useEffect, useState, type ComponentType } from "react";
import { useText } from "../../parts/language.tsx";
import { quantityName, unitSign } from "../words.ts";
import type { Trend } from "./trends.ts";

/** The chart's own code comes when there is something to draw. */
export function Trends({ trends }: { readonly trends: readonly Trend[] }) {
  const text = useText();
  const [chart, setChart] = useState<{ readonly Chart: ComponentType<{ readonly trend: Trend }> }>();
  useEffect(() => {
    let left = false;
    void import("./TrendChart.tsx").then(({ TrendChart }) => {
      if (!left) setChart({ Chart: TrendChart });
    });
    return () => {
      left = true;
    };
  }, []);
  return (
    <div className="trends" tabIndex={0}>
      {trends.map((trend) => (
        <figure key={trend.quantity} className="trend" data-testid="trend" data-numbers={trend.values.length}>
          <figcaption>
            <span>
              {quantityName(text, trend.quantity)} <span className="unit">{unitSign(trend.unit)}</span>{" "}
              <strong>{trend.values.at(-1)}</strong>
            </span>
            <span className="hint">
              {text("desk.trend.count", {
                n: trend.values.length,
                low: Math.min(...trend.values),
                high: Math.max(...trend.values),
              })}
            </span>
          </figcaption>
          {chart && <chart.Chart trend={trend} />}
        </figure>
      ))}
    </div>
  );
}
