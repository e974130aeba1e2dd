import type { FaultCode } from "../../core/domain/faults.ts";
import type { MeasurementKind, Outcome } from "../../core/domain/outcome.ts";
import type { Quantity } from "../../core/domain/quantity.ts";
import type { DeviceReason } from "../../core/contract/technician-devices.ts";
import type { DeviceView } from "../../core/contract/views.ts";
import { measuringSessions, rulesOf, type Profile } from "../../drivers/kit/index.ts";
import type { OpenFault } from "../channels/channel.ts";

/** Why a port is taken for a device. `staff`: the id of who assigned it, at a UTC instant. */
export type Taken =
  { readonly by: "staff"; readonly staff: string; readonly at: string } | { readonly by: "settings" | "usb" };

/** One physical unit: a profile on a port. Its id is made of the two, so it is the same after every start. */
export interface Device {
  readonly id: string;
  /** As this port needs it: with the settings that were chosen. */
  readonly profile: Profile;
  /** The same before the settings: the one on the shelf. */
  readonly shelved: Profile;
  readonly port: string;
  readonly simulated: boolean;
  readonly taken: Taken;
  /** Settings of the profile that were chosen. */
  readonly settings: Readonly<Record<string, string>>;
  /** Given by staff. */
  name: string | undefined;
  /** Why it is out of use, by who says so (a withdrawal, quality control); empty: it may measure. */
  holds: ReadonlyMap<string, readonly DeviceReason[]>;
  /** The port is there. */
  present: boolean;
  /** It was there since the program started. */
  seen: boolean;
  /** Why the port could not be opened when last tried; cleared when it could. */
  blocked: OpenFault | undefined;
  /** A measurement holds it. */
  busy: boolean;
  /** Speed it answered to last; the profile's own at first. */
  baudRate: number;
  lastGoodAt: string | undefined;
  /** Device clock minus station clock, when last compared. */
  clockOffsetMs: number | undefined;
  serialNumber: string | undefined;
  /** What it told last, where it may tell that again: its own time and every number. */
  toldLast: string | undefined;
  firmware: string | undefined;
}

export function makeDevice(
  profile: Profile,
  port: string,
  simulated: boolean,
  {
    taken = { by: "settings" },
    settings = {},
    shelved = profile,
  }: Partial<Pick<Device, "taken" | "settings" | "shelved">> = {},
): Device {
  return {
    id: `${profile.id}@${port}`,
    profile,
    shelved,
    port,
    simulated,
    taken,
    settings,
    name: undefined,
    holds: new Map(),
    present: false,
    seen: false,
    blocked: undefined,
    busy: false,
    baudRate: profile.serial.baudRate,
    lastGoodAt: undefined,
    clockOffsetMs: undefined,
    serialNumber: undefined,
    toldLast: undefined,
    firmware: undefined,
  };
}

/**
 * State and reason, the worst first. Out of use comes before everything else: what a device that was taken out in the
 * middle of a measurement still says must be refused.
 */
export function stateOf(device: Device): { readonly state: DeviceView["state"]; readonly why?: FaultCode } {
  const [hold] = holdsOf(device);
  if (hold !== undefined) return { state: "out", why: hold.code };
  if (!device.present) return { state: "away", why: "device.portMissing" };
  if (device.busy) return { state: "busy", why: "device.busy" };
  if (device.blocked !== undefined) return { state: "away", why: device.blocked };
  return { state: "ready" };
}

function holdsOf(device: Device): readonly DeviceReason[] {
  return [...device.holds.values()].flat();
}

/** Every reason why it is not ready; those that keep it out of use first. */
export function reasonsOf(device: Device): readonly DeviceReason[] {
  const { present, blocked, busy } = device;
  return [
    ...holdsOf(device),
    ...(present ? [] : [{ code: "device.portMissing" } as const]),
    ...(present && blocked !== undefined ? [{ code: blocked }] : []),
    ...(present && busy ? [{ code: "device.busy" } as const] : []),
  ];
}

export function viewOf(device: Device): DeviceView {
  const { id, name, profile, port, simulated, lastGoodAt, clockOffsetMs } = device;
  return {
    id,
    ...(name === undefined || name === "" ? {} : { name }),
    profile: profile.id,
    maker: profile.model.maker,
    model: profile.model.name,
    measures: [...profile.measures],
    port,
    simulated,
    ...stateOf(device),
    ...(lastGoodAt === undefined ? {} : { lastGoodAt }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    confirm: profile.confirm,
    actuates: profile.actuates,
  };
}

/** The quantities that a result of this kind carries: by the meaning table, or because a stream settles on them. */
export function promisedBy(profile: Profile, of: MeasurementKind): ReadonlySet<Quantity> {
  const streams = measuringSessions(profile).flatMap(({ conversation }) =>
    conversation.steps.flatMap((step) => (step.do === "settle" && step.of === of ? [step.frame] : [])),
  );
  const given = (frame: string, kind: "measurement" | "progress"): readonly Quantity[] =>
    rulesOf(profile, frame).flatMap((rule) =>
      rule.kind === kind && rule.of === of ? rule.readings.map(([quantity]) => quantity) : [],
    );
  return new Set([
    ...Object.keys(profile.meaning).flatMap((frame) => given(frame, "measurement")),
    ...streams.flatMap((frame) => given(frame, "progress")),
  ]);
}

type Told = Extract<Outcome, { readonly kind: "measurement" }>;

/** Is this the result that the device told before, down to its own time? Remembers it either way. */
export function tellsAgain(device: Device, { deviceTime, readings, stored }: Told): boolean {
  if (device.profile.repeats !== true || stored === true || deviceTime === undefined) return false;
  const told = JSON.stringify([deviceTime, readings]);
  const again = device.toldLast === told;
  device.toldLast = told;
  return again;
}
