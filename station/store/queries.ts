import type { MessageLeft } from "../../core/care/messages.ts";
import type { KeptSubject } from "../../core/domain/consent.ts";
import { instant } from "../../core/domain/time.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Quantity } from "../../core/domain/quantity.ts";
import type { Entry, Measurement, Opinion, Resident } from "../../core/journal/entry.ts";
import { bodyOf, visitResults } from "../../core/journal/visit-results.ts";
import type { Database } from "./open.ts";
import { entryColumns, entryOf, type EntryRow } from "./rows.ts";
import type { ActFamily } from "./views/acts.ts";
import { personKey } from "./views/change.ts";
import { quantityCodes, unitOfCode } from "./views/codes.ts";
import type { ConsultRecord, DeviceRecord, HistoryPoint, OpenVisit, Provenance, VisitSummary } from "./views/shapes.ts";

interface ResidentRow extends Omit<Resident, "birthYear" | "facts" | "specimen"> {
  readonly birth_year: number;
  readonly facts: string;
  readonly specimen: number;
}
interface VisitRow {
  readonly id: string;
  readonly kind: "guest" | "resident";
  readonly resident: string | null;
  readonly opened_at: number;
  readonly opened_seq: number;
  readonly closed_at: number | null;
  readonly reason: string | null;
  readonly last_seq: number | null;
}
/** In the order of `historySql`; an array, because a thousand small objects cost more than the pages they come from. */
type ReadingRow = readonly [
  seq: number,
  heardAt: number,
  value: number,
  unit: number,
  comparator: "<" | ">" | null,
  doubts: string | null,
];
interface DeviceRow {
  readonly id: string;
  readonly profile: string | null;
  readonly port: string | null;
  readonly simulated: number | null;
  readonly last_good_at: number | null;
  readonly fault_code: string | null;
  readonly fault_at: number | null;
}
interface ConsultRow extends Pick<ConsultRecord, "call" | "visit" | "severity" | "state"> {
  readonly clinician_id: string | null;
  readonly clinician_name: string | null;
  readonly requested_at: number | null;
}

/** The newest `limit` numbers of one person and quantity, newest first: one walk along the clustered key. */
export const historySql = `SELECT seq, heard_at, value, unit, comparator, doubts FROM readings
  WHERE person = ? AND quantity = ? ORDER BY heard_at DESC, seq DESC, nth DESC LIMIT ?`;

/** Questions over the views and the journal. Every statement is prepared once. */
export class Queries {
  readonly #owner: string;
  readonly #residents;
  readonly #resident;
  readonly #visit;
  readonly #openVisits;
  readonly #entriesOfVisit;
  readonly #history;
  readonly #measurement;
  readonly #entryAt;
  readonly #arrived;
  readonly #notices;
  readonly #allNotices;
  readonly #devices;
  readonly #measuredOn;
  readonly #consults;
  readonly #acts;
  readonly #between;
  readonly #hubCursor;
  readonly #held;

