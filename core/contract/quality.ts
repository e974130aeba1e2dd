import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { measurementKinds } from "../domain/outcome.ts";
import { isQuantity } from "../domain/quantity.ts";
import {
  comparisonPairSchema,
  controlRunSchema,
  judgedPairSchema,
  judgedPointSchema,
  lotSchema,
  referenceSchema,
  roomSchema,
  verificationSchema,
} from "../journal/quality-bodies.ts";
import { controlLevels, lotKinds } from "../quality/vocabulary.ts";
import { declared } from "./errors.ts";
import {
  calibrationValuesSchema,
  controlChartSchema,
  controlEventSchema,
  proofSchema,
  qualityViewSchema,
} from "./quality-views.ts";
import { sessionSchema } from "./technician-parts.ts";

/** What a page names when it holds an answer of these calls. */
export type {
  CalibrationValues,
  ControlChart,
  ControlEvent,
  DeviceQuality,
  LotView,
  Proof,
  QualityView,
} from "./quality-views.ts";

/** Lots, quality control, checks and the gate, for the technician's page. Every call but `proof` carries a session. */

const id = z.uuid();
const session = sessionSchema;
const device = z.string().min(1).max(400);
const analyte = z.string().refine(isQuantity, "unknown quantity");
const level = z.enum(controlLevels);
const moment = z.iso.datetime({ precision: 3 });
const comment = z.string().max(400).optional();
const reason = z.string().trim().min(4).max(400);
/** `id`: made by the caller; becomes the id of the entry, so that a repeat is answered as the first was. */
const write = { session, id, device };

const signedIn = ["staff.signedOut", "staff.forbidden"] as const;
const kept = [...signedIn, "store.full", "store.failed", "store.broken", "wire.badInput"] as const;

const done = z.strictObject({ entry: id });

