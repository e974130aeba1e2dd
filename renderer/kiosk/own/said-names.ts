import type { MedicineView } from "../../../core/care/medicine.ts";
import type { ServicePackage } from "../../../core/care/packages.ts";
import type { Hospital } from "../../../core/domain/hospitals.ts";
import {
  departmentSaid,
  drugSaid,
  hospitalLine,
  hospitalSaid,
  packageName,
  packageSaid,
  type HospitalLine,
  type SaidText,
} from "../../../core/voice/names.ts";
import type { Text } from "../../parts/language.tsx";
import type { Spoken } from "../voice/voice.tsx";

/** The clips of what is data, as a screen says them; where the station has none, it says that it is on the screen. */
const rest = ({ clip }: SaidText): Spoken => ({ key: "kiosk.name.rest", clip });

export const nameOfDrug = (text: Text, { drug: id, zh, en }: MedicineView): Spoken => ({
  key: "kiosk.name.drug",
  clip: drugSaid(text.language, { id, zh, en }).clip,
});

export const nameOfPackage = (text: Text, pack: Pick<ServicePackage, "id" | "name">): Spoken =>
  rest(packageName(text.language, pack));

/** Name, lines and what the practice says of the price. */
export const packageNames = (text: Text, pack: ServicePackage): readonly Spoken[] =>
  packageSaid(text.language, pack, text.of).map(rest);

export const nameOfHospital = (text: Text, hospital: Hospital): Spoken => rest(hospitalSaid(text.language, hospital));

export const nameOfDepartment = (text: Text, name: Parameters<typeof departmentSaid>[1]): Spoken =>
  rest(departmentSaid(text.language, name));

export const hospitalWords = (text: Text, hospital: Hospital, lines: readonly HospitalLine[]): readonly Spoken[] =>
  lines.map((of) => rest(hospitalLine(text.language, hospital, of, text.of)));
