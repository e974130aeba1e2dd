import { z } from "zod";

/** Bodies of what staff do at a station. Who did it is the entry's actor; a PIN or what checks one is never here. */

const staff = z.string().min(1);
const device = z.string().min(1);
const offerKind = z.enum(["hospital", "package"]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const technicianBodies = {
  "staff.added": z.strictObject({
    staff,
    name: z.string(),
    role: z.enum(["operator", "technician"]),
    certifiedUntil: z.iso.date().optional(),
    specimen: z.boolean(),
  }),
  "staff.signedIn": z.strictObject({ staff }),
  "staff.refused": z.strictObject({ staff, code: z.string() }),
  /** `idle`: ten minutes without a call. `retired`: by somebody else. `replaced`: the PIN was changed. */
  "staff.signedOut": z.strictObject({ staff, how: z.enum(["left", "idle", "retired", "replaced", "hostStopped"]) }),
  "staff.pinChanged": z.strictObject({ staff }),
  "staff.retired": z.strictObject({ staff }),
  "device.named": z.strictObject({ device, name: z.string() }),
  "device.withdrawn": z.strictObject({ device, reason: z.string() }),
  "device.restored": z.strictObject({ device }),
  /** `to`: the device-local time it was set to; `offsetBeforeMs`: how far it was off, when that was known. */
  "device.clockSet": z.strictObject({ device, to: z.string(), offsetBeforeMs: z.number().optional() }),
  /** The port is nobody's until it is assigned again. */
  "device.forgotten": z.strictObject({ device, port: z.string() }),
  /** Bytes heard from and sent to a device while no resident was there; the file lies in the data folder. */
  "capture.recorded": z.strictObject({ file: z.string(), device, chunks: z.int().nonnegative(), sha256 }),
  /** By hand, about a day on the station's wall: the only thing in the day's work log that a person writes. */
  "day.remarked": z.strictObject({ day: z.iso.date(), text: z.string().min(1).max(400) }),
  "profile.added": z.strictObject({ file: z.string(), profile: z.string(), sha256 }),
  /** A hospital or package as residents see it: its id and Chinese name; `sha256`: of the JSON that was kept. */
  "offer.kept": z.strictObject({ kind: offerKind, item: z.string(), name: z.string(), sha256 }),
  "offer.removed": z.strictObject({ kind: offerKind, item: z.string(), name: z.string() }),
  /** A file that did not fit: it has another name in the data folder now. */
  "offer.setAside": z.strictObject({ file: z.string() }),
} as const;
