import { expect, test } from "vitest";
import { checkPrescription, maySign } from "../../../core/care/prescription-checks.ts";
import type { Item, PatientFacts, PrescriptionText } from "../../../core/care/prescription-parts.ts";
import { readCatalogue } from "../../../hub/care/catalogue.ts";

const catalogue = readCatalogue();
const patient: PatientFacts = {
  ageYears: 50,
  sex: "male",
  pregnant: "no",
  breastfeeding: "no",
  egfr: 90,
  liver: "normal",
  allergies: { asked: true, to: [] },
  conditions: [],
  taking: [],
  guardianPresent: false,
  pediatricDoctor: false,
};
const item = (drug: string, amount: number, timesPerDay: number, days: number, pieces: number): Item => {
  const unit = catalogue.drugs.get(drug)?.strength.unit ?? "mg";
  return { drug, dose: { amount, unit }, timesPerDay, days, pieces };
};
const amlodipine = item("amlodipine-5", 5, 1, 7, 7);
function text(
  items: readonly Item[],
  of: Partial<PatientFacts> = {},
  course: PrescriptionText["course"] = "ordinary",
): PrescriptionText {
  return {
    id: "018f0000-0000-7000-8000-000000000001",
    revision: 1,
    resident: "r",
    doctor: { org: "t", tier: "township", person: "li", name: "Li" },
    pharmacy: { org: "t", tier: "township" },
    diagnosis: "Specimen",
    course,
    items: [...items],
    patient: { ...patient, ...of },
    catalogue: catalogue.version,
  };
}
const found = (prescription: PrescriptionText) =>
  checkPrescription(prescription, catalogue).map(({ code, severity, about }) =>
    [severity, code, ...(about === undefined ? [] : [about])].join(" "),
  );

test("an ordinary prescription has no findings", () => {
  expect(found(text([amlodipine]))).toEqual([]);
});

const six = ["amlodipine-5", "losartan-50", "metformin-500", "atorvastatin-20", "omeprazole-20", "ambroxol-30"];

