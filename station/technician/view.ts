import type { TechnicianDevice, TechnicianView } from "../../core/contract/technician-devices.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { StationClockState } from "../../core/quality/station-clock.ts";
import { reasonsOf, stateOf, type Device } from "../devices/device.ts";
import { settingsOf } from "../devices/profile-settings.ts";
import { isAt, type DeviceTable } from "../devices/table.ts";
import type { ProfileShelf } from "../profiles/shelf.ts";
import type { OfferShelf } from "../services/offers.ts";
import { canSetClock } from "./set-clock.ts";

export interface ViewParts {
  readonly table: DeviceTable;
  readonly shelf: ProfileShelf;
  readonly offers: Pick<OfferShelf, "refused">;
  readonly residentPresent: () => boolean;
  readonly stationClock: () => StationClockState;
  /** Name of a member of staff, also of one who has left. */
  readonly nameOf: (staff: string) => string;
}

/** Everything about devices, ports and profiles. Nothing in it is about a resident. */
export function technicianView(parts: ViewParts): TechnicianView {
  const { table, shelf, offers, residentPresent, stationClock, nameOf } = parts;
  const devices = table.devices();
  const orphans = table.orphans();
  const owned = [...devices.map(({ port }) => port), ...orphans.map(({ port }) => port)];
  return {
    devices: devices.map((device) => deviceOf(device, table, nameOf)),
    freePorts: table
      .ports()
      .filter((port) => !owned.some((each) => isAt(port, each)))
      .map((port) => ({ ...port, claimedBy: table.claimsOn(port).map(({ id }) => id) })),
    profiles: shelf.all().map(({ profile, from }) => ({
      id: profile.id,
      maker: profile.model.maker,
      model: profile.model.name,
      measures: [...profile.measures],
      settings: settingsOf(profile),
      from,
    })),
    refusedProfiles: shelf
      .refused()
      .map(({ file, problems }) => ({ file, problems: problems.map((each) => ({ ...each })) })),
    tasks: [
      ...clockTasks[stationClock()].map((code) => ({ id: code, code })),
      ...(offers.refused.length > 0 ? [{ id: "technician.badServices", code: "technician.badServices" as const }] : []),
      ...orphans.map(({ profile, port }) => ({
        id: `technician.noProfile ${profile}@${port}`,
        code: "technician.noProfile" as const,
        device: `${profile}@${port}`,
      })),
      ...devices.flatMap((device) => tasksOf(device)),
    ],
    residentPresent: residentPresent(),
  };
}

/** The clock that every moment in the journal is taken from comes before the devices. */
const clockTasks: Readonly<Record<StationClockState, readonly FaultCode[]>> = {
  unknown: [],
  right: [],
  off: ["station.clockOff"],
  wrong: ["gate.clockWrong"],
};

/** What keeps a device from measuring is a task for staff; that it is measuring is none. */
function tasksOf(device: Device): TechnicianView["tasks"] {
  const clock = clockIsOff(device) ? [{ code: "technician.clockOff" as const, since: undefined }] : [];
  const reasons = reasonsOf(device).filter(({ code }) => code !== "device.busy");
  return [...reasons, ...clock].map(({ code, since }) => ({
    id: `${code} ${device.id}`,
    code,
    device: device.id,
    ...(since === undefined ? {} : { since }),
  }));
}

function clockIsOff({ clockOffsetMs, profile }: Device): boolean {
  return (
    clockOffsetMs !== undefined && profile.clock !== undefined && Math.abs(clockOffsetMs) > profile.clock.maxOffsetMs
  );
}

function deviceOf(device: Device, table: DeviceTable, nameOf: ViewParts["nameOf"]): TechnicianDevice {
  const { id, profile, port, taken, settings, name, lastGoodAt, clockOffsetMs, serialNumber, firmware } = device;
  const { dataBits, parity, stopBits } = profile.serial;
  const info = table.portOf(port);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    profile: profile.id,
    maker: profile.model.maker,
    model: profile.model.name,
    measures: [...profile.measures],
    taken: taken.by === "staff" ? { by: "staff", name: nameOf(taken.staff), at: taken.at } : { by: taken.by },
    port,
    ...(info?.alias === undefined ? {} : { alias: info.alias }),
    ...(info?.usb === undefined ? {} : { usb: info.usb }),
    serial: { baudRate: device.baudRate, dataBits, parity, stopBits },
    settings: { ...settings },
    state: stateOf(device).state,
    reasons: reasonsOf(device).map(({ by, ...reason }) => ({
      ...reason,
      ...(by === undefined ? {} : { by: nameOf(by) }),
    })),
    withdrawn: device.holds.has("withdrawn"),
    ...(lastGoodAt === undefined ? {} : { lastGoodAt }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    ...(profile.clock === undefined ? {} : { clockMaxOffsetMs: profile.clock.maxOffsetMs }),
    ...(firmware === undefined ? {} : { firmware }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    simulated: device.simulated,
    canSetClock: canSetClock(profile),
    actuates: profile.actuates,
  };
}
