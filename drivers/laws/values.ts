import { decoder, encode, type Values } from "../kit/index.ts";
import { isNumberField, rawLimits, scaledDown, scaledUp, scaleOf } from "../kit/number-fields.ts";
import type { Value } from "../kit/index.ts";
import type { NumberField } from "../kit/schema.ts";
import { ordinary } from "./golden.ts";
import { all, hostFields, outcomesIn, readingsIn } from "./hearing.ts";
import { broken, type Law } from "./law.ts";
import { impossibleTextValues, isTextNumber, standsInText } from "./legal-text.ts";
import { isRecordField } from "./legal-records.ts";
import { impossibleRecordValues } from "./records.ts";
import { canonical, same } from "./same.ts";
import { rulesOf } from "../kit/rules.ts";

/** What a number may not be, and what is no plain number. */

/** Values just outside the field's range that its bytes can carry and that have no special meaning. */
function impossibleValues(field: NumberField): readonly number[] {
  const scale = scaleOf(field, {});
  // Where another field tells the decimals, a number outside the range may be one inside with other decimals.
  if (scale === undefined) return [];
  const [low, high] = rawLimits(field);
  const isSpecial = (raw: number): boolean =>
    (field.special ?? []).some((mark) => raw >= mark.raw[0] && raw <= mark.raw[1]);
  const raws = [scaledDown(field.min, scale) - 1, scaledDown(field.max, scale) + 1, 0, high];
  return [...new Set(raws)]
    .filter((raw) => raw >= low && raw <= high && !isSpecial(raw))
    .map((raw) => scaledUp(raw, scale))
    .filter((value) => value < field.min || value > field.max);
}

export const impossibleNumber: Law = {
  id: "impossibleNumber",
  holds: {
    en: "an intact frame with an impossible value is a fault, never silence and never a measurement",
    zh: "帧完好但数值不可能时报故障,既不沉默,也不当作结果",
  },
  *cases(profile) {
    for (const { frame, name, field } of hostFields(profile)) {
      if (rulesOf(profile, frame).every((rule) => rule.kind === "information")) continue;
      const values: readonly Value[] = isNumberField(field)
        ? impossibleValues(field)
        : standsInText(field)
          ? impossibleTextValues(field)
          : isRecordField(field)
            ? impossibleRecordValues(field)
            : [];
      for (const value of values) {
        yield {
          name: `${frame}.${name} = ${canonical(value)}`,
          run() {
            const device = decoder(profile);
            device.prefer(frame);
            const outcomes = outcomesIn(
              all(device, encode(profile, frame, { ...ordinary(profile, frame), [name]: value })),
            ).map((outcome) => (outcome.kind === "fault" ? outcome.code : outcome.kind));
            return same(outcomes, ["device.outOfRange"])
              ? undefined
              : broken(`it was told as ${outcomes.join(", ") || "nothing"}, not as device.outOfRange`);
          },
        };
      }
    }
  },
};

export const specialValue: Law = {
  id: "specialValue",
  holds: { en: "a special value keeps its comparator", zh: "特殊值保留它的大于号或小于号" },
  *cases(profile) {
    for (const { frame, name, field } of hostFields(profile)) {
      if (!(isNumberField(field) || isTextNumber(field)) || field.unit === undefined) continue;
      const { unit } = field;
      for (const mark of field.special ?? []) {
        if ("absent" in mark) continue;
        const { value, comparator } = mark;
        yield {
          name: `${frame}.${name} ${comparator} ${value}`,
          run() {
            const device = decoder(profile);
            device.prefer(frame);
            const bytes = encode(profile, frame, {
              ...ordinary(profile, frame),
              [name]: { value, unit, comparator },
            });
            const readings = readingsIn(all(device, bytes));
            return readings.some((reading) => reading.value === value && reading.comparator === comparator)
              ? undefined
              : broken(`it was told as ${canonical(readings)}`);
          },
        };
      }
    }
  },
};

export const absentValue: Law = {
  id: "absentValue",
  holds: { en: "a raw value that means no number gives none", zh: "表示无数值的原始值不产生读数" },
  *cases(profile) {
    for (const { frame, name, field } of hostFields(profile)) {
      if (!isNumberField(field) || field.unit === undefined) continue;
      if (!(field.special ?? []).some((mark) => "absent" in mark)) continue;
      yield {
        name: `${frame}.${name}`,
        run() {
          const told = (values: Values): readonly string[] => {
            const device = decoder(profile);
            device.prefer(frame);
            return readingsIn(all(device, encode(profile, frame, values))).map((reading) => canonical(reading));
          };
          const right = ordinary(profile, frame);
          const left = told({ ...right, [name]: null });
          // Each number that is told now was told before; what the field itself gave is not among them.
          const allowed = new Set(told(right));
          if (left.some((reading) => !allowed.has(reading))) return broken(`it was told as ${left.join(", ")}`);
          return left.length > 0 && left.length === allowed.size && allowed.size > 1
            ? broken("every number is told although one is missing")
            : undefined;
        },
      };
    }
  },
};
