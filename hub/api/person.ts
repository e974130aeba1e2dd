import type { Joined, RecordRef } from "../../core/care/same-person.ts";
import { instant } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { Operation } from "../../core/rights.ts";
import { keptAt, pairFor } from "../care/same-person.ts";
import { tellJoined, tellParted } from "../care/same-told.ts";
import type { LikePair } from "../ports/persons.ts";
import { storeCode } from "../store/open.ts";
import { decided, doors, refused, type HubContext } from "./context.ts";
import { states } from "./feed.ts";

/** Pairs that a page is shown. */
const pairsShown = 200;

/** Writes it together with the decision that allowed it, and tells who watches. False: the disk failed, and nothing was written. */
async function written({ hub, who }: HubContext, operation: Operation, entry: NewEntry, about: string) {
  const subject = entry.subject;
  const allowed = decided(who, { operation, allowed: true, about }, { subject });
  try {
    await hub.records.append([allowed, entry]);
  } catch (error) {
    storeCode(error); // anything but a failure of the disk is thrown on
    return false;
  }
  hub.bus.announce("care");
  return true;
}

const isThere = async (
  { hub }: HubContext,
  id: string,
  type: "person.joined" | "person.apart" | "person.parted" | "person.coded" | "person.uncoded",
) => (await hub.records.entry(id))?.type === type;

type Decidable =
  | { readonly ok: true; readonly why: LikePair["why"]; readonly said: Pick<Joined, "by" | "at"> }
  | { readonly ok: false; readonly code: "care.unknown" | "care.noRelation" };

/** Whether two records may be decided on by this person: the rule proposes them, and one is in the person's care. */
async function toDecide(
  context: HubContext,
  operation: Operation,
  { one, other }: { readonly one: RecordRef; readonly other: RecordRef },
): Promise<Decidable> {
  const { hub, who } = context;
  const pair = await hub.persons.proposed(one, other);
  if (!pair) return { ok: false, code: "care.unknown" };
  if ((await pairFor(context, pair)) === undefined) {
    await refused(context, operation, one.resident);
    return { ok: false, code: "care.noRelation" };
  }
  const by = { id: who.id, name: who.name, role: who.role };
  return { ok: true, why: pair.why, said: { by, at: instant(hub.clock.now()) } };
}

/** The record of a resident of the asking station. */
async function ownRecord(context: HubContext, operation: Operation, resident: string): Promise<RecordRef | undefined> {
  const { hub, who } = context;
  const record = { station: who.id, resident };
  if ((await hub.persons.person(record)) !== undefined) return record;
  // Another station's; of who is nobody there is nothing to write down.
  if ((await hub.persons.recordsOf(resident)).length > 0) await refused(context, operation, resident);
  return undefined;
}