  constructor(db: Database, owner: string) {
    this.#owner = owner;
    this.#residents = db.prepare<[], ResidentRow>("SELECT * FROM residents ORDER BY seq");
    this.#resident = db.prepare<[string], ResidentRow>("SELECT * FROM residents WHERE id = ?");
    this.#visit = db.prepare<[string], VisitRow>("SELECT * FROM visits WHERE id = ?");
    this.#openVisits = db.prepare<[], VisitRow>("SELECT * FROM visits WHERE closed_seq IS NULL ORDER BY opened_seq");
    this.#entriesOfVisit = db.prepare<[number, number, string], EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE seq BETWEEN ? AND ? AND visit = ? ORDER BY seq`,
    );
    this.#history = db.prepare<[Uint8Array, number, number], ReadingRow>(historySql).raw();
    this.#measurement = db.prepare<[string], { readonly state: Provenance["state"]; readonly seq: number }>(
      "SELECT state, seq FROM measurements WHERE id = ?",
    );
    this.#arrived = db.prepare<[string, string], EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE seq IN (
          SELECT opinions.seq FROM opinions JOIN visits ON visits.id = opinions.visit
            WHERE visits.resident = ? AND visits.id <> ? AND opinions.told_seq IS NULL
              AND opinions.seq > COALESCE(visits.closed_seq, 0))
        ORDER BY seq`,
    );
    this.#notices = db.prepare<[string], EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE seq IN
          (SELECT seq FROM notices WHERE resident = ? AND told_seq IS NULL) ORDER BY seq`,
    );
    this.#allNotices = db.prepare<[string], EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE seq IN (SELECT seq FROM notices WHERE resident = ?) ORDER BY seq DESC`,
    );
    this.#entryAt = db.prepare<[number], EntryRow>(`SELECT ${entryColumns} FROM entries WHERE seq = ?`);
    this.#devices = db.prepare<[], DeviceRow>("SELECT * FROM devices ORDER BY id");
    this.#measuredOn = db.prepare<[string, string, number], { readonly id: string }>(
      "SELECT id FROM measurements WHERE device = ? AND kind = ? AND state = 'accepted' AND heard_at > ? ORDER BY seq",
    );
    this.#consults = db.prepare<[string], ConsultRow>("SELECT * FROM consults WHERE visit = ? ORDER BY seq");
    this.#acts = db.prepare<[string], EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE seq IN (SELECT seq FROM acts WHERE family = ?) ORDER BY seq`,
    );
    this.#between = db.prepare<[number, number], EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE heard_at >= ? AND heard_at < ? ORDER BY seq`,
    );
    this.#hubCursor = db.prepare<[], { readonly seq: number }>(
      `SELECT max((SELECT coalesce(max(hub_seq), 0) FROM opinions), (SELECT coalesce(max(hub_seq), 0) FROM notices),
         (SELECT coalesce(max(hub_seq), 0) FROM medicines)) AS seq`,
    );
    this.#held = db.prepare<[], { readonly seq: number }>("SELECT coalesce(max(held_seq), 0) AS seq FROM held_heads");
  }

  /** Heard from one moment on and before another (ms since 1970 UTC), in the order kept. */
  entriesBetween(from: number, before: number): readonly Entry[] {
    return this.#between.all(from, before).map((row) => entryOf(row, this.#owner));
  }

  residents(): readonly Resident[] {
    return this.#residents.all().map(residentOf);
  }

  resident(id: string): Resident | undefined {
    const row = this.#resident.get(id);
    return row && residentOf(row);
  }

  visit(id: string): VisitSummary | undefined {
    const row = this.#visit.get(id);
    if (row === undefined) return undefined;
    return {
      ...openVisitOf(row),
      ...(row.closed_at === null ? {} : { closed: { at: instant(row.closed_at), reason: row.reason ?? "" } }),
      ...visitResults(this.entriesOfVisit(id)),
    };
  }

  openVisits(): readonly OpenVisit[] {
    return this.#openVisits.all().map(openVisitOf);
  }

  entriesOfVisit(id: string): readonly Entry[] {
    const row = this.#visit.get(id);
    if (row === undefined) return [];
    return this.#entriesOfVisit
      .all(row.opened_seq, row.last_seq ?? Number.MAX_SAFE_INTEGER, id)
      .map((entry) => entryOf(entry, this.#owner));
  }

  /** Accepted ones, in the order kept. */
  measurementsOf(visit: string): readonly Measurement[] {
    return this.entriesOfVisit(visit).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  }

  arrivedFor(resident: string, visit: string): readonly Opinion[] {
    return this.#arrived
      .all(resident, visit)
      .map((row) => entryOf(row, this.#owner))
      .filter(({ subject }) => subject === resident)
      .flatMap((entry) => bodyOf(entry, "opinion.received")?.opinion ?? []);
  }

  messagesFor(resident: string): readonly MessageLeft[] {
    return this.#notices
      .all(resident)
      .flatMap((row) => bodyOf(entryOf(row, this.#owner), "message.received")?.message ?? []);
  }

  planMessageOf(resident: string): MessageLeft | undefined {
    for (const row of this.#allNotices.iterate(resident)) {
      const message = bodyOf(entryOf(row, this.#owner), "message.received")?.message;
      if (message?.about?.kind === "plan") return message;
    }
    return undefined;
  }

  opinionsOf(visit: string): readonly Opinion[] {
    return this.entriesOfVisit(visit).flatMap((entry) => bodyOf(entry, "opinion.received")?.opinion ?? []);
  }

  history(person: string, quantity: Quantity, limit: number): readonly HistoryPoint[] {
    return this.#history
      .all(personKey(person), quantityCodes[quantity], limit)
      .map(([seq, heardAt, value, unit, comparator, listed]) => ({
        seq,
        heardAt: instant(heardAt),
        value,
        unit: unitOfCode(unit),
        ...(comparator === null ? {} : { comparator }),
        doubts: listed === null ? [] : listed.split(" "),
      }));
  }

  /** By the measurement's id, or by the number of the entry that keeps it. */
  provenance(of: string | number): Provenance | undefined {
    const seq = typeof of === "number" ? of : this.#measurement.get(of)?.seq;
    const row = seq === undefined ? undefined : this.#entryAt.get(seq);
    if (row === undefined) return undefined;
    const entry = entryOf(row, this.#owner);
    const body =
      bodyOf(entry, "measurement.accepted") ??
      bodyOf(entry, "measurement.heard") ??
      bodyOf(entry, "measurement.refused");
    if (body === undefined) return undefined;
    const measurement = "measurement" in body ? body.measurement : body.id;
    return {
      measurement,
      state: this.#measurement.get(measurement)?.state ?? "heard",
      kind: body.of,
      resident: entry.subject,
      visit: entry.visit,
      actor: entry.actor,
      times: body.times,
      readings: body.readings,
      from: body.provenance,
      entry: { owner: entry.owner, seq: entry.seq, id: entry.id, hash: entry.hash },
    };
  }

  devices(): readonly DeviceRecord[] {
    return this.#devices.all().map((row) => ({
      id: row.id,
      profile: row.profile,
      port: row.port,
      simulated: row.simulated === null ? null : row.simulated === 1,
      lastGoodAt: row.last_good_at === null ? null : instant(row.last_good_at),
      fault:
        row.fault_code === null || row.fault_at === null ? null : { code: row.fault_code, at: instant(row.fault_at) },
    }));
  }

  /** Ids of what was accepted from a device after a moment (ms since 1970 UTC), in the order kept. */
  measuredOn(device: string, kind: MeasurementKind, after: number): readonly string[] {
    return this.#measuredOn.all(device, kind, after).map(({ id }) => id);
  }

  consultsOf(visit: string): readonly ConsultRecord[] {
    return this.#consults
      .all(visit)
      .map(({ call, visit: of, severity, state, clinician_id: id, clinician_name: name, requested_at: at }) => ({
        call,
        visit: of,
        severity,
        state,
        clinician: id === null ? null : { id, name: name ?? "" },
        requestedAt: at === null ? null : instant(at),
      }));
  }

  acts(family: ActFamily): readonly Entry[] {
    return this.#acts.all(family).map((row) => entryOf(row, this.#owner));
  }

  /** The last entry of the hub's journal that is kept here: where to go on listening. */
  hubCursor(): number {
    return this.#hubCursor.get()?.seq ?? 0;
  }

  /** The highest sequence number the hub has countersigned. */
  heldByHub(): number {
    return this.#held.get()?.seq ?? 0;
  }
}

function residentOf({ id, name, sex, birth_year: birthYear, facts, specimen }: ResidentRow): Resident {
  return { id, name, sex, birthYear, facts: JSON.parse(facts) as Resident["facts"], specimen: specimen === 1 };
}

function openVisitOf(row: VisitRow): OpenVisit {
  // A visit is opened under a name only with the person's consent (`Visits.open`).
  const resident = row.resident as KeptSubject | null;
  return { id: row.id, kind: row.kind, resident, openedAt: instant(row.opened_at) };
}
