import { isQueued, isRunning } from "../calls/rules.ts";
import { isAboutVisit, type Call } from "../ports/calls.ts";
import { takerFor } from "./call-views.ts";
import { ownCall } from "./calls.ts";
import { decided, doors, refused, type HubContext } from "./context.ts";
import { states } from "./feed.ts";

/** A doctor who hung up would like to speak with the resident again: asked at the station, answered by the visit's next call. */
export const ringingBack = {
  ringBack: doors.call.ringBack.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownCall(context, input.call, "call.ringBack");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const taker = found.call.clinician?.id === who.id ? await takerFor(hub, who) : undefined;
    if (!taker) {
      await refused(context, "call.ringBack", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    if (input.over) {
      hub.ringBacks.takeBack(input.call);
      return {};
    }
    const why = await whyNot(context, found.call);
    if (why !== undefined) throw errors.FAULT({ data: { code: why } });
    if (!isAboutVisit(found.call)) throw errors.FAULT({ data: { code: "consult.ended" } });
    if (hub.ringBacks.of(input.call)?.state === "asked") return {};
    const { id: about, visit } = found.call;
    await hub.records.append([decided(who, { operation: "call.ringBack", allowed: true, about }, { visit })]);
    hub.ringBacks.ask(found.call, taker);
    return {};
  }),

  ringBacks: doors.call.ringBacks.handler(({ context }) => {
    const { hub, who } = context;
    return states(
      // What its doctor has finished is not asked any more, and the station's inbox is told of that.
      { operation: "call.ringBacks", context, topics: [`calls:${who.id}`, `inbox:${who.id}`] },
      async () => ({
        value: (await hub.ringBacks.at(who.id)).map(({ call, visit, doctor: { id, name } }) => ({
          call,
          visit,
          clinician: { id, name },
        })),
      }),
    );
  }),

  notNow: doors.call.notNow.handler(async ({ input, context, errors }) => {
    const found = await ownCall(context, input.call, "call.notNow");
    if (!found.ok && found.code === "consult.notYours") throw errors.FAULT({ data: { code: found.code } });
    if (found.ok) context.hub.ringBacks.answer(input.call, input.why);
    return {};
  }),
};

/** A talk that was hung up, of a visit that goes on, at a station that can be asked. */
async function whyNot({ hub }: HubContext, call: Call) {
  const { mode, state, outcome } = call;
  if (!isAboutVisit(call) || mode === "doctors" || mode === "stored") return "consult.ended";
  if (state !== "finished" || outcome !== undefined) return "consult.ended";
  const { station, visit } = call;
  const others = (await hub.calls.ofVisit(station.id, visit)).filter((one) => one.mode !== "doctors");
  if (others.some((one) => one.outcome === undefined && (isQueued(one) || isRunning(one)))) return "consult.calling";
  if (others.some((one) => one.joinedAt > call.joinedAt)) return "consult.ended";
  const entries = await hub.records.entriesOfVisit(station.id, visit);
  // One that was cut off may go on.
  const came = entries.findLast(({ type }) => type === "visit.closed" || type === "visit.resumed");
  if (came?.type === "visit.closed") return "visit.closed";
  return hub.presence.isHere(`station:${station.id}`) ? undefined : "consult.stationAway";
}
