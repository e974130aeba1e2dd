import { v7 as uuidv7 } from "uuid";
import type { Contract } from "../../core/care/contract.ts";
import { isReportOf, nobodyOf } from "../../core/care/danger.ts";
import type { Catalogue } from "../../core/care/drugs.ts";
import type { Calendar } from "../../core/care/hours.ts";
import type { MessageLeft } from "../../core/care/messages.ts";
import { no } from "../../core/care/machine.ts";
import type { CareMove, CareOpening, CareRecord } from "../../core/care/records.ts";
import { remindersDue } from "../../core/care/schedule.ts";
import { aged } from "../../core/care/tasks.ts";
import { endingSoon, reminding, telling } from "../../core/care/telling.ts";
import { movedOn, opened, resolved, type Written } from "../../core/care/transact.ts";
import { instant } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import type { CareActor, CareStore, Kept } from "../ports/care.ts";
import type { HubJournal } from "../store/journal.ts";
import type { Database } from "../store/open.ts";
import { careViews } from "./care-views.ts";
import { standOf } from "./contracts.ts";
import { medicineChange, medicineViews } from "./medicines.ts";
import { createOrgs } from "./org-ladder.ts";
import { createTalks } from "./talks.ts";

interface Parts {
  readonly db: Database;
  readonly journal: HubJournal;
  readonly hub: string;
  readonly calendar: Calendar;
  /** What the drugs of prescriptions are called. */
  readonly drugs: Catalogue;
  /** Called after the transaction: boards and inboxes are to be read again. */
  readonly announce: (topic: "care" | `inbox:${string}`) => void;
}

/** Rolls a transaction back with its code; never leaves this file. */
class Refused extends Error {
  readonly answer: Extract<Kept<never>, { ok: false }>;
  constructor(answer: Extract<Kept<never>, { ok: false }>) {
    super(answer.code);
    this.answer = answer;
  }
}

