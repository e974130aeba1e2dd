import { v5 as uuidv5 } from "uuid";
import { nobodyOf } from "../../core/care/danger.ts";
import { endStates } from "../../core/care/records.ts";
import type { Owner } from "../../core/care/tasks.ts";
import { urgentFrom, type OutcomeCode } from "../../core/domain/calls.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { isWithheld, type Shipped } from "../../core/journal/withheld.ts";
import { dayMs } from "../../core/quality/local-day.ts";
import type { HubParts, Who } from "../api/context.ts";
import { isAboutVisit, type Call } from "../ports/calls.ts";

/** Namespace of the records that an urgent result makes: one for a visit, however often its entries are shipped. */
const namespace = "7d0f5b1e-9a44-5f0c-8f1b-2f6a1c0b9e31";
/** Older than the look-up of an outcome may take, it is history: a hub that is filled again does not call it out. */
const newerThanMs = 14 * dayMs;

/** Who answers a danger at a station first, and who looks it up; undefined where its institutions are not known. */
async function ownersAt(
  { directory, care }: HubParts,
  station: string,
): Promise<{ readonly first: Owner; readonly doctor: Owner } | undefined> {
  const place = await directory.station(station);
  const ownerOf = async (id: string | undefined): Promise<Owner | undefined> => {
    const org = id === undefined ? undefined : await care.org(id);
    return org && { org: org.id, tier: org.tier };
  };
  const [branch, hospital] = [await ownerOf(place?.branch), await ownerOf(place?.hospital)];
  const first = branch ?? hospital;
  return first && { first, doctor: hospital ?? first };
}

/** Whose a visit is, where a station says so after a danger of it was raised: at its opening, or when a nameless one is claimed. */
export async function hearWhose(hub: HubParts, fresh: readonly Shipped[]): Promise<void> {
  for (const entry of fresh) {
    if (isWithheld(entry) || entry.subject === null) continue;
    const claimed = bodyOf(entry, "visit.claimed");
    const opened = entry.type === "visit.opened" || entry.type === "resident.recognized";
    const visit = claimed?.mine === true ? claimed.visit : opened ? entry.visit : null;
    if (visit !== null) await hub.care.known({ visit, resident: entry.subject }, hub.clock.now());
  }
}

/**
 * Makes a result to be seen today (severity 3) a record of care, although nobody called: somebody owes an answer, and then a
 * look-up. What is more urgent still, the station calls out itself. The first of a visit counts.
 */
export async function reportUrgentResults(hub: HubParts, station: string, fresh: readonly Shipped[]): Promise<void> {
  for (const entry of fresh) {
    if (isWithheld(entry) || entry.visit === null) continue;
    if (hub.clock.now() - Date.parse(entry.heardAt) > newerThanMs) continue;
    const made = bodyOf(entry, "assessment.made");
    // While the protocol asks for another measurement, it is no result.
    const worst = made?.next === "none" ? made.assessments.find(({ severity }) => severity === urgentFrom) : undefined;
    const owners = worst && (await ownersAt(hub, station));
    if (!worst || !owners) continue;
    await hub.care.open(
      {
        kind: "danger",
        at: hub.clock.now(),
        by: station,
        text: {
          id: uuidv5(`${station} ${entry.visit}`, namespace),
          // A guest has no name here; the visit leads to the person.
          resident: entry.subject ?? nobodyOf(entry.visit),
          station,
          visit: entry.visit,
          severity: urgentFrom,
          what: worst.category,
          ...owners,
        },
      },
      { role: "station", id: station },
    );
  }
}

/**
 * Somebody answered a call for help, or closed a consultation with an outcome: the dangers of that visit are answered by it. One
 * that ended in a referral stays owed until the referral is named.
 */
export async function answerDangers(
  hub: HubParts,
  who: Pick<Who, "id" | "role">,
  about: { readonly resident: string; readonly visit: string; readonly outcome: OutcomeCode; readonly detail: string },
): Promise<void> {
  const { visit, outcome, detail } = about;
  const records = await hub.care.ofResident(about.resident);
  const referral = records.find(({ kind, record }) => kind === "referral" && !endStates.referral.includes(record.state))
    ?.record.id;
  if (outcome === "refer" && referral === undefined) return;
  for (const { kind, record } of records) {
    if (kind !== "danger" || record.visit !== visit || record.state !== "raised") continue;
    const answer = {
      kind: "answer" as const,
      by: who.id,
      at: hub.clock.now(),
      outcome,
      detail,
      ...(outcome === "refer" ? { referral } : {}),
    };
    // Not kept: the task stays, and climbs.
    await hub.care.move([{ of: "danger", id: record.id, input: answer }], { role: who.role, id: who.id });
  }
}

/** A consultation about a visit was closed. Without an outcome, and between colleagues, nothing is answered. */
export async function closedCall(
  hub: HubParts,
  who: Pick<Who, "id" | "role">,
  call: Call,
  outcome: OutcomeCode | undefined,
): Promise<void> {
  if (outcome === undefined || !isAboutVisit(call)) return;
  const { station, visit } = call;
  const resident = (await hub.records.subjectOf(station.id, visit)) ?? nobodyOf(visit);
  await answerDangers(hub, who, { resident, visit, outcome, detail: `call:${call.id}` });
}
