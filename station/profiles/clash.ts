import type { Profile } from "../../drivers/kit/index.ts";
import type { ReadProfile } from "./read-profile.ts";
import { said, type ProfileProblem } from "./refusal.ts";

/** A profile that was here before; without a file it is a shipped one. */
export interface Holder {
  readonly file?: string;
  readonly profile: Profile;
}

const namesOf = (profile: Profile): readonly string[] => [profile.id, ...(profile.aliases ?? [])];
const hex4 = (id: number): string => id.toString(16).padStart(4, "0");

/** Names and USB ids that another profile has: nobody could tell the two apart. */
export function clashOf(
  { profile, placeOf }: Extract<ReadProfile, { ok: true }>,
  holders: readonly Holder[],
): readonly ProfileProblem[] {
  const names = namesOf(profile).flatMap((name, i): readonly ProfileProblem[] => {
    const holder = holders.find((each) => namesOf(each.profile).includes(name));
    if (holder === undefined) return [];
    const path = i === 0 ? "id" : `aliases.${i - 1}`;
    const reason =
      holder.file === undefined ? said("nameShipped", { name }) : said("nameTaken", { name, file: holder.file });
    return [{ ...placeOf(path), path, reason }];
  });
  const usb = profile.serial.match.flatMap(({ vendorId, productId }, i): readonly ProfileProblem[] => {
    const holder = holders.find((each) =>
      each.profile.serial.match.some((ids) => ids.vendorId === vendorId && ids.productId === productId),
    );
    if (holder === undefined) return [];
    const path = `serial.match.${i}`;
    const name = `${hex4(vendorId)}:${hex4(productId)}`;
    const reason =
      holder.file === undefined ? said("usbShipped", { name }) : said("usbTaken", { name, file: holder.file });
    return [{ ...placeOf(path), path, reason }];
  });
  return [...names, ...usb];
}
