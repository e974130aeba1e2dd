import { measurementKinds, type MeasurementKind } from "../domain/outcome.ts";
import { isEntryType, type Entry, type EntryBody, type EntryType } from "./entry.ts";

/**
 * The day's work log: written by nobody, read out of the journal. What staff did and what became of the devices is a
 * line; what was done for residents is only counted. No line has a resident, a visit or a number of theirs.
 */

type Values = Readonly<Record<string, string | number>>;

/** What an entry says in the log. `values` are codes, names and numbers; the words are made in `core/i18n/work-log.ts`. */
interface Said {
  readonly kind: WorkKind;
  readonly device?: string;
  readonly values?: Values;
}

export const workKinds = [
  "station.started",
  "staff.signedIn",
  "staff.refused",
  "staff.signedOut",
  "staff.added",
  "staff.pinChanged",
  "staff.retired",
  "device.assigned",
  "device.named",
  "device.withdrawn",
  "device.restored",
  "device.clockSet",
  "device.forgotten",
  "device.faulted",
  "device.examined",
  "capture.recorded",
  "profile.added",
  "offer.kept",
  "offer.removed",
  "offer.setAside",
  "lot.opened",
  "lot.closed",
  "control.run",
  "control.reviewed",
  "calibration.recorded",
  "verification.recorded",
  "comparison.recorded",
  "device.cleaned",
  "operator.certified",
  "gate.changed",
  "gate.cleared",
  "override.used",
  "device.released",
  "results.underReview",
  "day.remarked",
] as const;
export type WorkKind = (typeof workKinds)[number];

export interface WorkLine {
  /** Id of the entry. */
  readonly entry: string;
  /** UTC. */
  readonly at: string;
  readonly kind: WorkKind;
  /** Whose act it was: the id of a member of staff; absent for what the station noted by itself. */
  readonly staff?: string;
  readonly device?: string;
  readonly values: Values;
}

/** What was done for residents, as numbers only. */
export interface WorkCounts {
  readonly visits: number;
  readonly guests: number;
  readonly measured: Readonly<Record<MeasurementKind, number>>;
  /** Numbers that came and did not count. */
  readonly refused: number;
  readonly consults: number;
  readonly opinions: number;
}

type Teller<T extends EntryType> = (body: EntryBody<T>) => Said | undefined;

