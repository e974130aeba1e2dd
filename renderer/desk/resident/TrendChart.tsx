import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { wallDay } from "../pages/work-kit.ts";
import { hour } from "../words.ts";
import type { Trend } from "./trends.ts";

/** Colors and sizes of the page's own tokens; a chart draws on a canvas and cannot take them from a style sheet. */
const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const height = 130;
/** From this many seconds on, days stand under a chart in place of hours. */
const longSpan = 36 * 3_600;
/** A tremble is not drawn as a cliff: the scale is never narrower than this share of the number. */
const leastSpan = 0.4;

function aroundOf(low: number, high: number): [number, number] {
  const margin = Math.max((Math.abs(high) * leastSpan - (high - low)) / 2, (high - low) * 0.1);
  return [low - margin, high + margin];
}

export function TrendChart({ trend }: { readonly trend: Trend }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const isLong = (trend.at.at(-1) ?? 0) - (trend.at[0] ?? 0) > longSpan;
    const when = (at: number) => (isLong ? wallDay(at * 1_000) : hour(new Date(at * 1_000).toISOString()));
    const axis = { stroke: token("--ink-quiet"), grid: { stroke: token("--line"), width: 1 }, size: 40 };
    const chart = new UPlot(
      {
        width: box.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: true }, y: { range: (_chart, low, high) => aroundOf(low, high) } },
        axes: [
          {
            ...axis,
            size: 28,
            space: 110,
            values: (_chart, splits) => splits.map(when),
          },
          axis,
        ],
        series: [{}, { stroke: token("--accent"), width: 2.5, points: { show: true, size: 8 } }],
      },
      [[...trend.at], [...trend.values]],
      box,
    );
    const fit = () => chart.setSize({ width: box.clientWidth, height });
    addEventListener("resize", fit);
    return () => {
      removeEventListener("resize", fit);
      chart.destroy();
    };
  }, [trend]);
  return <div ref={place} className="trend-chart" />;
}
