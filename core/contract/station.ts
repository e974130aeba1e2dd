import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { callModes, outcomeCodes } from "../domain/calls.ts";
import { consentWays } from "../domain/consent.ts";
import { guestSayings, guestScopes } from "../domain/guests.ts";
import { opinionSchema } from "../journal/entry.ts";
import { declared } from "./errors.ts";
import { blobKinds, blobLimits, pieceBytes } from "./hub-blobs.ts";
import { guestAskSchema, participantSchema } from "./hub-calls.ts";
import { qualityContract } from "./quality.ts";
import { stationBlobContract } from "./station-blobs.ts";
import { stationRoomContract } from "./station-room.ts";
import { technicianContract } from "./technician.ts";
import { voiceViewSchema } from "./technician-voice.ts";
import { servicesContract } from "./visit-services.ts";
import { identifyContract, visitPartsContract } from "./visit.ts";
import { doctorContract } from "./visit-doctor.ts";
import { helperSchema, whoSchema } from "./visit-parts.ts";
import {
  callStateSchema,
  checkSchema,
  iceServerSchema,
  measureEventSchema,
  signalBodySchema,
  signalSchema,
  stationViewSchema,
  visitViewSchema,
} from "./views.ts";

const id = z.uuid();

/** What the station's page sees of a consult. */
export const consultViewSchema = z.strictObject({
  call: id,
  state: callStateSchema,
  /** As the hub has it; absent until it answered. */
  mode: z.enum(callModes).optional(),
  /** People ahead, while waiting. */
  ahead: z.int().nonnegative().optional(),
  /** Seconds until somebody answers, to be spoken; absent: nobody has a desk open. */
  expectedWaitS: z.int().nonnegative().optional(),
  /** While nobody has a desk open: whom to call on the phone, where the hub has such a number. */
  dutyPhone: z.string().optional(),
  clinician: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  /** Who is in the call besides the station, in order of coming. */
  others: z.array(participantSchema.pick({ id: true, name: true, role: true, state: true })),
  /** What one is or was asked about guests in this call. */
  guests: z.array(guestAskSchema).optional(),
  /** As the doctor closed it. */
  code: z.enum(outcomeCodes).optional(),
  /** True while the station's own line to the hub is down. */
  lineDown: z.boolean(),
  iceServers: z.array(iceServerSchema),
  opinion: opinionSchema.optional(),
});
export type ConsultView = z.infer<typeof consultViewSchema>;

