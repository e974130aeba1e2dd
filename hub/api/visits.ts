import type { VisitRecord } from "../../core/contract/hub-visits.ts";
import { entryBodies, isEntryType, type Entry } from "../../core/journal/entry.ts";
import { medicinesSaid } from "../../core/journal/medicines-said.ts";
import { bodyOf, visitResults } from "../../core/journal/visit-results.ts";
import { needsCode } from "../calls/rules.ts";
import { isOpenTo } from "../care/glass.ts";
import { closedCall } from "../care/danger-results.ts";
import { isAboutVisit, type Call } from "../ports/calls.ts";
import { ownCall, partIn } from "./calls.ts";
import { decided, doors, refused, type HubParts, type Who } from "./context.ts";
import { states } from "./feed.ts";

export const visit = {
  watch: doors.visit.watch.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const mine = async (call: Call | undefined): Promise<boolean> =>
      call !== undefined && isAboutVisit(call) && call.outcome === undefined && seesRecord(call, who);
    const broken = async (call: Call | undefined): Promise<boolean> =>
      call !== undefined && isAboutVisit(call) && isOpenTo(context, { station: call.station.id, visit: call.visit });
    const there = await hub.calls.find(input.call);
    if (!(await broken(there))) {
      const found = await ownCall(context, input.call, "visit.watch");
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      if (!seesRecord(found.call, who)) {
        await refused(context, "visit.watch", input.call);
        throw errors.FAULT({ data: { code: "consult.notYours" } });
      }
      if (!(await mine(found.call))) throw errors.FAULT({ data: { code: "consult.ended" } });
    }
    if (!there || !isAboutVisit(there)) throw errors.FAULT({ data: { code: "consult.ended" } });
    const { station, visit: about } = there;
    const subject = await hub.records.subjectOf(station.id, about);
    await hub.records.append([
      decided(who, { operation: "visit.watch", allowed: true, about: input.call }, { subject, visit: about }),
    ]);
    return states(
      { operation: "visit.watch", context, topics: [`journal:${station.id}`, `call:${input.call}`] },
      async () => {
        const now = await hub.calls.find(input.call);
        if (!(await mine(now)) && !(await broken(now))) return undefined;
        return { value: await visitRecord(hub, station.id, about) };
      },
    );
  }),

  /** Ends the consult, and every other call of this visit that this clinician left open. */
  finish: doors.visit.finish.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const call = await hub.calls.find(input.call);
    if (
      !call ||
      !(await hub.calls.everOwned(input.call, who.id)) ||
      (call.outcome === undefined && call.clinician?.id !== who.id)
    ) {
      await refused(context, "visit.finish", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    const { outcome: code } = input;
    if (call.outcome === undefined && needsCode(call, code))
      throw errors.FAULT({ data: { code: "consult.outcomeNeeded" } });
    await hub.desk.finish(input.call, who.id, who.role, code);
    const others = (await hub.calls.open()).filter(
      (one) =>
        one.mode !== "doctors" &&
        one.visit === call.visit &&
        one.station?.id === call.station?.id &&
        one.clinician?.id === who.id,
    );
    for (const other of others) await hub.desk.finish(other.id, who.id, who.role, code);
    await closedCall(hub, who, call, code);
    return {};
  }),
};

/** Owner and those invited to the case; who only watches sees no record that names anybody. */
function seesRecord(call: Call, who: Who): boolean {
  const party = partIn(call, who);
  return party !== undefined && party.kind === "person" && party.role !== "observer" && party.role !== "family";
}

/** Computed from the hub's copy of the station's journal and from nothing else. */
export async function visitRecord(hub: HubParts, station: string, visit: string): Promise<VisitRecord> {
  const entries = (await hub.records.entriesOfVisit(station, visit)).filter(isSound);
  const { results, refusals } = visitResults(entries);
  const subject = await hub.records.subjectOf(station, visit);
  const registration = subject === null ? undefined : await hub.records.registration(station, subject);
  const symptoms = entries.findLast((entry) => bodyOf(entry, "visit.answered")?.symptoms !== undefined);
  const said = symptoms && bodyOf(symptoms, "visit.answered")?.symptoms;
  const sending = entries.findLast(
    (entry) => (bodyOf(entry, "consent.given") ?? bodyOf(entry, "consent.withdrawn"))?.scope === "send",
  );
  const resident = registration && isSound(registration) ? bodyOf(registration, "resident.registered") : undefined;
  return {
    visit,
    ...(resident && subject !== null
      ? {
          resident: {
            id: subject,
            name: resident.name,
            birthYear: resident.birthYear,
            sex: resident.sex,
            specimen: resident.specimen,
            facts: resident.facts,
          },
        }
      : {}),
    results: [...results],
    ...(sending?.type === "consent.withdrawn" ? { notSentSince: sending.heardAt } : {}),
    ...(said === undefined ? {} : { symptoms: said }),
    ...(await takenToday(hub, station, entries)),
    refusals: refusals.map(({ of, reason, heardAt }) => ({ of, reason, heardAt })),
    head: { ...(await hub.records.held(station)) },
  };
}

/** With the names of the list, where it still has them. */
async function takenToday(
  { directory, drugs }: HubParts,
  station: string,
  entries: readonly Entry[],
): Promise<Pick<VisitRecord, "taken">> {
  const said = medicinesSaid(entries);
  if (said === undefined) return {};
  const medicines = said.medicines.map((one) => {
    const known = drugs.drugs.get(one.drug);
    return { ...one, zh: known?.zh ?? one.drug, en: known?.inn ?? one.drug };
  });
  const name = (await directory.station(station))?.name ?? station;
  return { taken: { station: name, medicines, ...(said.any === undefined ? {} : { any: said.any }) } };
}

/** The hub keeps whatever a station's chain proves, also what a newer station writes; it computes only with what it understands. */
export function isSound(entry: Entry): boolean {
  return isEntryType(entry.type) && entryBodies[entry.type].safeParse(entry.body).success;
}
