import type { ReactNode } from "react";
import { useText, type Text } from "../parts/language.tsx";
import type { LiveReading } from "./live-reading.ts";
import { quantityName, unitSign, valueText } from "./words.ts";

/** The reading that is being taken now. What is shown here moves and is not yet a result. */
export function LivePanel({
  live,
  inCall,
  stop,
}: {
  readonly live: LiveReading | undefined;
  readonly inCall: boolean;
  /** Where the doctor asked for it: takes it back. */
  readonly stop?: ReactNode;
}) {
  const text = useText();
  if (!live) {
    return (
      <section className="pane live live-idle" data-testid="live-idle">
        <p>{inCall ? text("desk.live.idle") : text("desk.live.off")}</p>
        {inCall && <p className="hint">{text("desk.live.idle.hint")}</p>}
      </section>
    );
  }
  const [first, ...others] = live.readings;
  return (
    <section
      className={`pane live ${live.ended ? "live-ended" : "live-running"}`}
      data-testid="live"
      data-measurement={live.measurement}
    >
      <header className="live-head">
        <span className="live-dot" aria-hidden="true" />
        <strong>
          {text("desk.live.title")} · {text(`desk.of.${live.of}`)}
        </strong>
        <span className="live-phase" data-testid="live-phase">
          {phaseWords(text, live)}
        </span>
        <span className="live-since">
          {text("desk.live.since", { n: Math.max(0, Math.round((live.lastAt - live.startedAt) / 1_000)) })}
        </span>
        {stop}
      </header>
      <div className="live-body">
        {first && (
          <div className="live-value">
            <span className="live-name">{quantityName(text, first.quantity)}</span>
            <span>
              <b data-testid="live-value">{valueText(first)}</b> <span className="unit">{unitSign(first.unit)}</span>
              <span className="live-motion" aria-hidden="true">
                {live.ended ? "" : { rising: "↑", falling: "↓", level: "" }[live.motion]}
              </span>
            </span>
            {others.map((reading) => (
              <span key={reading.quantity} className="live-other">
                {quantityName(text, reading.quantity)} {valueText(reading)} {unitSign(reading.unit)}
              </span>
            ))}
          </div>
        )}
        <Trail live={live} />
      </div>
    </section>
  );
}

function phaseWords(text: Text, live: LiveReading): string {
  if (live.ended) {
    const { how, code } = live.ended;
    return code !== undefined && how !== "finished" ? text.fault(code) : text(`desk.live.ended.${how}`);
  }
  if (live.confirming) return text("desk.live.confirming");
  if (live.of === "bloodPressure" && live.trail.length > 1 && live.motion !== "level") {
    return text(live.motion === "rising" ? "desk.live.phase.inflating" : "desk.live.phase.deflating");
  }
  return text(`desk.live.phase.${live.phase ?? "measuring"}`);
}

const width = 400;
const height = 120;
/** The curve fills the panel from left to right in this time, then it is squeezed. */
const shortestMs = 30_000;
const pressureTop = 220;

function Trail({ live }: { readonly live: LiveReading }) {
  if (live.trail.length < 2) return <div className="trail" />;
  const begin = live.trail[0]?.at ?? live.startedAt;
  const span = Math.max(shortestMs, live.lastAt - begin);
  const top = Math.max(pressureTop, ...live.trail.map(({ value }) => value));
  const points = live.trail.map(
    ({ at, value }) => [((at - begin) / span) * width, height - (value / top) * height] as const,
  );
  const last = points.at(-1);
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const levels = [50, 100, 150, 200];
  return (
    <svg className="trail" viewBox={`-26 -4 ${width + 34} ${height + 8}`} preserveAspectRatio="none" aria-hidden="true">
      {levels.map((level) => (
        <g key={level}>
          <line
            x1={0}
            x2={width}
            y1={height - (level / top) * height}
            y2={height - (level / top) * height}
            className="trail-level"
          />
          <text x={-4} y={height - (level / top) * height + 4} className="trail-label">
            {level}
          </text>
        </g>
      ))}
      <polyline points={path} className="trail-line" />
      {last && <circle cx={last[0]} cy={last[1]} r={4} className="trail-now" />}
    </svg>
  );
}
