import type { ControlRecord } from "../../core/journal/quality-bodies.ts";
import { dayOf, type Moment } from "../../core/quality/local-day.ts";
import { colors, type Paper } from "./paper.ts";

type Limits = { readonly mean: number; readonly sd: number } | { readonly low: number; readonly high: number };

const height = 170;
const labels = 46;
/** Farther out than this a point is drawn on the edge. */
const widest = 4;

/**
 * A Levey-Jennings chart: x the run, y the value; lines at the mean and ±1, ±2, ±3 SD, or, before there are twenty runs, at
 * the middle and the ends of the vial's range. A point that did not pass is not round.
 */
export function drawLeveyJennings(
  paper: Paper,
  runs: readonly ControlRecord[],
  limits: Limits | undefined,
  { zoneMinutes }: Moment,
): void {
  if (limits === undefined) return;
  const { doc, left, width } = paper;
  paper.room(height + 40);
  const top = doc.y + 6;
  const own = "sd" in limits;
  const middle = own ? limits.mean : (limits.low + limits.high) / 2;
  const step = own ? limits.sd : (limits.high - limits.low) / 2;
  const span = own ? widest : 2;
  const yOf = (value: number): number => {
    const off = Math.max(-span, Math.min(span, (value - middle) / step));
    return top + height / 2 - (off / span) * (height / 2);
  };
  const xOf = (index: number): number => {
    const room = width - labels - 20;
    return left + labels + 10 + (runs.length < 2 ? room / 2 : (index / (runs.length - 1)) * room);
  };

  doc
    .rect(left + labels, top, width - labels, height)
    .lineWidth(0.5)
    .strokeColor(colors.hairline)
    .stroke();
  for (const at of own ? [-3, -2, -1, 0, 1, 2, 3] : [-1, 0, 1]) {
    const value = middle + at * step;
    const y = yOf(value);
    const limit = own ? Math.abs(at) === 3 : at !== 0;
    const color = limit ? colors.bad : Math.abs(at) === 2 ? colors.caution : colors.hairline;
    doc
      .moveTo(left + labels, y)
      .lineTo(left + width, y)
      .lineWidth(at === 0 ? 1 : 0.6)
      .strokeColor(color);
    if (at === 0) doc.stroke();
    else doc.dash(3, { space: 3 }).stroke().undash();
    const sign = at > 0 ? "+" : at < 0 ? "−" : "";
    const said = own ? `${sign}${String(Math.abs(at))}SD ${value.toFixed(2)}` : value.toFixed(2);
    doc.fontSize(6.5).fillColor(colors.faint);
    doc.text(said, left, y - 4, { width: labels - 4, align: "right", lineBreak: false });
  }

  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1];
    if (before === undefined) continue;
    doc.moveTo(xOf(index - 1), yOf(before.value)).lineTo(xOf(index), yOf(run.value));
    doc.lineWidth(0.7).strokeColor(colors.faint).stroke();
  }
  const every = Math.ceil(runs.length / 16);
  for (const [index, run] of runs.entries()) {
    const [x, y] = [xOf(index), yOf(run.value)];
    if (run.verdict === "passed") doc.circle(x, y, 2.6).fillColor(colors.ink).fill();
    else if (run.verdict === "warning")
      doc
        .polygon([x, y - 4], [x - 4, y + 3], [x + 4, y + 3])
        .fillColor(colors.caution)
        .fill();
    else
      doc
        .rect(x - 3.2, y - 3.2, 6.4, 6.4)
        .fillColor(colors.bad)
        .fill();
    if (index % every !== 0) continue;
    doc.fontSize(6.5).fillColor(colors.faint);
    const day = dayOf(Date.parse(run.at), zoneMinutes).slice(8);
    doc.text(day, x - 10, top + height + 3, { width: 20, align: "center", lineBreak: false });
  }
  doc.fillColor(colors.ink);
  doc.y = top + height + 18;
}
