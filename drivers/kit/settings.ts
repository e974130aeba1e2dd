import { chineseOf } from "./reasons.ts";
import type { Profile } from "./schema.ts";
import { placeOf, type Json } from "./settings-check.ts";
import { checkProfile, type Checked, type Problem } from "./validate.ts";

/** A setting's name and the choice taken. What is not named stays at its default. */
export type Chosen = Readonly<Record<string, string>>;

/** The profile as this port needs it: the chosen patches in the order of the table, then every check again. Never throws. */
export function withSettings(profile: Profile, chosen: Chosen): Checked {
  const problems: Problem[] = [];
  const say = (path: string, reason: string): void =>
    void problems.push({ path, reason, zh: chineseOf(reason) ?? reason });
  const copy = JSON.parse(JSON.stringify(profile)) as Json;
  const settings = profile.settings ?? {};
  for (const [name, choice] of Object.entries(chosen)) {
    const path = `settings.${name}`;
    const found = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (found === undefined) say(path, "there is no such setting");
    else if (!Object.hasOwn(found.choices, choice)) say(path, `it has no choice ${choice}`);
  }
  if (problems.length > 0) return { ok: false, problems };
  for (const [name, setting] of Object.entries(settings)) {
    for (const { path, to } of setting.choices[chosen[name] ?? setting.default]?.set ?? []) {
      const place = placeOf(copy, path);
      if (place === undefined) say(`settings.${name}`, `there is no place ${path}`);
      else place.holder[place.key] = to;
    }
    // The settings of the copy stand where they were set, so that the copy is a sound profile itself.
    const held = (copy["settings"] as Record<string, Json>)[name];
    if (held !== undefined) held["default"] = chosen[name] ?? setting.default;
  }
  return problems.length > 0 ? { ok: false, problems } : checkProfile(copy);
}

/** Every choice of every setting, one at a time. */
export function choicesOf(profile: Profile): readonly Chosen[] {
  return Object.entries(profile.settings ?? {}).flatMap(([name, { choices }]) =>
    Object.keys(choices).map((choice) => ({ [name]: choice })),
  );
}
