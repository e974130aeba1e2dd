import { v5 as uuidv5 } from "uuid";

/** Namespace of ids that follow from what they are about. */
const namespace = "7d1f5f0e-54a4-5a0e-8d3c-0a6b1c9e2f47";

/** The same id whenever the same fact is about to be written again: a repeat is then no second entry. */
export function derivedId(type: string, about: string): string {
  return uuidv5(`${type} ${about}`, namespace);
}
