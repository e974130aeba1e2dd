import type { Profile } from "./kit/index.ts";
import { registry } from "./registry.generated.ts";

/** A shipped profile by its id, an alias, or a beginning of either that only one profile has. */
export function findProfile(name: string): Profile | undefined {
  const wanted = name.trim().toLowerCase();
  if (wanted === "") return undefined;
  const namesOf = (profile: Profile): readonly string[] => [profile.id, ...(profile.aliases ?? [])];
  const exact = registry.find((profile) => namesOf(profile).includes(wanted));
  if (exact !== undefined) return exact;
  const beginning = registry.filter((profile) => namesOf(profile).some((each) => each.startsWith(wanted)));
  return beginning.length === 1 ? beginning[0] : undefined;
}
