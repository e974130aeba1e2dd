import { allowsUnit, type Quantity } from "../../core/domain/quantity.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Say } from "./envelope.ts";
import { carrierOf, partsOf } from "./places.ts";
import { rulesOf } from "./rules.ts";
import type { Field, Frame, Profile, Rule } from "./schema.ts";

/** Every rule against the frame it belongs to. */

type RuleOf<K extends Rule["kind"]> = Extract<Rule, { readonly kind: K }>;
type Test = (field: Field) => boolean;

export function unitsOf(field: Field): readonly string[] {
  if ("units" in field) return Object.keys(field.units);
  return "unit" in field && field.unit !== undefined ? [field.unit] : [];
}
const hasBit =
  (bit: string): Test =>
  (field) =>
    "bits" in field && typeof field.bits === "object" && Object.hasOwn(field.bits, bit);
/** What a field must be, beside being there. */
interface Asked {
  readonly fits: Test;
  readonly what: string;
}
const aNumber: Asked = { fits: (field) => "min" in field, what: "a number" };
/** Times of every envelope say what they are by their type's name. */
const aTime: Asked = { fits: (field) => /time/i.test(field.type), what: "a time" };

/** What a place may be asked, where the frame is this one. */
interface Places {
  /** Says it when there is no such field, bit or earlier frame, or when the field does not fit. */
  readonly need: (place: string, asked?: Asked) => void;
}

export function placesIn(profile: Profile, frame: Frame, path: string, say: Say): Places {
  return {
    need(place, asked) {
      const carrier = carrierOf(place);
      const within = carrier === undefined ? frame : profile.frames[carrier];
      const own = carrier === undefined ? place : place.slice(carrier.length + 1);
      const { field: name, bit } = partsOf(own);
      const field = within?.to === "host" ? within.fields[name] : undefined;
      if (field === undefined) say(path, `there is no field ${place}`);
      else if (bit !== undefined && !hasBit(bit)(field)) say(path, `${name} is not a flag ${bit}`);
      else if (asked !== undefined && !asked.fits(field)) say(path, `${place} is not ${asked.what}`);
    },
  };
}

function checkReadings(rows: RuleOf<"progress">["readings"], { need }: Places): void {
  const inUnitOf =
    (quantity: Quantity): Test =>
    (field) =>
      unitsOf(field).length > 0 && unitsOf(field).every((unit) => allowsUnit(quantity, unit));
  for (const [quantity, place] of rows) need(place, { fits: inUnitOf(quantity), what: `in a unit of ${quantity}` });
}

function checkFault(rule: RuleOf<"fault">, path: string, { need }: Places, say: Say): void {
  const { by, codes } = rule;
  const coded = by !== undefined && codes !== undefined && rule.otherwise !== undefined && rule.code === undefined;
  const plain = rule.code !== undefined && (by ?? codes ?? rule.ok ?? rule.otherwise) === undefined;
  if (!coded && !plain) say(path, "a fault has either a code, or by, codes and otherwise");
  if (by === undefined) return;
  const declares: Test = (field) => {
    if (!("known" in field)) return "min" in field || field.type === "ascii" || field.type === "row";
    const known: readonly (number | string)[] = field.known;
    return [...Object.keys(codes ?? {}), ...(rule.ok ?? []).map(String)].every((code) =>
      known.map(String).includes(code),
    );
  };
  need(by, { fits: declares, what: "a code that declares these values" });
}

function checkRule(rule: Rule, path: string, places: Places, say: Say): void {
  const { need } = places;
  for (const place of Object.keys(rule.when ?? {})) need(place);
  if ("greater" in rule) for (const pair of rule.greater ?? []) for (const field of pair) need(field, aNumber);
  switch (rule.kind) {
    case "measurement":
    case "control":
      checkReadings(rule.readings, places);
      for (const source of Object.values(rule.kind === "measurement" ? (rule.doubts ?? {}) : {})) {
        if ("field" in source) need(source.field);
        else need(`${source[0]}.${source[1]}`);
      }
      if (rule.deviceTime !== undefined) need(rule.deviceTime, aTime);
      for (const field of Object.values(rule.notes ?? {})) need(field);
      break;
    case "progress":
      checkReadings(rule.readings, places);
      break;
    case "fault":
      checkFault(rule, path, places, say);
      break;
    case "information":
      for (const field of Object.values(rule.values)) need(field);
      break;
    case "wave":
      for (const field of Object.values(rule.samples).flat()) need(field, aNumber);
      break;
    case "scan":
      need(rule.text);
      break;
    case "identity":
      for (const field of Object.values(rule.card)) need(field);
      break;
    case "ignore":
      break;
    default:
      missingCase(rule);
  }
}

export function checkMeaning(profile: Profile, say: Say): void {
  for (const [name, frame] of Object.entries(profile.frames)) {
    if (frame.to === "host" && profile.meaning[name] === undefined)
      say(`meaning.${name}`, "a frame to the host needs a meaning");
  }
  for (const name of Object.keys(profile.meaning)) {
    const frame = profile.frames[name];
    if (frame?.to !== "host") {
      say(`meaning.${name}`, "there is no such frame to the host");
      continue;
    }
    const path = `meaning.${name}`;
    for (const rule of rulesOf(profile, name)) checkRule(rule, path, placesIn(profile, frame, path, say), say);
  }
}
