import type { StationView } from "../core/contract/views.ts";
import { specimenSubject } from "../core/domain/consent.ts";
import type { FaultCode } from "../core/domain/faults.ts";
import type { Outcome } from "../core/domain/outcome.ts";
import type { Clock } from "../core/domain/time.ts";
import type { Entry } from "../core/journal/entry.ts";
import { bodyOf } from "../core/journal/visit-results.ts";
import { stationClockState } from "../core/quality/station-clock.ts";
import { toHex, type Profile } from "../drivers/kit/index.ts";
import { registry } from "../drivers/registry.generated.ts";
import type { ChannelSource } from "./channels/channel.ts";
import { Tap } from "./channels/tap.ts";
import { alarmLine } from "./consult/alarm-line.ts";
import { consultHandlers, type Consult } from "./consult/consult.ts";
import { derivedId } from "./consult/derived-id.ts";
import { openHubLink, type HubLink } from "./consult/hub-link.ts";
import { tellsAgain, type Device } from "./devices/device.ts";
import { DeviceTable } from "./devices/table.ts";
import { Feed } from "./feed.ts";
import type { Logger } from "./log/logger.ts";
import { Identify } from "./identify/identify.ts";
import { Lookup } from "./identify/lookup.ts";
import { specimenLinks } from "./identify/specimens.ts";
import { stationRouter } from "./router.ts";
import type { StationSettings } from "./settings.ts";
import { openShelf, profilesFolder, type ProfileShelf } from "./profiles/shelf.ts";
import { qualityHandlers } from "./quality/handlers.ts";
import { Quality } from "./quality/quality.ts";
import { openStore, type Store } from "./store/store.ts";
import { TechnicianPlace } from "./technician/place.ts";
import { technicianRouter } from "./technician/router.ts";
import { refusalOf, withoutContent } from "./visits/bodies.ts";
import { Printer } from "./takeaway/printer.ts";
import { Takeaway } from "./takeaway/takeaway.ts";
import { VisitActs } from "./visits/acts.ts";
import { VisitFamily } from "./visits/family.ts";
import { Alarms } from "./visits/alarms.ts";
import { Clearance } from "./visits/clearance.ts";
import { seatSeconds } from "./visits/grade.ts";
import { Judge } from "./visits/judge.ts";
import { Measuring } from "./visits/measuring.ts";
import { newId, Scribe, storeFaultOf } from "./visits/scribe.ts";
import { specimens } from "./visits/specimens.ts";
import { cardOf, Visits, type CloseReason } from "./visits/visits.ts";
import { ownVoice, shippedVoice } from "./voice/folders.ts";
import { VoicePacks } from "./voice/packs.ts";

/** How often the disk is asked whether a measurement may begin. */
const storageLookMs = 5_000;
/** A page that is away this long does not come back to the visit that it had open. */
const pageAwayMs = 20_000;

export interface StationParts {
  readonly clock: Clock;
  /** The data folder; made when missing. */
  readonly folder: string;
  /** 32 bytes. Who calls may wipe them once this has answered. */
  readonly key: Uint8Array;
  readonly settings: StationSettings;
  readonly channels: ChannelSource;
  readonly log: Logger;
  readonly hub?: { readonly address: string; readonly enrolCode?: string };
  /** One-time code that makes the first technician; without it nobody can become the first. */
  readonly setupCode?: string;
  /** For tests: other profiles than the shipped ones, another reserve on the disk. */
  readonly profiles?: readonly Profile[];
  readonly reserveBytes?: number;
  /** Papers, lots and controls are brought along as specimens; absent: in a simulated station. */
  readonly specimenQuality?: boolean;
  /** The page hangs and holds on to a person who left: the shell takes it away and loads it anew, within 300 ms. */
  readonly onPageStuck?: () => void;
}

/** Implements `stationContract`. */
export type StationRouter = ReturnType<typeof stationRouter> & {
  technician: ReturnType<typeof technicianRouter>;
  quality: ReturnType<typeof qualityHandlers>;
};

export interface Station {
  /** Implements `stationContract`; needs no context. */
  readonly router: StationRouter;
  view(): StationView;
  /** While nobody is technician: the code that makes the first one, for the shell to show to who stands at the machine. */
  readonly setupCode: string | undefined;
  /**
   * The page's line was cut: after two seconds without `pageHere`, what acts on a person is stopped; after twenty the open
   * visit is closed.
   */
  pageGone(): void;
  pageHere(): void;
  /** Stops what runs, closes the visit and the journal. Resolves when the ports and the folder are free. */
  close(): Promise<void>;
}

export type StationStarted =
  { readonly ok: true; readonly station: Station } | { readonly ok: false; readonly code: FaultCode };

