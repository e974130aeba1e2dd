/** Closes a switch: a case the compiler did not see is a bug. */
export function missingCase(never: never): never {
  throw new Error(`missing case: ${JSON.stringify(never)}`);
}
