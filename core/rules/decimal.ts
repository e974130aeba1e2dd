/**
 * Decimal arithmetic without float traps: a number means the shortest decimal that prints it, every step is exact, and
 * rounding happens once, half up (139.5 is 140, 1.005 to two places is 1.01). Source: rules.md §0.4.
 */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** `x` is finite. Reads what `String(x)` shows, exponents included. */
function fraction(x: number): Fraction {
  const [mantissa = "", exponent = ""] = String(x).split("e");
  const [whole = "", part = ""] = mantissa.split(".");
  const power = Number(exponent) - part.length;
  const digits = BigInt(whole + part);
  return power >= 0
    ? { over: digits * 10n ** BigInt(power), under: 1n }
    : { over: digits, under: 10n ** BigInt(-power) };
}

const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
});
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { over: -b.over, under: b.under });
const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });
/** `b` is above zero: everything that is divided by is an amount. */
const by = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.under, under: a.under * b.over });

function floorDivide(over: bigint, under: bigint): bigint {
  const quotient = over / under;
  return over < 0n && over % under !== 0n ? quotient - 1n : quotient;
}

function settle({ over, under }: Fraction, decimals: number): string {
  const units = floorDivide(2n * over * 10n ** BigInt(decimals) + under, 2n * under);
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return units < 0n ? `-${text}` : text;
}

/** Rounds half up and shows every decimal: `fixed(7, 1)` is "7.0". */
export const fixed = (x: number, decimals: number): string => settle(fraction(x), decimals);
export const rounded = (x: number, decimals: number): number => Number(fixed(x, decimals));
export const difference = (a: number, b: number, decimals: number): number =>
  Number(settle(minus(fraction(a), fraction(b)), decimals));
export const product = (a: number, b: number, decimals: number): number =>
  Number(settle(times(fraction(a), fraction(b)), decimals));
/** `b` is above zero. */
export const quotient = (a: number, b: number, decimals: number): number =>
  Number(settle(by(fraction(a), fraction(b)), decimals));

/** Arithmetic mean, rounded once. `values` is not empty. */
export function mean(values: readonly number[], decimals: number): number {
  const sum = values.map(fraction).reduce(plus);
  return Number(settle(by(sum, fraction(values.length)), decimals));
}

/** LDL = TC − HDL − TG/2.2 (Friedewald in mmol/L, LIPID2023), rounded once to two decimals. */
export function friedewald(tc: number, hdl: number, tg: number, divisor: number): number {
  return Number(settle(minus(minus(fraction(tc), fraction(hdl)), by(fraction(tg), fraction(divisor))), 2));
}

/** BMI = kg / m², rounded once to one decimal. Height in centimeters, not zero. */
export function bodyMassIndex(heightCm: number, weightKg: number): number {
  const meters = by(fraction(heightCm), fraction(100));
  return Number(settle(by(fraction(weightKg), times(meters, meters)), 1));
}