test.each<[string, PrescriptionText, readonly string[]]>([
  [
    "six drugs",
    text(six.map((drug) => item(drug, catalogue.drugs.get(drug)?.strength.amount ?? 1, 1, 7, 7))),
    ["stop tooMany"],
  ],
  ["an unknown drug", text([item("nothing-1", 1, 1, 1, 1)]), ["stop unknownDrug nothing-1"]],
  ["a controlled drug", text([item("codeine-30", 30, 1, 3, 3)]), ["stop controlled"]],
  ["eight days", text([item("amlodipine-5", 5, 1, 8, 8)]), ["stop tooLong"]],
  ["four days of an acute course", text([item("amoxicillin-500", 500, 3, 4, 12)], {}, "acute"), ["stop tooLong"]],
  ["twelve weeks, stable", text([item("amlodipine-5", 5, 1, 84, 84)], {}, "stableChronic"), []],
  [
    "an antibiotic for weeks",
    text([item("amoxicillin-500", 500, 3, 28, 84)], {}, "stableChronic"),
    ["stop antibioticLong"],
  ],
  [
    "allergy to the group",
    text([item("amoxicillin-500", 500, 3, 3, 9)], { allergies: { asked: true, to: ["penicillin"] } }),
    ["stop allergy penicillin"],
  ],
  [
    "allergy to a related group",
    text([item("cefuroxime-250", 250, 2, 3, 6)], { allergies: { asked: true, to: ["penicillin"] } }),
    ["warn crossAllergy penicillin"],
  ],
  ["allergies not asked", text([amlodipine], { allergies: { asked: false, to: [] } }), ["stop allergyNotAsked"]],
  [
    "the same ingredient twice",
    text([item("paracetamol-500", 500, 2, 3, 6), item("cold-compound-capsule", 1, 2, 3, 6)]),
    ["stop sameIngredient paracetamol"],
  ],
  [
    "an ingredient that is taken already",
    text([amlodipine], { taking: ["amlodipine-5"] }),
    ["warn takenAlready amlodipine"],
  ],
  [
    "warfarin and ibuprofen",
    text([item("warfarin-2.5", 2.5, 1, 7, 7), item("ibuprofen-sr-300", 300, 2, 7, 14)]),
    ["stop interaction warfarin-nsaid"],
  ],
  [
    "an interaction with what is taken",
    text([item("losartan-50", 50, 1, 7, 7)], { taking: ["enalapril-10"] }),
    ["warn interaction raas-double"],
  ],
  ["a single dose too high", text([item("amlodipine-5", 15, 1, 7, 21)]), ["stop singleTooHigh", "stop dayTooHigh"]],
  ["a day's dose too high", text([item("amlodipine-5", 5, 3, 7, 21)]), ["stop dayTooHigh"]],
  ["too much for the old", text([item("omeprazole-20", 20, 2, 7, 14)], { ageYears: 70 }), ["warn elderTooHigh"]],
  ["a drug without a dose for children", text([amlodipine], { ageYears: 10, weightKg: 30 }), ["stop tooYoung"]],
  ["a child without a weight", text([item("paracetamol-500", 250, 2, 3, 3)], { ageYears: 8 }), ["stop noWeight"]],
  [
    "a child's dose above its weight",
    text([item("paracetamol-500", 500, 2, 3, 6)], { ageYears: 8, weightKg: 25 }),
    ["stop singleTooHigh"],
  ],
  ["under six alone", text([item("paracetamol-500", 125, 2, 2, 1)], { ageYears: 4, weightKg: 16 }), ["stop guardian"]],
  ["more pieces than needed", text([item("amlodipine-5", 5, 1, 7, 30)]), ["stop quantity"]],
  [
    "pregnant",
    text([item("losartan-50", 50, 1, 7, 7)], { sex: "female", ageYears: 30, pregnant: "yes" }),
    ["stop pregnancy"],
  ],
  [
    "perhaps pregnant",
    text([item("losartan-50", 50, 1, 7, 7)], { sex: "female", ageYears: 30, pregnant: "unknown" }),
    ["warn pregnancyUnknown"],
  ],
  [
    "breastfeeding",
    text([item("loperamide-2", 2, 2, 3, 6)], { sex: "female", breastfeeding: "yes" }),
    ["warn breastfeeding"],
  ],
  ["failing kidneys", text([item("metformin-500", 500, 2, 7, 14)], { egfr: 25 }), ["stop kidney"]],
  ["weak kidneys", text([item("metformin-500", 500, 2, 7, 14)], { egfr: 40 }), ["warn kidney"]],
  ["an impaired liver", text([item("atorvastatin-20", 20, 1, 7, 7)], { liver: "impaired" }), ["stop liver"]],
  [
    "a contraindication",
    text([item("metoprolol-25", 25, 2, 7, 14)], { conditions: ["asthma"] }),
    ["stop condition asthma"],
  ],
])("%s", (_name, prescription, expected) => {
  expect(found(prescription)).toEqual(expected);
});

test("a wrong unit is found, whatever the number", () => {
  const wrong: Item = { ...amlodipine, dose: { amount: 1, unit: "tablet" } };
  expect(found(text([wrong]))).toEqual(["stop wrongUnit"]);
});

test("a warning is signed with a reason and not without; a stop never", () => {
  const warned = text([amlodipine], { taking: ["amlodipine-5"] });
  const reasoned = text([{ ...amlodipine, reason: "Replaces it" }], { taking: ["amlodipine-5"] });
  const stopped = text([{ ...item("codeine-30", 30, 1, 3, 3), reason: "Please" }]);
  const may = (one: PrescriptionText) => maySign(one, checkPrescription(one, catalogue));
  expect([may(warned), may(reasoned), may(stopped)]).toEqual([false, true, false]);
});
