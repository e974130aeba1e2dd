import { inMilligrams, interactionsOf, type Catalogue, type Drug, type Interaction } from "./drugs.ts";
import type { Item, PatientFacts, PrescriptionText } from "./prescription-parts.ts";

/**
 * The checks of service.md §7 over what a doctor wrote. They judge and never propose: no dose, no drug, no other one comes
 * from here. `stop`: it cannot be signed. `warn`: the doctor gives a reason, and the pharmacist sees it. `note`: to be known.
 */
export const findingCodes = [
  "tooMany",
  "unknownDrug",
  "controlled",
  "tooLong",
  "notChronicLength",
  "antibioticLong",
  "sameDrug",
  "sameIngredient",
  "takenAlready",
  "ingredientLimit",
  "allergy",
  "allergyNotAsked",
  "crossAllergy",
  "interaction",
  "tooYoung",
  "noWeight",
  "guardian",
  "wrongUnit",
  "singleTooHigh",
  "singleLow",
  "dayTooHigh",
  "elderTooHigh",
  "quantity",
  "pregnancy",
  "pregnancyUnknown",
  "breastfeeding",
  "kidney",
  "kidneyUnknown",
  "liver",
  "liverUnknown",
  "condition",
] as const;
export type FindingCode = (typeof findingCodes)[number];
export const findingSeverities = ["stop", "warn", "note"] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

export interface Finding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** Positions in `items`, from 0; empty where it is about the whole. */
  readonly items: readonly number[];
  /** An ingredient, allergy, condition, interaction or drug by its name in the catalogue. */
  readonly about?: string | undefined;
}

const maxDrugs = 5;
const courseDays = { acute: 3, ordinary: 7, stableChronic: 84 } as const;
const chronicFromDays = 28;
const elderFrom = 65;
const adultFrom = 18;
const guardianUnder = 6;
/** Years in which a pregnancy is asked about. */
const fertile = { from: 12, to: 55 } as const;
/** Of the groups that react together: a listed allergy to the one warns of the other. */
const crossGroups: readonly (readonly [string, string])[] = [
  ["penicillin", "cephalosporin"],
  ["nsaid", "salicylate"],
];

interface Line {
  readonly nth: number;
  readonly item: Item;
  readonly drug: Drug;
}
type Check = (line: Line, patient: PatientFacts, text: PrescriptionText) => readonly Finding[];

const found = (
  code: FindingCode,
  severity: FindingSeverity,
  items: readonly number[],
  about?: string,
): readonly Finding[] => [{ code, severity, items, ...(about === undefined ? {} : { about }) }];

const length: Check = ({ nth, item, drug }, _patient, { course }) => {
  if (item.days > courseDays[course]) return found("tooLong", "stop", [nth]);
  if (course === "stableChronic" && drug.antibiotic === true) return found("antibioticLong", "stop", [nth]);
  return course === "stableChronic" && item.days < chronicFromDays ? found("notChronicLength", "note", [nth]) : [];
};

const dose: Check = ({ nth, item, drug }, patient) => {
  if (item.dose.unit !== drug.strength.unit) return found("wrongUnit", "stop", [nth]);
  const day = item.dose.amount * item.timesPerDay;
  if (patient.ageYears < adultFrom) return childDose({ nth, item, drug }, patient, day);
  const { single, maxDay } = drug.adult;
  const elderMax = patient.ageYears >= elderFrom ? drug.elder?.maxDay : undefined;
  return [
    ...(item.dose.amount > single.max ? found("singleTooHigh", "stop", [nth]) : []),
    ...(item.dose.amount < (single.min ?? 0) ? found("singleLow", "warn", [nth]) : []),
    ...(day > maxDay
      ? found("dayTooHigh", "stop", [nth])
      : elderMax !== undefined && day > elderMax
        ? found("elderTooHigh", "warn", [nth])
        : []),
  ];
};

function childDose({ nth, item, drug }: Line, { ageYears, weightKg }: PatientFacts, day: number): readonly Finding[] {
  const { child } = drug;
  if (!child || ageYears < child.fromYears) return found("tooYoung", "stop", [nth]);
  const byWeight = child.perKgSingle !== undefined || child.perKgDay !== undefined;
  if (byWeight && weightKg === undefined) return found("noWeight", "stop", [nth]);
  const most = (fixed: number, perKg: number | undefined): number =>
    Math.min(fixed, perKg === undefined || weightKg === undefined ? fixed : perKg * weightKg);
  return [
    ...(item.dose.amount > most(child.single.max, child.perKgSingle) ? found("singleTooHigh", "stop", [nth]) : []),
    ...(day > most(child.maxDay, child.perKgDay) ? found("dayTooHigh", "stop", [nth]) : []),
  ];
}

