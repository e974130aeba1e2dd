import type { PrescriptionDraft } from "../../core/contract/hub-care.ts";
import { checkPrescription, maySign } from "../../core/care/prescription-checks.ts";
import type { Prescription, PrescriptionText } from "../../core/care/prescription-parts.ts";
import { textOf } from "../../core/care/prescription.ts";
import { acting, caring, keep } from "../care/acting.ts";
import { ownerOf, selfOf, type Self } from "../care/relation.ts";
import { doors, refused, type HubParts } from "./context.ts";
import { states } from "./feed.ts";

function textFrom(draft: PrescriptionDraft, self: Self, revision: number, hub: HubParts): PrescriptionText {
  return { ...draft, revision, doctor: { ...ownerOf(self), name: self.name }, catalogue: hub.drugs.version };
}

/** Where its resident is told of it: as the desk says, at the call it is written in, else where they came last. */
async function placeOf(
  { resident, station, call }: PrescriptionDraft,
  hub: HubParts,
): Promise<Pick<PrescriptionText, "station">> {
  if (station !== undefined) return { station };
  const there = call === undefined ? undefined : await hub.calls.find(call);
  const [last] = await hub.records.visitsOf(resident, 1);
  const known = there?.station?.id ?? last?.station;
  return known === undefined ? {} : { station: known };
}

const findingsOf = (text: PrescriptionText, hub: HubParts) =>
  checkPrescription(text, hub.drugs).map(({ items, ...finding }) => ({ ...finding, items: [...items] }));
const shown = (prescription: Prescription, hub: HubParts) => ({
  prescription,
  findings: findingsOf(prescription, hub),
});

export const drug = {
  list: doors.drug.list.handler(({ context: { hub } }) => ({
    version: hub.drugs.version,
    specimen: hub.drugs.specimen,
    drugs: [...hub.drugs.drugs.values()],
    interactions: [...hub.drugs.interactions],
  })),
};

export const prescription = {
  check: doors.prescription.check.handler(async ({ input, context, errors }) => {
    const self = await caring(context, "prescription.check", input.resident, input.call);
    if (!self.ok) throw errors.FAULT({ data: { code: "care.noRelation" } });
    const { hub } = context;
    return findingsOf(textFrom(input, self.value, 1, hub), hub);
  }),

  write: doors.prescription.write.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const self = await caring(context, "prescription.write", input.resident, input.call);
    if (!self.ok) throw errors.FAULT({ data: { code: self.code } });
    const there = await hub.care.record(input.id);
    const at = hub.clock.now();
    const by = who.id;
    const revision = there?.kind === "prescription" ? there.record.revision + 1 : 1;
    const text = { ...textFrom(input, self.value, revision, hub), ...(await placeOf(input, hub)) };
    const kept = await keep(
      context,
      "prescription.write",
      "prescription",
      input.resident,
      there
        ? { moves: [{ of: "prescription", id: input.id, input: { kind: "revise", at, by, text } }] }
        : { opening: { kind: "prescription", at, by, text } },
    );
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return shown(kept.value, hub);
  }),

  sign: doors.prescription.sign.handler(async ({ input: { id }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "prescription.sign", "prescription", id, ({ doctor }) => [doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    if (record.doctor.person !== who.id) {
      await refused(context, "prescription.sign", id);
      throw errors.FAULT({ data: { code: "care.notYours" } });
    }
    const text = textOf(record);
    if (!maySign(text, checkPrescription(text, hub.drugs))) throw errors.FAULT({ data: { code: "care.findings" } });
    const signed = await hub.signer.sign(who, "prescription", text);
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const kept = await keep(context, "prescription.sign", "prescription", record.resident, {
      moves: [
        {
          of: "prescription",
          id,
          input: { kind: "sign", by: who.id, at: hub.clock.now(), signature: signed.signature },
        },
      ],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return shown(kept.value, hub);
  }),

  review: doors.prescription.review.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const id = input.prescription;
    const may = await acting(context, "prescription.review", "prescription", id, ({ pharmacy }) => [pharmacy]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    if (record.signature === undefined) throw errors.FAULT({ data: { code: "care.notNow" } });
    const review = { ...input, signed: record.signature.signature };
    const signed = await hub.signer.sign(who, "prescriptionReview", review);
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const kept = await keep(context, "prescription.review", "prescription", record.resident, {
      moves: [
        {
          of: "prescription",
          id,
          input: { kind: "review", by: who.id, at: hub.clock.now(), review, signature: signed.signature },
        },
      ],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return shown(kept.value, hub);
  }),

  change: doors.prescription.change.handler(async ({ input: { id, input }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "prescription.change", "prescription", id, ({ doctor }) => [doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "prescription.change", "prescription", may.value.record.resident, {
      moves: [{ of: "prescription", id, input: { ...input, by: who.id, at: hub.clock.now() } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return shown(kept.value, hub);
  }),

  dispense: doors.prescription.dispense.handler(async ({ input: { id, lots }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "prescription.dispense", "prescription", id, ({ pharmacy }) => [pharmacy]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "prescription.dispense", "prescription", may.value.record.resident, {
      moves: [{ of: "prescription", id, input: { kind: "dispense", by: who.id, at: hub.clock.now(), lots } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return shown(kept.value, hub);
  }),

  /** A pharmacist sees what was signed for this pharmacy; a doctor what is one's own and open. */
  watch: doors.prescription.watch.handler(async ({ context }) => {
    const { hub, who } = context;
    return states({ operation: "prescription.watch", context, topics: ["care"] }, async () => {
      const self = await selfOf(context);
      const open = self ? await hub.care.openOf("prescription", self.org) : [];
      const value = open.flatMap((there) => {
        if (there.kind !== "prescription") return [];
        const { record } = there;
        const mine =
          who.role === "pharmacist"
            ? record.pharmacy.org === self?.org && (record.state === "signed" || record.state === "valid")
            : record.doctor.person === who.id;
        return mine ? [shown(record, hub)] : [];
      });
      return { value };
    });
  }),
};