/** A picture or a voice that a message brings along. */
export const broughtSchema = z.strictObject({
  blob: id,
  kind: z.enum(blobKinds),
  media: z.enum([...blobLimits.still.media, ...blobLimits.voiceNote.media]),
  bytes: z.int().positive(),
  /** Lower-case hex SHA-256 of the whole. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Brought = z.infer<typeof broughtSchema>;

/**
 * What the resident's pages may ask of the station host. Calls that write carry an id made by the caller: a second one with the
 * same id is answered as the first was. Feeds stream until left and start with the present state.
 */
export const kioskContract = {
  station: {
    watch: oc.output(eventIterator(stationViewSchema)),
  },
  /** What the page speaks with. Clips are fetched from the page's own origin: `/voice/<pack>/<clip>`. */
  voice: {
    watch: oc.output(eventIterator(voiceViewSchema)),
  },
  identify: identifyContract,
  visit: {
    ...visitPartsContract,
    ...servicesContract,
    /**
     * Opens a visit, or goes on with the one of the same person that was cut off less than 15 minutes ago: then the answer
     * has that visit's id. A visit that is still open is closed first, as `replaced`.
     */
    open: oc
      .input(z.strictObject({ id, who: whoSchema, helper: helperSchema.optional() }))
      .output(visitViewSchema)
      .errors(declared("store.full", "store.failed", "store.broken", "wire.badInput", "identify.expired")),
    watch: oc
      .input(z.strictObject({ visit: id }))
      .output(eventIterator(visitViewSchema))
      .errors(declared("visit.closed")),
    /** Ends the visit: stops what runs, leaves the queue. Repeating it is harmless. */
    leave: oc.input(z.strictObject({ visit: id, reason: z.enum(["left", "idle"]) })).output(z.strictObject({})),
  },
  familyDoctor: doctorContract,
  measure: {
    /** Starts one measurement by the resident's explicit act. `id` becomes the measurement's id. Refused before anything moves. */
    start: oc
      .input(
        z.strictObject({
          id,
          visit: id,
          of: checkSchema,
          context: z.record(z.string(), z.json()),
          /** A doctor asked for it. By voice: refused unless the hub said who heard the yes, and the call still runs. */
          asked: z.strictObject({ ask: id, by: z.enum(["touch", "voice"]) }).optional(),
        }),
      )
      .output(z.strictObject({ device: z.string() }))
      .errors(
        declared(
          "visit.closed",
          "consent.notGiven",
          "device.noDevice",
          "device.busy",
          "device.portMissing",
          "device.portBusy",
          "device.portForbidden",
          "gate.deviceNotReady",
          "gate.clockWrong",
          "gate.tooSoon",
          "store.full",
          "store.broken",
          "store.failed",
        ),
      ),
    /** Every event of one measurement from its first on, also for a reader who comes late. */
    watch: oc.input(z.strictObject({ id })).output(eventIterator(measureEventSchema)).errors(declared("gate.noVisit")),
    /** Always allowed, always answered; a cuff lets its air out. */
    stop: oc.input(z.strictObject({ id })).output(z.strictObject({})),
    /** The resident's answer to `confirm`: do the numbers match the device's display? */
    confirm: oc
      .input(z.strictObject({ id, same: z.boolean() }))
      .output(z.strictObject({}))
      .errors(declared("gate.noVisit", "store.failed", "store.full")),
  },
  consult: {
    /** Asks for a doctor; `call` is made by the page. Joins the queue of the hub. */
    request: oc
      .input(z.strictObject({ call: id, visit: id }))
      .output(z.strictObject({}))
      .errors(declared("consult.hubAway", "consent.notGiven", "visit.closed", "store.failed", "store.full")),
    cancel: oc.input(z.strictObject({ call: id })).output(z.strictObject({})),
    watch: oc
      .input(z.strictObject({ call: id }))
      .output(eventIterator(consultViewSchema))
      .errors(declared("consult.ended")),
    /** To the other side, in order. Answers when the hub has it. `id` made by the page: sent again after a lost answer, the second one is dropped. */
    signal: oc
      .input(z.strictObject({ call: id, id: id.optional(), body: signalBodySchema }))
      .output(z.strictObject({}))
      .errors(declared("consult.hubAway", "consult.ended")),
    /** From the other side, those after `after`. */
    signals: oc
      .input(z.strictObject({ call: id, after: z.int().nonnegative() }))
      .output(eventIterator(signalSchema))
      .errors(declared("consult.ended")),
    /** Our own voice; the others are told. */
    mute: oc.input(z.strictObject({ call: id, muted: z.boolean() })).output(z.strictObject({})),
    /** A piece of what a message brings along, in order from 0; kept in memory until `leaveMessage` or the visit's end. */
    piece: oc
      .input(
        z.strictObject({
          visit: id,
          blob: id,
          offset: z.int().nonnegative(),
          piece: z.base64().max(Math.ceil((pieceBytes * 4) / 3) + 4),
        }),
      )
      .output(z.strictObject({}))
      .errors(declared("visit.closed", "blob.tooBig", "blob.broken")),
    /**
     * For a doctor who answers later. `call` is made by the page; readings and answers go along by themselves. Answers when it
     * is on the station's disk; it goes to the hub when there is a line, also after the visit.
     */
    leaveMessage: oc
      .input(z.strictObject({ call: id, visit: id, brings: z.array(broughtSchema).max(3) }))
      .output(z.strictObject({}))
      .errors(declared("visit.closed", "consent.notGiven", "blob.broken", "store.failed", "store.full")),
    /** First remote frame decoded here. */
    mediaUp: oc.input(z.strictObject({ call: id })).output(z.strictObject({})),
    /** A doctor who hung up would like to speak again (`ringBack` of the visit): not now. A yes is a new `request`. */
    notNow: oc.input(z.strictObject({ call: id })).output(z.strictObject({})),
    /** What the person says about one who wants to watch or come along. Answers when it is kept. */
    guest: oc
      .input(
        z.strictObject({
          call: id,
          ask: id,
          scope: z.enum(guestScopes),
          said: z.enum(guestSayings),
          way: z.enum(consentWays),
        }),
      )
      .output(z.strictObject({}))
      .errors(declared("consult.ended", "store.failed", "store.full")),
    room: stationRoomContract,
    blob: stationBlobContract,
  },
} as const;

/** Everything the page may ask: the resident's part, and the parts behind a staff session. */
export const stationContract = { ...kioskContract, technician: technicianContract, quality: qualityContract } as const;