/** More than is taken in the course; a begun pack of a spray, pen or bottle is whole. */
const quantity: Check = ({ nth, item, drug }) => {
  if (drug.form === "inhaler" || drug.form === "injection" || item.dose.unit !== drug.strength.unit) return [];
  const needed = Math.ceil((item.dose.amount / drug.strength.amount) * item.timesPerDay * item.days);
  return item.pieces === needed ? [] : found("quantity", item.pieces > needed ? "stop" : "warn", [nth]);
};

const allergy: Check = ({ nth, drug }, { allergies }) => {
  if (!allergies.asked) return [];
  const own = [...drug.allergyGroups, ...drug.ingredients.map(({ name }) => name)];
  const direct = allergies.to.filter((to) => own.includes(to));
  if (direct.length > 0) return direct.flatMap((to) => found("allergy", "stop", [nth], to));
  const crossed = crossGroups.flatMap(([a, b]) => [
    ...(allergies.to.includes(a) && own.includes(b) ? [a] : []),
    ...(allergies.to.includes(b) && own.includes(a) ? [b] : []),
  ]);
  return crossed.flatMap((to) => found("crossAllergy", "warn", [nth], to));
};

const pregnancy: Check = ({ nth, drug }, { sex, ageYears, pregnant, breastfeeding }) => {
  const might = sex === "female" && ageYears >= fertile.from && ageYears <= fertile.to;
  const carrying: readonly Finding[] =
    drug.pregnancy === "none" || sex !== "female"
      ? []
      : pregnant === "yes"
        ? found("pregnancy", drug.pregnancy === "avoid" ? "stop" : "warn", [nth])
        : pregnant === "unknown" && might
          ? found("pregnancyUnknown", drug.pregnancy === "avoid" ? "warn" : "note", [nth])
          : [];
  const nursing =
    breastfeeding === "yes" && drug.breastfeeding !== "none"
      ? found("breastfeeding", drug.breastfeeding === "avoid" ? "stop" : "warn", [nth])
      : [];
  return [...carrying, ...nursing];
};

const organs: Check = ({ nth, drug }, { egfr, liver }) => {
  const { kidney } = drug;
  const kidneys: readonly Finding[] = !kidney
    ? []
    : egfr === undefined
      ? found("kidneyUnknown", "note", [nth])
      : egfr < kidney.avoidBelow
        ? found("kidney", "stop", [nth])
        : egfr < kidney.careBelow
          ? found("kidney", "warn", [nth])
          : [];
  const livers: readonly Finding[] =
    drug.liver === "none" || liver === "normal"
      ? []
      : liver === "unknown"
        ? found("liverUnknown", "note", [nth])
        : found("liver", drug.liver === "avoid" ? "stop" : "warn", [nth]);
  return [...kidneys, ...livers];
};

const conditions: Check = ({ nth, drug }, patient) =>
  drug.contraindications
    .filter((condition) => patient.conditions.includes(condition))
    .flatMap((condition) => found("condition", "stop", [nth], condition));

const control: Check = ({ nth, drug }) => (drug.release === "controlled" ? found("controlled", "stop", [nth]) : []);

const perLine: readonly Check[] = [control, length, dose, quantity, allergy, pregnancy, organs, conditions];

const bySeverity: Readonly<Record<Interaction["severity"], FindingSeverity>> = {
  contraindicated: "stop",
  major: "warn",
  moderate: "note",
};

/** Two lines with the same drug or ingredient. */
function duplicates(lines: readonly Line[]): readonly Finding[] {
  return pairs(lines).flatMap(([one, other]) => {
    const at = [one.nth, other.nth];
    if (one.drug.id === other.drug.id) return found("sameDrug", "stop", at, one.drug.id);
    const names = new Set(one.drug.ingredients.map(({ name }) => name));
    return other.drug.ingredients
      .filter(({ name }) => names.has(name))
      .flatMap(({ name }) => found("sameIngredient", "stop", at, name));
  });
}