/**
 * The station host, the same in every shell. Codes: `store.wrongKey`, `store.newerVersion`, `store.locked`,
 * `store.broken`, `store.full`, `store.failed`. Who gets a station closes it.
 */
export async function createStation(parts: StationParts): Promise<StationStarted> {
  const { folder, key, clock, reserveBytes } = parts;
  const opened = await openStore({ folder, key, clock, ...(reserveBytes === undefined ? {} : { reserveBytes }) });
  if (!opened.ok) return opened;
  const { log, profiles = registry } = parts;
  const shelf = await openShelf({ folder: profilesFolder(folder), shipped: profiles, clock, log });
  const host = new Host(parts, opened.store, shelf);
  const begun = await host.begin();
  if (begun.ok) return { ok: true, station: host };
  await host.close();
  return begun;
}

class Host implements Station {
  readonly router: StationRouter;
  readonly #parts: StationParts;
  readonly #store: Store;
  readonly #scribe: Scribe;
  readonly #visits: Visits;
  readonly #table: DeviceTable;
  readonly #identify: Identify;
  readonly #clearance: Clearance;
  readonly #measuring: Measuring;
  readonly #alarms: Alarms;
  readonly #printer: Printer;
  readonly #feed: Feed<StationView>;
  readonly #link: HubLink | undefined;
  readonly #consult: Consult;
  readonly #shelf: ProfileShelf;
  readonly #voice: VoicePacks;
  readonly #technician: TechnicianPlace;
  readonly #quality: Quality;
  #storage: StationView["storage"] = "ok";
  #residents: StationView["residents"] = [];
  #hubWas: HubLink["state"] | undefined;
  readonly #writing = new Set<Promise<void>>();
  #cancelLook: () => void = () => {};
  #cancelAway: () => void = () => {};
  #closing: Promise<void> | undefined;

