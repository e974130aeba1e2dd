import { createHash } from "node:crypto";
import type { RefusedProfile } from "../../core/contract/technician-devices.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Device } from "../devices/device.ts";
import type { Line } from "../devices/line.ts";
import type { DeviceTable } from "../devices/table.ts";
import type { Logger } from "../log/logger.ts";
import type { ProfileShelf } from "../profiles/shelf.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { Answer } from "../visits/visits.ts";
import { deviceActs } from "./device-acts.ts";
import { fitting } from "../devices/profile-settings.ts";
import type { Person } from "./sessions.ts";
import { setClock, type ClockSetCode } from "./set-clock.ts";
import { aboutStaff, keptCode, type KeptCode } from "./staff.ts";

export interface DeviceDeskParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly shelf: ProfileShelf;
  readonly residentPresent: () => boolean;
  /** Stops what is being measured on a device. */
  readonly stopOn: (device: string) => Promise<void>;
}

type NoDevice = "technician.noDevice";

/** Under this name the desk holds a device that staff took out of use. */
const withdrawal = "withdrawn";

/** What staff decide about devices: an entry each, in force at once, and again after a restart. */
export class DeviceDesk {
  readonly #parts: DeviceDeskParts;

  constructor(parts: DeviceDeskParts) {
    this.#parts = parts;
  }

  /** Gives the table what was decided before, and lets it begin. */
  async begin(): Promise<void> {
    const { store, table } = this.#parts;
    const acts = deviceActs(await store.acts("device"));
    for (const [device, name] of acts.names) table.name(device, name);
    for (const [device, { reason, by, since }] of acts.withdrawn)
      table.hold(device, withdrawal, [{ code: "technician.withdrawn", text: reason, by, since }]);
    table.begin(acts);
    for (const { id, lastGoodAt } of await store.devices()) {
      const device = table.find(id)?.device;
      if (device !== undefined) device.lastGoodAt ??= lastGoodAt ?? undefined;
    }
  }

  async assign(
    person: Person,
    asked: {
      readonly id: string;
      readonly port: string;
      readonly profile: string;
      readonly settings: Readonly<Record<string, string>>;
      readonly name?: string | undefined;
    },
  ): Promise<
    Answer<
      { device: string },
      "technician.noProfile" | "technician.noPort" | "technician.portTaken" | "technician.badSetting" | KeptCode
    >
  > {
    const { store, scribe, clock, table } = this.#parts;
    const before = await store.entry(asked.id);
    const first = before === undefined ? undefined : bodyOf(before, "device.assigned");
    if (first !== undefined) return { ok: true, value: { device: first.device } };
    const profile = table.findProfile(asked.profile);
    if (profile === undefined) return { ok: false, code: "technician.noProfile" };
    if (!fitting(profile, asked.settings).ok) return { ok: false, code: "technician.badSetting" };
    const info = table.portOf(asked.port);
    const owners = table.devices().filter(({ port }) => port === asked.port || (info && table.portOf(port) === info));
    const orphan = table.orphans().some(({ port }) => port === asked.port);
    if (info === undefined && owners.length === 0 && !orphan) return { ok: false, code: "technician.noPort" };
    if (owners.some(({ busy }) => busy)) return { ok: false, code: "technician.portTaken" };
    // A port keeps the name it was given out under; a new one goes by the link that stays wherever it is plugged in.
    const port = owners[0]?.port ?? info?.alias ?? asked.port;
    const device = `${profile.id}@${port}`;
    const { settings, name } = asked;
    const body = { device, profile: profile.id, port, simulated: table.simulated, settings: { ...settings } };
    const about = aboutStaff(person);
    const kept = await scribe.keep(
      scribe.fact("device.assigned", body, { ...about, id: asked.id }),
      ...(name === undefined ? [] : [scribe.fact("device.named", { device, name }, about)]),
    );
    if (!kept.ok) return { ok: false, code: keptCode(kept.code) };
    const taken = { by: "staff", staff: person.staff, at: instant(clock.now()) } as const;
    await table.assign({ profile: profile.id, port, taken, settings });
    if (name !== undefined) table.name(device, name);
    return { ok: true, value: { device } };
  }

