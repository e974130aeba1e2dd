import type { WorkItem } from "../../core/contract/hub-work.ts";
import { isQueued, needsCode } from "../calls/rules.ts";
import { byUrgency, isOffered } from "../calls/waiting.ts";
import { closedCall } from "../care/danger-results.ts";
import { isAboutVisit, type VisitCall } from "../ports/calls.ts";
import { queueItem, takerFor } from "./call-views.ts";
import { doors, refused, type HubParts, type Who } from "./context.ts";
import { states } from "./feed.ts";

export const work = {
  watch: doors.work.watch.handler(async ({ context }) =>
    states({ operation: "work.watch", context, topics: ["queue"] }, async () => {
      const { hub, who } = context;
      const taker = await takerFor(hub, who);
      const stored = (await hub.calls.open()).filter(isAboutVisit).filter(({ mode }) => mode === "stored");
      const mine = stored.filter((one) => one.clinician?.id === who.id);
      const offered = stored.filter((one) => isQueued(one) && taker !== undefined && isOffered(one, taker));
      const listed = [...mine.toSorted(byUrgency), ...offered.toSorted(byUrgency)];
      return { value: await Promise.all(listed.map((one) => workItem(hub, one, who))) };
    }),
  ),

  take: doors.work.take.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const there = await hub.calls.find(input.call);
    // The answer to the first one may have been lost on the way.
    if (there?.mode === "stored" && there.outcome === undefined && there.clinician?.id === who.id) return {};
    const taker = there?.mode === "stored" ? await takerFor(hub, who) : undefined;
    const taken = taker ? await hub.desk.accept(input.call, taker) : ({ ok: false, code: "consult.ended" } as const);
    if (taken.ok) return {};
    if (taken.code === "consult.notYours") await refused(context, "work.take", input.call);
    throw errors.FAULT({ data: { code: taken.code } });
  }),

  answer: doors.work.answer.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const there = await hub.calls.find(input.call);
    if (there?.mode !== "stored" || there.clinician?.id !== who.id) {
      await refused(context, "work.answer", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    if (there.outcome !== undefined) return {};
    if (needsCode(there, input.outcome)) throw errors.FAULT({ data: { code: "consult.outcomeNeeded" } });
    if (!(await hub.records.opinionOf(input.call))) throw errors.FAULT({ data: { code: "consult.opinionNeeded" } });
    await hub.desk.finish(input.call, who.id, who.role, input.outcome);
    await closedCall(hub, who, there, input.outcome);
    return {};
  }),
};

async function workItem(hub: HubParts, call: VisitCall, who: Who): Promise<WorkItem> {
  const blobs = await hub.blobs.ofCall(call.id);
  const whole = blobs.filter((one) => one.whole).length;
  return { ...queueItem(hub, call, who), blobs: { whole, coming: blobs.length - whole } };
}
