import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import type { DiscardReason } from "../domain/outcome.ts";
import { declared } from "./errors.ts";
import { checkSchema, deviceViewSchema, faultCodeSchema } from "./views.ts";

/**
 * The technician's place. Every call but those of `staff` up to signing in carries the session that `staff.signIn`
 * answered; `quality` keeps to the same rule. What is asked without one is `staff.signedOut`, what the role may not do
 * is `staff.forbidden`. Calls that write carry an id made by the caller; feeds start with the present state, and end
 * when the session does. Times are UTC instants.
 */

const id = z.uuid();
/** Opaque, in memory only; ends after ten minutes without a call. */
export const sessionSchema = z.string().min(1).max(100);
const session = sessionSchema;
const device = z.string().min(1).max(400);

/** Both languages of a sentence that is made where it is known (a refused file, a setting of a profile). */
export const saidSchema = z.strictObject({ zh: z.string(), en: z.string() });

// Staff --------------------------------------------------------------------------------------------------------------

export const staffRoleSchema = z.enum(["operator", "technician"]);
export type StaffRole = z.infer<typeof staffRoleSchema>;

export const staffSchema = z.strictObject({
  id: z.string(),
  /** As staff call each other; chosen when added. */
  name: z.string(),
  role: staffRoleSchema,
  /** Day `YYYY-MM-DD` up to which this person may run controls; absent: not certified. */
  certifiedUntil: z.iso.date().optional(),
  /** Brought along by a simulated station; its PIN is no secret and is shown. */
  specimen: z.boolean(),
  specimenPin: z.string().optional(),
});
export type Staff = z.infer<typeof staffSchema>;

/** Six to twelve digits. */
export const pinSchema = z.string().regex(/^\d{6,12}$/);
const staffName = z.string().trim().min(1).max(40);

export const staffSessionSchema = z.strictObject({
  session: sessionSchema,
  staff: z.string(),
  name: z.string(),
  role: staffRoleSchema,
  /** Without another call. */
  expiresAt: z.iso.datetime({ precision: 3 }),
});
export type StaffSession = z.infer<typeof staffSessionSchema>;

const signInErrors = {
  FAULT: {
    status: 409,
    data: z.strictObject({
      code: z.enum([
        "staff.wrongPin",
        "staff.locked",
        "staff.setupCode",
        "staff.weakPin",
        "store.failed",
        "store.full",
      ]),
      /** With `staff.locked`: how long until the next try. */
      waitSeconds: z.int().positive().optional(),
    }),
  },
} as const;
const staffErrors = [
  "staff.signedOut",
  "staff.forbidden",
  "staff.unknown",
  "staff.lastTechnician",
  "staff.weakPin",
  "store.failed",
  "store.full",
] as const;

// Devices ------------------------------------------------------------------------------------------------------------

const usbSchema = z.strictObject({
  vendorId: z.int(),
  productId: z.int(),
  serialNumber: z.string().optional(),
});
export const serialSettingsSchema = z.strictObject({
  baudRate: z.int(),
  dataBits: z.int(),
  parity: z.string(),
  stopBits: z.int(),
});
const chosenSchema = z.record(z.string().max(60), z.string().max(60));

/** Why a device is out of use. `text`: what a member of staff wrote. */
export const deviceReasonSchema = z.strictObject({
  code: faultCodeSchema,
  since: z.string().optional(),
  by: z.string().optional(),
  text: z.string().optional(),
});
export type DeviceReason = z.infer<typeof deviceReasonSchema>;

export const technicianDeviceSchema = z.strictObject({
  id: z.string(),
  /** Given by a technician. */
  name: z.string().optional(),
  profile: z.string(),
  maker: z.string(),
  model: z.string(),
  measures: z.array(checkSchema),
  /** Why the port is taken for this device. */
  taken: z.discriminatedUnion("by", [
    z.strictObject({ by: z.literal("staff"), name: z.string(), at: z.string() }),
    /** The command line or the shell's settings say so. */
    z.strictObject({ by: z.literal("settings") }),
    /** The profile alone claims these USB ids. */
    z.strictObject({ by: z.literal("usb") }),
  ]),
  port: z.string(),
  /** The link of the system that stays the same wherever the device is plugged in. */
  alias: z.string().optional(),
  usb: usbSchema.optional(),
  /** Speed and form of the bytes in force. */
  serial: serialSettingsSchema,
  /** Settings of the profile that were chosen: name to choice. */
  settings: chosenSchema,
  state: deviceViewSchema.shape.state,
  /** Every reason why it is not ready, the worst first. */
  reasons: z.array(deviceReasonSchema),
  withdrawn: z.boolean(),
  lastGoodAt: z.string().optional(),
  /** Device clock minus station clock. */
  clockOffsetMs: z.number().optional(),
  /** Most that the profile allows. */
  clockMaxOffsetMs: z.number().optional(),
  firmware: z.string().optional(),
  serialNumber: z.string().optional(),
  simulated: z.boolean(),
  canSetClock: z.boolean(),
  actuates: z.boolean(),
});
export type TechnicianDevice = z.infer<typeof technicianDeviceSchema>;

