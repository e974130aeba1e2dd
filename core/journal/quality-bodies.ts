import { z } from "zod";
import { measurementKinds } from "../domain/outcome.ts";
import { isQuantity } from "../domain/quantity.ts";
import {
  calibrationKinds,
  conditionCodes,
  controlLevels,
  controlVerdicts,
  gateStates,
  lotKinds,
} from "../quality/vocabulary.ts";

/** Bodies of the entries about devices and their quality. None of them is about a resident, none has a visit. */

const id = z.uuid();
const name = z.string().trim().min(1).max(120);
const device = z.string().min(1).max(400);
const day = z.iso.date();
const moment = z.iso.datetime({ precision: 3 });
const analyte = z.string().refine(isQuantity, "unknown quantity");

/** A member of staff as the records name one; never a resident. */
export const staffSchema = z.strictObject({ id: z.string().min(1), name, role: z.string().min(1) });
export type Staff = z.infer<typeof staffSchema>;

/** Temperature in Cel, humidity in %. */
export const roomSchema = z.strictObject({
  celsius: z.number().min(-40).max(60),
  humidity: z.number().min(0).max(100).optional(),
});

/** Printed on the vial; both ends inside. */
export const rangeSchema = z
  .strictObject({ low: z.number(), high: z.number() })
  .refine(({ low, high }) => low < high, "low is not below high");

export const lotSchema = z
  .strictObject({
    kind: z.enum(lotKinds),
    device,
    /** As printed. */
    lot: name,
    /** The last day it may be used, as printed. */
    expiry: day,
    openedOn: day,
    /** Days it may be used after opening; the vial's own, 90 when it says nothing. */
    openDays: z.int().min(1).max(1_000).default(90),
    /** Of a control: what it holds, and the printed range. */
    analyte: analyte.optional(),
    level: z.enum(controlLevels).optional(),
    range: rangeSchema.optional(),
    unit: z.string().max(20).optional(),
    /** Room temperature on the label, in Cel. */
    label: z.strictObject({ lowCelsius: z.number(), highCelsius: z.number() }).optional(),
    /** The code the meter shows or reports for these strips, where there is one. */
    meterCode: z.string().max(40).optional(),
  })
  .refine(
    ({ kind, analyte: of, level, range, unit }) =>
      kind !== "control" || (of !== undefined && level !== undefined && range !== undefined && unit !== undefined),
    "a control needs analyte, level, range and unit",
  );
export type Lot = z.infer<typeof lotSchema>;

export const controlRunSchema = z.strictObject({
  id,
  device,
  analyte,
  level: z.enum(controlLevels),
  /** Of the control solution. */
  lot: name,
  /** Of the strips in use at that moment. */
  strip: name.optional(),
  value: z.number(),
  unit: z.string(),
  range: rangeSchema,
  /** Against the mean and SD in force; absent while the vial's range is the limit. */
  z: z.number().optional(),
  mean: z.number().optional(),
  sd: z.number().optional(),
  verdict: z.enum(controlVerdicts),
  /** Westgard rules or vial limits that were broken, sorted. */
  rules: z.array(z.string()),
  operator: staffSchema,
  byHand: z.boolean(),
  comment: z.string().max(400).optional(),
  room: roomSchema.optional(),
  at: moment,
  /** What the device's own memory says: the same record is never a second run. */
  deviceTime: z.string().optional(),
  serialNumber: z.string().optional(),
  firmware: z.string().optional(),
  /** The frames behind it; empty for a value read off a display. */
  rawHex: z.array(z.string()),
  specimen: z.boolean(),
});
export type ControlRecord = z.infer<typeof controlRunSchema>;

export const referenceSchema = z.strictObject({
  name,
  serial: name,
  certificate: name,
  validUntil: day,
  /** Largest error its certificate allows, in the unit of the check. */
  errorLimit: z.number().nonnegative(),
});
export type ReferenceInstrument = z.infer<typeof referenceSchema>;

/** `shown` by the device under test. Of a leakage: reference = pressure at the start, shown = after 60 s. */
export const judgedPointSchema = z.strictObject({
  label: z.string(),
  reference: z.number(),
  shown: z.number(),
  error: z.number(),
  limit: z.number(),
  unit: z.string(),
  ok: z.boolean(),
});
export type JudgedPoint = z.infer<typeof judgedPointSchema>;

export const calibrationRecordSchema = z.strictObject({
  id,
  device,
  kind: z.enum(calibrationKinds),
  points: z.array(judgedPointSchema).min(1),
  reference: referenceSchema.optional(),
  room: roomSchema.optional(),
  verdict: z.enum(["passed", "failed"]),
  /** What failed, as codes: STATIC_ERROR, LEAK, HYSTERESIS, TOO_FEW_POINTS and the like. */
  flags: z.array(z.string()),
  /** Of repeatability: the mean of ten runs, the baseline for later ones. */
  baseline: z.number().optional(),
  technician: staffSchema,
  at: moment,
  serialNumber: z.string().optional(),
  firmware: z.string().optional(),
  comment: z.string().max(400).optional(),
  specimen: z.boolean(),
});
export type CalibrationRecord = z.infer<typeof calibrationRecordSchema>;