export function createSqliteCare({ db, journal, hub, calendar, drugs, announce }: Parts): CareStore {
  const views = careViews(db);
  const orgs = createOrgs(db);
  const medicines = medicineViews(db, calendar);
  const self: CareActor = { role: "hub", id: hub };
  const partsAt = (at: number, by: string) => ({ at, by, calendar, ladder: orgs, newId: uuidv7 });

  /** The entry, the views, and what follows from it: openings or moves of other records, written by the hub itself. */
  function write(before: CareRecord | undefined, written: Written, actor: CareActor, fact: Fact): void {
    const { record, tasks, onward } = written;
    const { made, closed } = tasks;
    const settled = { made: [...made], closed: closed.map(({ id }) => id) };
    const { resident } = record.record;
    const visit = "visit" in record.record ? (record.record.visit ?? null) : null;
    const about = { actor, subject: resident, visit };
    // An opening's entry has the record's id: the second one with it is the first.
    const entry: NewEntry =
      "opening" in fact
        ? { ...about, id: fact.opening.text.id, type: "care.opened", body: { opening: fact.opening, ...settled } }
        : { ...about, id: uuidv7(), type: "care.moved", body: { move: fact.move, ...settled } };
    journal.append([entry]);
    views.put(record);
    tellMedicine(before, record);
    for (const { id } of closed) views.dropTask(id);
    for (const task of made) views.putTask(task);
    if (record.kind === "contract") tellStation(before, record.record);
    const said = telling(before, record, calendar.zoneMinutes);
    const at = "opening" in fact ? fact.opening.at : fact.move.input.at;
    if (said && "station" in record.record && record.record.station !== undefined)
      leaveOne(messageAbout(record, record.record.station, said, at), self, visit);
    for (const wish of onward) {
      const done = resolved(wish, views.ofResident(resident));
      if (done && "of" in done) moveOne(done, self);
      else if (done) openOne(done, self);
    }
  }
  type Fact = { readonly opening: CareOpening } | { readonly move: CareMove };

  /** The station where it was written keeps what its resident takes, for when there is no line. */
  function tellMedicine(before: CareRecord | undefined, after: CareRecord): void {
    const told = medicineChange(before, after, drugs);
    if (told === undefined) return;
    const about = { actor: self, subject: told.resident, visit: null };
    journal.append([{ ...about, id: uuidv7(), type: "medicine.told", body: told }]);
    medicines.put(told);
    inboxes.add(told.station);
  }

  const messageAbout = (
    { kind, record: { id, resident } }: CareRecord,
    station: string,
    said: Pick<MessageLeft, "sentences" | "worse">,
    at: number,
  ): MessageLeft => ({
    id: uuidv7(),
    station,
    resident,
    from: { name: "hub" },
    at: instant(at),
    ...said,
    about: { kind, id },
  });
  /** The station that heard the act shows how the contract stands. */
  function tellStation(before: CareRecord | undefined, after: Contract): void {
    const stand = standOf(before, after);
    if (stand === undefined) return;
    const { resident, station, visit } = after;
    const body = { ...stand, station };
    journal.append([{ id: uuidv7(), type: "contract.answered", actor: self, subject: resident, visit, body }]);
    inboxes.add(station);
  }

  /** Stations with news, told of after the transaction. */
  const inboxes = new Set<string>();
  function leaveOne(message: MessageLeft, actor: CareActor, visit: string | null): void {
    journal.append([{ id: message.id, type: "message.left", actor, subject: message.resident, visit, body: message }]);
    views.putMessage(message);
    inboxes.add(message.station);
  }

  function openOne(opening: CareOpening, actor: CareActor): CareRecord {
    const there = views.record(opening.text.id);
    if (there) return there;
    const written = opened(opening, partsAt(opening.at, opening.by));
    write(undefined, written, actor, { opening });
    return written.record;
  }

  function moveOne(move: CareMove, actor: CareActor): CareRecord {
    const there = views.record(move.id);
    if (there?.kind !== move.of) throw new Refused(no("care.unknown"));
    const { at, by } = move.input;
    const answer = movedOn(there, views.tasksOfRecord(move.id), move, partsAt(at, by));
    if (!answer.ok) throw new Refused(answer);
    write(there, answer.written, actor, { move });
    if (there.kind === "talk") talks.done(there.record, instant(at));
    return answer.written.record;
  }

  /** What was raised of a visit while nobody knew whose it is, is this person's from now on. */
  function nowKnown(
    { visit, resident }: { readonly visit?: string | undefined; readonly resident: string },
    at: number,
  ): void {
    if (visit === undefined || resident === nobodyOf(visit)) return;
    for (const { kind, record } of views.ofResident(nobodyOf(visit)))
      if (kind === "danger")
        moveOne({ of: "danger", id: record.id, input: { kind: "known", by: hub, at, resident } }, self);
  }

  /** As it is met where the person has such records already. */
  function openWish(opening: CareOpening, actor: CareActor): CareRecord {
    if (opening.kind !== "followUp" && opening.kind !== "danger") return openOne(opening, actor);
    if (opening.kind === "danger") nowKnown(opening.text, opening.at);
    const known = views.ofResident(opening.text.resident);
    const done = resolved(opening, known);
    if (done) return "of" in done ? moveOne(done, actor) : openOne(opening, actor);
    const { id } = opening.text;
    return known.find(({ kind, record }) => kind === "danger" && isReportOf(record, id)) ?? openOne(opening, actor);
  }

  const talks = createTalks({
    views,
    orgs,
    open: (opening) => void openOne(opening, self),
    move: (move) => void moveOne(move, self),
  });

  const whole = <T>(work: () => T): Kept<T> => {
    inboxes.clear();
    try {
      const value = db.transaction(work).immediate();
      announce("care");
      for (const station of inboxes) announce(`inbox:${station}`);
      return { ok: true, value };
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  };

  return {
    ladder: orgs,
    putOrg: async (org) => orgs.put(org),
    org: async (id) => orgs.org(id),
    nearest: async (station) => orgs.near(station),

    open: async (opening, actor, along = []) =>
      whole(() => {
        journal.append(along);
        return openWish(opening, actor);
      }),

    openAll: async (openings, actor, along = []) =>
      whole(() => {
        journal.append(along);
        return openings.map((opening) => openWish(opening, actor));
      }),

    move: async (moves, actor, along = []) =>
      whole(() => {
        journal.append(along);
        const last = moves.map((move) => moveOne(move, actor)).at(-1);
        if (!last) throw new Refused(no("care.unknown"));
        return last;
      }),

    known: async (whose, at) => {
      if (views.ofResident(nobodyOf(whose.visit)).length > 0) whole(() => nowKnown(whose, at));
    },
    record: async (id) => views.record(id),
    ofResident: async (resident) => views.ofResident(resident),
    openOf: async (kind, org) => views.openOf(kind, org),
    async *all(kind) {
      for (let after = ""; ;) {
        const page = views.pageOf(kind, after);
        yield* page;
        const last = page.at(-1);
        if (!last) return;
        after = last.record.id;
      }
    },
    task: async (id) => views.task(id),
    openTasks: async (now, limit) => views.openTasks(now, limit),
    tasks: async (org) => views.tasksOfOrg(org),

    changeTask: async (id, type, actor, change) =>
      whole(() => {
        const there = views.task(id);
        if (!there) throw new Refused(no("care.unknown"));
        const answer = change(there);
        if (!answer.ok) throw new Refused(answer);
        journal.append([{ id: uuidv7(), type, actor, subject: there.resident, visit: null, body: answer.value }]);
        views.putTask(answer.value);
        return answer.value;
      }),

    age: async (now) => {
      const older = views.toAge(now).flatMap((task) => aged(task, now, { ladder: orgs, calendar }) ?? []);
      const late = views.openOfKind("prescription").flatMap((there) => {
        if (there.kind !== "prescription" || (there.record.state !== "signed" && there.record.state !== "valid"))
          return [];
        const { id, validUntil } = there.record;
        return validUntil === undefined || now < validUntil ? [] : [id];
      });
      const ending = medicines.ending(now);
      const soon = views.openOfKind("followUp").flatMap((there) => {
        if (there.kind !== "followUp" || there.record.state !== "planned") return [];
        const { day, reminders } = there.record;
        return remindersDue(day, reminders, now, calendar.zoneMinutes) > 0 ? [there.record] : [];
      });
      const over = views.contracts.over(now);
      const due = views.contracts.due(now).filter((id) => !over.includes(id));
      const found = [older, late, soon, ending, over, due, views.unheard(now)];
      if (found.every(({ length }) => length === 0)) return;
      whole(() => {
        talks.unheard(now, hub);
        for (const task of older) {
          const about = { actor: self, subject: task.resident, visit: null };
          journal.append([{ ...about, id: uuidv7(), type: "task.climbed", body: task }]);
          views.putTask(task);
        }
        for (const id of late) moveOne({ of: "prescription", id, input: { kind: "expire", by: hub, at: now } }, self);
        for (const id of over) moveOne({ of: "contract", id, input: { kind: "expire", by: hub, at: now } }, self);
        for (const id of due) moveOne({ of: "contract", id, input: { kind: "remind", by: hub, at: now } }, self);
        for (const { prescription: id, day } of ending) {
          medicines.drop(id);
          const there = views.record(id);
          if (there?.kind !== "prescription" || there.record.station === undefined) continue;
          leaveOne(messageAbout(there, there.record.station, endingSoon(day), now), self, null);
        }
        for (const record of soon) {
          const { id, day, programmes, station } = record;
          moveOne({ of: "followUp", id, input: { kind: "remind", by: hub, at: now } }, self);
          if (station === undefined) continue;
          const said = reminding(day, dayOf(now, calendar.zoneMinutes), programmes);
          leaveOne(messageAbout({ kind: "followUp", record }, station, said, now), self, null);
        }
      });
    },

    leave: async (message, actor, visit) =>
      whole(() => {
        leaveOne(message, actor, visit);
        return message;
      }),
    told: async ({ message: id, talk }, from) => {
      const message = views.message(id);
      // Nobody tells for another station, and nobody hears for another person.
      if (message?.station !== from.station || message.resident !== from.resident) return;
      whole(() => {
        views.tell(id, from.at);
        const at = Date.parse(from.at);
        talks.heard(message, at);
        if (talk === true) talks.asked(message, at);
      });
    },
    messages: async (resident) => views.messages(resident),
    contractsWith: async (doctor) => views.contracts.of(doctor),
    contractCounts: async () => views.contracts.counts(),
  };
}
