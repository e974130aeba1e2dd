import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/**
 * One or two lines over the visits, evenly spaced: what matters is the way, not the days between. Each visit carries its
 * numbers, the last one bigger. Nothing in it can be touched. `lines`: one value per visit, undefined where there is none.
 */
export function TrendPlot(props: {
  readonly days: readonly string[];
  readonly lines: readonly (readonly (number | undefined)[])[];
  readonly words: readonly string[];
}) {
  const holder = useRef<HTMLDivElement>(null);
  const { days, lines, words } = props;
  useEffect(() => {
    const place = holder.current;
    if (place === null) return;
    let plot: UPlot | undefined;
    const draw = () => {
      const { width, height } = place.getBoundingClientRect();
      plot?.destroy();
      if (width < 1 || height < 1) return;
      plot = new UPlot(optionsFor(place, width, height, { days, lines, words }), dataOf(lines), place);
    };
    const size = new ResizeObserver(draw);
    size.observe(place);
    return () => {
      size.disconnect();
      plot?.destroy();
    };
  }, [days, lines, words]);
  return <div ref={holder} className="trend-canvas" />;
}

const dataOf = (lines: readonly (readonly (number | undefined)[])[]): UPlot.AlignedData => [
  (lines[0] ?? []).map((_, index) => index),
  ...lines.map((line) => line.map((value) => value ?? null)),
];

interface Shown {
  readonly days: readonly string[];
  readonly lines: readonly (readonly (number | undefined)[])[];
  readonly words: readonly string[];
}

/** Colors and sizes are those of the page. */
function optionsFor(place: HTMLElement, width: number, height: number, shown: Shown): UPlot.Options {
  const style = getComputedStyle(place);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const size = Number.parseFloat(style.fontSize);
  const font = `600 ${size}px ${style.fontFamily}`;
  const last = (shown.lines[0]?.length ?? 0) - 1;
  const values = shown.lines.flat().filter((value) => value !== undefined);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * 0.2, Math.abs(high) * 0.02, 0.3);
  return {
    width,
    height,
    padding: [size * 1.9, size * 2, 0, size * 2],
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false, range: [0, Math.max(1, last)] }, y: { range: [low - room, high + room] } },
    axes: [
      {
        font,
        size: size * 1.8,
        gap: size * 0.3,
        stroke: color("--ink-quiet"),
        grid: { show: false },
        ticks: { show: false },
        splits: () => shown.days.map((_, index) => index),
        values: (_, splits) => splits.map((index) => shown.days[index] ?? ""),
      },
      { show: false },
    ],
    series: [
      {},
      ...shown.lines.map((): UPlot.Series => ({
        stroke: color("--accent"),
        width: size * 0.14,
        spanGaps: true,
        points: { show: true, size: size * 0.55, fill: color("--plane-raised"), width: size * 0.14 },
      })),
    ],
    hooks: { draw: [(plot) => writeNumbers(plot, shown, { font, ink: color("--ink"), size, last })] },
  };
}

/** What was measured, above each point of the upper line; the last one bigger. */
function writeNumbers(
  plot: UPlot,
  { lines, words }: Shown,
  look: { readonly font: string; readonly ink: string; readonly size: number; readonly last: number },
): void {
  const paint = plot.ctx;
  const dots = globalThis.devicePixelRatio;
  paint.save();
  paint.fillStyle = look.ink;
  paint.textAlign = "center";
  paint.textBaseline = "bottom";
  for (const [index, word] of words.entries()) {
    const top = Math.max(...lines.flatMap((line) => line[index] ?? []));
    if (!Number.isFinite(top)) continue;
    paint.font = look.font.replace(/[\d.]+px/u, `${look.size * dots * (index === look.last ? 1.15 : 1)}px`);
    paint.fillText(word, plot.valToPos(index, "x", true), plot.valToPos(top, "y", true) - look.size * 0.45 * dots);
  }
  paint.restore();
}
