import { implement } from "@orpc/server";
import { moveFollowUp } from "../../../core/care/follow-up.ts";
import type { FollowUp } from "../../../core/care/follow-up.ts";
import { plainCalendar } from "../../../core/care/hours.ts";
import { checkPrescription, maySign } from "../../../core/care/prescription-checks.ts";
import type { Prescription, PrescriptionText } from "../../../core/care/prescription-parts.ts";
import { movePrescription, textOf, writePrescription } from "../../../core/care/prescription.ts";
import type { Referral } from "../../../core/care/referral-parts.ts";
import { countReferrals, draftReferral, moveReferral, standingReferrals } from "../../../core/care/referral.ts";
import type { Signature, SignedKind } from "../../../core/care/signed.ts";
import type { Owner, Task } from "../../../core/care/tasks.ts";
import { hubContract } from "../../../core/contract/hub.ts";
import type { BlobState } from "../../../core/contract/hub-blobs.ts";
import type { Names } from "../../../core/contract/hub-names.ts";
import type { WorkItem } from "../../../core/contract/hub-work.ts";
import { readCatalogue } from "../../../hub/care/catalogue.ts";
import { Followed } from "./followed.ts";

export interface WorkStart {
  readonly me: { readonly id: string; readonly name: string };
  readonly items?: readonly WorkItem[];
  readonly blobs?: readonly { readonly state: BlobState; readonly bytes: Buffer }[];
  readonly prescriptions?: readonly Prescription[];
  readonly referrals?: readonly Referral[];
  readonly followUps?: readonly FollowUp[];
  readonly tasks?: readonly Task[];
  readonly names?: Names;
  /** Where the writer of a letter works. */
  readonly from?: Owner;
}

/** A signature of the right form, over nothing. */
export const specimenSignature = (of: SignedKind, name: string): Signature => ({
  of,
  by: { id: "doc-1", name, role: "doctor" },
  at: new Date().toISOString(),
  algorithm: "Ed25519",
  publicKey: "p".repeat(43),
  legal: "test",
  certificate: {
    hub: "hub",
    openedAt: new Date().toISOString(),
    until: new Date().toISOString(),
    signature: "c".repeat(86),
  },
  signature: "s".repeat(86),
});

