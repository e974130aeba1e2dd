import { mostProfileBytes } from "../../core/contract/technician-devices.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import { checkProfile, type Profile } from "../../drivers/kit/index.ts";
import { readPlacedJson, type JsonFault, type Place } from "./placed-json.ts";
import { said, shortened, type ProfileProblem, type Said } from "./refusal.ts";

export type ReadProfile =
  | { readonly ok: true; readonly profile: Profile; readonly placeOf: (path: string) => Place }
  | { readonly ok: false; readonly problems: readonly ProfileProblem[] };

const refuse = (reason: Said, place?: Place): ReadProfile => ({ ok: false, problems: [{ ...place, reason }] });

function wordsOf(fault: JsonFault): Said {
  switch (fault.code) {
    case "unexpected":
      return said("notJson", { found: JSON.stringify(fault.found) });
    case "ended":
      return said("ended");
    case "string":
      return said("badText");
    case "number":
      return said("badNumber");
    case "twice":
      return said("keyTwice", { key: fault.key });
    case "deep":
      return said("tooDeep");
    default:
      return missingCase(fault);
  }
}

/** A profile from the bytes of a file, or every reason why not, each with its line. Never throws. */
export function readProfile(bytes: Uint8Array): ReadProfile {
  if (bytes.length > mostProfileBytes) return refuse(said("tooLarge", { most: mostProfileBytes }));
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(said("notText"));
  }
  const read = readPlacedJson(text);
  if (!read.ok) return refuse(wordsOf(read.fault), read.place);
  const checked = checkProfile(read.value);
  if (checked.ok) return { ok: true, profile: checked.profile, placeOf: read.placeOf };
  const problems = checked.problems.map(({ path, reason, zh }): ProfileProblem => {
    return { ...read.placeOf(path), path, reason: { zh, en: reason } };
  });
  return { ok: false, problems: shortened(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))) };
}