const tellers: { readonly [T in EntryType]?: Teller<T> } = {
  "station.started": ({ program }) => ({ kind: "station.started", values: { program } }),
  "staff.signedIn": () => ({ kind: "staff.signedIn" }),
  "staff.refused": ({ code }) => ({ kind: "staff.refused", values: { code } }),
  "staff.signedOut": ({ how }) => ({ kind: "staff.signedOut", values: { how } }),
  "staff.added": ({ name, role, specimen }) => (specimen ? undefined : { kind: "staff.added", values: { name, role } }),
  "staff.pinChanged": ({ staff }) => ({ kind: "staff.pinChanged", values: { staff } }),
  "staff.retired": ({ staff }) => ({ kind: "staff.retired", values: { staff } }),
  "device.assigned": ({ device, profile, port }) => ({ kind: "device.assigned", device, values: { profile, port } }),
  "device.named": ({ device, name }) => ({ kind: "device.named", device, values: { name } }),
  "device.withdrawn": ({ device, reason }) => ({ kind: "device.withdrawn", device, values: { reason } }),
  "device.restored": ({ device }) => ({ kind: "device.restored", device }),
  "device.clockSet": ({ device, to }) => ({ kind: "device.clockSet", device, values: { to } }),
  "device.forgotten": ({ device, port }) => ({ kind: "device.forgotten", device, values: { port } }),
  "device.faulted": ({ device, code }) => ({ kind: "device.faulted", device, values: { code } }),
  "access.decided": ({ operation, allowed, about }) =>
    operation === "doctor.run" && allowed && about !== undefined
      ? { kind: "device.examined", device: about }
      : undefined,
  "capture.recorded": ({ device, file }) => ({ kind: "capture.recorded", device, values: { file } }),
  "profile.added": ({ profile }) => ({ kind: "profile.added", values: { profile } }),
  "offer.kept": ({ kind: offerKind, name }) => ({ kind: "offer.kept", values: { offerKind, name } }),
  "offer.removed": ({ kind: offerKind, name }) => ({ kind: "offer.removed", values: { offerKind, name } }),
  "offer.setAside": ({ file }) => ({ kind: "offer.setAside", values: { file } }),
  "lot.opened": ({ lot: { device, kind, lot, expiry }, specimen }) =>
    specimen ? undefined : { kind: "lot.opened", device, values: { lotKind: kind, lot, expiry } },
  "lot.closed": ({ device, kind, lot }) => ({ kind: "lot.closed", device, values: { lotKind: kind, lot } }),
  "control.run": ({ device, analyte, level, value, unit, verdict, lot, specimen }) =>
    specimen ? undefined : { kind: "control.run", device, values: { analyte, level, value, unit, verdict, lot } },
  "control.reviewed": ({ device, month }) => ({ kind: "control.reviewed", device, values: { month } }),
  "calibration.recorded": ({ device, kind: check, verdict, specimen }) =>
    specimen ? undefined : { kind: "calibration.recorded", device, values: { check, verdict } },
  "verification.recorded": ({ certificate: { device, number, validUntil }, specimen }) =>
    specimen ? undefined : { kind: "verification.recorded", device, values: { number, validUntil } },
  "comparison.recorded": ({ device, pairs, verdict, specimen }) =>
    specimen ? undefined : { kind: "comparison.recorded", device, values: { pairs: pairs.length, verdict } },
  "device.cleaned": ({ device, specimen }) => (specimen ? undefined : { kind: "device.cleaned", device }),
  "operator.certified": ({ operator: { name }, of, validUntil, specimen }) =>
    specimen ? undefined : { kind: "operator.certified", values: { name, of, validUntil } },
  "gate.changed": ({ device, to, conditions: [first] }) =>
    first === undefined
      ? { kind: "gate.cleared", device, values: { state: to } }
      : { kind: "gate.changed", device, values: { state: to, condition: first.code } },
  "override.used": ({ device, reason, count, limit }) => ({
    kind: "override.used",
    device,
    values: { reason, count, limit },
  }),
  "device.released": ({ device, reason }) => ({ kind: "device.released", device, values: { reason } }),
  "results.underReview": ({ device, measurements }) => ({
    kind: "results.underReview",
    device,
    values: { n: measurements.length },
  }),
  "day.remarked": ({ text }) => ({ kind: "day.remarked", values: { text } }),
};

const staffRoles: readonly string[] = ["operator", "technician"];

/** Of one entry; undefined when it is none of the log's. What the station made up for a demonstration is left out. */
export function workLine({ id, type, heardAt, actor, body }: Entry): WorkLine | undefined {
  if (!isEntryType(type)) return undefined;
  // The journal checked the body against the schema of this type when it was written.
  const said = (tellers[type] as ((body: Entry["body"]) => Said | undefined) | undefined)?.(body);
  if (said === undefined) return undefined;
  const { kind, device, values = {} } = said;
  return {
    entry: id,
    at: heardAt,
    kind,
    values,
    ...(staffRoles.includes(actor.role) ? { staff: actor.id } : {}),
    ...(device === undefined ? {} : { device }),
  };
}

/** What was done for residents among these entries. */
export function workCounts(entries: Iterable<Entry>): WorkCounts {
  const measured = Object.fromEntries(measurementKinds.map((kind) => [kind, 0])) as Record<MeasurementKind, number>;
  const counts = { visits: 0, guests: 0, refused: 0, consults: 0, opinions: 0 };
  for (const { type, body } of entries) {
    if (type === "visit.opened") {
      counts.visits += 1;
      if (body["kind"] === "guest") counts.guests += 1;
    }
    const of = measurementKinds.find((kind) => kind === body["of"]);
    if (type === "measurement.accepted" && of !== undefined) measured[of] += 1;
    // Records of a memory that were passed over have no numbers.
    if (type === "measurement.refused" && Array.isArray(body["readings"]) && body["readings"].length > 0)
      counts.refused += 1;
    if (type === "consult.requested") counts.consults += 1;
    if (type === "opinion.received") counts.opinions += 1;
  }
  return { ...counts, measured };
}
