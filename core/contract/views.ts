import { z } from "zod";
import { medicineViewSchema } from "../care/medicine.ts";
import { messageLeftSchema } from "../care/messages.ts";
import { planToldSchema } from "../care/plan-told.ts";
import { faults, type FaultCode } from "../domain/faults.ts";
import { measurementKinds, waveKinds } from "../domain/outcome.ts";
import {
  assessmentSchema,
  comparisonSchema,
  heardBySchema,
  measurementSchema,
  opinionSchema,
  readingSchema,
} from "../journal/entry.ts";
import { arms } from "../journal/visit-bodies.ts";
import { changeSchema, gradeSchema, visitPartsSchema } from "./visit-parts.ts";
import { stationClockStates } from "../quality/station-clock.ts";

/** What pages are shown. Every shape here is checked by schema on the side that answers. */

const codes = Object.keys(faults) as [FaultCode, ...FaultCode[]];
export const faultCodeSchema = z.enum(codes);
export const checkSchema = z.enum(measurementKinds);
export type Check = z.infer<typeof checkSchema>;

export const deviceViewSchema = z.strictObject({
  id: z.string(),
  /** What staff call it. */
  name: z.string().optional(),
  profile: z.string(),
  maker: z.string(),
  model: z.string(),
  measures: z.array(checkSchema),
  port: z.string(),
  simulated: z.boolean(),
  /** `ready`: may measure. `away`: the port is gone. `busy`: measuring. `out`: taken out of use. */
  state: z.enum(["ready", "away", "busy", "out"]),
  /** Set when state is not `ready`. */
  why: faultCodeSchema.optional(),
  lastGoodAt: z.string().optional(),
  clockOffsetMs: z.number().optional(),
  /** Whether a person must compare the numbers with the device's display. */
  confirm: z.enum(["display", "none"]),
  /** Moves air or anything else on a body: stop must be in reach. */
  actuates: z.boolean(),
});
export type DeviceView = z.infer<typeof deviceViewSchema>;

export const residentCardSchema = z.strictObject({
  id: z.string(),
  /** Name in part, as an open room may see it. */
  shownName: z.string(),
  birthYear: z.int(),
  sex: z.enum(["female", "male"]),
  specimen: z.boolean(),
});
export type ResidentCard = z.infer<typeof residentCardSchema>;

export const stationViewSchema = z.strictObject({
  station: z.strictObject({ id: z.string(), name: z.string(), place: z.string(), keeper: z.string() }),
  simulated: z.boolean(),
  program: z.string(),
  hub: z.enum(["up", "away", "none"]),
  /** Entries not yet held by the hub. */
  unsent: z.int().nonnegative(),
  /** `broken`: the hub's copy of the journal differs from the station's; nothing is shipped until staff has looked. Not for the resident. */
  proof: z.enum(["whole", "broken"]),
  storage: z.enum(["ok", "full", "broken"]),
  /** Whom to call on the phone when no doctor can be reached: as the hub said last, or else as the station was started. */
  dutyPhone: z.string().optional(),
  /** The station's clock against the hub's; `hubAheadMs`: the hub's minus the station's, where they were compared. */
  clock: z.strictObject({ state: z.enum(stationClockStates), hubAheadMs: z.number().optional() }),
  devices: z.array(deviceViewSchema),
  /** Only in a simulated station: its specimens. The people of a real station are shown to nobody. */
  residents: z.array(residentCardSchema),
  /** A slip can be printed. */
  printer: z.enum(["ready", "paperOut", "none"]),
});
export type StationView = z.infer<typeof stationViewSchema>;

/** A judged group of measurements of one kind: what the result page shows. */
export const resultSchema = z.strictObject({
  of: checkSchema,
  measurements: z.array(measurementSchema),
  /** One per judged item (pressure, pulse; glucose; each lipid). The first leads. Empty until it can be judged. */
  assessments: z.array(assessmentSchema),
  /** For pressure: what the protocol asks for next. */
  next: z.enum(["none", "second", "third", "restRepeat", "again"]),
  /** UTC moment before which the next reading of this kind does not start (rest between pressures). */
  notBefore: z.string().optional(),
  /** The arm that the next pressure is to be of; absent: whichever. */
  arm: z.enum(arms).optional(),
  /** Of a pressure: which arm is the higher one, and since when that is known. */
  compared: comparisonSchema.optional(),
  /** Of a pressure: fit for a doctor's decision, or a first look only. */
  grade: gradeSchema.optional(),
  /** Since the last visit; absent for a guest and at the first visit. */
  changes: z.array(changeSchema).optional(),
});

export const refusalSchema = z.strictObject({
  measurement: z.string(),
  of: checkSchema.nullable(),
  reason: faultCodeSchema,
  heardAt: z.string(),
  readings: z.array(readingSchema),
});

export type Result = z.infer<typeof resultSchema>;
export type Refusal = z.infer<typeof refusalSchema>;

export const visitViewSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(["guest", "resident"]),
  resident: residentCardSchema.optional(),
  openedAt: z.string(),
  closed: z.boolean(),
  results: z.array(resultSchema),
  refusals: z.array(refusalSchema),
  /** Combined by OV-01; absent until there is a result. */
  overall: assessmentSchema.optional(),
  opinions: z.array(opinionSchema),
  /** About earlier visits, and not told yet: told to the person once they are known. Absent: nothing new. */
  arrived: z.array(opinionSchema).optional(),
  /** What they take, as it was signed and reviewed: asked about in this visit. */
  takes: z.array(medicineViewSchema).optional(),
  /** For this resident, and not told yet. */
  messages: z.array(messageLeftSchema).optional(),
  /** What a doctor signed for this resident, as it was told here and is in force. */
  plan: planToldSchema.optional(),
  ...visitPartsSchema.shape,
});
export type VisitView = z.infer<typeof visitViewSchema>;

