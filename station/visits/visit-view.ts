import { isTaken, medicinesOn, type MedicineView } from "../../core/care/medicine.ts";
import { toTell } from "../../core/care/messages.ts";
import { planIn } from "../../core/care/plan-told.ts";
import type { ResidentCard, VisitView } from "../../core/contract/views.ts";
import { shownName } from "../../core/domain/shown-name.ts";
import type { Resident } from "../../core/journal/entry.ts";
import type { VisitGist } from "../consult/visit-desk.ts";
import type { Store } from "../store/store.ts";
import type { VisitSummary } from "../store/views/shapes.ts";
import { armsKnown } from "./arms.ts";
import { visitParts } from "./story.ts";

/** What the journal says of a visit: for the page of the person, and in short for a doctor's queue. */
export interface VisitSeen {
  /** Without what only this start knows: a call for help as it stands, and how long nobody has touched anything. */
  readonly view: VisitView;
  readonly gist: Omit<VisitGist, "visit" | "subject">;
}

/** Computed from the entries alone, so that a visit looks the same after a restart. `now`: ms since 1970 UTC. */
export async function visitSeen(
  store: Store,
  id: string,
  { now, seatSeconds }: { readonly now: number; readonly seatSeconds: number },
): Promise<VisitSeen> {
  const summary = await store.visit(id);
  if (summary === undefined) throw new Error("no such visit in the journal");
  const { kind, openedAt, results, refusals, opinions, overall, closed } = summary;
  const resident = summary.resident === null ? undefined : await store.resident(summary.resident);
  const consents = await store.consentsOf(summary.resident ?? id);
  const sign = summary.resident === null ? undefined : await store.signOf(summary.resident);
  const parts = visitParts(await store.entriesOfVisit(id), consents, seatSeconds);
  const arrived = summary.resident === null ? [] : await store.arrivedFor(summary.resident, id);
  // Told to nobody but the person, and under no name to nobody.
  const mayTell = summary.resident !== null && consents.keep?.given !== false;
  const messages = mayTell ? toTell(await store.messagesFor(summary.resident)) : [];
  const planned = mayTell ? await store.planMessageOf(summary.resident) : undefined;
  const plan = planned && planIn(planned);
  const takes = await takenBy(store, summary, now);
  const { plan: arms } = await armsKnown(store, { resident: summary.resident, visit: id, answers: parts.answers, now });
  const view: VisitView = {
    ...parts,
    ...(arms === undefined ? {} : { arms }),
    ...(sign === undefined ? {} : { sign }),
    id,
    kind,
    ...(resident === undefined ? {} : { resident: cardOf(resident) }),
    openedAt,
    closed: closed !== undefined,
    results: [...results],
    refusals: [...refusals],
    ...(overall === undefined ? {} : { overall }),
    opinions: [...opinions],
    ...(arrived.length === 0 ? {} : { arrived: [...arrived] }),
    ...(takes.length === 0 ? {} : { takes: [...takes] }),
    ...(messages.length === 0 ? {} : { messages: [...messages] }),
    ...(plan === undefined ? {} : { plan }),
  };
  const worst = worstOf(view);
  return {
    view,
    gist: {
      consents,
      shownName: resident === undefined ? "" : shownName(resident.name),
      severity: overall?.severity ?? 0,
      knownDiagnosis: resident?.facts.hypertension === true || resident?.facts.diabetes === "yes",
      ...(worst === undefined ? {} : { worst }),
    },
  };
}

/** What the person of an open visit has in their hands, as it was signed and reviewed. */
async function takenBy(
  store: Store,
  { resident, closed }: Pick<VisitSummary, "resident" | "closed">,
  now: number,
): Promise<readonly MedicineView[]> {
  if (resident === null || closed !== undefined) return [];
  const told = await store.medicinesOf(resident);
  const zoneMinutes = -new Date(now).getTimezoneOffset();
  return told.flatMap((one) => medicinesOn(one, now, zoneMinutes)).filter(isTaken);
}

export function cardOf({ id, name, birthYear, sex, specimen }: Resident): ResidentCard {
  return { id, shownName: shownName(name), birthYear, sex, specimen };
}

/** Category of the most severe assessment, if there is any. */
function worstOf({ results }: VisitView): string | undefined {
  return results
    .flatMap(({ assessments }) => assessments)
    .reduce<{ readonly severity: number; readonly category?: string }>(
      (worst, each) => (each.severity > worst.severity ? each : worst),
      { severity: -1 },
    ).category;
}