/** What is taken already: the same ingredient is taken twice unless it is replaced. */
function taken(lines: readonly Line[], taking: readonly Drug[]): readonly Finding[] {
  return lines.flatMap(({ nth, drug }) => {
    const names = new Set(taking.flatMap(({ ingredients }) => ingredients.map(({ name }) => name)));
    return drug.ingredients
      .filter(({ name }) => names.has(name))
      .flatMap(({ name }) => found("takenAlready", "warn", [nth], name));
  });
}

function interactions(lines: readonly Line[], taking: readonly Drug[], catalogue: Catalogue): readonly Finding[] {
  const among = pairs(lines).flatMap(([one, other]) =>
    interactionsOf(one.drug, other.drug, catalogue).flatMap(({ id, severity }) =>
      found("interaction", bySeverity[severity], [one.nth, other.nth], id),
    ),
  );
  const withTaken = lines.flatMap(({ nth, drug }) =>
    taking
      .filter(({ id }) => id !== drug.id)
      .flatMap((other) => interactionsOf(drug, other, catalogue))
      .flatMap(({ id, severity }) => found("interaction", bySeverity[severity], [nth], id)),
  );
  return [...among, ...withTaken];
}

/**
 * An ingredient that several lines bring, summed over the day against the strictest limit of a drug that has it alone:
 * paracetamol hides in cold remedies.
 */
function summed(lines: readonly Line[], taking: readonly Drug[], catalogue: Catalogue): readonly Finding[] {
  const single = new Map(
    [...catalogue.drugs.values()].flatMap(({ ingredients: [only, ...more], adult, strength }) => {
      if (!only || more.length > 0 || only.unit !== strength.unit) return [];
      return [[only.name, inMilligrams(adult.maxDay, strength.unit).value] as const];
    }),
  );
  return [...single].flatMap(([name, limit]) => {
    const parts = lines.flatMap(({ nth, item, drug }) => {
      const ingredient = drug.ingredients.find((one) => one.name === name);
      if (!ingredient || item.dose.unit !== drug.strength.unit) return [];
      const piece = inMilligrams(ingredient.amount, ingredient.unit).value;
      return [{ nth, drug, day: (item.dose.amount / drug.strength.amount) * piece * item.timesPerDay }];
    });
    const also = taking.some(({ ingredients }) => ingredients.some((one) => one.name === name));
    const sum = parts.reduce((all, { day }) => all + day, 0);
    const hidden = parts.length > 1 || also || parts.some(({ drug }) => drug.ingredients.length > 1);
    return hidden && sum > limit
      ? found(
          "ingredientLimit",
          "stop",
          parts.map(({ nth }) => nth),
          name,
        )
      : [];
  });
}

function pairs<T>(rows: readonly T[]): readonly (readonly [T, T])[] {
  return rows.flatMap((one, at) => rows.slice(at + 1).map((other) => [one, other] as const));
}

/** All that is found, the gravest first. Empty: nothing was found, which is not the same as good. Never throws. */
export function checkPrescription(text: PrescriptionText, catalogue: Catalogue): readonly Finding[] {
  const { items, patient } = text;
  const lines = items.flatMap((item, nth) => {
    const drug = catalogue.drugs.get(item.drug);
    return drug ? [{ nth, item, drug }] : [];
  });
  const taking = patient.taking.flatMap((id) => catalogue.drugs.get(id) ?? []);
  const whole: readonly Finding[] = [
    ...(items.length > maxDrugs ? found("tooMany", "stop", []) : []),
    ...(patient.ageYears < guardianUnder && !(patient.guardianPresent && patient.pediatricDoctor)
      ? found("guardian", "stop", [])
      : []),
    ...(patient.allergies.asked ? [] : found("allergyNotAsked", "stop", [])),
    ...items.flatMap((item, nth) =>
      catalogue.drugs.has(item.drug) ? [] : found("unknownDrug", "stop", [nth], item.drug),
    ),
  ];
  const findings = [
    ...whole,
    ...lines.flatMap((line) => perLine.flatMap((check) => check(line, patient, text))),
    ...duplicates(lines),
    ...taken(lines, taking),
    ...interactions(lines, taking, catalogue),
    ...summed(lines, taking, catalogue),
  ];
  return findings.toSorted((a, b) => findingSeverities.indexOf(a.severity) - findingSeverities.indexOf(b.severity));
}

/** Whether it may be signed: nothing stops it, and every line that was warned of has a reason. */
export function maySign(text: PrescriptionText, findings: readonly Finding[]): boolean {
  return findings.every(({ severity, items }) => {
    if (severity === "stop") return false;
    return severity === "note" || items.some((nth) => text.items[nth]?.reason !== undefined);
  });
}
