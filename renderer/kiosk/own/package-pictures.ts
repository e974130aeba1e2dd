import type { PackageGroup } from "../../../core/care/packages.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import type { PictureName } from "../../parts/picture.tsx";

const special: readonly [PictureName, MessageKey] = ["packages", "kiosk.package.special"];
/** What nobody has to read over a shoulder is not named. */
export const packagePictures: Readonly<Record<PackageGroup, readonly [PictureName, MessageKey]>> = {
  everybody: ["packages", "kiosk.package.everybody"],
  elder: ["family", "kiosk.package.elder"],
  child: ["family", "kiosk.package.child"],
  maternal: ["family", "kiosk.package.maternal"],
  hypertension: ["bloodPressure", "kiosk.package.hypertension"],
  diabetes: ["glucose", "kiosk.package.diabetes"],
  disabled: special,
  copd: special,
  tuberculosis: special,
  mental: special,
};
