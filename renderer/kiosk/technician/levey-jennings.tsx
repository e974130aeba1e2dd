import type { ControlChart } from "../../../core/contract/quality.ts";
import type { ControlRecord } from "../../../core/journal/quality-bodies.ts";
import { plain } from "./quality-words.ts";
import { useTech } from "./words.ts";

const width = 1_000;
const height = 420;
/** Room for words at twice their size. */
const edge = { left: 92, right: 104, top: 24, bottom: 34 };
/** From the ends of the lines to the first and the last point: the ring of a chosen one covers no word. */
const inset = 30;
/** Beyond this a point stands at the edge, with its number beside it. */
const reach = 4;
const sds = [-3, -2, -1, 0, 1, 2, 3] as const;

/** Where a value lies: in standard deviations once there are own limits, until then in the vial's range (±2 = its ends). */
export function placeOf(chart: ControlChart, value: number): number {
  if (chart.own) return (value - chart.own.mean) / chart.own.sd;
  if (chart.range === undefined) return 0;
  const middle = (chart.range.low + chart.range.high) / 2;
  return ((value - middle) / (chart.range.high - middle)) * 2;
}

/** Every point there is, oldest at the left; broken rules are told by shape, not by colour alone. */
export function LeveyJennings(props: {
  readonly chart: ControlChart;
  readonly chosen: string | undefined;
  readonly onChoose: (run: ControlRecord) => void;
}) {
  const tech = useTech();
  const { chart } = props;
  const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const x = (index: number) =>
    chart.points.length < 2
      ? edge.left + inner.width / 2
      : edge.left + inset + (index / (chart.points.length - 1)) * (inner.width - 2 * inset);
  const y = (z: number) =>
    edge.top + inner.height / 2 - (Math.max(-reach, Math.min(reach, z)) / reach) * (inner.height / 2);
  const lines = chart.own ? sds : ([-2, 0, 2] as const);
  const label = (z: number) =>
    chart.own
      ? plain(chart.own.mean + z * chart.own.sd)
      : chart.range === undefined
        ? ""
        : plain(z === 0 ? (chart.range.low + chart.range.high) / 2 : z < 0 ? chart.range.low : chart.range.high);
  const places = chart.points.map((run, index) => ({ run, x: x(index), z: placeOf(chart, run.value) }));
  return (
    <svg
      className="lj"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={tech("tech.chart.title")}
      data-testid="levey-jennings"
    >
      <rect x={edge.left} y={y(2)} width={inner.width} height={y(-2) - y(2)} className="lj-band" />
      {lines.map((z) => (
        <g key={z} className={`lj-line lj-line-${Math.abs(z)}`}>
          <line x1={edge.left} x2={width - edge.right} y1={y(z)} y2={y(z)} />
          <text x={edge.left - 8} y={y(z)} dominantBaseline="central" textAnchor="end">
            {chart.own ? `${z > 0 ? "+" : ""}${z}s` : label(z)}
          </text>
          {chart.own && (
            <text
              x={width - edge.right + 10}
              y={y(z)}
              dominantBaseline="central"
              textAnchor="start"
              className="lj-value"
            >
              {label(z)}
            </text>
          )}
        </g>
      ))}
      <polyline points={places.map((place) => `${place.x},${y(place.z)}`).join(" ")} className="lj-path" />
      {places.map(({ run, x: left, z }) => (
        <g
          key={run.id}
          className={`lj-point lj-${run.verdict}`}
          transform={`translate(${left} ${y(z)})`}
          data-chosen={run.id === props.chosen ? "" : undefined}
          role="button"
          tabIndex={0}
          aria-label={`${tech.moment(run.at)} ${plain(run.value)} ${tech(`qc.verdict.${run.verdict}`)}`}
          onClick={() => props.onChoose(run)}
          onKeyDown={(event) => {
            if (event.key === "Enter" || event.key === " ") {
              event.preventDefault();
              props.onChoose(run);
            }
          }}
        >
          <circle r="22" className="lj-touch" />
          {run.verdict === "passed" && <circle r="7" />}
          {run.verdict === "warning" && <path d="M0-11 11 9H-11Z" />}
          {(run.verdict === "failed" || run.verdict === "rejected") && <path d="M-9-9 9 9M9-9-9 9" />}
        </g>
      ))}
    </svg>
  );
}
