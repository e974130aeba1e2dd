import { kindOf } from "../../core/care/opinion.ts";
import { saidWords } from "../../core/care/sentences.ts";
import { instant } from "../../core/domain/time.ts";
import type { NewEntry, Opinion } from "../../core/journal/entry.ts";
import { checksAfter } from "../care/conference-checks.ts";
import { linkOf } from "../care/joint.ts";
import { mayWriteUp } from "../care/write-up.ts";
import { isAboutVisit } from "../ports/calls.ts";
import { storeCode } from "../store/open.ts";
import { decided, doors, refused, type HubContext } from "./context.ts";

export const opinion = {
  sign: doors.opinion.sign.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const call = await hub.calls.find(input.call);
    const there = await hub.records.opinion(input.id);
    const before = input.supersedes === undefined ? undefined : await hub.records.opinion(input.supersedes);
    const mine =
      there === undefined ? call !== undefined && (await mayWriteUp(context, call)) : there.clinician.id === who.id;
    // Only of one's own, and of the same visit, can one say that it follows.
    const follows = input.supersedes === undefined || (before?.clinician.id === who.id && before.visit === call?.visit);
    if (!call || !isAboutVisit(call) || !mine || !follows) {
      await refused(context, "opinion.sign", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    if (there) return there;
    const { station, visit } = call;
    const linked = input.joint && (await linkOf(context, call.id, input.joint));
    if (linked?.ok === false) throw errors.FAULT({ data: { code: linked.code } });
    const document: Omit<Opinion, "signature"> = {
      id: input.id,
      call: call.id,
      visit,
      station: station.id,
      clinician: { id: who.id, name: who.name },
      text: saidWords("zh-CN", input.sentences).join("\n"),
      next: input.next,
      writtenAt: instant(hub.clock.now()),
      soap: input.soap,
      sentences: input.sentences,
      ...(input.supersedes === undefined ? {} : { supersedes: input.supersedes }),
      ...(linked === undefined ? {} : { joint: linked.link }),
    };
    const signed = await hub.signer.sign(who, kindOf(document), document);
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const subject = await hub.records.subjectOf(station.id, visit);
    const about = { subject, visit };
    const entries: readonly NewEntry[] = [
      decided(who, { operation: "opinion.sign", allowed: true, about: call.id }, about),
      {
        ...about,
        // The opinion's id is the entry's: a second one with it is the first.
        id: input.id,
        type: "opinion.written",
        actor: { role: who.role, id: who.id },
        body: { ...document, signature: signed.signature },
      },
    ];
    const checks =
      document.joint?.as === "conclusion" && subject !== null ? await checksAfter(hub, document, subject) : [];
    try {
      if (checks.length === 0) await hub.records.append(entries);
      else await hub.care.openAll(checks, { role: who.role, id: who.id }, entries);
    } catch (error) {
      storeCode(error); // anything but a failure of the disk is thrown on
      throw errors.FAULT({ data: { code: "store.failed" } });
    }
    const first = await hub.records.opinion(input.id);
    if (!first) throw errors.FAULT({ data: { code: "store.failed" } });
    hub.bus.announce(`inbox:${station.id}`);
    hub.bus.announce(`call:${call.id}`);
    if (first.clinician.id !== who.id) throw errors.FAULT({ data: { code: "consult.notYours" } });
    return first;
  }),
};

async function stateOf({ hub, who }: HubContext) {
  const { hasKey, until } = await hub.signer.state(who);
  return { hasKey, ...(until === undefined ? {} : { until: instant(until) }) };
}

export const signing = {
  state: doors.signing.state.handler(({ context }) => stateOf(context)),
  makeKey: doors.signing.makeKey.handler(async ({ input, context, errors }) => {
    const answer = await context.hub.signer.makeKey(context.who, input.pin, input.code);
    if (answer.ok) return stateOf(context);
    throw errors.FAULT({ data: { code: answer.code === "account.tooMany" ? answer.code : "sign.wrong" } });
  }),
  open: doors.signing.open.handler(async ({ input, context, errors }) => {
    const answer = await context.hub.signer.open(context.who, input.pin, input.code);
    if (answer.ok) return stateOf(context);
    throw errors.FAULT({ data: { code: answer.code } });
  }),
  shut: doors.signing.shut.handler(({ context }) => {
    if (context.who.session !== undefined) context.hub.signer.shut(context.who.session);
    return stateOf(context);
  }),
};
