import { hexDigit } from "./binary-layout.ts";
import type { TextEnvelope } from "./schema.ts";

type Form = NonNullable<TextEnvelope["check"]>["form"];

/** The most bytes a check takes in a text: five digits of a sum. */
export const mostDigits = 5;

/** Writes a check as it stands in a text to the beginning of `into`, and answers how many bytes it takes. */
export function writeCheck(form: Form, sum: number, into: Uint8Array): number {
  if (form === "byte") {
    into[0] = sum;
    return 1;
  }
  if (form === "decimal") return writeDecimal(sum, into);
  const size = form === "hex2" ? 2 : 4;
  for (let at = 0; at < size; at++) into[at] = hexDigit((sum >> (4 * (size - 1 - at))) & 15);
  return size;
}

/** Divided by a ten that the engine knows: by a base that it is told, each digit costs as much as ten bytes of a check. */
function writeDecimal(sum: number, into: Uint8Array): number {
  let size = 1;
  for (let rest = sum; rest >= 10; rest = (rest / 10) | 0) size++;
  let rest = sum;
  for (let at = size - 1; at >= 0; at--) {
    const tens = (rest / 10) | 0;
    into[at] = 48 + rest - 10 * tens;
    rest = tens;
  }
  return size;
}
