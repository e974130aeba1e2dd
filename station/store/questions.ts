import type { TeamMember } from "../../core/contract/hub-contracts.ts";
import type { DoctorContract } from "../../core/contract/visit-doctor.ts";
import type { MedicineTold } from "../../core/care/medicine.ts";
import type { MessageLeft } from "../../core/care/messages.ts";
import type { WishView } from "../../core/contract/visit-services.ts";
import type { ConsentFacts } from "../../core/domain/consent.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Quantity } from "../../core/domain/quantity.ts";
import type { Head, SignedHead } from "../../core/journal/append.ts";
import type { Break } from "../../core/journal/chain.ts";
import type { Entry, Measurement, Opinion, Resident } from "../../core/journal/entry.ts";
import type { Engine, Ready, Verdict } from "./engine.ts";
import type { Grant, Look } from "./family.ts";
import type { AppendRequest } from "./journal.ts";
import type { WaitingMessage } from "./messages.ts";
import type { Link } from "./people.ts";
import { newestOf, type Unclaimed, type WaitingCode } from "./persons.ts";
import type { StoreCode } from "./open.ts";
import type { PinSecret } from "./pin-secrets.ts";
import type { ActFamily } from "./views/acts.ts";
import type { Row, ViewTable } from "./views/change.ts";
import type {
  ConsultRecord,
  DeviceRecord,
  EndedVisit,
  HistoryPoint,
  OpenVisit,
  Provenance,
  VisitSummary,
} from "./views/shapes.ts";

/** `checking`: the whole chain is being looked at in the background. */
export type Integrity = { readonly state: "checking" | "whole" } | ({ readonly state: "broken" } & Break);