export const qualityContract = {
  /** The present state first, then at every change and every date that passes. */
  watch: oc
    .input(z.strictObject({ session }))
    .output(eventIterator(qualityViewSchema))
    .errors(declared(...signedIn)),
  lots: {
    /** A lot of the same kind, device, analyte and level that is in use is closed by it. Refused when expired already. */
    open: oc
      .input(z.strictObject({ session, id, lot: lotSchema }))
      .output(done)
      .errors(declared(...kept, "device.noDevice", "quality.lotExpired", "quality.unit")),
    close: oc
      .input(z.strictObject({ ...write, kind: z.enum(lotKinds), lot: z.string().min(1) }))
      .output(done)
      .errors(declared(...kept, "quality.unknownLot")),
  },
  control: {
    /** Measures on the device for control. `id` becomes the run's id. `lot`: of the control solution, in use and usable. */
    start: oc
      .input(z.strictObject({ ...write, analyte, level, lot: z.string().min(1), comment, room: roomSchema.optional() }))
      .output(z.strictObject({}))
      .errors(
        declared(
          ...kept,
          "device.noDevice",
          "device.busy",
          "device.portMissing",
          "device.portBusy",
          "device.portForbidden",
          "quality.unknownLot",
          "quality.lotExpired",
          "quality.notCertified",
          "gate.clockWrong",
        ),
      ),
    watch: oc
      .input(z.strictObject({ session, id }))
      .output(eventIterator(controlEventSchema))
      .errors(declared(...signedIn, "quality.unknown")),
    stop: oc
      .input(z.strictObject({ session, id }))
      .output(z.strictObject({}))
      .errors(declared(...signedIn)),
    /** Read off the display; marked as by hand. */
    enter: oc
      .input(
        z.strictObject({
          ...write,
          analyte,
          level,
          lot: z.string().min(1),
          value: z.number(),
          unit: z.string(),
          comment,
          room: roomSchema.optional(),
        }),
      )
      .output(z.strictObject({ run: controlRunSchema, hint: z.enum(["done", "repeatNewStrip", "repeat", "blocked"]) }))
      .errors(
        declared(
          ...kept,
          "device.noDevice",
          "quality.unknownLot",
          "quality.lotExpired",
          "quality.notCertified",
          "gate.clockWrong",
          "quality.unit",
        ),
      ),
    /** `lot` absent: the one in use. */
    chart: oc
      .input(z.strictObject({ session, device, analyte, level, lot: z.string().optional() }))
      .output(controlChartSchema)
      .errors(declared(...signedIn, "quality.unknownLot")),
    /** The monthly look, signed. `month`: YYYY-MM. */
    review: oc
      .input(z.strictObject({ ...write, month: z.string().regex(/^\d{4}-\d{2}$/), comment }))
      .output(done)
      .errors(declared(...kept, "device.noDevice")),
  },
  calibration: {
    /** Judged at once, every point. Refused before judging: a reference that is out of date or not good enough. */
    record: oc
      .input(
        z.strictObject({
          ...write,
          values: calibrationValuesSchema,
          reference: referenceSchema.optional(),
          room: roomSchema.optional(),
          comment,
        }),
      )
      .output(
        z.strictObject({
          entry: id,
          verdict: z.enum(["passed", "failed"]),
          points: z.array(judgedPointSchema),
          flags: z.array(z.string()),
        }),
      )
      .errors(
        declared(
          ...kept,
          "device.noDevice",
          "quality.referenceExpired",
          "quality.referenceTooCoarse",
          "quality.referenceMissing",
        ),
      ),
  },
  verification: {
    record: oc
      .input(z.strictObject({ session, id, certificate: verificationSchema }))
      .output(done)
      .errors(declared(...kept, "device.noDevice")),
  },
  comparison: {
    record: oc
      .input(z.strictObject({ ...write, pairs: z.array(comparisonPairSchema).min(5).max(60) }))
      .output(z.strictObject({ entry: id, verdict: z.enum(["passed", "failed"]), pairs: z.array(judgedPairSchema) }))
      .errors(declared(...kept, "device.noDevice", "quality.analyte")),
  },
  cleaning: {
    record: oc
      .input(z.strictObject({ ...write }))
      .output(done)
      .errors(declared(...kept, "device.noDevice")),
  },
  training: {
    /** `operator`: a member of staff as the sign-in knows one. Nobody certifies themselves. */
    record: oc
      .input(
        z.strictObject({
          session,
          id,
          operator: z.strictObject({ id: z.string().min(1), name: z.string().min(1).max(120), role: z.string() }),
          of: z.enum(measurementKinds),
          validUntil: z.iso.date(),
        }),
      )
      .output(done)
      .errors(declared(...kept, "quality.samePerson")),
  },
  override: {
    /** Opens the device in spite of its state, for a while; every result says so. */
    use: oc
      .input(z.strictObject({ ...write, reason }))
      .output(z.strictObject({ entry: id, until: moment, left: z.int() }))
      .errors(
        declared(
          ...kept,
          "device.noDevice",
          "quality.overrideSpent",
          "quality.overrideNotNeeded",
          "quality.overrideNever",
        ),
      ),
  },
  /** Ends what only a signature ends. Signed by another than who reported it, and only over a passing run. */
  release: oc
    .input(z.strictObject({ ...write, reason }))
    .output(done)
    .errors(
      declared(...kept, "device.noDevice", "quality.nothingToRelease", "quality.noPassingRun", "quality.samePerson"),
    ),
  /** Anybody may ask: it shows no number and no name of a resident. */
  proof: oc
    .input(z.strictObject({ measurement: z.uuid() }))
    .output(proofSchema)
    .errors(declared("quality.unknown", "store.failed")),
  /** A PDF, base64. */
  certificate: oc
    .input(
      z.discriminatedUnion("kind", [
        z.strictObject({ session, kind: z.literal("calibration"), id }),
        z.strictObject({ session, kind: z.literal("month"), device, month: z.string().regex(/^\d{4}-\d{2}$/) }),
      ]),
    )
    .output(z.strictObject({ name: z.string(), pdf: z.base64() }))
    .errors(declared(...signedIn, "quality.unknown", "quality.noFont")),
} as const;
