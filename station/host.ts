import type { StationView } from "../core/contract/views.ts";
import type { FaultCode } from "../core/domain/faults.ts";
import type { Entry } from "../core/journal/entry.ts";
import { bodyOf } from "../core/journal/visit-results.ts";
import { stationClockState } from "../core/quality/station-clock.ts";
import { registry } from "../drivers/registry.generated.ts";
import { Tap } from "./channels/tap.ts";
import { alarmLine } from "./consult/alarm-line.ts";
import { consultHandlers, type Consult } from "./consult/consult.ts";
import { derivedId } from "./consult/derived-id.ts";
import { openHubLink, type HubLink } from "./consult/hub-link.ts";
import { Team } from "./consult/team.ts";
import { DeviceFacts } from "./devices/device-facts.ts";
import { DeviceTable } from "./devices/table.ts";
import { Feed } from "./feed.ts";
import { Identity } from "./identify/identity.ts";
import { registerSpecimens } from "./identify/register-specimens.ts";
import { OfferShelf } from "./services/offers.ts";
import { residentPlace } from "./resident-place.ts";
import { stationRouter } from "./router.ts";
import { openShelf, profilesFolder, type ProfileShelf } from "./profiles/shelf.ts";
import { qualityHandlers } from "./quality/handlers.ts";
import { Quality } from "./quality/quality.ts";
import type { Station, StationParts, StationRouter, StationStarted } from "./station.ts";
import { StorageWatch } from "./store/storage-watch.ts";
import { openStore, type Store } from "./store/store.ts";
import { TechnicianPlace } from "./technician/place.ts";
import { technicianRouter } from "./technician/router.ts";
import { Printer } from "./takeaway/printer.ts";
import { Alarms } from "./visits/alarms.ts";
import { Clearance } from "./visits/clearance.ts";
import { seatSeconds } from "./visits/grade.ts";
import { Judge } from "./visits/judge.ts";
import { Measuring } from "./visits/measuring.ts";
import { Scribe, storeFaultOf } from "./visits/scribe.ts";
import { cardOf } from "./visits/visit-view.ts";
import { Visits, type CloseReason } from "./visits/visits.ts";
import { ownVoice, shippedVoice } from "./voice/folders.ts";
import { VoicePacks } from "./voice/packs.ts";
import { shippedDrugs } from "./voice/shipped-names.ts";