export const person = {
  resolve: doors.person.resolve.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    // Whoever tries out codes finds out less and less often whether one leads somewhere.
    if (!hub.codeTries.begin(who.id)) throw errors.FAULT({ data: { code: "identify.tooMany" } });
    const coded = await hub.persons.coded(hub.persons.keyOf(input.code));
    const [first] = coded;
    if (!first) return { kind: "unknown" as const };
    const same = await hub.persons.allOf(first.resident);
    // A code of two people, as far as anybody knows, is nobody's.
    if (coded.some(({ resident }) => !same.includes(resident))) return { kind: "unknown" as const };
    hub.codeTries.succeeded(who.id);
    const records = (await Promise.all(same.map((resident) => hub.persons.recordsOf(resident)))).flat();
    const here = [...coded, ...records].find(({ station }) => station === who.id);
    return here ? { kind: "here" as const, resident: here.resident } : { kind: "elsewhere" as const };
  }),

  link: doors.person.link.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const record = await ownRecord(context, "person.link", input.resident);
    if (record === undefined) throw errors.FAULT({ data: { code: "identify.notFound" } });
    if (await isThere(context, input.id, "person.coded")) return {};
    const entry: NewEntry = {
      id: input.id,
      type: "person.coded",
      actor: { role: who.role, id: who.id },
      subject: input.resident,
      visit: null,
      body: { record, key: hub.persons.keyOf(input.code) },
    };
    if (!(await written(context, "person.link", entry, input.resident)))
      throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),

  unlink: doors.person.unlink.handler(async ({ input, context, errors }) => {
    const { who } = context;
    const record = await ownRecord(context, "person.unlink", input.resident);
    if (record === undefined) throw errors.FAULT({ data: { code: "identify.notFound" } });
    if (await isThere(context, input.id, "person.uncoded")) return {};
    const entry: NewEntry = {
      id: input.id,
      type: "person.uncoded",
      actor: { role: who.role, id: who.id },
      subject: input.resident,
      visit: null,
      body: { record, link: input.link },
    };
    if (!(await written(context, "person.unlink", entry, input.resident)))
      throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),

  alike: doors.person.alike.handler(async ({ context }) =>
    states({ operation: "person.alike", context, topics: ["care"] }, async () => {
      const all = await Promise.all(
        (await context.hub.persons.pairs(pairsShown)).map((pair) => pairFor(context, pair)),
      );
      return { value: all.filter((pair) => pair !== undefined) };
    }),
  ),

  join: doors.person.join.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const before = await hub.persons.joining(input.id);
    if (before?.by.id === who.id) {
      // The same again, and what was to be told of it may not have been kept.
      await tellJoined(context, before);
      return before;
    }
    const may = await toDecide(context, "person.join", input);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { one, other } = input;
    const body = { id: input.id, one, other, why: [...may.why], ...may.said, ...keptAt(one, other) };
    const entry: NewEntry = {
      id: input.id,
      type: "person.joined",
      actor: { role: who.role, id: who.id },
      subject: one.resident,
      visit: null,
      body,
    };
    if (!(await written(context, "person.join", entry, other.resident)))
      throw errors.FAULT({ data: { code: "store.failed" } });
    if (body.station !== undefined) hub.bus.announce(`inbox:${body.station}`);
    await tellJoined(context, body);
    return body;
  }),

  apart: doors.person.apart.handler(async ({ input, context, errors }) => {
    const { who } = context;
    if (await isThere(context, input.id, "person.apart")) return {};
    const may = await toDecide(context, "person.apart", input);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const entry: NewEntry = {
      id: input.id,
      type: "person.apart",
      actor: { role: who.role, id: who.id },
      subject: input.one.resident,
      visit: null,
      body: { ...input, ...may.said },
    };
    if (!(await written(context, "person.apart", entry, input.other.resident)))
      throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),

  part: doors.person.part.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    if (await isThere(context, input.id, "person.parted")) return {};
    const joined = await hub.persons.joining(input.joining);
    if (!joined) throw errors.FAULT({ data: { code: "care.unknown" } });
    const [one, other] = await Promise.all([hub.persons.person(joined.one), hub.persons.person(joined.other)]);
    if (!one || !other || (await pairFor(context, { one, other, why: joined.why, joined })) === undefined) {
      await refused(context, "person.part", input.joining);
      throw errors.FAULT({ data: { code: "care.noRelation" } });
    }
    const by = { id: who.id, name: who.name, role: who.role };
    const { joining, reason } = input;
    const kept = keptAt(joined.one, joined.other);
    const entry: NewEntry = {
      id: input.id,
      type: "person.parted",
      actor: { role: who.role, id: who.id },
      subject: joined.one.resident,
      visit: null,
      body: { joining, by, reason, at: instant(hub.clock.now()), ...kept },
    };
    if (!(await written(context, "person.part", entry, joined.other.resident)))
      throw errors.FAULT({ data: { code: "store.failed" } });
    if (kept.station !== undefined) hub.bus.announce(`inbox:${kept.station}`);
    await tellParted(context, input.id, joined, reason);
    return {};
  }),
};
