import { missingCase } from "../../core/domain/missing-case.ts";
import { readPlacedJson, type JsonFault, type Place } from "./placed-json.ts";
import { said, type ProfileProblem, type Said } from "./refusal.ts";

export type ReadJson =
  | { readonly ok: true; readonly value: unknown; readonly placeOf: (path: string) => Place }
  | { readonly ok: false; readonly problems: readonly ProfileProblem[] };

const refuse = (reason: Said, place?: Place): ReadJson => ({ ok: false, problems: [{ ...place, reason }] });

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

/** What the bytes of a JSON file say and where each part stands, or why they say nothing. Never throws. */
export function readJson(bytes: Uint8Array, mostBytes: number): ReadJson {
  if (bytes.length > mostBytes) return refuse(said("tooLarge", { most: mostBytes }));
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(said("notText"));
  }
  const read = readPlacedJson(text);
  return read.ok ? read : refuse(wordsOf(read.fault), read.place);
}
