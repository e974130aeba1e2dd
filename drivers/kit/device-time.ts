/**
 * Device-local wall time, as arithmetic: no zone and no clock. "ms" is milliseconds since 1970-01-01T00:00:00 on the
 * device's own wall, so that differences are right and nothing else is claimed.
 */
const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;
const dayMs = 86_400_000;
const two = (n: number): string => String(n).padStart(2, "0");

/** Year, month 1–12, day, hour, minute, second. */
export type WallParts = readonly [number, number, number, number, number, number];

/** Days since 1970-01-01 in the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

export function wallParts(ms: number): WallParts {
  const days = Math.floor(ms / dayMs);
  const seconds = Math.floor((ms - days * dayMs) / 1000);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [year, month, day, Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
}

/** `YYYY-MM-DDTHH:mm:ss`. */
export function deviceTimeOf(ms: number): string {
  const [year, month, day, hour, minute, second] = wallParts(ms);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Throws on text that is no device time: the decoder makes no other. Seconds may be absent. */
export function wallMs(deviceTime: string): number {
  const parts = pattern.exec(deviceTime);
  if (parts === null) throw new Error(`not a device time: ${deviceTime}`);
  const part = (i: number): number => Number(parts[i] ?? 0);
  return daysOf(part(1), part(2), part(3)) * dayMs + ((part(4) * 60 + part(5)) * 60 + part(6)) * 1000;
}

/** A time that exists, or null: a clock that was never set must not cost the measurement. */
export function checkedTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second?: number,
): string | null {
  const text = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second ?? 0)}`;
  // What does not exist (a thirteenth month, a sixtieth minute) reads as another time.
  if (!pattern.test(text) || deviceTimeOf(wallMs(text)) !== text) return null;
  return second === undefined ? text.slice(0, 16) : text;
}
