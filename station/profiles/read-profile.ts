import { mostProfileBytes } from "../../core/contract/technician-devices.ts";
import { checkProfile, type Profile } from "../../drivers/kit/index.ts";
import type { Place } from "./placed-json.ts";
import { readJson } from "./read-json.ts";
import { shortened, type ProfileProblem } from "./refusal.ts";

export type ReadProfile =
  | { readonly ok: true; readonly profile: Profile; readonly placeOf: (path: string) => Place }
  | { readonly ok: false; readonly problems: readonly ProfileProblem[] };

/** A profile from the bytes of a file, or every reason why not, each with its line. Never throws. */
export function readProfile(bytes: Uint8Array): ReadProfile {
  const read = readJson(bytes, mostProfileBytes);
  if (!read.ok) return read;
  const checked = checkProfile(read.value);
  if (checked.ok) return { ok: true, profile: checked.profile, placeOf: read.placeOf };
  const problems = checked.problems.map(({ path, reason, zh }): ProfileProblem => {
    return { ...read.placeOf(path), path, reason: { zh, en: reason } };
  });
  return { ok: false, problems: shortened(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))) };
}
