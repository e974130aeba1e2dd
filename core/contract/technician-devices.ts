import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "./errors.ts";
import { device, id, saidSchema, sessionSchema as session } from "./technician-parts.ts";
import { checkSchema, deviceViewSchema, faultCodeSchema } from "./views.ts";

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

/** Bytes that a profile's file may have at the most. The longest shipped one is a fiftieth of this. */
export const mostProfileBytes = 1_048_576;

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

export const devicesContract = {
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
    .input(z.strictObject({ id, session, file: z.string().min(1).max(100), text: z.string().max(mostProfileBytes) }))
    .output(
      z.discriminatedUnion("kept", [
        z.strictObject({ kept: z.literal(true), profile: z.string() }),
        z.strictObject({ kept: z.literal(false), refused: refusedProfileSchema }),
      ]),
    )
    .errors(declared("staff.signedOut", "staff.forbidden", "store.failed", "store.full")),
} as const;