/** What happens while measuring, in order. `ended` is always the last one. */
export const measureEventSchema = z.discriminatedUnion("kind", [
  /** `latestMs`: how long this phase may take at the most, from now. */
  z.strictObject({
    kind: z.literal("phase"),
    phase: z.enum(["opening", "contacting", "waiting", "measuring", "reading"]),
    latestMs: z.number(),
  }),
  z.strictObject({ kind: z.literal("progress"), readings: z.array(readingSchema) }),
  /** Samples of a curve for the eye, in raw steps; never stored. */
  z.strictObject({ kind: z.literal("wave"), of: z.enum(waveKinds), samples: z.array(z.number()).max(2_000) }),
  /** Numbers heard and stored, waiting for `measure.confirm`. */
  z.strictObject({ kind: z.literal("confirm"), measurement: measurementSchema }),
  z.strictObject({ kind: z.literal("accepted"), measurement: measurementSchema }),
  z.strictObject({ kind: z.literal("refused"), reason: faultCodeSchema }),
  z.strictObject({ kind: z.literal("fault"), code: faultCodeSchema }),
  z.strictObject({
    kind: z.literal("ended"),
    how: z.enum(["finished", "stopped", "failed"]),
    code: faultCodeSchema.optional(),
  }),
]);
export type MeasureEvent = z.infer<typeof measureEventSchema>;

/** What one side of a call sends, from most to least. Fixed, and told in words (issue 5 §2). */
export const mediaSteps = ["video", "small", "stills", "voice", "voiceNote", "written"] as const;
export type MediaStep = (typeof mediaSteps)[number];
/** Why a side sends what it sends: the call began, its line got worse or better, or somebody wished it. */
export const stepReasons = ["began", "line", "better", "asked", "otherSide"] as const;
export type StepReason = (typeof stepReasons)[number];

/** The reading being taken, as it is taken; on the data channel, and its turns through the hub, too. */
export const liveMeasureSchema = z.strictObject({
  kind: z.literal("measure"),
  measurement: z.uuid(),
  of: checkSchema,
  at: z.iso.datetime({ precision: 3 }),
  event: measureEventSchema,
});

/** The sender now sends `step`, and wants no more than `most` from the other. `number` grows within a generation. */
export const stepSchema = z.strictObject({
  kind: z.literal("step"),
  generation: z.int().nonnegative(),
  number: z.int().nonnegative(),
  step: z.enum(mediaSteps),
  why: z.enum(stepReasons),
  most: z.enum(mediaSteps),
});

/** The doctor asks for a measurement or a picture and may stop it; the resident agrees or not. `ask` is made by the desk. */
const askSchemas = [
  z.strictObject({ kind: z.literal("askMeasure"), ask: z.uuid(), of: z.union([checkSchema, z.literal("still")]) }),
  z.strictObject({ kind: z.literal("askStop"), ask: z.uuid() }),
  z.strictObject({ kind: z.literal("askAnswer"), ask: z.uuid(), agreed: z.boolean() }),
  /** By the hub alone: this doctor heard the resident say yes in the running call (`call.heardYes`). */
  z.strictObject({ kind: z.literal("askSaid"), ask: z.uuid(), heardBy: heardBySchema }),
] as const;
export const askSchema = z.discriminatedUnion("kind", askSchemas);
export type AskSignal = z.infer<typeof askSchema>;

/** A signalling message between the two pages of a call. The hub looks at its size and ticket, not into it. */
export const signalBodySchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("description"),
    type: z.enum(["offer", "answer", "rollback", "pranswer"]),
    sdp: z.string().max(60_000),
  }),
  z.strictObject({
    kind: z.literal("candidate"),
    candidate: z.string().max(2_000),
    sdpMid: z.string().nullable(),
    sdpMLineIndex: z.int().nullable(),
    usernameFragment: z.string().nullable(),
  }),
  /** The sender made a new peer connection; the other side drops its own and starts afresh. `generation` grows. */
  z.strictObject({ kind: z.literal("restart"), generation: z.int().nonnegative() }),
  stepSchema,
  z.strictObject({ kind: z.literal("live"), message: liveMeasureSchema }),
  ...askSchemas,
]);
export type SignalBody = z.infer<typeof signalBodySchema>;
/** `seq` counts up per call and direction: a reader names the last one it has and hears what it missed. */
export const signalSchema = z.strictObject({ seq: z.int().positive(), body: signalBodySchema });
export type Signal = z.infer<typeof signalSchema>;

export const iceServerSchema = z.strictObject({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});

export const callStates = ["waiting", "ringing", "active", "reconnecting", "interrupted", "finished"] as const;
/**
 * waiting: in the queue. ringing: a doctor accepted, media not yet up. active: media on both sides. reconnecting: one
 * side's line dropped. interrupted: it stayed away too long, the station is back at the head of the queue. finished: over.
 */
export const callStateSchema = z.enum(callStates);
export type CallState = z.infer<typeof callStateSchema>;
