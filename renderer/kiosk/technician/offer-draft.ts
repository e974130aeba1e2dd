import type { PackageGroup, Payer, ServicePackage } from "../../../core/care/packages.ts";
import type { RefusedProfile } from "../../../core/contract/technician-devices.ts";
import type { Complaint, Hospital } from "../../../core/domain/hospitals.ts";
import { numberIn } from "./number-pad.tsx";

/** A hospital or package on its way into a form and out of it: everything a person types is text until it is kept. */

export interface Both {
  readonly zh: string;
  readonly en: string;
}
export interface HospitalDraft {
  readonly id: string;
  readonly specimen: boolean;
  readonly name: Both;
  readonly address: Both;
  readonly way: Both;
  readonly hours: Both;
  readonly telephone: string;
  readonly registration: string;
  readonly departments: readonly (Both & { readonly for: readonly Complaint[] })[];
}
export interface PackageDraft {
  readonly id: string;
  readonly specimen: boolean;
  readonly group: PackageGroup;
  readonly name: Both;
  readonly contains: readonly (Both & { readonly timesAYear: string })[];
  readonly price: "free" | "paid";
  readonly says: Both;
  readonly yuan: string;
  readonly payer: Payer | "unsaid";
  readonly source: string;
}

const nothing: Both = { zh: "", en: "" };
export const noDepartment: HospitalDraft["departments"][number] = { ...nothing, for: [] };
export const noContent: PackageDraft["contains"][number] = { ...nothing, timesAYear: "" };

/** `mark`: what tells it from every other one of this station. */
export const hospitalDraft = (of: Hospital | undefined, mark: string): HospitalDraft =>
  of ?? {
    ...{ id: `hospital-${mark}`, specimen: false, telephone: "", registration: "https://" },
    ...{ name: nothing, address: nothing, way: nothing, hours: nothing, departments: [noDepartment] },
  };

export function packageDraft(of: ServicePackage | undefined, mark: string): PackageDraft {
  const unpriced = { price: "free", says: nothing, yuan: "", payer: "unsaid" } as const;
  if (of === undefined)
    return {
      ...{ id: `package-${mark}`, specimen: false, group: "everybody", name: nothing, source: "" },
      ...{ contains: [noContent], ...unpriced },
    };
  const { price, contains, ...same } = of;
  return {
    ...same,
    contains: contains.map(({ zh, en, timesAYear }) => ({ zh, en, timesAYear: timesAYear?.toString() ?? "" })),
    ...(price.kind === "free"
      ? unpriced
      : {
          price: "paid",
          says: price.says,
          yuan: price.yuan?.toString() ?? "",
          payer: price.payer ?? "unsaid",
        }),
  };
}

/** As the schema has it; what is no number stays as it was typed, and is refused by its name. */
const counted = (name: string, typed: string) => (typed.trim() === "" ? {} : { [name]: numberIn(typed) ?? typed });

export const hospitalText = (draft: HospitalDraft): string => JSON.stringify(draft, null, 2);

export function packageText({ price, says, yuan, payer, contains, ...same }: PackageDraft): string {
  const paid = { kind: "paid", says, ...counted("yuan", yuan), ...(payer === "unsaid" ? {} : { payer }) };
  const value = {
    ...same,
    contains: contains.map(({ timesAYear, ...words }) => ({ ...words, ...counted("timesAYear", timesAYear) })),
    price: price === "free" ? { kind: "free" } : paid,
  };
  return JSON.stringify(value, null, 2);
}

export type Problem = RefusedProfile["problems"][number];

/** What was refused: what is told at a field, and what has none and is told above. */
export function problemsBy(problems: readonly Problem[], fields: ReadonlySet<string>) {
  const at = (path: string) => problems.find((one) => one.path === path);
  return { at, elsewhere: problems.filter(({ path }) => path === undefined || !fields.has(path)) };
}

/** Every place of a form at which a problem is shown. */
export function fieldsOf(text: string): ReadonlySet<string> {
  const paths = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (path !== "") paths.add(path);
    if (Array.isArray(value)) value.forEach((one, at) => walk(one, `${path}.${at}`));
    else if (typeof value === "object" && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, path === "" ? key : `${path}.${key}`);
  };
  walk(JSON.parse(text), "");
  // These have no field of their own in a form.
  for (const path of ["id", "specimen", "group", "price", "price.kind"]) paths.delete(path);
  return paths;
}