/** A page that is away this long does not come back to the visit that it had open. */
const pageAwayMs = 20_000;

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
  readonly #storage: StorageWatch;
  readonly #scribe: Scribe;
  readonly #visits: Visits;
  readonly #table: DeviceTable;
  readonly #facts: DeviceFacts;
  readonly #identity: Identity;
  readonly #clearance: Clearance;
  readonly #measuring: Measuring;
  readonly #alarms: Alarms;
  readonly #printer: Printer;
  readonly #feed: Feed<StationView>;
  readonly #link: HubLink | undefined;
  readonly #team: Team;
  readonly #consult: Consult;
  readonly #shelf: ProfileShelf;
  readonly #voice: VoicePacks;
  readonly #offers: OfferShelf;
  readonly #technician: TechnicianPlace;
  readonly #quality: Quality;
  #residents: StationView["residents"] = [];
  #hubWas: HubLink["state"] | undefined;
  readonly #writing = new Set<Promise<void>>();
  #cancelAway: () => void = () => {};
  #closing: Promise<void> | undefined;

  constructor(parts: StationParts, store: Store, shelf: ProfileShelf) {
    const { clock, log, settings, channels } = parts;
    const tap = new Tap(channels, clock);
    this.#parts = parts;
    this.#shelf = shelf;
    const drugs = shippedDrugs();
    this.#voice = new VoicePacks({
      shipped: shippedVoice,
      own: ownVoice(parts.folder),
      names: () => ({ drugs, ...this.#offers.offers }),
      log,
    });
    this.#offers = new OfferShelf({
      folder: parts.folder,
      simulated: parts.settings.simulated,
      log,
      onLook: () => this.#voice.renamed(),
    });
    this.#store = store;
    this.#storage = new StorageWatch({ store, clock, log, onChange: () => this.#show() });
    this.#scribe = new Scribe(store, log, (entries) => this.#kept(entries));
    const { restSeconds, program, simulated } = settings;
    const judge = new Judge({ store, scribe: this.#scribe, clock, restSeconds, simulated });
    this.#visits = new Visits({
      store,
      scribe: this.#scribe,
      log,
      clock,
      simulated,
      seatSeconds: seatSeconds(restSeconds),
      alarmOf: (visit) => this.#alarms.of(visit),
      ringBackOf: (visit) => this.#consult.ringBackOf(visit),
      admit: (who) => this.#identity.identify.admit(who),
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
    this.#team = new Team({ store, clock, log, client: () => this.#link?.client });
    this.#link?.onChange(() => this.#hubChanged());
    this.#link?.onKept((entry) => this.#answeredByHub(entry));
    this.#consult = consultHandlers(this.#link, this.#visits, store, clock, log);
    this.#facts = new DeviceFacts({ store, scribe: this.#scribe, clock, program });
    this.#table = new DeviceTable({
      profiles: shelf.all().map(({ profile }) => profile),
      settings,
      source: tap,
      clock,
      log,
      onChange: () => this.#devicesChanged(),
      onAssigned: (device) => this.#aside(this.#facts.assigned(device)),
      onUnasked: (device, outcome, raw) => this.#aside(this.#facts.unasked(device, outcome, raw)),
    });
    this.#identity = new Identity({
      store,
      scribe: this.#scribe,
      clock,
      log,
      table: this.#table,
      simulated,
      visits: this.#visits,
      ...(parts.hub === undefined ? {} : { client: () => this.#link?.client }),
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
      heardYes: (visit, ask) => this.#consult.heardYes(visit, ask),
      onStoreTrouble: () => void this.#storage.look(),
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
      offers: this.#offers,
      stationClock: () => this.#clock().state,
      residentPresent: () => this.#visits.occupied || this.#measuring.atWork,
      stopOn: (device) => this.#measuring.stopOn(device),
      onUnasked: (device, outcome, raw) => this.#aside(this.#facts.unasked(device, outcome, raw)),
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
    const resident = residentPlace({
      store,
      scribe: this.#scribe,
      visits: this.#visits,
      identity: this.#identity,
      judge,
      clock,
      log,
      settings,
      printer: this.#printer,
      offers: () => this.#offers.offers,
      dutyPhone: () => this.view().dutyPhone,
      onLook: () => this.#aside(this.#team.ask()),
    });
    this.router = {
      ...stationRouter({
        feed: this.#feed,
        voice: this.#voice,
        visits: this.#visits,
        identify: this.#identity.identify,
        clearance: this.#clearance,
        linking: this.#identity.linking,
        keepUnder: this.#identity.keepUnder,
        alarms: this.#alarms,
        ...resident,
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
      await this.#offers.look();
      await this.#consult.begin();
      await this.#voice.begin();
      await this.#technician.begin();
      await this.#quality.begin();
      // A full or failing disk does not keep the station from coming up: it says so, and refuses before measuring.
      if (kept.ok) {
        this.#table.wereAtWork(await this.#visits.recover());
        if (settings.simulated) await registerSpecimens(this.#store, this.#scribe);
      }
      this.#residents = (await this.#store.residents()).map(cardOf);
      await this.#storage.look();
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
    const { name, place, keeper, simulated, program, dutyPhone: given } = this.#parts.settings;
    // The first view is made before there are calls and a printer.
    const dutyPhone = (this.#consult as Consult | undefined)?.dutyPhone ?? given;
    return {
      station: { id: this.#store.owner, name, place, keeper },
      simulated,
      program,
      hub: this.#link?.state ?? "none",
      unsent: this.#link?.unsent ?? 0,
      proof: this.#link?.proof ?? "whole",
      storage: this.#storage.state,
      ...(dutyPhone === undefined ? {} : { dutyPhone }),
      clock: this.#clock(),
      devices: this.#devices(),
      residents: simulated ? [...this.#residents] : [],
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
    this.#storage.close();
    this.#cancelAway();
    this.#clearance.close();
    await this.#identity.close();
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
    if (state === "up" && this.#hubWas !== "up") {
      this.#alarms.lineUp();
      this.#identity.lineUp();
      this.#aside(this.#team.lineUp());
    }
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
    this.#identity.forget();
    if (reason === "left" || reason === "idle") this.#clearance.left(visit);
  }

  async #settle(visit: string): Promise<void> {
    const [severity] = await Promise.all([this.#measuring.settle(visit), this.#consult.leave(visit)]);
    await this.#alarms.leave(visit, severity);
  }

  /** Writes that nobody waits for: closing does, and a failing disk does not end the program. */
  #aside(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => this.#parts.log.error("not kept", { code: storeFaultOf(error) }))
      .finally(() => this.#writing.delete(done));
    this.#writing.add(done);
  }
}
