import { instant } from "../../core/domain/time.ts";
import { isIn } from "../calls/participants.ts";
import { isAboutVisit } from "../ports/calls.ts";
import { invitable, owned } from "./asking.ts";
import { doors } from "./context.ts";

/** Guests of a call: wished by its owner, agreed to by the resident at the station. */
export const guest = {
  ask: doors.guest.ask.handler(async ({ input: { call, ask, person }, context, errors }) => {
    const { hub } = context;
    const found = await owned(context, call, "guest.ask");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const who = person === undefined ? undefined : await invitable(hub, person, "observer");
    const there = found.call.participants.find(({ id }) => id === person);
    // Between colleagues there is nobody to ask, and who is in already is no guest.
    const hasResident = isAboutVisit(found.call) && found.call.mode !== "doctors";
    if (!hasResident || (person !== undefined && !who) || (there && isIn(there)) || !hub.guests.ask(call, ask, who))
      throw errors.FAULT({ data: { code: "consult.notInvitable" } });
    return {};
  }),

  drop: doors.guest.drop.handler(async ({ input: { call, ask }, context, errors }) => {
    const found = await owned(context, call, "guest.drop");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    context.hub.guests.drop(call, ask);
    return {};
  }),

  pass: doors.guest.pass.handler(async ({ input: { call, ask }, context, errors }) => {
    const found = await owned(context, call, "guest.pass");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const pass = await context.hub.guests.pass(found.call, ask);
    if (!pass) throw errors.FAULT({ data: { code: "consent.notGiven" } });
    return { code: pass.code, until: instant(pass.until) };
  }),
};
