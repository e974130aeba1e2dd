import type { Catalogue } from "../../core/care/drugs.ts";
import { dayMs, type Calendar } from "../../core/care/hours.ts";
import { medicineOf, soonDays, type DrugNames, type MedicineTold } from "../../core/care/medicine.ts";
import type { CareRecord } from "../../core/care/records.ts";
import { daysLater } from "../../core/care/schedule.ts";
import { instant } from "../../core/domain/time.ts";
import { dayOf, startOf } from "../../core/quality/local-day.ts";
import type { Database } from "../store/open.ts";

/** What a station is to be told of a prescription that has just changed its state; undefined: nothing. */
export function medicineChange(
  before: CareRecord | undefined,
  after: CareRecord,
  { drugs }: Catalogue,
): MedicineTold | undefined {
  if (after.kind !== "prescription" || before?.record.state === after.record.state) return undefined;
  const names: DrugNames = Object.fromEntries(
    after.record.items.flatMap(({ drug }) => {
      const known = drugs.get(drug);
      return known === undefined
        ? []
        : [[drug, { zh: known.zh, en: known.inn, form: known.form, strength: known.strength }]];
    }),
  );
  return medicineOf(after.record, instant, names);
}

/** A shorter course is not renewed: its end is its purpose. */
const longDays = 14;

/** When a medicine that is taken for long is nearly used up: the table of migration 0105. Inside the caller's transaction. */
export function medicineViews(db: Database, { zoneMinutes }: Calendar) {
  const put = db.prepare<[string, string, number]>("INSERT OR REPLACE INTO medicine_ends VALUES (?, ?, ?)");
  const drop = db.prepare<[string]>("DELETE FROM medicine_ends WHERE prescription = ?");
  const ending = db.prepare<[number], { readonly prescription: string; readonly day: string }>(
    "SELECT prescription, day FROM medicine_ends WHERE due <= ? ORDER BY due LIMIT 500",
  );
  return {
    put({ state, at, prescription, text }: MedicineTold): void {
      drop.run(prescription);
      const days = text.items.flatMap((item) => (item.days > longDays ? [item.days] : []));
      if (state !== "taking" || days.length === 0) return;
      const day = daysLater(dayOf(Date.parse(at), zoneMinutes), Math.min(...days) - 1);
      put.run(prescription, day, startOf(day, zoneMinutes) - soonDays * dayMs);
    },
    drop: (prescription: string) => void drop.run(prescription),
    ending: (now: number) => ending.all(now),
  };
}
