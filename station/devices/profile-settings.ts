import type { ProfileView } from "../../core/contract/technician-devices.ts";
import { withSettings, type Checked, type Profile } from "../../drivers/kit/index.ts";

/** The profile with the choices made for one port; the problems where a setting or a choice is not there. */
export function fitting(profile: Profile, settings: Readonly<Record<string, string>>): Checked {
  return Object.keys(settings).length === 0 ? { ok: true, profile } : withSettings(profile, settings);
}

/** What a technician may choose. */
export function settingsOf(profile: Profile): ProfileView["settings"] {
  return Object.entries(profile.settings ?? {}).map(([name, { says, default: usual, choices }]) => ({
    name,
    says: { ...says },
    choices: Object.entries(choices).map(([choice, { says: words }]) => ({ name: choice, says: { ...words } })),
    usual,
  }));
}
