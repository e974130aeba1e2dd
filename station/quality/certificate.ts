import { quantities } from "../../core/domain/quantity.ts";
import type { ControlChart } from "../../core/contract/quality.ts";
import type { Entry } from "../../core/journal/entry.ts";
import type { CalibrationRecord, ControlRecord } from "../../core/journal/quality-bodies.ts";
import { isQualityKey, type QualityKey } from "../../core/i18n/quality.ts";
import { spreadOf } from "../../core/quality/chart.ts";
import { dayOf, type Moment } from "../../core/quality/local-day.ts";
import type { ControlLevel } from "../../core/quality/vocabulary.ts";
import type { Font } from "./font.ts";
import { drawLeveyJennings } from "./levey-jennings.ts";
import { bilingual, colors, Paper, type Cell } from "./paper.ts";

/** What stands on every printed record. */
export interface Printed {
  readonly font: Font;
  readonly station: { readonly name: string; readonly place: string };
  readonly device: { readonly name: string; readonly serial: string };
  readonly printedBy: string;
  readonly moment: Moment;
}

/** The record of one check, as PDF in base64: every point with its limit, the reference, who signs. */
export function checkDocument(
  given: Printed & { readonly record: CalibrationRecord; readonly entry: Pick<Entry, "seq" | "hash" | "owner"> },
): Promise<string> {
  const { record, entry, device, station, moment } = given;
  const check: QualityKey = `qc.check.${record.kind}`;
  const paper = new Paper(given.font, bilingual("doc.calibration"));
  paper.title("doc.calibration", stationLine(station));
  const { reference, room } = record;
  paper.facts([
    ["doc.number", record.id],
    ["doc.date", wallTime(record.at, moment)],
    ["doc.check", bilingual(check)],
    ["doc.device", device.name],
    ["doc.serial", record.serialNumber ?? device.serial],
    ["doc.room", room === undefined ? "—" : roomText(room)],
  ]);
  if (reference !== undefined) {
    paper.heading(bilingual("doc.reference"));
    paper.facts([
      ["doc.reference", reference.name],
      ["doc.serial", reference.serial],
      ["doc.certificate", reference.certificate],
      ["doc.validUntil", reference.validUntil],
      ["doc.errorLimit", `± ${String(reference.errorLimit)} ${shownUnit(record.points[0]?.unit ?? "")}`],
    ]);
  }
  paper.heading(bilingual(check));
  paper.table(
    [
      { key: "doc.point", share: 3 },
      { key: "doc.referenceValue", share: 2, right: true },
      { key: "doc.shown", share: 2, right: true },
      { key: "doc.error", share: 2, right: true },
      { key: "doc.limit", share: 2, right: true },
      { key: "doc.unit", share: 2 },
      { key: "doc.verdict", share: 2.4 },
    ],
    record.points.map((point): readonly Cell[] => [
      { text: pointLabel(point.label) },
      { text: String(point.reference) },
      { text: String(point.shown) },
      { text: signed(point.error) },
      { text: `± ${String(point.limit)}` },
      { text: shownUnit(point.unit) },
      verdictCell(point.ok ? "passed" : "failed"),
    ]),
  );
  paper.verdict(`qc.verdict.${record.verdict}`, record.verdict === "passed");
  if (record.flags.length > 0) paper.note(`${bilingual("doc.flags")}: ${record.flags.join(", ")}`, colors.bad);
  if (record.comment !== undefined) paper.note(`${bilingual("doc.comment")}: ${record.comment}`);
  paper.note(bilingual("doc.notVerification"));
  paper.signatures([
    ["doc.technician", record.technician.name],
    ["doc.reviewer", ""],
    ["doc.date", ""],
  ]);
  const proof = `${bilingual("doc.proof")}: ${entry.owner} #${String(entry.seq)} ${entry.hash}`;
  return paper.done(proof, record.specimen);
}

export interface MonthChart {
  readonly analyte: string;
  readonly level: ControlLevel;
  readonly lot: string;
  readonly chart: ControlChart;
}