export const freePortSchema = z.strictObject({
  path: z.string(),
  alias: z.string().optional(),
  usb: usbSchema.optional(),
  /** Profiles that claim these USB ids; more than one is a choice for a person. */
  claimedBy: z.array(z.string()),
});

export const profileSettingSchema = z.strictObject({
  name: z.string(),
  says: saidSchema.optional(),
  choices: z.array(z.strictObject({ name: z.string(), says: saidSchema.optional() })).min(1),
  /** The choice where nobody chose. */
  usual: z.string(),
});
export const profileViewSchema = z.strictObject({
  id: z.string(),
  maker: z.string(),
  model: z.string(),
  measures: z.array(checkSchema),
  settings: z.array(profileSettingSchema),
  /** `folder`: a JSON file in the station's data folder. */
  from: z.enum(["shipped", "folder"]),
});
export type ProfileView = z.infer<typeof profileViewSchema>;

/** One reason; `line` and `column` count from 1, absent where the whole file is meant. */
export const profileProblemSchema = z.strictObject({
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  /** Where in the profile, as names with dots. */
  path: z.string().optional(),
  reason: saidSchema,
});
export const refusedProfileSchema = z.strictObject({
  file: z.string(),
  problems: z.array(profileProblemSchema).min(1),
});
export type RefusedProfile = z.infer<typeof refusedProfileSchema>;

/** Something a technician has to do. The sentence is the fault's. */
export const taskSchema = z.strictObject({
  id: z.string(),
  code: faultCodeSchema,
  device: z.string().optional(),
  since: z.string().optional(),
});

export const technicianViewSchema = z.strictObject({
  devices: z.array(technicianDeviceSchema),
  /** Nobody was assigned to these. */
  freePorts: z.array(freePortSchema),
  profiles: z.array(profileViewSchema),
  refusedProfiles: z.array(refusedProfileSchema),
  tasks: z.array(taskSchema),
  /** A resident's visit is open: bytes that carry numbers are withheld, nothing is recorded. */
  residentPresent: z.boolean(),
});
export type TechnicianView = z.infer<typeof technicianViewSchema>;

const deviceErrors = [
  "staff.signedOut",
  "staff.forbidden",
  "technician.noDevice",
  "technician.noProfile",
  "technician.noPort",
  "technician.portTaken",
  "technician.badSetting",
  "device.busy",
  "store.failed",
  "store.full",
] as const;
const portErrors = [
  "device.busy",
  "device.portMissing",
  "device.portBusy",
  "device.portForbidden",
  "device.silent",
  "device.garbled",
  "device.unplugged",
] as const;

// Device doctor ------------------------------------------------------------------------------------------------------

export const doctorSteps = ["plug", "port", "permission", "speed", "silence", "checksum", "clock", "driver"] as const;
export const doctorStepSchema = z.enum(doctorSteps);
export type DoctorStep = z.infer<typeof doctorStepSchema>;

