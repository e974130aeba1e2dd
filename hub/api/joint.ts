import { v7 as uuidv7 } from "uuid";
import { drafted, hasSigned, jointKind, newestOf, refusedToSign, type JointText } from "../../core/care/joint.ts";
import { instant } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { Operation } from "../../core/rights.ts";
import { jointOf, jointViews, signersOf } from "../care/joint.ts";
import { mayWriteUp } from "../care/write-up.ts";
import { isAboutVisit, type VisitCall } from "../ports/calls.ts";
import { storeCode } from "../store/open.ts";
import { decided, doors, refused, type HubContext } from "./context.ts";
import { states } from "./feed.ts";

/** A call about a visit in which this person may write; undefined, and written down: not. */
async function written(context: HubContext, id: string, operation: Operation): Promise<VisitCall | undefined> {
  const call = await context.hub.calls.find(id);
  if (call && isAboutVisit(call) && (await mayWriteUp(context, call))) return call;
  await refused(context, operation, id);
  return undefined;
}

/** Writes it beside the decision that allowed it; false: the disk failed. */
async function keep(
  { hub, who }: HubContext,
  { id: call, station, visit }: VisitCall,
  operation: Operation,
  fact:
    | Pick<Extract<NewEntry, { type: "joint.drafted" }>, "type" | "body">
    | Pick<Extract<NewEntry, { type: "joint.signed" }>, "type" | "body">,
): Promise<boolean> {
  const about = { subject: await hub.records.subjectOf(station.id, visit), visit };
  try {
    await hub.records.append([
      decided(who, { operation, allowed: true, about: call }, about),
      { ...about, ...fact, id: uuidv7(), actor: { role: who.role, id: who.id } },
    ]);
  } catch (error) {
    storeCode(error); // anything but a failure of the disk is thrown on
    return false;
  }
  hub.bus.announce(`call:${call}`);
  return true;
}

export const joint = {
  draft: doors.joint.draft.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const call = await written(context, input.call, "joint.draft");
    const before = call && (await jointOf(hub, input.call, input.joint));
    const responsible = before ? newestOf(before).text.responsible.id : call?.clinician?.id;
    if (!call || responsible !== who.id) {
      if (call) await refused(context, "joint.draft", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    const { assessment, plan, version } = input;
    const newest = before && newestOf(before).text;
    // The answer to the first one may have been lost on the way.
    if (newest?.version === version && newest.assessment === assessment && newest.plan === plan) return {};
    const participants = await signersOf(hub, call, who.id);
    if (participants.length < 2 || participants[0]?.id !== who.id)
      throw errors.FAULT({ data: { code: "care.notNow" } });
    const text: JointText = {
      joint: input.joint,
      version,
      call: call.id,
      visit: call.visit,
      station: call.station.id,
      responsible: { id: who.id, name: who.name },
      participants,
      assessment,
      plan,
      draftedAt: instant(hub.clock.now()),
    };
    const follows = drafted(before, text);
    if (follows === undefined || follows === before) throw errors.FAULT({ data: { code: "care.changed" } });
    if (!(await keep(context, call, "joint.draft", { type: "joint.drafted", body: text })))
      throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),

  sign: doors.joint.sign.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const call = await written(context, input.call, "joint.sign");
    if (!call) throw errors.FAULT({ data: { code: "consult.notYours" } });
    const there = await jointOf(hub, call.id, input.joint);
    if (!there) throw errors.FAULT({ data: { code: "care.unknown" } });
    const code = refusedToSign(there, input.version, who.id);
    if (code === "care.notYours") await refused(context, "joint.sign", input.call);
    if (code === "care.notYours" || code === "care.changed") throw errors.FAULT({ data: { code } });
    const newest = newestOf(there);
    if (hasSigned(newest, who.id)) return {};
    const answer = await hub.signer.sign(who, jointKind, newest.text);
    if (!answer.ok) throw errors.FAULT({ data: { code: answer.code } });
    const { joint: id, call: of, version } = newest.text;
    const body = { joint: id, call: of, version, signature: answer.signature };
    if (!(await keep(context, call, "joint.sign", { type: "joint.signed", body })))
      throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),

  watch: doors.joint.watch.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const call = await written(context, input.call, "joint.watch");
    if (!call) throw errors.FAULT({ data: { code: "consult.notYours" } });
    const about = { subject: await hub.records.subjectOf(call.station.id, call.visit), visit: call.visit };
    await hub.records.append([decided(who, { operation: "joint.watch", allowed: true, about: call.id }, about)]);
    return states({ operation: "joint.watch", context, topics: [`call:${call.id}`] }, async () => {
      const now = await hub.calls.find(call.id);
      if (!now || !(await mayWriteUp(context, now))) return undefined;
      return { value: await jointViews(hub, call.id) };
    });
  }),
};
