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
  uricAcid: {
    units: ["umol/L", "mg/dL"],
    loinc: { "umol/L": "14933-6", "mg/dL": "3084-1" },
    decimals: 0,
    zh: "尿酸",
    en: "Uric acid",
  },
  haemoglobin: {
    units: ["g/L", "g/dL"],
    loinc: { "g/dL": "718-7" },
    decimals: 0,
    zh: "血红蛋白",
    en: "Haemoglobin",
  },
  haematocrit: { units: ["%"], loinc: { "%": "4544-3" }, decimals: 0, zh: "红细胞压积", en: "Haematocrit" },
  lactate: { units: ["mmol/L"], loinc: {}, decimals: 1, zh: "乳酸", en: "Lactate" },
  hba1c: { units: ["%"], loinc: { "%": "4548-4" }, decimals: 1, zh: "糖化血红蛋白", en: "HbA1c" },
  crp: { units: ["mg/L"], loinc: { "mg/L": "1988-5" }, decimals: 1, zh: "C反应蛋白", en: "C-reactive protein" },
  acr: {
    units: ["mg/mmol", "mg/g"],
    loinc: { "mg/g": "9318-7" },
    decimals: 1,
    zh: "尿白蛋白肌酐比",
    en: "Albumin to creatinine ratio",
  },
  /** Any analyte of a bench-top analyser that has no row of its own: told by its code, for the doctor, never judged. */
  "analyte.other": {
    units: ["mmol/L", "umol/L", "g/L", "mg/dL", "mg/L", "U/L", "%", "1"],
    loinc: {},
    decimals: 2,
    zh: "其他检验项目",
    en: "Other analyte",
  },
  spo2: { units: ["%"], loinc: { "%": "59408-5" }, decimals: 0, zh: "血氧", en: "Oxygen saturation" },
  "perfusion.index": { units: ["%"], loinc: { "%": "61006-3" }, decimals: 2, zh: "灌注指数", en: "Perfusion index" },
  "respiration.rate": { units: ["/min"], loinc: { "/min": "9279-1" }, decimals: 0, zh: "呼吸", en: "Respiration rate" },
  "body.temperature": { units: ["Cel"], loinc: { Cel: "8310-5" }, decimals: 1, zh: "体温", en: "Body temperature" },
  "ambient.temperature": { units: ["Cel"], loinc: {}, decimals: 1, zh: "室温", en: "Room temperature" },
  "body.weight": { units: ["kg", "[lb_av]"], loinc: { kg: "29463-7" }, decimals: 1, zh: "体重", en: "Weight" },
  "body.height": { units: ["cm"], loinc: { cm: "8302-2" }, decimals: 1, zh: "身高", en: "Height" },
  "body.bmi": { units: ["kg/m2"], loinc: { "kg/m2": "39156-5" }, decimals: 1, zh: "体质指数", en: "Body mass index" },
  "body.waist": { units: ["cm"], loinc: { cm: "8280-0" }, decimals: 1, zh: "腰围", en: "Waist" },
  "body.fat": { units: ["%"], loinc: { "%": "41982-0" }, decimals: 1, zh: "体脂率", en: "Body fat" },
  "body.muscle": { units: ["kg"], loinc: {}, decimals: 1, zh: "肌肉量", en: "Muscle mass" },
  "body.water": { units: ["%"], loinc: {}, decimals: 1, zh: "体水分", en: "Body water" },
  "body.bone": { units: ["kg"], loinc: {}, decimals: 1, zh: "骨量", en: "Bone mass" },
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
