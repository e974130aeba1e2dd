import type { CareCode } from "../../core/care/machine.ts";
import type { CareMove, CareOpening, CareRecord } from "../../core/care/records.ts";
import type { RecordKind } from "../../core/care/tasks.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Operation } from "../../core/rights.ts";
import { decided, refused, type HubContext } from "../api/context.ts";
import { storeCode } from "../store/open.ts";
import { inCare, selfOf, type Self } from "./relation.ts";

export type ActCode = CareCode | Extract<FaultCode, "store.failed" | "sign.locked">;
export type Acted<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: ActCode };
type RecordOf<K extends RecordKind> = Extract<CareRecord, { kind: K }>["record"];

/** Somebody of an institution who has this resident in care; the no is written down. */
export async function caring(
  context: HubContext,
  operation: Operation,
  resident: string,
  call?: string,
): Promise<Acted<Self>> {
  const self = await selfOf(context);
  if (self && (await inCare(context, self, resident, call))) return { ok: true, value: self };
  await refused(context, operation, resident);
  return { ok: false, code: "care.noRelation" };
}

/**
 * The record, if this person may act on it now: the institution is one of `sides`, or one of the record's tasks has climbed to it.
 * Codes: `care.unknown`, `care.notYours`.
 */
export async function acting<K extends RecordKind>(
  context: HubContext,
  operation: Operation,
  kind: K,
  id: string,
  sides: (record: RecordOf<K>) => readonly { readonly org: string }[],
): Promise<Acted<{ readonly self: Self; readonly record: RecordOf<K> }>> {
  const { hub } = context;
  const there = await hub.care.record(id);
  const self = await selfOf(context);
  if (there?.kind !== kind) return { ok: false, code: "care.unknown" };
  // The kind was just compared.
  const record = there.record as RecordOf<K>;
  if (self) {
    const mine = sides(record).some(({ org }) => org === self.org);
    const climbed = async () =>
      (await hub.care.tasks(self.org)).some((task) => task.about.id === id && task.missed > 0);
    if (mine || (await climbed())) return { ok: true, value: { self, record } };
  }
  await refused(context, operation, id);
  return { ok: false, code: "care.notYours" };
}

type Work = { readonly opening: CareOpening } | { readonly moves: readonly CareMove[] };

/** Writes it together with the decision that allowed it; a failure of the disk is `store.failed`. */
export async function keep<K extends RecordKind>(
  context: HubContext,
  operation: Operation,
  kind: K,
  resident: string,
  work: Work,
): Promise<Acted<RecordOf<K>>> {
  const { hub, who } = context;
  const actor = { role: who.role, id: who.id };
  const about = "opening" in work ? work.opening.text.id : work.moves[0]?.id;
  const allowed = decided(
    who,
    { operation, allowed: true, ...(about === undefined ? {} : { about }) },
    { subject: resident },
  );
  try {
    const kept =
      "opening" in work
        ? await hub.care.open(work.opening, actor, [allowed])
        : await hub.care.move(work.moves, actor, [allowed]);
    if (!kept.ok) return kept;
    if (kept.value.kind !== kind || kept.value.record.resident !== resident) return { ok: false, code: "care.unknown" };
    return { ok: true, value: kept.value.record as RecordOf<K> };
  } catch (error) {
    storeCode(error); // anything but a failure of the disk is thrown on
    return { ok: false, code: "store.failed" };
  }
}