/** What the store can be asked besides appending. The one list: the thread answers it, `Store` promises it. */
export interface Answers {
  /** Whether a measurement may begin: `store.full` below the reserve, `store.broken` once the chain is known to be broken. */
  readonly ready: () => Ready;
  readonly integrity: () => Integrity;
  /** Checks the whole chain now and names the first bad entry; `gap` at the end: entries that were signed for are gone. */
  readonly verify: () => Verdict;
  readonly head: () => Head;
  /** Entries with `seq` above `after`, in order, at most `limit`. */
  readonly tail: (after: number, limit: number) => readonly Entry[];
  readonly entry: (id: string) => Entry | undefined;
  readonly entriesOfVisit: (visit: string) => readonly Entry[];
  /** The head with the station's signature over `headText`. */
  readonly signHead: () => SignedHead;
  /** Ed25519 over the UTF-8 of `text`, base64url. */
  readonly sign: (text: string) => string;
  readonly residents: () => readonly Resident[];
  readonly resident: (id: string) => Resident | undefined;
  readonly visit: (id: string) => VisitSummary | undefined;
  /** Oldest first. After a start: what a crash left open. */
  readonly openVisits: () => readonly OpenVisit[];
  /** Accepted ones, in the order kept. */
  readonly measurementsOf: (visit: string) => readonly Measurement[];
  readonly opinionsOf: (visit: string) => readonly Opinion[];
  /** Opinions about other visits of this resident, which came after those were closed and were not told yet, oldest first. */
  readonly arrivedFor: (resident: string, visit: string) => readonly Opinion[];
  /** Messages for this resident that were not told yet, in the order they came. */
  readonly messagesFor: (resident: string) => readonly MessageLeft[];
  /** The newest message about a plan of theirs, told or not. */
  readonly planMessageOf: (resident: string) => MessageLeft | undefined;
  /** `person`: a resident, with joined records and claimed visits, or the visit of a guest. Newest first. */
  readonly history: (person: string, quantity: Quantity, limit: number) => readonly HistoryPoint[];
  /** Of an accepted, a waiting or a refused one: by its measurement's id, or by the `seq` of a point of a history. */
  readonly provenance: (of: string | number) => Provenance | undefined;
  readonly devices: () => readonly DeviceRecord[];
  /** Ids of what was accepted from a device after a moment (ms since 1970 UTC), in the order kept. */
  readonly measuredOn: (device: string, kind: MeasurementKind, after: number) => readonly string[];
  readonly consultsOf: (visit: string) => readonly ConsultRecord[];
  /** Heard from one moment on and before another (ms since 1970 UTC), in the order kept. */
  readonly entriesBetween: (from: number, before: number) => readonly Entry[];
  /** Whole, in the order kept. */
  readonly acts: (family: ActFamily) => readonly Entry[];
  /** What checks the PIN of a member of staff; stays on this machine. */
  readonly pinSecret: (staff: string) => PinSecret | undefined;
  readonly putPinSecret: (staff: string, verifier: string) => void;
  readonly pinTried: (staff: string, wrong: number, triedAt: number) => void;
  readonly dropPinSecret: (staff: string) => void;
  /** Keeps a message for a doctor until the hub has it. `keptAt`: ms since 1970 UTC. */
  readonly putMessage: (message: WaitingMessage, keptAt: number) => void;
  /** The message that waits longest. */
  readonly firstMessage: () => WaitingMessage | undefined;
  readonly dropMessage: (call: string) => void;
  /** What a resident takes or is to fetch, in the order it came. */
  readonly medicinesOf: (resident: string) => readonly MedicineTold[];
  /** What they asked for, the newest first, with the last answer. */
  readonly wishesOf: (resident: string) => readonly WishView[];
  /** The oldest visit with a code of this person that they were not asked about yet. */
  readonly unclaimedOf: (person: string) => Unclaimed | undefined;
  /** Codes on their way to the hub. */
  readonly putCode: (code: WaitingCode) => void;
  readonly codesWaiting: () => readonly WaitingCode[];
  readonly dropCode: (id: string) => void;
  /** The resident a keyed hash belongs to. */
  readonly linkedTo: (key: string) => string | undefined;
  /** By what a resident is found again, the oldest first. */
  readonly linksOf: (resident: string) => readonly Link[];
  /** The picture a resident chose. */
  readonly signOf: (resident: string) => string | undefined;
  /** `who`: a resident, or the visit of a guest. */
  readonly consentsOf: (who: string) => ConsentFacts;
  /** Rights to look that stand: those this person gave, and those given to them. */
  readonly grantsAround: (person: string) => readonly Grant[];
  /** Who looked at this person's record, newest first. */
  readonly looksAt: (owner: string, limit: number) => readonly Look[];
  /** Contracts with a family doctor, in whichever of the person's records, the last changed first. */
  readonly contractsOf: (resident: string) => readonly DoctorContract[];
  /** Who works for this station's institutions, as the hub said last. */
  readonly team: () => readonly TeamMember[];
  readonly putTeam: (members: readonly TeamMember[]) => void;
  /** Whom to call while no doctor can be reached, as the hub said last. */
  readonly dutyPhone: () => string | undefined;
  readonly putDutyPhone: (phone: string) => void;
  /** Undefined while it is open, and where there is none. */
  readonly lastVisitOf: (resident: string) => EndedVisit | undefined;
  /** What keyed hashes of numbers are made with; stays on this machine. */
  readonly lookupSecret: () => Uint8Array;
  /** The last entry of the hub's journal that is kept here; 0 when there is none. */
  readonly hubCursor: () => number;
  /** The highest sequence number that a hub has countersigned; 0 when there is none. */
  readonly heldByHub: () => number;
  /** Computes all views from the journal again. */
  readonly rebuild: () => void;
  /** Whole views in a fixed order, for comparing. */
  readonly dumpViews: () => Readonly<Record<ViewTable, readonly Row[]>>;
}

export type Ask = keyof Answers;

