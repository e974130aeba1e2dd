import { expect, test } from "vitest";
import { medicineOf, medicinesOn, medicineToldSchema, type MedicineTold } from "../../../core/care/medicine.ts";
import { itemSchema, type Item } from "../../../core/care/prescription-parts.ts";
import { medicineSentences } from "../../../core/i18n/medicine-words.ts";
import { aMedicine } from "../../station/services/kit.ts";

const zone = 480;
const on = (told: MedicineTold, day: string) => medicinesOn(told, Date.parse(`${day}T04:00:00.000Z`), zone);
/** Handed out on 1 November for seven days. */
const taking = aMedicine({ state: "taking", at: "2026-11-01T01:00:00.000Z" });

test.each([
  ["2026-11-01", 7],
  ["2026-11-07", 1],
  ["2026-11-08", 0],
  ["2026-11-13", 0],
])("on %s it lasts for %d days more, today included", (day, daysLeft) => {
  expect(on(taking, day)).toMatchObject([{ until: "2026-11-07", daysLeft, pieces: 1, timesPerDay: 1 }]);
});

test("a week after its end it is shown no more; what is void never is", () => {
  expect(on(taking, "2026-11-15")).toEqual([]);
  expect(on({ ...taking, state: "ended" }, "2026-11-02")).toEqual([]);
});

test("what was not fetched yet has no end", () => {
  const [one] = on({ ...taking, state: "ready" }, "2026-11-02");
  expect([one?.state, one?.until, one?.daysLeft]).toEqual(["ready", undefined, undefined]);
});

test("when and with what meal is said only where the doctor said it", () => {
  const [plain] = on(taking, "2026-11-02");
  const [said] = on(aMedicine({ state: "taking", at: taking.at }, { at: ["evening"], meal: "after" }), "2026-11-02");
  const keys = (one: typeof plain) => (one === undefined ? [] : medicineSentences(one).map(({ key }) => key));
  expect(keys(plain)).toEqual(["kiosk.medicine.times", "kiosk.medicine.tablets", "kiosk.medicine.until"]);
  expect(keys(said)).toEqual([
    "kiosk.medicine.times",
    "kiosk.medicine.tablets",
    "kiosk.medicine.evening",
    "kiosk.medicine.afterMeal",
    "kiosk.medicine.until",
  ]);
});

test("a dose that is no whole or half piece is said in its own unit", () => {
  const third = on(aMedicine({ state: "taking", at: taking.at }, { dose: { amount: 1.5, unit: "mg" } }), "2026-11-02");
  expect(third[0]?.pieces).toBeUndefined();
  expect(third.flatMap((one) => medicineSentences(one))[1]).toEqual({
    key: "kiosk.medicine.dose",
    values: { v: "1.5 mg" },
  });
});

const item: Item = { drug: "d", dose: { amount: 1, unit: "mg" }, timesPerDay: 2, days: 7, pieces: 14 };
test.each([
  ["fewer times than doses", { at: ["morning"] }, false],
  ["one time twice", { at: ["morning", "morning"] }, false],
  ["a time for each dose", { at: ["morning", "evening"] }, true],
  ["no time", {}, true],
])("an item with %s", (_, change, good) => {
  expect(itemSchema.safeParse({ ...item, ...change }).success).toBe(good);
});

test("nothing is told of a prescription that nobody has reviewed, or that was written at no station", () => {
  const { text, signature, review, reviewSignature } = taking;
  const record = {
    ...text,
    state: "dispensed" as const,
    since: 1,
    writtenAt: 1,
    signature,
    reviews: [{ review, signature: reviewSignature, at: 1, by: "yao" }],
    earlier: [],
  };
  const told = (change: object) => medicineOf({ ...record, ...change }, (ms) => new Date(ms).toISOString(), {});
  expect(medicineToldSchema.safeParse(told({})).success).toBe(true);
  expect(told({ reviews: [] })).toBeUndefined();
  expect(told({ station: undefined })).toBeUndefined();
  expect(told({ state: "signed" })).toBeUndefined();
  expect(told({ state: "void" })?.state).toBe("ended");
});
