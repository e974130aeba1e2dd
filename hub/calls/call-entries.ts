import { v7 as uuidv7 } from "uuid";
import type { NewEntry } from "../../core/journal/entry.ts";
import { isAboutVisit, type Call, type Participant } from "../ports/calls.ts";
import { partyOf } from "./participants.ts";
import type { CallInput } from "./rules.ts";

type Actor = NewEntry["actor"];

/** The facts between two states of a call, as entries of the hub's journal. */
export function entriesOf(
  before: Call,
  after: Call,
  input: CallInput,
  actor: Actor,
  subject: string | null,
): readonly NewEntry[] {
  const call = after.id;
  const about = { actor, subject, visit: after.visit ?? null };
  const entries: NewEntry[] = after.participants.flatMap((one) => {
    const was = partyOf(before, one.id);
    return one.state === was?.state ? [] : partyEntries(call, about, one, was, input);
  });
  const from = before.clinician;
  const to = after.clinician;
  if (to && to.id !== from?.id) {
    if (input.kind === "accept") {
      const decided = { role: input.taker.role, operation: "call.accept", allowed: true, about: call };
      entries.push({ ...about, id: uuidv7(), type: "access.decided", body: decided });
      if (isAboutVisit(after)) {
        const body = { call, clinician: to, station: after.station.id };
        entries.push({ ...about, id: uuidv7(), type: "consult.accepted", body });
      }
    } else {
      entries.push({
        ...about,
        id: uuidv7(),
        type: "call.handedOver",
        body: { call, from: from?.id ?? "", to: to.id },
      });
    }
  }
  if (from && !to) {
    const body = { call, from: from.id, step: after.step, why: input.kind === "expire" ? "away" : "asked" } as const;
    entries.push({ ...about, id: uuidv7(), type: "call.released", body });
  }
  if (input.kind === "climb")
    entries.push({ ...about, id: uuidv7(), type: "call.climbed", body: { call, step: after.step } });
  if (after.outcome !== undefined && before.outcome === undefined) entries.push(ended(after, after.outcome, about));
  return entries;
}

function ended(
  call: Call,
  how: NonNullable<Call["outcome"]>,
  about: { readonly actor: Actor; readonly subject: string | null; readonly visit: string | null },
): NewEntry {
  const outcome = call.code === undefined ? {} : { outcome: call.code };
  if (call.mode === "doctors" || !isAboutVisit(call))
    return { ...about, id: uuidv7(), type: "call.ended", body: { call: call.id, how, ...outcome } };
  const body = { call: call.id, station: call.station.id, how, ...outcome };
  return { ...about, id: uuidv7(), type: "consult.finished", body };
}

/** Of the owner's coming and the station's coming and going other entries tell. */
function partyEntries(
  call: string,
  about: { readonly actor: Actor; readonly subject: string | null; readonly visit: string | null },
  now: Participant,
  was: Participant | undefined,
  input: CallInput,
): readonly NewEntry[] {
  const person = now.id;
  const entry = { ...about, id: uuidv7() };
  if (now.kind === "station") return [];
  switch (now.state) {
    case "invited": {
      const consent = input.kind === "invite" && input.consent !== undefined ? { consent: input.consent } : {};
      const body = { call, person, role: now.role, handOver: now.handOver, ...consent };
      return [{ ...entry, type: "call.invited", body }];
    }
    case "declined":
      return [{ ...entry, type: "call.declined", body: { call, person } }];
    case "left": {
      const why = input.kind !== "expire" ? "left" : was?.state === "invited" ? "unanswered" : "away";
      return [{ ...entry, type: "call.left", body: { call, person, why } }];
    }
    case "here":
      return was?.state === "invited"
        ? [{ ...entry, type: "call.joined", body: { call, person, role: now.role } }]
        : [];
    case "away":
      return [];
  }
}
