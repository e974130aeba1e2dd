import type { ServicePackage } from "../care/packages.ts";
import type { Hospital } from "../domain/hospitals.ts";
import type { Language } from "../i18n/language.ts";
import type { Placeholder } from "../i18n/message.ts";

/**
 * What is data and said all the same: names of drugs, packages line by line, hospitals and the way there. Each text has a clip
 * of its own whose name carries a hash of its words: once the words are others, the clip is another, and nobody hears an old
 * name for a new thing.
 */
export interface SaidText {
  /** Name of the clip: `drug.amlodipine-5.9f1c22ab`. */
  readonly clip: string;
  /** As it is shown. */
  readonly words: string;
}

/** What is told of a hospital, with the label before it. */
const hospitalLabels = {
  address: "kiosk.hospital.address",
  way: "kiosk.hospital.way",
  hours: "kiosk.hospital.hours",
} as const;
export type HospitalLine = keyof typeof hospitalLabels;
export const hospitalLines = ["address", "way", "hours"] as const satisfies readonly HospitalLine[];

/** A text of the catalogue, filled: the page and the station have different ways to it. */
export type Label = (
  key: (typeof hospitalLabels)[HospitalLine] | "kiosk.package.times",
  params: Readonly<Partial<Record<Placeholder, string | number>>>,
) => string;

export interface NamedDrug {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

const side = (language: Language) => (language === "en" ? "en" : "zh");

/** FNV-1a of 32 bits over UTF-16, as hex. Full-width marks are those of ASCII, and blanks none: a page sets them as its language does. */
function hashOf(words: string): string {
  const plain = words.normalize("NFKC").replaceAll(/\s+/gu, "");
  let hash = 0x811c9dc5;
  for (let at = 0; at < plain.length; at++) {
    const unit = plain.charCodeAt(at);
    for (const byte of [unit & 0xff, unit >> 8]) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

/** Ids are parts of file names: only what every file system and address takes. */
const slug = (id: string): string => id.replaceAll(/[^a-z0-9]+/gu, "-").replaceAll(/^-|-$/gu, "");

const named = (kind: "drug" | "package" | "hospital", id: string, words: string): SaidText => ({
  clip: `${kind}.${slug(id)}.${hashOf(words)}`,
  words,
});
/** The same line stands in many packages, and is recorded once. */
const line = (words: string): SaidText => ({ clip: `line.${hashOf(words)}`, words });

export const drugSaid = (language: Language, drug: NamedDrug): SaidText => named("drug", drug.id, drug[side(language)]);

export const packageName = (language: Language, { id, name }: Pick<ServicePackage, "id" | "name">): SaidText =>
  named("package", id, name[side(language)]);

/** Its name, what is in it with how often a year, and what it costs in the practice's own words. */
export function packageSaid(
  language: Language,
  pack: Pick<ServicePackage, "id" | "name" | "contains" | "price">,
  label: Label,
): readonly SaidText[] {
  const { contains, price } = pack;
  const of = side(language);
  const comma = language === "en" ? ". " : "，";
  return [
    packageName(language, pack),
    ...contains.map(({ timesAYear: n, ...what }) =>
      line(n === undefined ? what[of] : `${what[of]}${comma}${label("kiosk.package.times", { n })}`),
    ),
    ...(price.kind === "free" ? [] : [line(price.says[of])]),
  ];
}

export const hospitalSaid = (language: Language, { id, name }: Pick<Hospital, "id" | "name">): SaidText =>
  named("hospital", id, name[side(language)]);

/** The telephone is not among them: it is put together from digits. */
export const hospitalLine = (language: Language, hospital: Hospital, of: HospitalLine, label: Label): SaidText =>
  line(`${label(hospitalLabels[of], {})}${language === "en" ? " " : ""}${hospital[of][side(language)]}`);

export const departmentSaid = (
  language: Language,
  name: Pick<Hospital["departments"][number], "zh" | "en">,
): SaidText => line(name[side(language)]);

export interface NamedThings {
  readonly drugs: readonly NamedDrug[];
  readonly packages: readonly ServicePackage[];
  readonly hospitals: readonly Hospital[];
}

/** Every text of a station's data that is said, each once: its own services first, for those are most likely to lack a clip. */
export function saidTexts(language: Language, { drugs, packages, hospitals }: NamedThings, label: Label) {
  const all = [
    ...packages.flatMap((one) => packageSaid(language, one, label)),
    ...hospitals.flatMap((one) => [
      hospitalSaid(language, one),
      ...hospitalLines.map((of) => hospitalLine(language, one, of, label)),
      ...one.departments.map((name) => departmentSaid(language, name)),
    ]),
    ...drugs.map((drug) => drugSaid(language, drug)),
  ];
  return [...new Map(all.map((one) => [one.clip, one])).values()];
}
