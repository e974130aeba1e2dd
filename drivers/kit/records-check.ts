import type { Say } from "./envelope.ts";
import { isPrivate, delimitersOf, type Dialect } from "./records.ts";
import { hasResults } from "./records-frame.ts";
import { rulesOf } from "./rules.ts";
import type { RecordField, RecordsEnvelope } from "./schema-records.ts";
import type { Frame, Profile } from "./schema.ts";

/** The places whose text leaves the message. Marks, and numbers behind a fixed word, say nothing about a person. */
function takenFrom(field: RecordField): readonly string[] {
  if (field.type === "recordText" || (field.type === "recordCode" && field.prefix === "")) return [field.at];
  return field.type === "recordTime" ? field.from : [];
}

/** What only a message of records can get wrong. */
export function checkRecords(
  dialect: Dialect,
  profile: Profile,
  envelope: RecordsEnvelope,
  name: string,
  frame: Frame,
  say: Say,
): void {
  const path = `frames.${name}`;
  if (delimitersOf(dialect, dialect.header + envelope.delimiters) === undefined)
    say("envelopes.host.delimiters", `${dialect.declared} marks that differ from each other are wanted`);
  if (frame.to !== "host") say(path, "nothing but acknowledgements is sent to a device that sends records");
  const claimed = new Map<string, string>();
  for (const [fieldName, each] of Object.entries(frame.fields)) {
    const field = each as RecordField;
    for (const at of takenFrom(field))
      if (isPrivate(dialect, at)) say(`${path}.fields.${fieldName}`, `${at} is a person's and is never taken along`);
    if (field.type !== "result") continue;
    for (const code of field.codes) {
      const other = claimed.get(code);
      if (other !== undefined) say(`${path}.fields.${fieldName}`, `${code} is the test of ${other} already`);
      claimed.set(code, fieldName);
    }
    const spelled = Object.entries(field.units).flatMap(([unit, limits]) => limits.texts ?? [unit]);
    if (new Set(spelled).size !== spelled.length)
      say(`${path}.fields.${fieldName}`, "two units are written the same way");
    for (const [unit, limits] of Object.entries(field.units))
      if (limits.min > limits.max) say(`${path}.fields.${fieldName}.units.${unit}`, "min is above max");
  }
  // Nothing is acknowledged while nobody is being measured: until then a result waits in the device.
  const waits =
    envelope.acknowledged && rulesOf(profile, name).some((rule) => rule.kind === "measurement" && rule.stored !== true);
  if (waits) say(`meaning.${name}`, "what waits in the device for an answer may belong to anybody: it is stored");
  // The first frame that fits takes the group: one without a test hides all others of its sort behind it.
  const siblings = Object.entries(profile.frames).filter(
    ([, each]) => each.to === "host" && hasResults(each) === hasResults(frame),
  );
  const own = siblings.findIndex(([each]) => each === name);
  const required = Object.values(frame.fields).some((field) => "required" in field && field.required === true);
  if (!required && (frame.says ?? []).length === 0 && own < siblings.length - 1)
    say(path, `it takes everything, and ${siblings[own + 1]?.[0] ?? ""} behind it is never reached`);
}
