import { createHash } from "node:crypto";
import type { Proof } from "../../core/contract/quality.ts";
import { instant } from "../../core/domain/time.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { recognitionOf, type Recognition } from "../../core/quality/recognition.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import type { Store } from "../store/store.ts";
import type { Provenance } from "../store/views/shapes.ts";
import type { GateWatch } from "./watch.ts";

/**
 * Everything behind one number, from its measurement's id: device, check, certificate, controls, lots, override, frames.
 * Neither a reading nor a resident nor a visit is in it, so anybody at the station may see it. Undefined: no such
 * measurement.
 */
export async function proofOf(
  measurement: string,
  store: Store,
  watch: GateWatch,
  profileOf: (id: string) => Profile | undefined,
): Promise<Proof | undefined> {
  const provenance = await store.provenance(measurement);
  if (provenance === undefined) return undefined;
  const { from, times, kind, entry } = provenance;
  const kept = await store.entry(entry.id);
  const body = kept && (bodyOf(kept, "measurement.accepted") ?? bodyOf(kept, "measurement.heard"));
  const quality = body?.quality;
  const facts = watch.factsOf(from.device);
  const controls = (quality?.controls ?? []).flatMap((each) => facts.runs.find(({ run }) => run.id === each.run) ?? []);
  const record = quality?.calibration === undefined ? undefined : await store.entry(quality.calibration.record);
  const check = record && bodyOf(record, "calibration.recorded");
  const used = [...(quality?.lots ?? []), ...controls.map(({ run }) => run.lot)];
  const heardMs = Date.parse(times.heardAt);
  const override = facts.overrides.find((each) => each.entry === quality?.override);
  const review = facts.reviews.find((each) => each.review.measurements.includes(measurement));
  const certificate = facts.certificates.findLast(
    (each) => each.certificate.number === quality?.certificate?.number,
  )?.certificate;
  const model = profileOf(from.profile)?.model;
  const serialNumber = from.serialNumber ?? certificate?.serialNumber;
  return {
    measurement,
    of: kind,
    heardAt: times.heardAt,
    device: {
      id: from.device,
      profile: from.profile,
      maker: model?.maker ?? "",
      model: model?.name ?? from.profile,
      ...(serialNumber === undefined ? {} : { serialNumber }),
      simulated: from.simulated,
      program: from.program,
    },
    frames: {
      count: from.rawHex.length,
      sha256: createHash("sha256").update(from.rawHex.join("\n"), "utf8").digest("hex"),
    },
    entry: { seq: entry.seq, hash: entry.hash },
    ...(quality === undefined ? {} : { gate: { state: quality.gate, conditions: quality.conditions } }),
    ...(check === undefined ? {} : { calibration: check }),
    ...(certificate === undefined ? {} : { certificate }),
    controls: controls.map(({ run }) => run),
    lots: facts.allLots.filter(({ lot, at }) => used.includes(lot.lot) && at <= heardMs).map(({ lot }) => lot),
    ...(override === undefined
      ? {}
      : { override: { reason: override.reason, by: override.by.name, at: instant(override.at) } }),
    ...(review === undefined ? {} : { underReview: { control: review.review.control, at: instant(review.at) } }),
    specimen: quality?.specimen ?? false,
    recognition: recognized(
      recognitionOf({
        // A refused number has no kind where the device gave none; it is recognized by nobody either way.
        measurement: body ?? { of: kind ?? "chemistry", doubts: [], provenance: from, times },
        person: provenance.resident === null ? "guest" : "known",
        grade: await gradeOf(store, provenance),
        underReview: review !== undefined,
      }),
      provenance.state === "accepted",
    ),
  };
}

/** A number that was not taken is fit for nobody, whatever stands behind it. */
const recognized = ({ fit, lacks }: Recognition, accepted: boolean): Proof["recognition"] => ({
  fit: fit && accepted,
  lacks: [...lacks, ...(accepted || lacks.length > 0 ? [] : (["doubt"] as const))],
});

/** Of the session that a pressure belongs to, once it was judged. */
async function gradeOf(store: Store, { visit, kind }: Provenance) {
  const summary = visit === null || kind !== "bloodPressure" ? undefined : await store.visit(visit);
  return summary?.results.find(({ of }) => of === kind)?.grade?.grade;
}
