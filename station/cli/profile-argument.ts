import { readFileSync } from "node:fs";
import { findProfile } from "../../drivers/find-profile.ts";
import { checkProfile, type Profile } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";

type Found = { readonly ok: true; readonly profile: Profile } | { readonly ok: false; readonly why: string };

/** What `--profile` names: a shipped profile by id, alias or a beginning of one, or a JSON file with a profile in it. */
export function namedProfile(name: string): Found {
  if (!name.endsWith(".json")) {
    const profile = findProfile(name);
    if (profile !== undefined) return { ok: true, profile };
    return {
      ok: false,
      why: `There is no profile ${name}.\nKnown profiles: ${registry.map(({ id }) => id).join(", ")}\n`,
    };
  }
  let candidate: unknown;
  try {
    candidate = JSON.parse(readFileSync(name, "utf8"));
  } catch (error) {
    return { ok: false, why: `${name}: ${error instanceof Error ? error.message : String(error)}\n` };
  }
  const checked = checkProfile(candidate);
  if (checked.ok) return checked;
  const reasons = checked.problems.map(({ path, reason }) => `  ${path}: ${reason}`).join("\n");
  return { ok: false, why: `${name} is no usable profile (npm run -s profile -- check says more):\n${reasons}\n` };
}
