import { hexDigit } from "./binary-layout.ts";
import type { TextEnvelope } from "./schema.ts";

type Form = NonNullable<TextEnvelope["check"]>["form"];

/** The most bytes a check takes in a text: five digits of a sum. */
export const mostDigits = 5;

function decimalSize(sum: number): number {
  let size = 1;
  for (let rest = sum; rest >= 10; rest = Math.floor(rest / 10)) size++;
  return size;
}

/** Writes a check as it stands in a text to the beginning of `into`, and answers how many bytes it takes. */
export function writeCheck(form: Form, sum: number, into: Uint8Array): number {
  if (form === "byte") {
    into[0] = sum;
    return 1;
  }
  const base = form === "decimal" ? 10 : 16;
  const size = form === "decimal" ? decimalSize(sum) : form === "hex2" ? 2 : 4;
  let rest = sum;
  for (let at = size - 1; at >= 0; at--) {
    into[at] = hexDigit(rest % base);
    rest = Math.floor(rest / base);
  }
  return size;
}
