import { mayOwn, partyRoleOf } from "../../core/domain/calls.ts";
import { scopeOfGuest, type GuestScope } from "../../core/domain/guests.ts";
import type { Operation } from "../../core/rights.ts";
import { guestConsent } from "../../core/journal/guest-consent.ts";
import { isIn, partyOf } from "../calls/participants.ts";
import { isRunning, type Invited } from "../calls/rules.ts";
import { isAboutVisit, type Call, type Participant } from "../ports/calls.ts";
import { callView } from "./call-views.ts";
import { ownCall, partIn } from "./calls.ts";
import { doors, refused, type HubContext, type HubParts } from "./context.ts";

/** An account that may be asked into a call, and as what. */
export async function invitable(hub: HubParts, person: string, as?: Invited["role"]): Promise<Invited | undefined> {
  const account = await hub.directory.account(person);
  if (!account || account.retired || (account.demo && !hub.demo)) return undefined;
  const own = partyRoleOf(account.role);
  // Whoever answers for residents may watch or come along; nobody becomes more than the account is.
  const role = as ?? own;
  if (own === undefined || role === undefined || role === "resident") return undefined;
  if (mayOwn(role) && role !== own) return undefined;
  return { id: account.id, kind: "person", name: account.name, role };
}

type Asked =
  | { readonly ok: true; readonly call: Call; readonly party: Participant }
  | { readonly ok: false; readonly code: "consult.notYours" | "consult.ended" };

/** A running call that the caller owns. */
export async function owned(context: HubContext, id: string, operation: Operation): Promise<Asked> {
  const found = await ownCall(context, id, operation);
  if (!found.ok) return found;
  if (found.call.clinician?.id !== context.who.id) {
    await refused(context, operation, id);
    return { ok: false, code: "consult.notYours" };
  }
  return isRunning(found.call) ? found : { ok: false, code: "consult.ended" };
}

export const asking = {
  invite: doors.call.invite.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await owned(context, input.call, "call.invite");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const guest = await invitable(hub, input.person, input.role);
    if (!guest) throw errors.FAULT({ data: { code: "consult.notInvitable" } });
    const scope = scopeOfGuest(guest.role);
    if (scope !== undefined && !(await agreedTo(hub, found.call, scope, input.consent)))
      throw errors.FAULT({ data: { code: "consent.notGiven" } });
    const asked = await hub.desk.apply(
      input.call,
      {
        kind: "invite",
        id: who.id,
        who: guest,
        handOver: false,
        ...(scope === undefined ? {} : { consent: input.consent }),
      },
      { role: who.role, id: who.id },
    );
    if (!asked || (!asked.changed && partyOf(asked.call, guest.id)?.state !== "invited"))
      throw errors.FAULT({ data: { code: "consult.notInvitable" } });
    return {};
  }),

  transfer: doors.call.transfer.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await owned(context, input.call, "call.transfer");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const actor = { role: who.role, id: who.id };
    if ("step" in input.to) {
      await hub.desk.apply(input.call, { kind: "release", id: who.id, step: input.to.step }, actor);
      return {};
    }
    const there = partyOf(found.call, input.to.person);
    if (there && isIn(there)) {
      const given = await hub.desk.apply(input.call, { kind: "handTo", id: who.id, to: there.id }, actor);
      if (given?.changed !== true) throw errors.FAULT({ data: { code: "consult.notInvitable" } });
      return {};
    }
    const heir = await invitable(hub, input.to.person);
    const asked =
      heir && (await hub.desk.apply(input.call, { kind: "invite", id: who.id, who: heir, handOver: true }, actor));
    if (!asked?.changed) throw errors.FAULT({ data: { code: "consult.notInvitable" } });
    return {};
  }),

  ask: doors.call.ask.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const own = await invitable(hub, who.id);
    const guest = input.person === who.id ? undefined : await invitable(hub, input.person);
    if (!own || !guest) throw errors.FAULT({ data: { code: "consult.notInvitable" } });
    const about = input.about === undefined ? undefined : await hub.calls.find(input.about);
    if (input.about !== undefined && (!about || about.clinician?.id !== who.id)) {
      await refused(context, "call.ask", input.about);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    const at = hub.clock.now();
    const call: Call = {
      id: input.call,
      mode: "doctors",
      shownName: about?.shownName ?? "",
      severity: about?.severity ?? 0,
      state: "ringing",
      joinedAt: at,
      round: 1,
      begunAt: at,
      clinician: { id: who.id, name: who.name },
      step: "everyone",
      stepSince: at,
      participants: [{ ...own, state: "here", since: at, muted: false, media: false, handOver: false }],
      ...(about && isAboutVisit(about) ? { station: about.station, visit: about.visit } : {}),
    };
    const actor = { role: who.role, id: who.id };
    const begun = await hub.desk.begin(call, { kind: "invite", id: who.id, who: guest, handOver: false }, actor);
    const now = begun?.call ?? (await hub.calls.find(input.call));
    // Asked again after a lost answer it is the same call; another's id is nobody's to take.
    const party = now?.clinician?.id === who.id ? partIn(now, who) : undefined;
    if (!now || !party) throw errors.FAULT({ data: { code: "consult.ended" } });
    const ticket = isRunning(now) ? hub.tickets.issue({ call: now.id, person: who.id, round: now.round }) : undefined;
    return callView(hub, now, party, ticket);
  }),
};

/** Whether the visit holds the resident's word, for this call and for guests of this scope, and it was not taken back. */
async function agreedTo(hub: HubParts, call: Call, scope: GuestScope, consent: string | undefined): Promise<boolean> {
  if (consent === undefined || !isAboutVisit(call)) return false;
  const entries = await hub.records.entriesOfVisit(call.station.id, call.visit);
  return guestConsent(entries, call.id, scope, (_, entry) => entry === consent) !== undefined;
}