/** The sentence of a finding is `tech.finding.<code>` of the catalogue, filled with `values`: what was found and what to do. */
export const findingCodes = [
  "plug.ok",
  "plug.missing",
  "plug.lost",
  "port.ok",
  "port.busy",
  "port.held",
  "port.unknown",
  "permission.ok",
  "permission.refused",
  "permission.unknown",
  "speed.ok",
  "speed.other",
  "speed.wrong",
  "speed.unknown",
  "silence.ok",
  "silence.silent",
  "silence.waitsForPerson",
  "silence.unknown",
  "checksum.ok",
  "checksum.broken",
  "checksum.noise",
  "checksum.unknown",
  "clock.ok",
  "clock.off",
  "clock.none",
  "clock.unknown",
  "driver.ok",
  "driver.missing",
  "driver.doubtful",
] as const;
export const findingSchema = z.strictObject({
  step: doctorStepSchema,
  state: z.enum(["ok", "bad", "unknown"]),
  code: z.enum(findingCodes),
  /** The fault behind it and the number that can be read over the telephone; with `bad` only. */
  fault: faultCodeSchema.optional(),
  number: z.int().positive().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FindingCode = (typeof findingCodes)[number];
export type Finding = z.infer<typeof findingSchema>;

export const doctorEventSchema = z.discriminatedUnion("kind", [
  /** What is looked at now, and how long it may take at the most. */
  z.strictObject({ kind: z.literal("looking"), step: doctorStepSchema, latestMs: z.number() }),
  z.strictObject({ kind: z.literal("finding"), finding: findingSchema }),
  /** The last one. `first`: the finding to see to first. */
  z.strictObject({
    kind: z.literal("verdict"),
    state: z.enum(["ok", "bad", "unknown"]),
    first: findingSchema.optional(),
  }),
]);
export type DoctorEvent = z.infer<typeof doctorEventSchema>;

// Live view ----------------------------------------------------------------------------------------------------------

/** What was made of bytes: a frame with its values as text, or bytes that are no frame. */
export const heardSchema = z.strictObject({
  /** Name of the frame in the profile; absent for bytes that are none. */
  frame: z.string().optional(),
  sizeBytes: z.int().nonnegative(),
  values: z.array(z.strictObject({ field: z.string(), value: z.string() })),
  discarded: z.enum(["noise", "length", "checksum", "value", "incomplete"] satisfies DiscardReason[]).optional(),
});

/**
 * One line of the live view. While a visit is open (`withheld`), bytes and values that may be a person's numbers are not
 * in it: direction, size and the names of frames are.
 */
export const lineEventSchema = z.discriminatedUnion("kind", [
  /** First, and again whenever it changes. */
  z.strictObject({
    kind: z.literal("state"),
    open: z.boolean(),
    serial: serialSettingsSchema,
    residentPresent: z.boolean(),
    /** `paused`: a resident is here. */
    recording: z.enum(["off", "on", "paused"]),
    /** The file being written. */
    capture: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal("bytes"),
    /** Counts up per device; a gap means the page was too slow and lines were left out. */
    seq: z.int().positive(),
    at: z.string(),
    /** Since the port was opened. */
    ms: z.number().nonnegative(),
    direction: z.enum(["in", "out"]),
    sizeBytes: z.int().nonnegative(),
    /** Lower-case; absent when withheld. */
    hex: z.string().optional(),
    withheld: z.boolean(),
    /** What became whole with these bytes; empty while a frame is only begun. */
    heard: z.array(heardSchema),
  }),
]);
export type LineEvent = z.infer<typeof lineEventSchema>;

export const captureSchema = z.strictObject({
  name: z.string(),
  device: z.string(),
  at: z.string(),
  sizeBytes: z.int().nonnegative(),
});

// The calls ----------------------------------------------------------------------------------------------------------

export const technicianContract = {
  staff: {
    /** Who may sign in here. `setUp`: nobody is technician yet; the setup code of the shell makes the first one. */
    list: oc.output(z.strictObject({ staff: z.array(staffSchema), setUp: z.boolean() })),
    signIn: oc
      .input(z.strictObject({ operator: z.string().min(1).max(60), pin: z.string().max(40) }))
      .output(staffSessionSchema)
      .errors(signInErrors),
    /** The first technician, by the one-time code that the shell printed. Refused once there is one. */
    setUp: oc
      .input(z.strictObject({ id, code: z.string().max(40), name: staffName, pin: pinSchema }))
      .output(staffSessionSchema)
      .errors(signInErrors),
    signOut: oc.input(z.strictObject({ session })).output(z.strictObject({})),
    /** Somebody is still here: the session lasts ten minutes more. */
    stay: oc.input(z.strictObject({ session })).output(staffSessionSchema).errors(declared("staff.signedOut")),
    /** `id` becomes the person's id. */
    add: oc
      .input(
        z.strictObject({
          id,
          session,
          name: staffName,
          role: staffRoleSchema,
          pin: pinSchema,
          certifiedUntil: z.iso.date().optional(),
        }),
      )
      .output(z.strictObject({}))
      .errors(declared(...staffErrors)),
    /** One's own, with the old one; a technician also somebody else's, with the technician's own as `old`. */
    changePin: oc
      .input(z.strictObject({ id, session, staff: z.string().max(60), old: z.string().max(40), pin: pinSchema }))
      .output(z.strictObject({}))
      .errors(declared(...staffErrors, "staff.wrongPin", "staff.locked")),
    retire: oc
      .input(z.strictObject({ id, session, staff: z.string().max(60) }))
      .output(z.strictObject({}))
      .errors(declared(...staffErrors)),
  },
  devices: {
    watch: oc
      .input(z.strictObject({ session }))
      .output(eventIterator(technicianViewSchema))
      .errors(declared("staff.signedOut", "staff.forbidden")),
    /** Takes the place of what was assigned to that port before. */
    assign: oc
      .input(
        z.strictObject({
          id,
          session,
          port: z.string().min(1).max(300),
          profile: z.string().min(1).max(100),
          settings: chosenSchema,
          name: z.string().trim().min(1).max(40).optional(),
        }),
      )
      .output(z.strictObject({ device: z.string() }))
      .errors(declared(...deviceErrors)),
    rename: oc
      .input(z.strictObject({ id, session, device, name: z.string().trim().max(40) }))
      .output(z.strictObject({}))
      .errors(declared(...deviceErrors)),
    /** The port is nobody's any more, also after a restart. */
    forget: oc
      .input(z.strictObject({ id, session, device }))
      .output(z.strictObject({}))
      .errors(declared(...deviceErrors)),
    /** Out of use at once; what runs on it is stopped and refused. */
    withdraw: oc
      .input(z.strictObject({ id, session, device, reason: z.string().trim().min(1).max(200) }))
      .output(z.strictObject({}))
      .errors(declared(...deviceErrors)),
    /** Ends a withdrawal. Reasons of quality control and calibration stay until they are seen to. */
    restore: oc
      .input(z.strictObject({ id, session, device }))
      .output(z.strictObject({}))
      .errors(declared(...deviceErrors)),
    /** Sets the device's clock to the station's. */
    setClock: oc
      .input(z.strictObject({ id, session, device }))
      .output(z.strictObject({}))
      .errors(
        declared(
          ...deviceErrors,
          ...portErrors,
          "technician.noClock",
          "technician.clockOff",
          "technician.residentPresent",
        ),
      ),
    /** Keeps a JSON profile in the data folder. `refused` names file, line and reason; nothing is kept then. */
    addProfile: oc
      .input(z.strictObject({ id, session, file: z.string().min(1).max(100), text: z.string().max(400_000) }))
      .output(
        z.discriminatedUnion("kept", [
          z.strictObject({ kept: z.literal(true), profile: z.string() }),
          z.strictObject({ kept: z.literal(false), refused: refusedProfileSchema }),
        ]),
      )
      .errors(declared("staff.signedOut", "staff.forbidden", "store.failed", "store.full")),
  },
  doctor: {
    run: oc
      .input(z.strictObject({ session, device }))
      .output(eventIterator(doctorEventSchema))
      .errors(declared("staff.signedOut", "staff.forbidden", "technician.noDevice")),
    /** Plain text, both languages, for help from far: no name of any person, no reading. */
    report: oc
      .input(z.strictObject({ session, device }))
      .output(z.strictObject({ text: z.string() }))
      .errors(declared("staff.signedOut", "staff.forbidden", "technician.noDevice")),
  },
  line: {
    watch: oc
      .input(z.strictObject({ session, device }))
      .output(eventIterator(lineEventSchema))
      .errors(declared("staff.signedOut", "staff.forbidden", "technician.noDevice")),
    /** Starts or ends a capture file; answers its name. */
    record: oc
      .input(z.strictObject({ id, session, device, on: z.boolean() }))
      .output(z.strictObject({ name: z.string() }))
      .errors(
        declared(
          "staff.signedOut",
          "staff.forbidden",
          "technician.noDevice",
          "technician.residentPresent",
          "technician.noCapture",
          "store.failed",
          "store.full",
        ),
      ),
    captures: oc
      .input(z.strictObject({ session }))
      .output(z.array(captureSchema))
      .errors(declared("staff.signedOut", "staff.forbidden")),
    capture: oc
      .input(z.strictObject({ session, name: z.string().max(200) }))
      .output(z.strictObject({ text: z.string() }))
      .errors(declared("staff.signedOut", "staff.forbidden", "technician.noCapture")),
  },
} as const;
