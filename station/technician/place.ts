import type { TechnicianView } from "../../core/contract/technician-devices.ts";
import type { Finding } from "../../core/contract/technician-doctor.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { StationClockState } from "../../core/quality/station-clock.ts";
import type { Tap } from "../channels/tap.ts";
import type { DeviceTable } from "../devices/table.ts";
import { Feed } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { ProfileShelf } from "../profiles/shelf.ts";
import type { OfferShelf } from "../services/offers.ts";
import type { StationSettings } from "../settings.ts";
import { localZone } from "../quality/watch.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { VoicePacks } from "../voice/packs.ts";
import { Captures } from "./captures.ts";
import { DeviceDesk } from "./devices.ts";
import { examine } from "./examine.ts";
import { LiveView } from "./live.ts";
import { OfferDesk } from "./offers.ts";
import type { ProbeParts } from "./probe.ts";
import { reportText } from "./report.ts";
import { StaffDesk } from "./staff.ts";
import { technicianView } from "./view.ts";
import { WorkLogDesk } from "./work-log.ts";

export interface PlaceParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly folder: string;
  readonly settings: Pick<StationSettings, "program" | "simulated" | "name" | "place">;
  readonly setupCode: string | undefined;
  readonly table: DeviceTable;
  readonly tap: Tap;
  readonly shelf: ProfileShelf;
  readonly voice: VoicePacks;
  readonly offers: OfferShelf;
  /** The station's own clock against the hub's. */
  readonly stationClock: () => StationClockState;
  /** A visit is open, or what belonged to one is not over yet. */
  readonly residentPresent: () => boolean;
  readonly stopOn: (device: string) => Promise<void>;
  readonly onUnasked: ProbeParts["onUnasked"];
  /** Runs what nobody waits for; closing does. */
  readonly aside: (work: Promise<void>) => void;
}

/** The technician's place on the station's side: its parts put together, and what they have in common. */
export class TechnicianPlace {
  readonly staff: StaffDesk;
  readonly devices: DeviceDesk;
  readonly live: LiveView;
  readonly captures: Captures;
  readonly log: WorkLogDesk;
  readonly voice: VoicePacks;
  readonly offers: OfferDesk;
  readonly #parts: PlaceParts;
  readonly #feed: Feed<TechnicianView>;
  readonly #stopShelf: () => void;
  /** What the doctor found last, by device. */
  readonly #findings = new Map<string, readonly Finding[]>();

  constructor(parts: PlaceParts) {
    this.#parts = parts;
    const { clock, folder, settings, shelf, table } = parts;
    this.staff = new StaffDesk({ ...parts, simulated: settings.simulated });
    this.devices = new DeviceDesk(parts);
    this.voice = parts.voice;
    this.offers = new OfferDesk({ ...parts, shelf: parts.offers, onChange: () => this.changed() });
    this.captures = new Captures(folder, clock);
    this.log = new WorkLogDesk({
      ...parts,
      station: settings,
      nameOf: (id) => this.staff.nameOf(id),
      zoneMinutes: localZone,
    });
    this.live = new LiveView({ ...parts, captures: this.captures, program: settings.program });
    this.#feed = new Feed(this.view());
    this.#stopShelf = shelf.onChange(() =>
      parts.aside(table.useProfiles(shelf.all().map(({ profile }) => profile)).then(() => this.changed())),
    );
  }

  async begin(): Promise<void> {
    await this.staff.begin();
    await this.devices.begin();
    await this.live.recover();
    this.changed();
  }

  view(): TechnicianView {
    return technicianView({ ...this.#parts, nameOf: (id) => this.staff.nameOf(id) });
  }

  watch(signal: AbortSignal) {
    return this.#feed.read(signal);
  }

  /** Something about a device, a profile or a visit is another way now. */
  changed(): void {
    this.#feed.set(this.view());
    this.live.changed();
  }

  examine(device: string) {
    const examined = examine(device, this.#parts, (findings) => {
      this.#findings.set(device, findings);
      this.#parts.table.changed();
    });
    if (examined !== undefined) this.#parts.aside(examined.over);
    return examined?.story;
  }

  report(id: string): string | undefined {
    const device = this.view().devices.find((each) => each.id === id);
    const { clock, settings } = this.#parts;
    return (
      device && reportText({ device, findings: this.#findings.get(id), program: settings.program, now: clock.now() })
    );
  }

  /** Recordings are written, everybody is signed out. While the store still takes entries. */
  async close(): Promise<void> {
    this.#stopShelf();
    await this.live.close();
    this.staff.close();
    this.#feed.close();
  }
}
