import type { z } from "zod";
import { timesAYear } from "../../core/care/packages.ts";
import { filled } from "../../core/i18n/message.ts";
import { offerReasons, type OfferReason } from "../../core/i18n/offer-reasons.ts";
import type { Place } from "../profiles/placed-json.ts";
import { readJson } from "../profiles/read-json.ts";
import { shortened, type ProfileProblem, type Said } from "../profiles/refusal.ts";

/** The longest list of services that makes sense is a hundredth of this. */
export const mostOfferBytes = 256 * 1024;

export type ReadOffer<T> =
  | { readonly ok: true; readonly value: T; readonly placeOf: (path: string) => Place }
  | { readonly ok: false; readonly problems: readonly ProfileProblem[] };

export function because(reason: OfferReason, values: Readonly<Record<string, string | number>> = {}): Said {
  const { zh, en } = offerReasons[reason];
  return { zh: filled(zh, values), en: filled(en, values) };
}

/** Whole numbers and their ends, by the last name of their path. */
const ranges: Readonly<Partial<Record<string, { readonly min: number; readonly max: number }>>> = {
  timesAYear,
  yuan: { min: 1, max: 9_999 },
};
/** Texts whose form has a sentence of its own, by the last name of their path. */
const forms: Readonly<Partial<Record<string, OfferReason>>> = {
  telephone: "telephone",
  registration: "link",
  id: "id",
};

function ranged(name: string): Said {
  const range = ranges[name];
  return range === undefined ? because("form") : because("range", range);
}

function reasonOf(issue: z.core.$ZodIssue): Said {
  if ("input" in issue && issue.input === undefined) return because("missing");
  const name = String(issue.path.at(-1));
  switch (issue.code) {
    case "too_small":
      if (issue.origin === "string") return because("empty");
      return issue.origin === "array" ? because("few", { n: Number(issue.minimum) }) : ranged(name);
    case "too_big":
      if (issue.origin === "string") return because("long", { n: Number(issue.maximum) });
      return issue.origin === "array" ? because("many", { n: Number(issue.maximum) }) : ranged(name);
    case "invalid_value":
      return because("choice", { of: issue.values.map(String).join(", ") });
    case "invalid_format":
      return because(forms[name] ?? "form");
    case "unrecognized_keys":
      return because("unknown");
    default:
      return ranged(name);
  }
}

function problemsOf(issue: z.core.$ZodIssue): readonly Omit<ProfileProblem, "line" | "column">[] {
  const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  const reason = reasonOf(issue);
  return paths.map((path) => ({ path: path.map(String).join("."), reason }));
}

/** What a file of services says, or every reason why not, each with its line, in both languages. Never throws. */
export function readOffer<T>(bytes: Uint8Array, schema: z.ZodType<T>): ReadOffer<T> {
  const read = readJson(bytes, mostOfferBytes);
  if (!read.ok) return read;
  const parsed = schema.safeParse(read.value, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data, placeOf: read.placeOf };
  const problems = parsed.error.issues
    .flatMap((issue) => problemsOf(issue))
    .map((problem): ProfileProblem => ({ ...read.placeOf(problem.path ?? ""), ...problem }));
  return { ok: false, problems: shortened(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))) };
}
