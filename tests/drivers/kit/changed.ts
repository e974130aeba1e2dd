import { checkProfile } from "../../../drivers/kit/index.ts";

type Json = Record<string, unknown>;
export type Changes = Readonly<Record<string, unknown>>;

/** A copy of a profile, changed at some places (`frames.cuff.size`); `undefined` takes away what stands there. */
export function changed(profile: unknown, changes: Changes): unknown {
  const copy = structuredClone(profile) as Json;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let at = copy;
    for (const key of keys) at = at[key] as Json;
    if (value === undefined) Reflect.deleteProperty(at, last);
    else at[last] = structuredClone(value);
  }
  return copy;
}

/** Everything that is wrong with it then, as `place: reason`; nothing for a sound profile. */
export function problemsOf(profile: unknown, changes: Changes): readonly string[] {
  const checked = checkProfile(changed(profile, changes));
  return checked.ok ? [] : checked.problems.map(({ path, reason }) => `${path}: ${reason}`);
}

/** A change, and everything that is then said about the profile. */
export type Case = readonly [what: string, profile: unknown, changes: Changes, problems: readonly string[]];
