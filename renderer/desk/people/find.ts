import type { Sounds } from "../pinyin.ts";
import type { Person, Shown, StationRow } from "./shape.ts";

const order = { active: 0, invited: 1, retired: 2 } as const;

/** Those who work first, then the invited, and at the end who left. */
export const byState = (a: Person, b: Person): number =>
  order[a.state] - order[b.state] || a.name.localeCompare(b.name, "zh-CN");

/** People of every institution, by name, account, licence, or the institution's name. */
export function peopleLike(shown: Shown, typed: string, sounds: Sounds): readonly Person[] {
  const orgs = new Set(shown.orgs.filter(({ name }) => sounds(name, typed)).map(({ id }) => id));
  const wanted = typed.trim().toLowerCase();
  const has = (word: string | undefined) => word?.toLowerCase().includes(wanted) === true;
  return shown.accounts.filter(
    ({ name, account, practice }) =>
      sounds(name, typed) || has(account) || has(practice?.licence) || orgs.has(practice?.org ?? ""),
  );
}

/** Stations by name or place. */
export const stationsLike = (shown: Shown, typed: string, sounds: Sounds): readonly StationRow[] =>
  shown.stations.filter(({ name, place }) => sounds(name, typed) || sounds(place, typed));
