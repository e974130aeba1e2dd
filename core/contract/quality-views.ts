import { z } from "zod";
import { measurementKinds } from "../domain/outcome.ts";
import { isQuantity } from "../domain/quantity.ts";
import {
  calibrationRecordSchema,
  conditionSchema,
  controlRunSchema,
  lotSchema,
  rangeSchema,
  verificationSchema,
} from "../journal/quality-bodies.ts";
import { recognitionLacks } from "../quality/recognition.ts";
import { calibrationKinds, controlLevels, controlVerdicts, dueKinds, gateStates } from "../quality/vocabulary.ts";
import { checkSchema, faultCodeSchema } from "./views.ts";

/** What the pages are shown of quality, and what a check hands in. */

const id = z.uuid();
const device = z.string().min(1).max(400);
const analyte = z.string().refine(isQuantity, "unknown quantity");
const level = z.enum(controlLevels);
const moment = z.iso.datetime({ precision: 3 });

export const lotViewSchema = z.strictObject({
  entry: id,
  lot: lotSchema,
  openedBy: z.string(),
  /** The last moment it may be used: the sooner of expiry and days after opening. */
  usableUntil: moment,
  usable: z.boolean(),
});
export type LotView = z.infer<typeof lotViewSchema>;

export const deviceQualitySchema = z.strictObject({
  device,
  maker: z.string(),
  model: z.string(),
  measures: z.array(checkSchema),
  /** Checks that this device must pass, for the page to offer. */
  checks: z.array(z.enum(calibrationKinds)),
  /** Analytes it needs controls for; empty where none. */
  analytes: z.array(analyte),
  needs: z.strictObject({ verification: z.boolean(), comparison: z.boolean(), strips: z.boolean() }),
  gate: z.strictObject({ state: z.enum(gateStates), since: moment.optional(), conditions: z.array(conditionSchema) }),
  /** The next dates, soonest first. `at` absent: never done. */
  due: z.array(
    z.strictObject({
      what: z.enum(dueKinds),
      at: moment.optional(),
      lastAt: moment.optional(),
      evidence: id.optional(),
      /** An analyte and level, an operator. */
      about: z.string().optional(),
    }),
  ),
  lots: z.array(lotViewSchema),
  /** Today, per analyte and level. */
  controls: z.array(
    z.strictObject({
      analyte,
      level,
      state: z.enum(["missing", ...controlVerdicts]),
      run: id.optional(),
      at: moment.optional(),
      lot: z.string().optional(),
    }),
  ),
  override: z.strictObject({ used: z.int(), limit: z.int(), windowDays: z.int(), until: moment.optional() }),
  /** A fault that only another technician's release ends; `reportedBy` may not sign it. */
  latched: z.array(
    z.strictObject({
      code: conditionSchema.shape.code,
      since: moment,
      reportedBy: z.string(),
      mayRelease: z.boolean(),
    }),
  ),
  serialNumber: z.string().optional(),
  registeredSerial: z.string().optional(),
  firmware: z.string().optional(),
});
export type DeviceQuality = z.infer<typeof deviceQualitySchema>;

export const taskSchema = z.strictObject({
  /** The same as long as it is the same task. */
  id: z.string(),
  device,
  condition: conditionSchema,
  owner: z.enum(["operator", "technician"]),
  ageMs: z.number().nonnegative(),
});
export const reviewSchema = z.strictObject({
  entry: id,
  device,
  control: id,
  since: moment.nullable(),
  at: moment,
  /** How many results; the ids lead to their proof, never to their values. */
  measurements: z.array(z.uuid()),
});

export const qualityViewSchema = z.strictObject({
  at: moment,
  simulated: z.boolean(),
  devices: z.array(deviceQualitySchema),
  tasks: z.array(taskSchema),
  review: z.array(reviewSchema),
  operators: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      of: z.enum(measurementKinds),
      validUntil: z.string(),
      valid: z.boolean(),
    }),
  ),
});
export type QualityView = z.infer<typeof qualityViewSchema>;

/** `ended` is always the last one. `hint`: what staff does next. */
export const controlEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("phase"),
    phase: z.enum(["opening", "contacting", "waiting", "measuring", "reading"]),
    latestMs: z.number(),
  }),
  z.strictObject({ kind: z.literal("fault"), code: faultCodeSchema }),
  z.strictObject({
    kind: z.literal("run"),
    run: controlRunSchema,
    hint: z.enum(["done", "repeatNewStrip", "repeat", "blocked"]),
  }),
  z.strictObject({
    kind: z.literal("ended"),
    how: z.enum(["finished", "stopped", "failed"]),
    code: faultCodeSchema.optional(),
  }),
]);
export type ControlEvent = z.infer<typeof controlEventSchema>;

