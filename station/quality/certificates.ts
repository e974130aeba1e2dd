import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Answer } from "../visits/visits.ts";
import { chartOf } from "./chart.ts";
import type { SignedInStaff } from "./desk.ts";
import { findFont } from "./font.ts";
import { checkDocument, monthDocument } from "./certificate.ts";
import type { Quality } from "./quality.ts";

export type CertificateInput =
  | { readonly kind: "calibration"; readonly id: string }
  | { readonly kind: "month"; readonly device: string; readonly month: string };

/** The PDF of one check, or of a month of one device's controls. */
export async function certificateFor(
  quality: Quality,
  who: SignedInStaff,
  input: CertificateInput,
): Promise<Answer<{ readonly name: string; readonly pdf: string }, "quality.unknown" | "quality.noFont">> {
  const { watch, parts } = quality;
  const font = findFont();
  if (font === undefined) return { ok: false, code: "quality.noFont" };
  const { station } = parts;
  const printed = { font, station, printedBy: who.name, moment: watch.moment };
  if (input.kind === "calibration") {
    const entry = await parts.store.entry(input.id);
    const record = entry && bodyOf(entry, "calibration.recorded");
    if (entry === undefined || record === undefined) return { ok: false, code: "quality.unknown" };
    const pdf = await checkDocument({ ...printed, record, entry, device: deviceLine(quality, record.device) });
    return { ok: true, value: { name: `check-${record.kind}-${record.at.slice(0, 10)}.pdf`, pdf } };
  }
  const found = watch.find(input.device);
  if (found === undefined) return { ok: false, code: "quality.unknown" };
  const { zoneMinutes } = watch.moment;
  const keys = found.facts.allLots.flatMap(({ lot: { analyte, level, lot } }) =>
    analyte === undefined || level === undefined ? [] : [{ analyte, level, lot }],
  );
  const charts = keys.flatMap(({ analyte, level, lot }) => {
    const chart = chartOf(found.facts, analyte, level, lot, zoneMinutes);
    return chart === undefined ? [] : [{ analyte, level, lot, chart }];
  });
  const { month } = input;
  const pdf = await monthDocument({ ...printed, month, charts, device: deviceLine(quality, input.device) });
  return { ok: true, value: { name: `control-${month}.pdf`, pdf } };
}

function deviceLine({ watch }: Quality, id: string): { readonly name: string; readonly serial: string } {
  const { facts, device } = watch.find(id) ?? { facts: watch.factsOf(id), device: undefined };
  const model = device?.profile.model;
  const own = device?.name ?? "";
  const built = model === undefined ? id : `${model.maker} ${model.name}`;
  return {
    // On paper both: what staff look for, and what it is.
    name: own === "" ? built : `${own} (${built})`,
    serial: facts.registeredSerial ?? facts.observed.serialNumber ?? "—",
  };
}
