import type { CareCode } from "../../../core/care/machine.ts";
import { stepsOf, type CareMove, type CareOpening, type CareRecord } from "../../../core/care/records.ts";
import type { Calendar } from "../../../core/care/hours.ts";
import { aged, taskId, type Ladder, type Task } from "../../../core/care/tasks.ts";
import { movedOn, opened, refOf, resolved, type Written } from "../../../core/care/transact.ts";

interface Kept {
  record: CareRecord;
  tasks: readonly Task[];
}

/** The records of care and their tasks as the hub keeps them, without its disk. */
export class CareInMemory {
  readonly kept = new Map<string, Kept>();
  readonly #byResident = new Map<string, Set<string>>();
  readonly #byPerson = new Map<string, Set<string>>();
  readonly #parts: { readonly calendar: Calendar; readonly ladder: Ladder; readonly newId: () => string };
  /** Told of every task that is new or has a new owner or time. */
  onTask: (task: Task, now: number) => void = () => undefined;
  /** Told of every record that was written. */
  onRecord: (record: CareRecord, now: number) => void = () => undefined;

  constructor(parts: { readonly calendar: Calendar; readonly ladder: Ladder; readonly newId: () => string }) {
    this.#parts = parts;
  }

  open(opening: CareOpening): CareRecord {
    const parts = { ...this.#parts, at: opening.at, by: opening.by };
    const written = opened(opening, parts);
    this.#write(written, [], opening.at);
    return written.record;
  }

  move(move: CareMove, at: number, by: string): CareCode | "ok" {
    const there = this.kept.get(move.id);
    if (!there) return "care.unknown";
    const answer = movedOn(there.record, there.tasks, move, { ...this.#parts, at, by });
    if (!answer.ok) return answer.code;
    this.#write(answer.written, there.tasks, at);
    return "ok";
  }

  /** Time, and who has left, for one task. */
  age(record: string, task: string, now: number): void {
    const there = this.kept.get(record);
    const one = there?.tasks.find(({ id }) => id === task);
    if (!there || !one) return;
    const older = aged(one, now, this.#parts);
    if (!older) return;
    there.tasks = there.tasks.map((each) => (each.id === task ? older : each));
    this.#index(older);
    this.onTask(older, now);
  }

  /** Everything a person owned is looked at again. */
  left(person: string, now: number): void {
    for (const pair of this.#byPerson.get(person) ?? []) {
      const [record = "", task = ""] = pair.split("|");
      this.age(record, task, now);
    }
    this.#byPerson.delete(person);
  }

  openOf(resident: string): readonly CareRecord[] {
    const ids = [...(this.#byResident.get(resident) ?? [])];
    return ids.flatMap((id) => this.kept.get(id)?.record ?? []);
  }

  /** Why the record breaks the promise, or undefined: every step has one open task with an owner and a due time, and no other is open. */
  orphan(id: string): string | undefined {
    const there = this.kept.get(id);
    if (!there) return "gone";
    const { calendar, ladder } = this.#parts;
    const steps = stepsOf(there.record, calendar);
    if (steps.length !== there.tasks.length)
      return `${String(steps.length)} steps, ${String(there.tasks.length)} tasks`;
    for (const step of steps) {
      const task = there.tasks.find((one) => one.id === taskId(refOf(there.record), step));
      if (!task) return `no task for ${step.kind}`;
      if (task.owner.org === "") return `no owner for ${step.kind}`;
      if (!Number.isFinite(task.due) || !Number.isFinite(task.climbAt)) return `no time for ${step.kind}`;
      if (task.owner.person !== undefined && !ladder.isActive(task.owner.person, task.owner.org))
        return `${step.kind} belongs to somebody who left`;
    }
    return undefined;
  }

  #write({ record, tasks, onward }: Written, before: readonly Task[], now: number): void {
    const { id, resident } = record.record;
    const made = new Set(tasks.made.map((task) => task.id));
    const closed = new Set(tasks.closed.map((task) => task.id));
    const open = [...before.filter((task) => !closed.has(task.id) && !made.has(task.id)), ...tasks.made];
    this.kept.set(id, { record, tasks: open });
    const there = this.#byResident.get(resident) ?? new Set();
    if (open.length > 0) there.add(id);
    else there.delete(id);
    this.#byResident.set(resident, there);
    for (const wish of onward) {
      const done = resolved(wish, this.openOf(resident));
      if (done && "of" in done) this.move(done, now, wish.by);
      else if (done) this.open(done);
    }
    for (const task of tasks.made) {
      this.#index(task);
      this.onTask(task, now);
    }
    this.onRecord(record, now);
  }

  #index(task: Task): void {
    const { person } = task.owner;
    if (person === undefined) return;
    const there = this.#byPerson.get(person) ?? new Set();
    this.#byPerson.set(person, there.add(`${task.about.id}|${task.id}`));
  }
}