/** What the work pages ask of the hub, over the same rules as the hub's: lists that a test gives and looks at afterwards. */
export function fakeWork(start: WorkStart) {
  const hub = implement(hubContract).$context<object>();
  const catalogue = readCatalogue();
  const { me, from = { org: "township", tier: "township" } } = start;
  const items = new Followed<readonly WorkItem[]>(start.items ?? []);
  const prescriptions = new Followed<readonly Prescription[]>(start.prescriptions ?? []);
  const referrals = new Followed<readonly Referral[]>(start.referrals ?? []);
  const followUps = new Followed<readonly FollowUp[]>(start.followUps ?? []);
  const tasks = new Followed<readonly Task[]>(start.tasks ?? []);
  const blobs = start.blobs ?? [];
  const answered: { readonly call: string; readonly outcome?: string | undefined }[] = [];

  const findingsOf = (text: PrescriptionText) =>
    checkPrescription(text, catalogue).map(({ items: lines, ...finding }) => ({ ...finding, items: [...lines] }));
  const shown = (prescription: Prescription) => ({ prescription, findings: findingsOf(prescription) });
  const by = () => ({ by: me.id, at: Date.now() });
  const put = <T extends { readonly id: string }>(list: Followed<readonly T[]>, record: T): T => {
    const there = list.get().some(({ id }) => id === record.id);
    list.set(there ? list.get().map((one) => (one.id === record.id ? record : one)) : [...list.get(), record]);
    return record;
  };
  const find = <T extends { readonly id: string }>(list: Followed<readonly T[]>, id: string): T => {
    const there = list.get().find((one) => one.id === id);
    if (!there) throw new Error(`no record ${id}`);
    return there;
  };
  async function* mapped<T, R>(list: Followed<T>, signal: AbortSignal | undefined, map: (value: T) => R) {
    for await (const value of list.feed(signal)) yield map(value);
  }

  const router = {
    work: {
      watch: hub.work.watch.handler(({ signal }) => mapped(items, signal, (all) => [...all])),
      take: hub.work.take.handler(({ input }) => {
        items.set(items.get().map((item) => (item.call === input.call ? { ...item, mine: true } : item)));
        return {};
      }),
      answer: hub.work.answer.handler(({ input }) => {
        answered.push(input);
        items.set(items.get().filter(({ call }) => call !== input.call));
        return {};
      }),
    },
    blob: {
      watch: hub.blob.watch.handler(async function* () {
        yield await Promise.resolve(blobs.map(({ state }) => state));
      }),
      get: hub.blob.get.handler(({ input, errors }) => {
        const blob = blobs.find(({ state }) => state.blob === input.blob);
        if (!blob) throw errors.FAULT({ data: { code: "blob.unknown" } });
        const piece = blob.bytes.subarray(input.offset, input.offset + input.length);
        return { piece: piece.toString("base64"), bytes: blob.state.bytes };
      }),
    },
    drug: {
      list: hub.drug.list.handler(() => ({
        version: catalogue.version,
        specimen: catalogue.specimen,
        drugs: [...catalogue.drugs.values()],
        interactions: [...catalogue.interactions],
      })),
    },
    prescription: {
      watch: hub.prescription.watch.handler(({ signal }) => mapped(prescriptions, signal, (all) => all.map(shown))),
      check: hub.prescription.check.handler(({ input }) =>
        findingsOf({
          ...input,
          revision: 1,
          doctor: { ...input.pharmacy, person: me.id, name: me.name },
          catalogue: "",
        }),
      ),
      write: hub.prescription.write.handler(({ input }) => {
        const before = prescriptions.get().find(({ id }) => id === input.id);
        const text = {
          ...input,
          revision: (before?.revision ?? 0) + 1,
          doctor: { ...input.pharmacy, person: me.id, name: me.name },
          catalogue: catalogue.version,
        };
        const moved = before && movePrescription(before, { kind: "revise", ...by(), text }, plainCalendar);
        return shown(put(prescriptions, moved?.ok === true ? moved.record : writePrescription(text, Date.now())));
      }),
      sign: hub.prescription.sign.handler(({ input, errors }) => {
        const there = find(prescriptions, input.id);
        if (!maySign(textOf(there), findingsOf(there))) throw errors.FAULT({ data: { code: "care.findings" } });
        const signature = specimenSignature("prescription", me.name);
        const moved = movePrescription(there, { kind: "sign", ...by(), signature }, plainCalendar);
        if (!moved.ok) throw errors.FAULT({ data: { code: moved.code } });
        return shown(put(prescriptions, moved.record));
      }),
      review: hub.prescription.review.handler(({ input, errors }) => {
        const there = find(prescriptions, input.prescription);
        const review = { ...input, signed: there.signature?.signature ?? "" };
        const signature = specimenSignature("prescriptionReview", me.name);
        const moved = movePrescription(there, { kind: "review", ...by(), review, signature }, plainCalendar);
        if (!moved.ok) throw errors.FAULT({ data: { code: moved.code } });
        return shown(put(prescriptions, moved.record));
      }),
    },
    referral: {
      draft: hub.referral.draft.handler(({ input }) =>
        put(referrals, draftReferral({ ...input, from: { ...from, person: me.id } }, me.id, Date.now())),
      ),
      sign: hub.referral.sign.handler(({ input }) => {
        const signature = specimenSignature("referral", me.name);
        return [{ kind: "sign" as const, signature }, { kind: "send" as const }].reduce(
          (record, one) => {
            const moved = moveReferral(record, { ...one, ...by() });
            return moved.ok ? put(referrals, moved.record) : record;
          },
          find(referrals, input.id),
        );
      }),
      watch: hub.referral.watch.handler(({ signal }) => mapped(referrals, signal, (all) => [...all])),
      move: hub.referral.move.handler(({ input, errors }) => {
        const moved = moveReferral(find(referrals, input.id), { ...input.input, ...by() });
        if (!moved.ok) throw errors.FAULT({ data: { code: moved.code } });
        return put(referrals, moved.record);
      }),
      counts: hub.referral.counts.handler(() => ({
        ...countReferrals(referrals.get(), { from: 0, to: Number.MAX_SAFE_INTEGER }),
        standing: standingReferrals(referrals.get()),
      })),
    },
    followUp: {
      watch: hub.followUp.watch.handler(({ signal }) => mapped(followUps, signal, (all) => [...all])),
      move: hub.followUp.move.handler(({ input, errors }) => {
        const moved = moveFollowUp(find(followUps, input.id), { ...input.input, ...by() }, plainCalendar);
        if (!moved.ok) throw errors.FAULT({ data: { code: moved.code } });
        return put(followUps, moved.record);
      }),
      complete: hub.followUp.complete.handler(({ input, errors }) => {
        const signature = specimenSignature("followUp", me.name);
        const wish = { kind: "complete" as const, ...by(), form: input.form, signature };
        const moved = moveFollowUp(find(followUps, input.id), wish, plainCalendar);
        if (!moved.ok) throw errors.FAULT({ data: { code: moved.code } });
        return put(followUps, moved.record);
      }),
    },
    task: {
      watch: hub.task.watch.handler(({ signal }) => mapped(tasks, signal, (all) => [...all])),
      read: hub.task.read.handler(({ input }) =>
        put(tasks, { ...find(tasks, input.task), readAt: Date.now(), readBy: me.id }),
      ),
      hand: hub.task.hand.handler(({ input }) => {
        const task = find(tasks, input.task);
        return put(tasks, { ...task, owner: { ...task.owner, person: input.to } });
      }),
    },
    people: {
      colleagues: hub.people.colleagues.handler(async function* () {
        yield await Promise.resolve([]);
      }),
    },
    names: {
      of: hub.names.of.handler(() => start.names ?? { residents: [], orgs: [] }),
    },
  };
  return { router, items, prescriptions, referrals, followUps, tasks, answered };
}
export type FakeWork = ReturnType<typeof fakeWork>;
export type WorkRouter = FakeWork["router"];