  constructor(parts: StationParts, store: Store, shelf: ProfileShelf) {
    const { clock, log, settings, channels } = parts;
    const tap = new Tap(channels, clock);
    this.#parts = parts;
    this.#shelf = shelf;
    this.#voice = new VoicePacks({ shipped: shippedVoice, own: ownVoice(parts.folder), log });
    this.#store = store;
    this.#scribe = new Scribe(store, log, (entries) => this.#kept(entries));
    const { restSeconds, program, simulated } = settings;
    const judge = new Judge({ store, scribe: this.#scribe, clock, restSeconds });
    this.#visits = new Visits({
      store,
      scribe: this.#scribe,
      log,
      clock,
      simulated,
      seatSeconds: seatSeconds(restSeconds),
      alarmOf: (visit) => this.#alarms.of(visit),
      admit: (who) => this.#identify.admit(who),
      busy: (visit) => this.#measuring.busy(visit) || this.#consult.busy(visit),
      onLeft: (visit, reason) => this.#left(visit, reason),
      settle: (visit) => this.#settle(visit),
      onPresence: () => this.#show(),
    });
    this.#alarms = new Alarms({
      scribe: this.#scribe,
      visits: this.#visits,
      clock,
      log,
      hub: parts.hub && alarmLine(() => this.#link),
    });
    this.#clearance = new Clearance({ clock, log, onStuck: () => parts.onPageStuck?.() });
    this.#feed = new Feed(this.view());
    const { name, place } = settings;
    this.#link = parts.hub && openHubLink({ ...parts.hub, store, clock, log, name, place });
    this.#link?.onChange(() => this.#hubChanged());
    this.#link?.onKept((entry) => this.#answeredByHub(entry));
    this.#consult = consultHandlers(this.#link, this.#visits, store, clock, log);
    this.#table = new DeviceTable({
      profiles: shelf.all().map(({ profile }) => profile),
      settings,
      source: tap,
      clock,
      log,
      onChange: () => this.#devicesChanged(),
      onAssigned: (device) => this.#aside(this.#assigned(device)),
      onUnasked: (device, outcome, raw) => this.#aside(this.#unasked(device, outcome, raw)),
    });
    this.#identify = new Identify({
      store,
      clock,
      log,
      table: this.#table,
      simulated: settings.simulated,
      resumes: (resident) => this.#visits.resumes(resident),
    });
    this.#measuring = new Measuring({
      store,
      scribe: this.#scribe,
      clock,
      log,
      table: this.#table,
      visits: this.#visits,
      gate: {
        passage: (device, of) => this.#quality.watch.passage(device, of),
        observed: (device) => this.#quality.watch.observed(device),
      },
      hubAheadMs: () => this.#link?.hubAheadMs,
      program: settings.program,
      judge,
      onStoreTrouble: () => void this.#lookAtStorage(),
    });
    this.#technician = new TechnicianPlace({
      store,
      scribe: this.#scribe,
      clock,
      log,
      folder: parts.folder,
      settings,
      setupCode: parts.setupCode,
      table: this.#table,
      tap,
      shelf,
      voice: this.#voice,
      stationClock: () => this.#clock().state,
      residentPresent: () => this.#visits.occupied || this.#measuring.atWork,
      stopOn: (device) => this.#measuring.stopOn(device),
      onUnasked: (device, outcome, raw) => this.#aside(this.#unasked(device, outcome, raw)),
      aside: (work) => this.#aside(work),
    });
    this.#quality = new Quality({
      store,
      scribe: this.#scribe,
      clock,
      log,
      table: this.#table,
      staff: this.#technician.staff,
      station: { name, place, simulated: settings.simulated },
      specimens: parts.specimenQuality ?? settings.simulated,
      stationClock: () => this.#clock().state,
      aside: (work) => this.#aside(work),
    });
    this.#printer = new Printer({ table: this.#table, clock, log, onChange: () => this.#show() });
    const family = new VisitFamily({
      store,
      scribe: this.#scribe,
      visits: this.#visits,
      admit: (token) => this.#identify.admit({ kind: "found", token, consents: {}, way: "touch" }),
    });
    const acts = new VisitActs({
      family,
      scribe: this.#scribe,
      visits: this.#visits,
      store,
      judge,
      clock,
      program,
      simulated,
    });
    this.router = {
      ...stationRouter({
        feed: this.#feed,
        voice: this.#voice,
        visits: this.#visits,
        identify: this.#identify,
        clearance: this.#clearance,
        family,
        acts,
        alarms: this.#alarms,
        takeaway: new Takeaway({
          visits: this.#visits,
          acts,
          scribe: this.#scribe,
          log,
          printer: this.#printer,
          clock,
          station: { name, place, simulated },
        }),
        measuring: this.#measuring,
        consult: this.#consult.handlers,
      }),
      technician: technicianRouter(this.#technician),
      quality: qualityHandlers(this.#quality),
    };
  }

  /** What must be on the disk before anybody is let in. */
  async begin(): Promise<{ readonly ok: true } | { readonly ok: false; readonly code: FaultCode }> {
    const { settings } = this.#parts;
    try {
      const started = { program: settings.program, node: process.versions.node, simulated: settings.simulated };
      const kept = await this.#scribe.keep(
        this.#scribe.fact("station.started", started, { visit: null, subject: null }),
      );
      await this.#voice.begin();
      await this.#technician.begin();
      await this.#quality.begin();
      // A full or failing disk does not keep the station from coming up: it says so, and refuses before measuring.
      if (kept.ok) {
        this.#table.wereAtWork(await this.#visits.recover());
        if (settings.simulated) await this.#registerSpecimens();
      }
      this.#residents = (await this.#store.residents()).map(cardOf);
      await this.#lookAtStorage();
      await this.#table.ready();
      this.#show();
      return { ok: true };
    } catch (error) {
      return { ok: false, code: storeFaultOf(error) };
    }
  }

  get setupCode(): string | undefined {
    return this.#technician.staff.setUp ? this.#parts.setupCode : undefined;
  }

  view(): StationView {
    const { name, place, keeper, simulated, program } = this.#parts.settings;
    return {
      station: { id: this.#store.owner, name, place, keeper },
      simulated,
      program,
      hub: this.#link?.state ?? "none",
      unsent: this.#link?.unsent ?? 0,
      proof: this.#link?.proof ?? "whole",
      storage: this.#storage,
      clock: this.#clock(),
      devices: this.#devices(),
      residents: simulated ? [...this.#residents] : [],
      // The first view is made before there is a printer.
      printer: (this.#printer as Printer | undefined)?.state ?? "none",
    };
  }

  pageGone(): void {
    this.#measuring.pageGone();
    this.#clearance.pageGone();
    this.#cancelAway();
    this.#cancelAway = this.#parts.clock.after(pageAwayMs, () => {
      const open = this.#visits.current;
      if (open !== undefined) void this.#visits.leave(open.id, "idle");
    });
  }

  pageHere(): void {
    this.#measuring.pageHere();
    this.#clearance.pageHere();
    this.#cancelAway();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#cancelLook();
    this.#cancelAway();
    this.#clearance.close();
    this.#identify.close();
    this.#alarms.close();
    await this.#measuring.close();
    await this.#printer.close();
    await this.#visits.close();
    await this.#quality.close();
    await this.#technician.close();
    await this.#shelf.close();
    await this.#table.close();
    this.#consult.close();
    await this.#link?.close();
    this.#feed.close();
    this.#voice.close();
    await Promise.all(this.#writing);
    await this.#store.close();
  }

  /** Tells who watches. Safe from the first moment on: parts call it while they are still being put together. */
  #show(): void {
    this.#feed.set(this.view());
    // The same: the table speaks up before there is a place for technicians.
    (this.#technician as TechnicianPlace | undefined)?.changed();
  }

  #hubChanged(): void {
    const { state } = this.#link ?? {};
    if (state === "up" && this.#hubWas !== "up") this.#alarms.lineUp();
    this.#hubWas = state;
    this.#show();
  }

  #answeredByHub(entry: Entry): void {
    const { alarm, by } = bodyOf(entry, "alarm.answered") ?? {};
    if (alarm === undefined || by === undefined) return;
    this.#aside(this.#alarms.answeredByHub(alarm, derivedId("alarm.answered", entry.id), by));
  }

  #clock(): StationView["clock"] {
    const hubAheadMs = this.#link?.hubAheadMs;
    return { state: stationClockState(hubAheadMs), ...(hubAheadMs === undefined ? {} : { hubAheadMs }) };
  }

  #devices(): StationView["devices"] {
    // The first view is made before there is a table.
    return (this.#table as DeviceTable | undefined)?.views() ?? [];
  }

  /** Entries are shipped as they are kept, and devices judged by them. */
  #kept(entries: readonly Entry[]): void {
    this.#link?.kick();
    this.#quality.heard(entries);
  }

  #devicesChanged(): void {
    // The table speaks up before there is a gate.
    (this.#quality as Quality | undefined)?.watch.devicesChanged();
    (this.#printer as Printer | undefined)?.devicesChanged();
    this.#show();
  }

  /** Who opens another visit, and who ends the station, is not a page that hangs. */
  #left(visit: string, reason: CloseReason): void {
    if (reason === "left" || reason === "idle") this.#clearance.left(visit);
  }

  async #settle(visit: string): Promise<void> {
    await Promise.all([this.#measuring.settle(visit), this.#consult.leave(visit)]);
  }

  async #registerSpecimens(): Promise<void> {
    const facts = specimens.map((resident) =>
      this.#scribe.fact("resident.registered", resident, {
        visit: null,
        subject: specimenSubject(resident),
        id: resident.id,
      }),
    );
    const links = specimenLinks(new Lookup(await this.#store.lookupSecret())).flatMap((link) => {
      const subject = specimens.find(({ id }) => id === link.resident);
      const about = { visit: null, subject: subject === undefined ? null : specimenSubject(subject) };
      return this.#scribe.fact("resident.linked", link, { ...about, id: derivedId("resident.linked", link.key) });
    });
    await this.#scribe.keep(...facts, ...links);
  }

  /** Writes that nobody waits for: closing does, and a failing disk does not end the program. */
  #aside(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => this.#parts.log.error("not kept", { code: storeFaultOf(error) }))
      .finally(() => this.#writing.delete(done));
    this.#writing.add(done);
  }

  /** An assignment is a fact when it is new, not at every start. */
  async #assigned({ id, profile, port, simulated }: Device): Promise<void> {
    const known = await this.#store.devices();
    if (known.some((each) => each.id === id && each.profile === profile.id && each.simulated === simulated)) return;
    const body = { device: id, profile: profile.id, port, simulated };
    await this.#scribe.keep(this.#scribe.fact("device.assigned", body, { visit: null, subject: null }));
  }

  /** A result while nobody is being measured on that device: kept with its reason, attached to nobody. */
  async #unasked(device: Device, outcome: Outcome, raw: Uint8Array): Promise<void> {
    if (outcome.kind !== "measurement") return;
    // Who was measured while nobody was: told again after the next start, it must be known.
    tellsAgain(device, outcome);
    const { clock, settings } = this.#parts;
    const when = { stopped: false, over: true, asked: false };
    const heard = { candidate: outcome, rawHex: [toHex(raw)], heardAt: clock.now(), when };
    const body = refusalOf(
      outcome.stored === true ? withoutContent(heard) : heard,
      { measurement: newId(), reason: "gate.noVisit" },
      { device, program: settings.program, offsetMs: undefined },
    );
    await this.#scribe.keep(this.#scribe.fact("measurement.refused", body, { visit: null, subject: null }));
  }

  async #lookAtStorage(): Promise<void> {
    this.#cancelLook();
    const before = this.#storage;
    this.#storage = await this.#store.ready().then(
      (ready) => (ready.ok ? "ok" : ready.code === "store.full" ? "full" : "broken"),
      () => "broken" as const,
    );
    if (this.#closing !== undefined) return;
    if (this.#storage !== before) {
      this.#parts.log.warn("storage", { state: this.#storage });
      this.#show();
    }
    this.#cancelLook = this.#parts.clock.after(storageLookMs, () => void this.#lookAtStorage());
  }
}