export function answersOf(engine: Engine): Answers {
  const { queries, identity, views, pins, people, persons, family, messages, contracts } = engine;
  return {
    ready: () => engine.ready(),
    integrity: () => engine.integrity(),
    verify: () => engine.verify(),
    head: () => engine.head,
    tail: (after, limit) => engine.tail(after, limit),
    entry: (id) => engine.entry(id),
    entriesOfVisit: (visit) => queries.entriesOfVisit(visit),
    signHead: () => engine.signHead(),
    sign: (text) => identity.sign(text),
    residents: () => queries.residents(),
    resident: (id) => queries.resident(id),
    visit: (id) => queries.visit(id),
    openVisits: () => queries.openVisits(),
    measurementsOf: (visit) => queries.measurementsOf(visit),
    opinionsOf: (visit) => queries.opinionsOf(visit),
    arrivedFor: (resident, visit) => queries.arrivedFor(resident, visit),
    messagesFor: (resident) => queries.messagesFor(resident),
    planMessageOf: (resident) => queries.planMessageOf(resident),
    history: (person, quantity, limit) =>
      newestOf(
        persons.allOf(person).map((one) => queries.history(one, quantity, limit)),
        limit,
      ),
    provenance: (of) => queries.provenance(of),
    devices: () => queries.devices(),
    measuredOn: (device, kind, after) => queries.measuredOn(device, kind, after),
    consultsOf: (visit) => queries.consultsOf(visit),
    entriesBetween: (from, before) => queries.entriesBetween(from, before),
    acts: (family) => queries.acts(family),
    pinSecret: (staff) => pins.find(staff),
    putPinSecret: (staff, verifier) => {
      pins.put(staff, verifier);
    },
    pinTried: (staff, wrong, triedAt) => {
      pins.tried(staff, wrong, triedAt);
    },
    dropPinSecret: (staff) => {
      pins.drop(staff);
    },
    putMessage: (message, keptAt) => {
      messages.put(message, keptAt);
    },
    firstMessage: () => messages.first(),
    medicinesOf: (resident) => engine.services.medicinesOf(resident),
    wishesOf: (resident) => engine.services.wishesOf(resident),
    dropMessage: (call) => {
      messages.drop(call);
    },
    unclaimedOf: (person) => persons.unclaimedOf(person),
    putCode: (code) => {
      persons.put(code);
    },
    codesWaiting: () => persons.waiting(),
    dropCode: (id) => {
      persons.drop(id);
    },
    linkedTo: (key) => people.linkedTo(key),
    linksOf: (resident) => people.linksOf(resident),
    signOf: (resident) => people.signOf(resident),
    consentsOf: (who) => people.consentsOf(who),
    grantsAround: (person) => family.grantsAround(person),
    looksAt: (owner, limit) => family.looksAt(owner, limit),
    contractsOf: (resident) =>
      persons
        .allOf(resident)
        .flatMap((one) => contracts.of(one))
        .toSorted((a, b) => b.at.localeCompare(a.at)),
    team: () => contracts.team(),
    putTeam: (members) => {
      contracts.putTeam(members);
    },
    dutyPhone: () => engine.dutyPhone.find(),
    putDutyPhone: (phone) => {
      engine.dutyPhone.put(phone);
    },
    lastVisitOf: (resident) => people.lastVisitOf(resident),
    lookupSecret: () => people.lookupSecret(),
    hubCursor: () => queries.hubCursor(),
    heldByHub: () => queries.heldByHub(),
    rebuild: () => {
      engine.rebuild();
    },
    dumpViews: () => views.dump(),
  };
}

/** From the store to its thread. */
export type Question =
  | { readonly kind: "append"; readonly id: number; readonly request: AppendRequest }
  | { readonly kind: "ask"; readonly id: number; readonly ask: Ask; readonly args: readonly unknown[] }
  | { readonly kind: "close"; readonly id: number };

/** Back. `fault`: the disk or the file failed underneath; `bug`: anything else that was thrown. */
export type Reply =
  | { readonly kind: "value"; readonly id: number; readonly value: unknown }
  | { readonly kind: "fault"; readonly id: number; readonly code: StoreCode }
  | { readonly kind: "bug"; readonly id: number; readonly message: string };

/** The thread's first word. */
export type Started =
  | { readonly ok: true; readonly owner: string; readonly publicKey: string }
  | { readonly ok: false; readonly code: StoreCode };