  rename(person: Person, id: string, device: string, name: string): Promise<Answer<null, NoDevice | KeptCode>> {
    return this.#on(device, async () => {
      const kept = await this.#keep("device.named", { device, name }, { ...aboutStaff(person), id });
      if (kept.ok) this.#parts.table.name(device, name);
      return kept;
    });
  }

  async forget(person: Person, id: string, device: string): Promise<Answer<null, NoDevice | "device.busy" | KeptCode>> {
    const { store, table } = this.#parts;
    const line = table.find(device);
    const port = line?.device.port ?? table.orphans().find((each) => `${each.profile}@${each.port}` === device)?.port;
    if (port === undefined)
      return (await store.entry(id)) === undefined
        ? { ok: false, code: "technician.noDevice" }
        : { ok: true, value: null };
    if (line?.device.busy === true) return { ok: false, code: "device.busy" };
    const kept = await this.#keep("device.forgotten", { device, port }, { ...aboutStaff(person), id });
    if (kept.ok) await table.forget(port);
    return kept;
  }

  /** Out of use before it is written down: what is unsafe is not used while a disk is slow. */
  withdraw(person: Person, id: string, device: string, reason: string): Promise<Answer<null, NoDevice | KeptCode>> {
    return this.#on(device, async () => {
      const { clock, table, stopOn } = this.#parts;
      const since = instant(clock.now());
      table.hold(device, withdrawal, [{ code: "technician.withdrawn", text: reason, by: person.staff, since }]);
      const [kept] = await Promise.all([
        this.#keep("device.withdrawn", { device, reason }, { ...aboutStaff(person), id }),
        stopOn(device),
      ]);
      return kept;
    });
  }

  restore(person: Person, id: string, device: string): Promise<Answer<null, NoDevice | KeptCode>> {
    return this.#on(device, async () => {
      const kept = await this.#keep("device.restored", { device }, { ...aboutStaff(person), id });
      if (kept.ok) this.#parts.table.hold(device, withdrawal, []);
      return kept;
    });
  }

  /** To the station's wall time. Not while a resident is here: the device may be needed. */
  async setClock(
    person: Person,
    id: string,
    device: string,
  ): Promise<Answer<null, NoDevice | "technician.residentPresent" | ClockSetCode | KeptCode>> {
    const { store, clock, log, residentPresent } = this.#parts;
    if ((await store.entry(id)) !== undefined) return { ok: true, value: null };
    return this.#on(
      device,
      async (line): Promise<Answer<null, ClockSetCode | "technician.residentPresent" | KeptCode>> => {
        if (residentPresent()) return { ok: false, code: "technician.residentPresent" };
        const { clockOffsetMs } = line.device;
        const set = await setClock(line, clock, log);
        if (!set.ok) return set;
        const body = {
          device,
          to: set.value.to,
          ...(clockOffsetMs === undefined ? {} : { offsetBeforeMs: clockOffsetMs }),
        };
        this.#parts.table.changed();
        return this.#keep("device.clockSet", body, { ...aboutStaff(person), id });
      },
    );
  }

  async addProfile(
    person: Person,
    id: string,
    file: string,
    text: string,
  ): Promise<Answer<{ kept: true; profile: string } | { kept: false; refused: RefusedProfile }, KeptCode>> {
    const added = await this.#parts.shelf.add(file, text);
    if (!added.ok && "code" in added) return { ok: false, code: added.code };
    if (!added.ok) {
      const { refused } = added;
      return {
        ok: true,
        value: { kept: false, refused: { ...refused, problems: refused.problems.map((each) => ({ ...each })) } },
      };
    }
    const sha256 = createHash("sha256").update(text).digest("hex");
    const body = { file, profile: added.profile.id, sha256 };
    const kept = await this.#keep("profile.added", body, { ...aboutStaff(person), id });
    return kept.ok ? { ok: true, value: { kept: true, profile: added.profile.id } } : kept;
  }

  find(id: string): Device | undefined {
    return this.#parts.table.find(id)?.device;
  }

  async #on<T>(device: string, act: (line: Line) => Promise<T>): Promise<T | Answer<never, NoDevice>> {
    const line = this.#parts.table.find(device);
    return line === undefined ? { ok: false, code: "technician.noDevice" } : act(line);
  }

  async #keep(...fact: Parameters<Scribe["fact"]>): Promise<Answer<null, KeptCode>> {
    const { scribe } = this.#parts;
    const kept = await scribe.keep(scribe.fact(...fact));
    return kept.ok ? { ok: true, value: null } : { ok: false, code: keptCode(kept.code) };
  }
}
