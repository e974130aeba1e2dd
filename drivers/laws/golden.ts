import { encode, type Field, type Profile, type Value, type Values } from "../kit/index.ts";

const text = "P02.00.0025/05/07~!ABCDEFGHIJKLMNOPQR";

/** Legal values of a field: both extremes, every special, every code. The first is what an ordinary frame carries. */
export function legalValues(field: Field): readonly [Value, ...Value[]] {
  switch (field.type) {
    case "flags": {
      const all = (on: boolean): Value => Object.fromEntries(Object.keys(field.bits).map((bit) => [bit, on]));
      return [all(false), all(true)];
    }
    case "code":
      return [field.known[0] ?? 0, ...field.known];
    case "datetime":
      return field.form === "ymdhms8"
        ? ["2024-02-29T07:30:00", "2000-01-01T00:00:00", "2255-12-31T23:59:59"]
        : ["2024-02-29T07:30:00", "1970-01-01T00:04:16", "2106-02-07T06:28:15"];
    case "ascii": {
      const filled = (size: number): string => text.slice(0, size).padEnd(size, "Z");
      if (field.size !== undefined) return [filled(field.size)];
      return [filled(17), filled(1), filled(field.maxSize ?? 1)];
    }
    case "row":
      return field.required ? ["3093537", "A", "SN-00042"] : ["P443", null, "a b c"];
    case "rowTime":
      return ["2015-06-17T12:35", null, "2099-12-31T23:59"];
    case "analyte": {
      const measured = Object.entries(field.units).flatMap(([unit, limits]) =>
        [limits.min, limits.max].flatMap((value) => {
          const plain = { value, unit } as Value;
          return [
            plain,
            { ...(plain as object), comparator: "<" } as Value,
            { ...(plain as object), comparator: ">" } as Value,
          ];
        }),
      );
      return [measured[0] ?? null, ...measured, { notCalculable: true }, null];
    }
    default: {
      const { unit } = field;
      const plain = (value: number): Value => (unit === undefined ? value : { value, unit });
      const special =
        unit === undefined
          ? []
          : (field.special ?? []).map(({ value, comparator }): Value => ({ value, comparator, unit }));
      const middle = Math.round((field.min + field.max) / 2);
      return [plain(middle), plain(field.min), plain(field.max), ...special];
    }
  }
}

/** An ordinary frame: no two numbers equal, the first number the largest. */
export function ordinary(profile: Profile, frame: string): Values {
  let step = 0;
  return Object.fromEntries(
    Object.entries(profile.frames[frame]?.fields ?? {}).map(([name, field]): [string, Value] => {
      if (!("min" in field)) return [name, legalValues(field)[0]];
      const value = Math.round(field.min + (field.max - field.min) * (0.5 - 0.1 * step++));
      return [name, field.unit === undefined ? value : { value, unit: field.unit }];
    }),
  );
}

export function hostFrames(profile: Profile): readonly string[] {
  return Object.entries(profile.frames).flatMap(([name, frame]) => (frame.to === "host" ? [name] : []));
}

export function goldenBytes(profile: Profile, frame: string): Uint8Array {
  return encode(profile, frame, ordinary(profile, frame));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
