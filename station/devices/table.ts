import type { DeviceReason } from "../../core/contract/technician-devices.ts";
import type { DeviceView } from "../../core/contract/views.ts";
import type { MeasurementKind, Outcome } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import type { ChannelSource, PortInfo } from "../channels/channel.ts";
import type { Logger } from "../log/logger.ts";
import type { StationSettings } from "../settings.ts";
import { makeDevice, stateOf, viewOf, type Device, type Taken } from "./device.ts";
import { fitting } from "./profile-settings.ts";
import { Line } from "./line.ts";

export interface TableParts {
  readonly profiles: readonly Profile[];
  readonly settings: Pick<StationSettings, "devices" | "simulated">;
  readonly source: ChannelSource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onChange: () => void;
  /** A port was taken by the settings or by USB ids. What staff assign is told by who carries it out. */
  readonly onAssigned: (device: Device) => void;
  /** A result that came while nobody was being measured on that device. */
  readonly onUnasked: (device: Device, outcome: Outcome, raw: Uint8Array) => void;
}

/** Which profile speaks on which port, and who says so. */
export interface Assignment {
  readonly profile: string;
  readonly port: string;
  readonly taken: Taken;
  readonly settings?: Readonly<Record<string, string>>;
}

/** What staff decided about ports, in earlier starts too: it goes before the shell's settings. */
export interface Decided {
  readonly assigned: readonly Assignment[];
  /** Ports that are nobody's, whatever settings and USB ids say. */
  readonly forgotten: readonly string[];
}

/**
 * The devices of the station: which profile speaks on which port, and whether it may measure. Assigned by staff, by the
 * settings, and by USB ids that a profile claims for itself, in this order. A device that went away stays in the table.
 */
export class DeviceTable {
  readonly #parts: TableParts;
  #profiles: readonly Profile[];
  readonly #lines = new Map<string, Line>();
  /** Assignments whose profile is not known: kept, for the profile may come. By port. */
  readonly #orphans = new Map<string, Assignment>();
  /** Of them, those whose port is only being closed before it is taken anew. */
  readonly #moves = new Map<Assignment, Promise<void>>();
  readonly #forgotten = new Set<string>();
  /** By device id, also for devices that are not in the table now. */
  readonly #holds = new Map<string, Map<string, readonly DeviceReason[]>>();
  readonly #names = new Map<string, string>();
  #ports: readonly PortInfo[] = [];
  #stopWatching: () => void = () => {};
  #shown = "";
  #closed = false;
  #looked: (() => void) | undefined;
  readonly #firstLook: Promise<void>;

  constructor(parts: TableParts) {
    this.#parts = parts;
    this.#profiles = parts.profiles;
    this.#firstLook = new Promise((resolve) => (this.#looked = resolve));
  }

  /** Takes the ports that were given out and begins to look for what is plugged in. */
  begin({ assigned, forgotten }: Decided = { assigned: [], forgotten: [] }): void {
    for (const port of forgotten) this.#forgotten.add(port);
    for (const each of assigned) this.#put(each);
    for (const { profile, port } of this.#parts.settings.devices) {
      const decided = this.#forgotten.has(port) || assigned.some((each) => each.port === port);
      if (!decided) this.#put({ profile, port, taken: { by: "settings" } });
    }
    this.#stopWatching = this.#parts.source.watch((ports) => this.#look(ports));
  }

  /** Resolves when the ports were looked at once. */
  ready(): Promise<void> {
    return this.#firstLook;
  }

  views(): DeviceView[] {
    return this.devices().map(viewOf);
  }

