import { monthSpan } from "../../core/care/hours.ts";
import { countReferrals, letterOf, sideOf, standingReferrals } from "../../core/care/referral.ts";
import type { Referral } from "../../core/care/referral-parts.ts";
import { acting, caring, keep } from "../care/acting.ts";
import { ownerOf, selfOf } from "../care/relation.ts";
import { doors } from "./context.ts";
import { states } from "./feed.ts";

/** Those whose turn an input is, by the table of the machine. */
function side(kind: keyof typeof sideOf) {
  return ({ from, to }: Referral) => {
    const which = sideOf[kind];
    return which === "from" ? [from] : which === "to" ? [to] : [from, to];
  };
}

export const referral = {
  draft: doors.referral.draft.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const self = await caring(context, "referral.draft", input.resident);
    if (!self.ok) throw errors.FAULT({ data: { code: self.code } });
    const text = { ...input, from: ownerOf(self.value) };
    const kept = await keep(context, "referral.draft", "referral", input.resident, {
      opening: { kind: "referral", at: hub.clock.now(), by: who.id, text },
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  sign: doors.referral.sign.handler(async ({ input: { id }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "referral.sign", "referral", id, side("sign"));
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    const signed = await hub.signer.sign(who, "referral", letterOf(record));
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const now = { by: who.id, at: hub.clock.now() };
    const kept = await keep(context, "referral.sign", "referral", record.resident, {
      moves: [
        { of: "referral", id, input: { kind: "sign", ...now, signature: signed.signature } },
        { of: "referral", id, input: { kind: "send", ...now } },
      ],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  move: doors.referral.move.handler(async ({ input: { id, input }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "referral.move", "referral", id, side(input.kind));
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "referral.move", "referral", may.value.record.resident, {
      moves: [{ of: "referral", id, input: { ...input, by: who.id, at: hub.clock.now() } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  return: doors.referral.return.handler(async ({ input: { id, back }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "referral.return", "referral", id, side("return"));
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const signed = await hub.signer.sign(who, "referral", { referral: id, back });
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const kept = await keep(context, "referral.return", "referral", may.value.record.resident, {
      moves: [
        {
          of: "referral",
          id,
          input: { kind: "return", by: who.id, at: hub.clock.now(), back, signature: signed.signature },
        },
      ],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  /** What was not sent yet is nobody's but the sender's. */
  watch: doors.referral.watch.handler(async ({ context }) =>
    states({ operation: "referral.watch", context, topics: ["care"] }, async () => {
      const self = await selfOf(context);
      const open = self ? await context.hub.care.openOf("referral", self.org) : [];
      const value = open.flatMap((there) =>
        there.kind === "referral" && (there.record.from.org === self?.org || there.record.sentAt !== undefined)
          ? [there.record]
          : [],
      );
      return { value };
    }),
  ),

  counts: doors.referral.counts.handler(async ({ input: { month }, context: { hub } }) => {
    const referrals: Referral[] = [];
    for await (const there of hub.care.all("referral")) if (there.kind === "referral") referrals.push(there.record);
    return { ...countReferrals(referrals, monthSpan(month, hub.calendar)), standing: standingReferrals(referrals) };
  }),
};