export const controlChartSchema = z.strictObject({
  unit: z.string(),
  range: rangeSchema.optional(),
  /** From twenty runs on ten days on; until then the vial's range is the limit. */
  own: z.strictObject({ mean: z.number(), sd: z.number(), runs: z.int(), days: z.int() }).optional(),
  /** What is there so far towards `own`. */
  collected: z.strictObject({ runs: z.int(), days: z.int() }),
  /** Oldest first; none is ever left out. */
  points: z.array(controlRunSchema),
  months: z.array(
    z.strictObject({
      month: z.string(),
      runs: z.int(),
      passed: z.int(),
      warnings: z.int(),
      failed: z.int(),
      mean: z.number().optional(),
      sd: z.number().optional(),
      reviewedBy: z.string().optional(),
    }),
  ),
});
export type ControlChart = z.infer<typeof controlChartSchema>;

const pressure = z.number().min(0).max(400);
const both = (of: z.ZodNumber) => z.strictObject({ reference: of, shown: of });

/** What was read off, per kind of check. mm[Hg], kg, Cel, %, cm, s. */
export const calibrationValuesSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("staticPressure"),
    points: z
      .array(both(pressure).extend({ direction: z.enum(["up", "down"]) }))
      .min(1)
      .max(40),
  }),
  /** `from` after the wait of 60 s, `to` 60 s later. */
  z.strictObject({
    kind: z.literal("leakage"),
    points: z
      .array(z.strictObject({ from: pressure, to: pressure, withCuff: z.boolean() }))
      .min(1)
      .max(10),
  }),
  /** A simulator set to 120/80, 80/min. */
  z.strictObject({
    kind: z.literal("repeatability"),
    runs: z
      .array(z.strictObject({ systolic: pressure, diastolic: pressure }))
      .min(1)
      .max(50),
  }),
  z.strictObject({
    kind: z.literal("overPressure"),
    /** Where it let the air out by itself. */
    releasedAt: pressure,
    /** Longest time above 15 mm[Hg], in s. */
    heldSeconds: z.number().min(0).max(3_600),
  }),
  z.strictObject({
    kind: z.literal("scale"),
    points: z
      .array(both(z.number().min(0).max(500)))
      .min(1)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal("thermometer"),
    points: z
      .array(both(z.number().min(0).max(60)))
      .min(1)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal("oximeter"),
    points: z
      .array(
        both(z.number().min(0).max(100)).extend({
          referencePulse: z.number().min(0).max(400),
          shownPulse: z.number().min(0).max(400),
        }),
      )
      .min(1)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal("height"),
    points: z
      .array(both(z.number().min(0).max(300)))
      .min(1)
      .max(20),
  }),
  z.strictObject({ kind: z.literal("clock"), driftSeconds: z.number() }),
]);
export type CalibrationValues = z.infer<typeof calibrationValuesSchema>;

/** What stands behind one number. No reading, no resident, no visit. */
export const proofSchema = z.strictObject({
  measurement: z.uuid(),
  of: checkSchema.nullable(),
  heardAt: moment,
  device: z.strictObject({
    id: z.string(),
    profile: z.string(),
    maker: z.string(),
    model: z.string(),
    serialNumber: z.string().optional(),
    simulated: z.boolean(),
    program: z.string(),
  }),
  /** The raw frames: how many, and SHA-256 over them in lower-case hex. */
  frames: z.strictObject({ count: z.int(), sha256: z.string() }),
  entry: z.strictObject({ seq: z.int(), hash: z.string() }),
  /** The gate when it was taken; absent for a number from before there was a gate. */
  gate: z.strictObject({ state: z.enum(gateStates), conditions: z.array(conditionSchema.shape.code) }).optional(),
  calibration: calibrationRecordSchema.optional(),
  certificate: verificationSchema.optional(),
  controls: z.array(controlRunSchema),
  lots: z.array(lotSchema),
  override: z.strictObject({ reason: z.string(), by: z.string(), at: moment }).optional(),
  /** A control failed later: the result is being looked at. */
  underReview: z.strictObject({ control: id, at: moment }).optional(),
  specimen: z.boolean(),
  /** May another institution take the number as its own, and what it lacks. */
  recognition: z.strictObject({ fit: z.boolean(), lacks: z.array(z.enum(recognitionLacks)) }),
});
export type Proof = z.infer<typeof proofSchema>;