  devices(): readonly Device[] {
    return [...this.#lines.values()].map(({ device }) => device);
  }

  /** Assigned ports whose profile nobody knows. */
  orphans(): readonly Assignment[] {
    return [...this.#orphans.values()].filter((each) => !this.#moves.has(each));
  }

  get simulated(): boolean {
    return this.#parts.settings.simulated;
  }

  /** Ports as they were last seen. */
  ports(): readonly PortInfo[] {
    return this.#ports;
  }

  portOf(port: string): PortInfo | undefined {
    return this.#ports.find((each) => isAt(each, port));
  }

  profiles(): readonly Profile[] {
    return this.#profiles;
  }

  findProfile(id: string): Profile | undefined {
    return this.#profiles.find((each) => each.id === id || each.aliases?.includes(id) === true);
  }

  /**
   * Other profiles from now on: what waited for one gets it, a device whose profile changed begins anew (one at work when
   * it is done), and a device whose profile is gone stays in the table, out of use.
   */
  async useProfiles(profiles: readonly Profile[]): Promise<void> {
    this.#profiles = profiles;
    for (const { id, shelved } of this.devices()) {
      const known = this.findProfile(shelved.id) !== undefined;
      this.hold(id, "profile", known ? [] : [{ code: "technician.noProfile" }]);
    }
    this.#renew();
    await Promise.all(this.#moves.values());
    for (const orphan of this.orphans()) this.#put(orphan);
    this.#look(this.#ports);
  }

  /** Devices whose profile is another now begin anew, but for those at work. */
  #renew(): void {
    for (const device of this.devices()) {
      const now = this.findProfile(device.shelved.id);
      if (device.busy || now === undefined || now === device.shelved) continue;
      const { profile, port, taken, settings } = device;
      const assignment: Assignment = { profile: profile.id, port, taken, settings };
      const dropped = this.#drop(port);
      // Nobody else takes the port while it is being closed; staff may decide otherwise meanwhile.
      this.#orphans.set(port, assignment);
      const moved = dropped.then(() => {
        this.#moves.delete(assignment);
        if (this.#closed || this.#orphans.get(port) !== assignment) return;
        this.#put(assignment);
        this.#look(this.#ports);
      });
      this.#moves.set(assignment, moved);
    }
  }

  find(id: string): Line | undefined {
    return this.#lines.get(id);
  }

  /**
   * The line for a check: a ready one first, else the one whose state says best why not. `passes`: whether quality lets
   * the device measure this kind; one that may measure another kind is not out of use as a whole.
   */
  lineFor(of: MeasurementKind, passes: (device: Device) => boolean = () => true): Line | undefined {
    const able = [...this.#lines.values()].filter(({ device }) => device.profile.measures.includes(of));
    const rank = { ready: 0, busy: 1, out: 2, away: 3 } as const;
    const rankOf = ({ device }: Line): number => {
      const { state } = stateOf(device);
      return rank[state === "ready" && !passes(device) ? "out" : state];
    };
    return able.sort((a, b) => rankOf(a) - rankOf(b))[0];
  }

  /** Staff decide: the port is taken for this, whatever had it before. */
  async assign(assignment: Assignment): Promise<void> {
    await this.#drop(assignment.port);
    this.#forgotten.delete(assignment.port);
    this.#put(assignment);
    this.#look(this.#ports);
  }

  /** The port is nobody's any more. */
  async forget(port: string): Promise<void> {
    this.#forgotten.add(port);
    await this.#drop(port);
    this.changed();
  }

  name(id: string, name: string): void {
    if (name === "") this.#names.delete(id);
    else this.#names.set(id, name);
    const device = this.#lines.get(id)?.device;
    if (device !== undefined) device.name = this.#names.get(id);
    this.changed();
  }

  /** What `by` has against the use of a device, from now on; nothing: it has nothing against it. At once in force. */
  hold(id: string, by: string, reasons: readonly DeviceReason[]): void {
    const holds = new Map(this.#holds.get(id));
    if (reasons.length === 0) holds.delete(by);
    else holds.set(by, reasons);
    this.#holds.set(id, holds);
    const device = this.#lines.get(id)?.device;
    if (device !== undefined) device.holds = holds;
    this.changed();
  }

  /** What was at work when the program was cut off. Ids that are not here any more are passed over. */
  wereAtWork(ids: readonly string[]): void {
    for (const id of ids) this.#lines.get(id)?.wasAtWork();
  }

  /** Something about a device changed: tell whoever looks. */
  changed(): void {
    const shown = JSON.stringify([
      this.views(),
      this.devices().map(({ name, settings, busy, firmware, serialNumber, holds }) => [
        name,
        settings,
        busy,
        firmware,
        serialNumber,
        ...holds,
      ]),
      this.#ports,
      this.orphans(),
    ]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#parts.onChange();
    // A device that was at work when its profile changed may be done.
    this.#renew();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    await Promise.all(this.#moves.values());
    await Promise.all([...this.#lines.values()].map((line) => line.close()));
  }

  async #drop(port: string): Promise<void> {
    const info = this.portOf(port);
    const same = (other: string): boolean => other === port || (info !== undefined && isAt(info, other));
    for (const each of [...this.#orphans.keys()]) if (same(each)) this.#orphans.delete(each);
    const lines = [...this.#lines.values()].filter(({ device }) => same(device.port));
    for (const { device } of lines) this.#lines.delete(device.id);
    await Promise.all(lines.map((line) => line.close()));
  }

  #put(assignment: Assignment): void {
    const { port, taken, settings = {} } = assignment;
    const shelved = this.findProfile(assignment.profile);
    // A profile that no longer has what was chosen is not the one that was chosen: a person must look.
    const fitted = shelved === undefined ? undefined : fitting(shelved, settings);
    if (shelved === undefined || fitted?.ok !== true) {
      if (!this.#orphans.has(port)) this.#parts.log.error("no such profile", { profile: assignment.profile, port });
      this.#orphans.set(port, assignment);
      return;
    }
    this.#orphans.delete(port);
    const device = makeDevice(fitted.profile, port, this.simulated, { taken, settings, shelved });
    if (this.#lines.has(device.id)) return;
    device.holds = this.#holds.get(device.id) ?? device.holds;
    device.name = this.#names.get(device.id);
    const { source, clock, log, onUnasked, onAssigned } = this.#parts;
    this.#lines.set(device.id, new Line({ device, source, clock, log, onUnasked, onChange: () => this.changed() }));
    if (taken.by !== "staff") onAssigned(device);
  }

  #look(ports: readonly PortInfo[]): void {
    this.#ports = ports;
    for (const port of ports) this.#claim(port);
    for (const line of this.#lines.values()) {
      line.present(ports.some((port) => isAt(port, line.device.port)));
    }
    this.#looked?.();
    this.changed();
  }

  /** A port that nobody was assigned to, with USB ids that one profile alone claims. */
  #claim(port: PortInfo): void {
    const taken = [...this.devices().map((device) => device.port), ...this.#orphans.keys(), ...this.#forgotten];
    if (taken.some((each) => isAt(port, each))) return;
    const [profile, ...others] = this.claimsOn(port);
    // The link by its id stays the same wherever the device is plugged in, the kernel's name does not.
    if (profile !== undefined && others.length === 0)
      this.#put({ profile: profile.id, port: port.alias ?? port.path, taken: { by: "usb" } });
  }

  /** Profiles that claim the port's USB ids. */
  claimsOn({ usb }: PortInfo): readonly Profile[] {
    if (usb === undefined) return [];
    return this.#profiles.filter(({ serial }) =>
      serial.match.some(({ vendorId, productId }) => vendorId === usb.vendorId && productId === usb.productId),
    );
  }
}

/** A port goes by its path and by its stable link. */
export function isAt({ path, alias }: PortInfo, port: string): boolean {
  return path === port || alias === port;
}
