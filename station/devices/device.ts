import type { FaultCode } from "../../core/domain/faults.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Quantity } from "../../core/domain/quantity.ts";
import type { DeviceView } from "../../core/contract/views.ts";
import { rulesOf, type Profile } from "../../drivers/kit/index.ts";
import type { OpenFault } from "../channels/channel.ts";

/** One physical unit: a profile on a port. Its id is made of the two, so it is the same after every start. */
export interface Device {
  readonly id: string;
  readonly profile: Profile;
  readonly port: string;
  readonly simulated: boolean;
  /** The port is there. */
  present: boolean;
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
}

export function makeDevice(profile: Profile, port: string, simulated: boolean): Device {
  return {
    id: `${profile.id}@${port}`,
    profile,
    port,
    simulated,
    present: false,
    blocked: undefined,
    busy: false,
    baudRate: profile.serial.baudRate,
    lastGoodAt: undefined,
    clockOffsetMs: undefined,
    serialNumber: undefined,
  };
}

/** State and reason, the worst first. */
export function stateOf(device: Device): { readonly state: DeviceView["state"]; readonly why?: FaultCode } {
  if (!device.present) return { state: "away", why: "device.portMissing" };
  if (device.busy) return { state: "busy", why: "device.busy" };
  if (device.blocked !== undefined) return { state: "away", why: device.blocked };
  return { state: "ready" };
}

export function viewOf(device: Device): DeviceView {
  const { id, profile, port, simulated, lastGoodAt, clockOffsetMs } = device;
  return {
    id,
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

/** The quantities that the profile's meaning table promises for a kind. */
export function promisedBy(profile: Profile, of: MeasurementKind): ReadonlySet<Quantity> {
  const rules = Object.keys(profile.meaning).flatMap((frame) => rulesOf(profile, frame));
  return new Set(
    rules.flatMap((rule) =>
      rule.kind === "measurement" && rule.of === of ? rule.readings.map(([quantity]) => quantity) : [],
    ),
  );
}