/** A month of one device's controls: chart and every point, per analyte, level and lot. Nothing is left out. */
export function monthDocument(
  given: Printed & { readonly month: string; readonly charts: readonly MonthChart[] },
): Promise<string> {
  const { month, device, station, moment } = given;
  const paper = new Paper(given.font, bilingual("doc.month"));
  paper.title("doc.month", stationLine(station));
  const charts = given.charts
    .map((each) => ({ ...each, runs: each.chart.points.filter((run) => monthOf(run, moment) === month) }))
    .filter(({ runs }) => runs.length > 0);
  paper.facts([
    ["doc.month.of", month],
    ["doc.runs", String(charts.reduce((sum, { runs }) => sum + runs.length, 0))],
    ["doc.device", device.name],
    ["doc.serial", device.serial],
  ]);
  if (charts.length === 0) paper.note(bilingual("doc.noRuns"));
  for (const each of charts) monthChart(paper, each, each.runs, moment);
  const reviewer = charts.flatMap(({ chart }) => chart.months.find((own) => own.month === month)?.reviewedBy ?? [])[0];
  paper.signatures([
    ["doc.technician", given.printedBy],
    ["doc.reviewer", reviewer ?? ""],
    ["doc.date", ""],
  ]);
  const specimen = charts.some(({ runs }) => runs.some((run) => run.specimen));
  return paper.done(`${stationLine(station)} · ${device.name} · ${month}`, specimen);
}

function monthChart(
  paper: Paper,
  { analyte, level, lot, chart }: MonthChart,
  runs: readonly ControlRecord[],
  moment: Moment,
): void {
  const name = analyte in quantities ? quantities[analyte as keyof typeof quantities] : undefined;
  paper.room(330);
  paper.heading(`${name?.zh ?? analyte} ${name?.en ?? ""} · ${level}`);
  const { mean, sd } = spreadOf(runs.map(({ value }) => value));
  const { own, range, unit } = chart;
  paper.facts([
    ["doc.lot", lot],
    ["doc.range", range === undefined ? "—" : `${String(range.low)} – ${String(range.high)} ${shownUnit(unit)}`],
    ["doc.own", own === undefined ? "—" : `${own.mean.toFixed(2)} ± ${own.sd.toFixed(3)} (n = ${String(own.runs)})`],
    ["doc.mean", `${mean.toFixed(2)} ± ${sd.toFixed(3)} (n = ${String(runs.length)})`],
  ]);
  // One column, one number of decimals: the most that any run has.
  const decimals = Math.max(...runs.map(({ value }) => String(value).split(".")[1]?.length ?? 0));
  drawLeveyJennings(paper, runs, own ?? range, moment);
  paper.table(
    [
      { key: "doc.date", share: 3 },
      { key: "doc.value", share: 1.6, right: true },
      { key: "doc.z", share: 1.4, right: true },
      { key: "doc.verdict", share: 2.4 },
      { key: "doc.rules", share: 2.6 },
      { key: "doc.operator", share: 2.2 },
      { key: "doc.strip", share: 2.2 },
      { key: "doc.comment", share: 2.6 },
    ],
    runs.map((run): readonly Cell[] => [
      { text: wallTime(run.at, moment) },
      { text: run.value.toFixed(decimals) },
      { text: run.z === undefined ? "—" : signed(Math.round(run.z * 100) / 100) },
      verdictCell(run.verdict),
      { text: run.rules.join(", ") },
      { text: run.operator.name },
      { text: run.strip ?? "—" },
      { text: [run.byHand ? bilingual("doc.byHand") : "", run.comment ?? ""].filter((part) => part !== "").join("; ") },
    ]),
  );
}

const verdictColors = {
  passed: colors.good,
  warning: colors.caution,
  failed: colors.bad,
  rejected: colors.bad,
} as const;

function verdictCell(verdict: keyof typeof verdictColors): Cell {
  return { text: bilingual(`qc.verdict.${verdict}`), color: verdictColors[verdict] };
}

function stationLine({ name, place }: Printed["station"]): string {
  return [name, place].filter((part) => part !== "").join(" · ");
}

function pointLabel(label: string): string {
  const key = `doc.${label}`;
  return isQualityKey(key) ? bilingual(key) : label;
}

/** UCUM brackets are for machines. */
function shownUnit(unit: string): string {
  return unit.replace("mm[Hg]", "mmHg").replace("Cel", "°C");
}

function roomText({ celsius, humidity }: NonNullable<CalibrationRecord["room"]>): string {
  return `${String(celsius)} °C${humidity === undefined ? "" : `, ${String(humidity)} %`}`;
}

/** A true minus sign, and a plus for what is above. */
function signed(value: number): string {
  return value > 0 ? `+${String(value)}` : value < 0 ? `−${String(-value)}` : "0";
}

/** On the wall of the station, to the minute. */
function wallTime(at: string, { zoneMinutes }: Moment): string {
  return new Date(Date.parse(at) + zoneMinutes * 60_000).toISOString().slice(0, 16).replace("T", " ");
}

function monthOf({ at }: ControlRecord, { zoneMinutes }: Moment): string {
  return dayOf(Date.parse(at), zoneMinutes).slice(0, 7);
}
