import type { Say } from "./envelope.ts";
import type { Profile } from "./schema.ts";

export type Json = Record<string, unknown>;

/** Where the last key of a path belongs, if there is such a place. */
export function placeOf(root: unknown, path: string): { readonly holder: Json; readonly key: string } | undefined {
  const keys = path.split(".");
  const key = keys.pop() ?? "";
  let at: unknown = root;
  for (const each of keys) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, each)) return undefined;
    at = (at as Json)[each];
  }
  return typeof at === "object" && at !== null && Object.hasOwn(at, key) ? { holder: at as Json, key } : undefined;
}

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What a profile's own settings say wrong: a default that is no choice, a place that is not there, a table unlike its default. */
export function checkSettings(profile: Profile, say: Say): void {
  for (const [name, setting] of Object.entries(profile.settings ?? {})) {
    const path = `settings.${name}`;
    if (setting.choices[setting.default] === undefined) say(`${path}.default`, "it is none of the choices");
    for (const [choice, { set }] of Object.entries(setting.choices)) {
      set.forEach((patch, i) => {
        const place = placeOf(profile, patch.path);
        const at = `${path}.choices.${choice}.set.${i}`;
        if (place === undefined || patch.path.startsWith("settings")) say(at, `there is no place ${patch.path}`);
        else if (choice === setting.default && !sameJson(place.holder[place.key], patch.to))
          say(at, `the table itself must stand at the default: ${patch.path}`);
      });
    }
  }
}
