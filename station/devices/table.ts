import type { DeviceView } from "../../core/contract/views.ts";
import type { MeasurementKind, Outcome } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import type { ChannelSource, PortInfo } from "../channels/channel.ts";
import type { Logger } from "../log/logger.ts";
import type { StationSettings } from "../settings.ts";
import { makeDevice, stateOf, viewOf, type Device } from "./device.ts";
import { Line } from "./line.ts";

export interface TableParts {
  readonly profiles: readonly Profile[];
  readonly settings: Pick<StationSettings, "devices" | "simulated">;
  readonly source: ChannelSource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onChange: () => void;
  readonly onAssigned: (device: Device) => void;
  /** A result that came while nobody was being measured on that device. */
  readonly onUnasked: (device: Device, outcome: Outcome, raw: Uint8Array) => void;
}

/**
 * The devices of the station: which profile speaks on which port, and whether it may measure. Assigned by the settings,
 * and by USB ids that a profile claims for itself. A device that went away stays in the table.
 */
export class DeviceTable {
  readonly #parts: TableParts;
  readonly #lines = new Map<string, Line>();
  readonly #stopWatching: () => void;
  #shown = "";
  #looked: (() => void) | undefined;
  readonly #firstLook: Promise<void>;

  constructor(parts: TableParts) {
    this.#parts = parts;
    for (const { profile: id, port } of parts.settings.devices) {
      const profile = parts.profiles.find((each) => each.id === id || each.aliases?.includes(id) === true);
      if (profile === undefined) parts.log.error("no such profile", { profile: id, port });
      else this.#assign(profile, port);
    }
    this.#firstLook = new Promise((resolve) => (this.#looked = resolve));
    this.#stopWatching = parts.source.watch((ports) => this.#look(ports));
  }

  /** Resolves when the ports were looked at once. */
  ready(): Promise<void> {
    return this.#firstLook;
  }

  views(): DeviceView[] {
    return [...this.#lines.values()].map(({ device }) => viewOf(device));
  }

  /** The line for a check: a ready one first, else the one whose state says best why not. */
  lineFor(of: MeasurementKind): Line | undefined {
    const able = [...this.#lines.values()].filter(({ device }) => device.profile.measures.includes(of));
    const rank = { ready: 0, busy: 1, out: 2, away: 3 } as const;
    return able.sort((a, b) => rank[stateOf(a.device).state] - rank[stateOf(b.device).state])[0];
  }

  /** What was at work when the program was cut off. Ids that are not here any more are passed over. */
  wereAtWork(ids: readonly string[]): void {
    for (const id of ids) this.#lines.get(id)?.wasAtWork();
  }

  /** Something about a device changed: tell whoever looks. */
  changed(): void {
    const shown = JSON.stringify(this.views());
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#parts.onChange();
  }

  async close(): Promise<void> {
    this.#stopWatching();
    await Promise.all([...this.#lines.values()].map((line) => line.close()));
  }

  #assign(profile: Profile, port: string): void {
    const device = makeDevice(profile, port, this.#parts.settings.simulated);
    if (this.#lines.has(device.id)) return;
    const { source, clock, log, onUnasked, onAssigned } = this.#parts;
    this.#lines.set(device.id, new Line({ device, source, clock, log, onUnasked, onChange: () => this.changed() }));
    onAssigned(device);
  }

  #look(ports: readonly PortInfo[]): void {
    for (const port of ports) this.#claim(port);
    for (const line of this.#lines.values()) {
      const { device } = line;
      line.present(ports.some(({ path, alias }) => path === device.port || alias === device.port));
    }
    this.#looked?.();
    this.changed();
  }

  /** A port that nobody was assigned to, with USB ids that one profile alone claims. */
  #claim({ path, alias, usb }: PortInfo): void {
    if (usb === undefined) return;
    const taken = [...this.#lines.values()].some(({ device }) => device.port === path || device.port === alias);
    if (taken) return;
    const claims = this.#parts.profiles.filter(({ serial }) =>
      serial.match.some(({ vendorId, productId }) => vendorId === usb.vendorId && productId === usb.productId),
    );
    const [profile] = claims;
    // The link by its id stays the same wherever the device is plugged in, the kernel's name does not.
    if (profile !== undefined && claims.length === 1) this.#assign(profile, alias ?? path);
  }
}
