/**
 * The one catalogue of quantities: what a number at the station can be about.
 * `units` are UCUM codes a device may report; the first one is the unit that rules and screens use.
 * `loinc` is given per unit where the code depends on it (molar or mass concentration).
 */
export const quantities = {
  "bp.systolic": { units: ["mm[Hg]"], loinc: { "mm[Hg]": "8480-6" }, decimals: 0, zh: "高压", en: "Systolic pressure" },
  "bp.diastolic": {
    units: ["mm[Hg]"],
    loinc: { "mm[Hg]": "8462-4" },
    decimals: 0,
    zh: "低压",
    en: "Diastolic pressure",
  },
  "bp.mean": { units: ["mm[Hg]"], loinc: { "mm[Hg]": "8478-0" }, decimals: 0, zh: "平均压", en: "Mean pressure" },
  "bp.cuff": { units: ["mm[Hg]"], loinc: {}, decimals: 0, zh: "袖带压力", en: "Cuff pressure" },
  "pulse.rate": { units: ["/min"], loinc: { "/min": "8867-4" }, decimals: 0, zh: "心跳", en: "Pulse" },
  glucose: {
    units: ["mmol/L", "mg/dL"],
    loinc: { "mmol/L": "14743-9", "mg/dL": "2339-0" },
    decimals: 1,
    zh: "血糖",
    en: "Glucose",
  },
  "cholesterol.total": {
    units: ["mmol/L", "mg/dL"],
    loinc: { "mmol/L": "14647-2", "mg/dL": "2093-3" },
    decimals: 2,
    zh: "总胆固醇",
    en: "Total cholesterol",
  },
  "cholesterol.hdl": {
    units: ["mmol/L", "mg/dL"],
    loinc: { "mmol/L": "14646-4", "mg/dL": "2085-9" },
    decimals: 2,
    zh: "好胆固醇",
    en: "HDL cholesterol",
  },
  "cholesterol.ldlCalculated": {
    units: ["mmol/L", "mg/dL"],
    loinc: { "mmol/L": "39469-2", "mg/dL": "13457-7" },
    decimals: 2,
    zh: "坏胆固醇（计算）",
    en: "LDL cholesterol (calculated)",
  },
  "cholesterol.ratio": {
    units: ["1"],
    loinc: { "1": "9830-1" },
    decimals: 1,
    zh: "总胆固醇与好胆固醇之比",
    en: "Total to HDL cholesterol",
  },
  triglyceride: {
    units: ["mmol/L", "mg/dL"],
    loinc: { "mmol/L": "14927-8", "mg/dL": "2571-8" },
    decimals: 2,
    zh: "甘油三酯",
    en: "Triglycerides",
  },
  ketone: { units: ["mmol/L", "mg/dL"], loinc: { "mmol/L": "53060-9" }, decimals: 1, zh: "血酮", en: "Ketone" },
  creatinine: {
    units: ["umol/L", "mg/dL"],
    loinc: { "umol/L": "14682-9", "mg/dL": "2160-0" },
    decimals: 0,
    zh: "肌酐",
    en: "Creatinine",
  },
} as const satisfies Record<string, QuantityInfo>;

interface QuantityInfo {
  readonly units: readonly [string, ...string[]];
  readonly loinc: Readonly<Record<string, string>>;
  /** Decimals kept in the first unit (rules.md §0.4). */
  readonly decimals: number;
  readonly zh: string;
  readonly en: string;
}

export type Quantity = keyof typeof quantities;
export type UnitOf<Q extends Quantity> = (typeof quantities)[Q]["units"][number];
/** Every UCUM unit the catalogue knows. */
export type Unit = UnitOf<Quantity>;
/** The quantities that may carry unit U. */
export type QuantityIn<U extends Unit> = { [Q in Quantity]: U extends UnitOf<Q> ? Q : never }[Quantity];

/** `<` and `>`: the true value lies outside what the device can measure, beyond `value`. Never dropped. */
export type Comparator = "<" | ">";

/** One number with its quantity and unit, as the device gave it. */
export type Reading<Q extends Quantity = Quantity> = {
  readonly [K in Q]: {
    readonly quantity: K;
    readonly value: number;
    readonly unit: UnitOf<K>;
    readonly comparator?: Comparator;
  };
}[Q];

export function isQuantity(name: string): name is Quantity {
  return Object.hasOwn(quantities, name);
}

export function allowsUnit(quantity: Quantity, unit: string): unit is Unit {
  return (quantities[quantity].units as readonly string[]).includes(unit);
}