/** A certificate of a legal metrology body; it is about the unit with this serial number. */
export const verificationSchema = z
  .strictObject({
    device,
    number: name,
    issuer: name,
    issued: day,
    validUntil: day,
    serialNumber: name,
    items: z.array(name).min(1).max(30),
  })
  .refine(({ issued, validUntil }) => issued < validUntil, "valid until a day before it was issued");

export const comparisonPairSchema = z.strictObject({ analyte, device: z.number(), laboratory: z.number().positive() });
export const judgedPairSchema = comparisonPairSchema.extend({
  difference: z.number(),
  limit: z.number(),
  ok: z.boolean(),
});
export type JudgedPair = z.infer<typeof judgedPairSchema>;

export const conditionSchema = z.strictObject({
  code: z.enum(conditionCodes),
  state: z.enum(gateStates),
  /** When it began to hold, as far as the facts tell. */
  since: moment.optional(),
  dueAt: moment.optional(),
  /** The entry that shows it: a control run, a check, a certificate, a lot. */
  evidence: id.optional(),
  /** What of the device it is about: an analyte and level, a kind of check, a lot. */
  about: z.string().optional(),
  /** The only kind of measurement it stands in the way of; absent: of all that the device does. */
  of: z.enum(measurementKinds).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** The quality behind a number at the moment it was taken; travels with it to the doctor and the hub. */
export const qualitySnapshotSchema = z.strictObject({
  gate: z.enum(gateStates),
  conditions: z.array(z.enum(conditionCodes)),
  controls: z.array(
    z.strictObject({
      run: id,
      analyte,
      level: z.enum(controlLevels),
      lot: z.string(),
      operator: z.string(),
      at: moment,
      verdict: z.enum(controlVerdicts),
    }),
  ),
  /** Strip or reagent lots in use. */
  lots: z.array(z.string()),
  calibration: z
    .strictObject({ record: id, kind: z.enum(calibrationKinds), at: moment, verdict: z.enum(["passed", "failed"]) })
    .optional(),
  certificate: z.strictObject({ number: z.string(), validUntil: day }).optional(),
  /** The entry of the override it was taken under. */
  override: id.optional(),
  /** The facts are the specimens of a simulated station. */
  specimen: z.boolean(),
});
export type QualitySnapshot = z.infer<typeof qualitySnapshotSchema>;

export const qualityBodies = {
  "lot.opened": z.strictObject({ lot: lotSchema, by: staffSchema, specimen: z.boolean() }),
  "lot.closed": z.strictObject({ device, lot: name, kind: z.enum(lotKinds), by: staffSchema }),
  "control.run": controlRunSchema,
  /** The monthly look at the charts, signed. */
  "control.reviewed": z.strictObject({
    device,
    month: z.string().regex(/^\d{4}-\d{2}$/),
    by: staffSchema,
    comment: z.string().max(400).optional(),
  }),
  "calibration.recorded": calibrationRecordSchema,
  "verification.recorded": z.strictObject({ certificate: verificationSchema, by: staffSchema, specimen: z.boolean() }),
  "comparison.recorded": z.strictObject({
    device,
    pairs: z.array(judgedPairSchema).min(1),
    verdict: z.enum(["passed", "failed"]),
    by: staffSchema,
    at: moment,
    specimen: z.boolean(),
  }),
  "device.cleaned": z.strictObject({ device, by: staffSchema, specimen: z.boolean() }),
  "operator.certified": z.strictObject({
    operator: staffSchema,
    of: z.enum(measurementKinds),
    validUntil: day,
    by: staffSchema,
    specimen: z.boolean(),
  }),
  "gate.changed": z.strictObject({
    device,
    from: z.enum(gateStates).nullable(),
    to: z.enum(gateStates),
    conditions: z.array(conditionSchema),
    /** Which entry caused it; absent when a date did. */
    evidence: id.optional(),
  }),
  "override.used": z.strictObject({
    device,
    reason: z.string().trim().min(4).max(400),
    by: staffSchema,
    until: moment,
    /** Counted in the window, this one included. */
    count: z.int().positive(),
    limit: z.int().positive(),
    conditions: z.array(z.enum(conditionCodes)),
  }),
  "device.released": z.strictObject({
    device,
    reason: z.string().trim().min(4).max(400),
    by: staffSchema,
    reportedBy: z.string(),
    /** The passing run or check it rests on. */
    evidence: id,
    conditions: z.array(z.enum(conditionCodes)),
  }),
  /** Results since the last good control; their status stays, a doctor decides (§2.2). */
  "results.underReview": z.strictObject({
    device,
    control: id,
    since: moment.nullable(),
    measurements: z.array(z.uuid()),
  }),
  /** What a device said about itself that quality depends on: serial number, firmware, clock; or a room reading. */
  "device.observed": z.strictObject({
    device,
    serialNumber: z.string().optional(),
    firmware: z.string().optional(),
    stripCode: z.string().optional(),
    clockOffsetMs: z.number().optional(),
  }),
} as const;
