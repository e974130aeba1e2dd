import type { Contract } from "../../core/care/contract.ts";
import type { CareCode } from "../../core/care/machine.ts";
import type { MessageLeft, MessageTold } from "../../core/care/messages.ts";
import type { CareMove, CareOpening, CareRecord } from "../../core/care/records.ts";
import type { Ladder, Owner, RecordKind, Task } from "../../core/care/tasks.ts";
import type { Practice } from "../../core/domain/practice.ts";
import type { NewEntry } from "../../core/journal/entry.ts";

export interface Org {
  readonly id: string;
  readonly name: string;
  readonly tier: Practice["tier"];
  /** Where its missed work climbs to. */
  readonly above?: string;
  /** Where residents reach it; stands in their agreements. */
  readonly phone?: string;
}

/** Who does it, as the journal names one. */
export interface CareActor {
  readonly role: string;
  readonly id: string;
}

export type Kept<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: CareCode };

export interface ToldMessage {
  readonly message: MessageLeft;
  /** When the station said that it told it. */
  readonly told?: string;
}

/**
 * Records of care and their tasks. Every write is one transaction: the entries, the views, and whatever follows from it (the next
 * follow-up, the tasks). `with`: entries written along, such as the decision that allowed it.
 */
export interface CareStore {
  readonly ladder: Ladder;
  putOrg(org: Org): Promise<void>;
  org(id: string): Promise<Org | undefined>;
  /** Who is nearest to a station: the village where it stands, else its hospital. */
  nearest(station: string): Promise<Omit<Owner, "person"> | undefined>;
  /** Opened twice with the same id is opened once: the second is answered with the record there. */
  open(opening: CareOpening, actor: CareActor, along?: readonly NewEntry[]): Promise<Kept<CareRecord>>;
  /** Several, all or none; follow-ups join what is open already. */
  openAll(
    openings: readonly CareOpening[],
    actor: CareActor,
    along?: readonly NewEntry[],
  ): Promise<Kept<readonly CareRecord[]>>;
  /** Several moves of one record are all written or none. */
  move(moves: readonly CareMove[], actor: CareActor, along?: readonly NewEntry[]): Promise<Kept<CareRecord>>;
  /** Whose visit it is became known: what was raised of it is that person's. `at`: milliseconds since 1970 UTC. */
  known(whose: { readonly visit: string; readonly resident: string }, at: number): Promise<void>;
  record(id: string): Promise<CareRecord | undefined>;
  ofResident(resident: string): Promise<readonly CareRecord[]>;
  /** Open records of a kind in which an institution has a part, the oldest state first. */
  openOf(kind: RecordKind, org: string): Promise<readonly CareRecord[]>;
  all(kind: RecordKind): AsyncIterable<CareRecord>;
  task(id: string): Promise<Task | undefined>;
  /** Open tasks of an institution, by their due time. */
  tasks(org: string): Promise<readonly Task[]>;
  /** Of every institution: how many are open, how many of them late at `now`, and the `limit` most overdue. */
  openTasks(
    now: number,
    limit: number,
  ): Promise<{ readonly open: number; readonly late: number; readonly oldest: readonly Task[] }>;
  /** Reading and handing over; `change` is pure. */
  changeTask(
    id: string,
    type: "task.read" | "task.handed",
    actor: CareActor,
    change: (task: Task) => Kept<Task>,
  ): Promise<Kept<Task>>;
  /** What time did: tasks climb, prescriptions expire, follow-ups are reminded of, what nobody heard becomes a task. */
  age(now: number): Promise<void>;
  /** Addressed to the station; comes down its inbox. */
  leave(message: MessageLeft, actor: CareActor, visit: string | null): Promise<Kept<MessageLeft>>;
  /** A station's word that it told one of its messages to its resident; anything else changes nothing. `at`: an instant. */
  told(
    told: Pick<MessageTold, "message" | "talk">,
    from: { readonly station: string; readonly resident: string | null; readonly at: string },
  ): Promise<void>;
  messages(resident: string): Promise<readonly ToldMessage[]>;
  /** Who asked this doctor and waits, the longest first; then those whose contract with them stands. */
  contractsWith(doctor: string): Promise<readonly Contract[]>;
  /** People who are registered anywhere, contracts that stand, and those that wait for their doctor. */
  contractCounts(): Promise<{ readonly residents: number; readonly active: number; readonly asked: number }>;
}
