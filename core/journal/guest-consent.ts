import type { GuestScope } from "../domain/guests.ts";
import type { Entry, EntryBody } from "./entry.ts";
import { bodyOf } from "./visit-results.ts";

/**
 * The entry in which the resident said yes to a guest in this call, and that stands: not followed by one that takes it back
 * for everybody of the scope. `entries`: of the visit, in journal order. `of`: which yes; the doctor's asking, or the entry.
 */
export function guestConsent(
  entries: Iterable<Entry>,
  call: string,
  scope: GuestScope,
  of: (body: EntryBody<"consent.inCall">, entry: string) => boolean,
): string | undefined {
  let given: string | undefined;
  for (const entry of entries) {
    const body = bodyOf(entry, "consent.inCall");
    if (body?.call !== call || body.scope !== scope) continue;
    if (body.said === "withdrawn") given = undefined;
    else if (body.said === "given" && of(body, entry.id)) given = entry.id;
  }
  return given;
}
