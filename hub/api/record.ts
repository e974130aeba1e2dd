import { v7 as uuidv7 } from "uuid";
import { mayBreak, spanOf, type Broken } from "../../core/care/breaking.ts";
import type { BreakingView } from "../../core/contract/hub-record.ts";
import { instant } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Breaking } from "../ports/breakings.ts";
import { storeCode } from "../store/open.ts";
import { decided, doors, refused, type HubContext, type HubParts } from "./context.ts";
import { states } from "./feed.ts";
import { visitRecord } from "./visits.ts";

/** Reviewed ones that an auditor still sees. */
const reviewedShown = 200;

/** False: the disk failed, and nothing was written. */
const written = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      storeCode(error); // anything but a failure of the disk is thrown on
      return false;
    },
  );

/** The resident hears of it at the next visit. The same breaking leaves the same message; a guest has nobody to tell. */
async function tellOf(
  hub: HubParts,
  { id, message, station, visit, resident, by, at, reason }: Broken,
): Promise<boolean> {
  if (resident === null) return true;
  const org = (await hub.directory.account(by.id))?.practice?.orgName;
  const told = await hub.care.leave(
    {
      id: message,
      station,
      resident,
      from: { name: by.name, ...(org === undefined ? {} : { org }) },
      at,
      sentences: [{ key: "loop.say.recordOpened", params: { reason } }],
      worse: ["loop.worse.emergency"],
    },
    { role: by.role, id: by.id },
    visit,
  );
  if (told.ok) hub.log.info("recordBroken", { entry: id });
  return told.ok;
}

async function brokenNow({ hub, who }: HubContext, alarm: string): Promise<Broken | undefined> {
  return (await hub.breakings.openFor(who.id, hub.clock.now())).find((one) => one.alarm === alarm);
}

export const record = {
  break: doors.record.break.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const entry = await hub.records.entry(input.alarm);
    const raised = entry && bodyOf(entry, "alarm.raised");
    if (!entry || !raised || entry.visit === null) throw errors.FAULT({ data: { code: "care.unknown" } });
    const now = hub.clock.now();
    const there = await brokenNow(context, input.alarm);
    if (!there && !mayBreak(raised.reason, Date.parse(entry.heardAt), now)) {
      await refused(context, "record.break", input.alarm);
      throw errors.FAULT({ data: { code: "care.notNow" } });
    }
    const { until, due } = spanOf(now, hub.calendar);
    const station = entry.actor.id;
    const about = { subject: await hub.records.subjectOf(station, entry.visit), visit: entry.visit };
    const broken: Broken = there ?? {
      id: uuidv7(),
      alarm: input.alarm,
      station,
      visit: entry.visit,
      resident: about.subject,
      by: { id: who.id, name: who.name, role: who.role },
      reason: input.reason,
      at: instant(now),
      until: instant(until),
      due: instant(due),
      message: uuidv7(),
    };
    const fact: NewEntry = {
      ...about,
      id: broken.id,
      type: "record.broken",
      actor: { role: who.role, id: who.id },
      body: broken,
    };
    const allowed = decided(who, { operation: "record.break", allowed: true, about: input.alarm }, about);
    // The message once more where the first time ended between the two: it is the same one.
    const kept =
      (there !== undefined || (await written(hub.records.append([allowed, fact])))) && (await tellOf(hub, broken));
    if (!kept) throw errors.FAULT({ data: { code: "store.failed" } });
    hub.bus.announce("breakings");
    return { id: broken.id, until: broken.until };
  }),

  watch: doors.record.watch.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const open = await brokenNow(context, input.alarm);
    if (!open) {
      await refused(context, "record.watch", input.alarm);
      throw errors.FAULT({ data: { code: "care.noRelation" } });
    }
    const { station, visit, resident } = open;
    await hub.records.append([
      decided(who, { operation: "record.watch", allowed: true, about: input.alarm }, { subject: resident, visit }),
    ]);
    const topics = [`journal:${station}`, "breakings"] as const;
    return states({ operation: "record.watch", context, topics }, async () =>
      (await brokenNow(context, input.alarm)) ? { value: await visitRecord(hub, station, visit) } : undefined,
    );
  }),

  mine: doors.record.mine.handler(async ({ context }) =>
    states({ operation: "record.mine", context, topics: ["breakings"] }, async () => {
      const { hub, who } = context;
      const open = await hub.breakings.openFor(who.id, hub.clock.now());
      const value = await Promise.all(
        open.map(async ({ alarm, station, at, until }) => {
          const there = await hub.directory.station(station);
          return { alarm, at, until, station: there?.name ?? station, place: there?.place ?? "" };
        }),
      );
      return { value: value.toSorted((a, b) => b.at.localeCompare(a.at)) };
    }),
  ),

  broken: doors.record.broken.handler(async ({ context }) =>
    states({ operation: "record.broken", context, topics: ["breakings"] }, async () => {
      const now = context.hub.clock.now();
      return { value: (await context.hub.breakings.all(reviewedShown)).map((one) => breakingView(one, now)) };
    }),
  ),

  review: doors.record.review.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const there = await hub.breakings.find(input.id);
    if (!there) throw errors.FAULT({ data: { code: "care.unknown" } });
    if (there.review?.by.id === who.id) return there.review;
    if (there.review) throw errors.FAULT({ data: { code: "care.notNow" } });
    const { finding, note } = input;
    const body = {
      breaking: input.id,
      by: { id: who.id, name: who.name },
      finding,
      note,
      at: instant(hub.clock.now()),
    };
    const about = { subject: there.broken.resident, visit: there.broken.visit };
    const fact: NewEntry = {
      ...about,
      id: uuidv7(),
      type: "record.reviewed",
      actor: { role: who.role, id: who.id },
      body,
    };
    const allowed = decided(who, { operation: "record.review", allowed: true, about: input.id }, about);
    if (!(await written(hub.records.append([allowed, fact])))) throw errors.FAULT({ data: { code: "store.failed" } });
    hub.bus.announce("breakings");
    return body;
  }),
};

function breakingView({ broken, review }: Breaking, now: number): BreakingView {
  const { resident: _resident, visit: _visit, message: _message, ...shown } = broken;
  const done = review === undefined ? now : Date.parse(review.at);
  return { ...shown, late: done > Date.parse(broken.due), ...(review ? { review } : {}) };
}
