import { checks } from "./checks.ts";
import type { EnvelopeKind, ReaderParts, Say } from "./envelope.ts";
import type { Framer } from "./framer.ts";
import { fromHex } from "./hex.ts";
import { rulesOf } from "./rules.ts";
import type { Field, Frame, Profile, TextEnvelope } from "./schema.ts";
import { textFieldTypes } from "./schema-text.ts";
import { standsInText, latin1Bytes, type TextField } from "./text-codecs.ts";
import { mostDigits, writeCheck } from "./text-check.ts";
import { createTextFramer } from "./text-framer.ts";
import { isOpen, stopOf, textEntry, textTemplate } from "./text-compile.ts";
import { matchText, writeText } from "./text-match.ts";
import { allParts, fieldNames, templateParts, type Part } from "./text-template.ts";
import type { Values } from "./value.ts";

/** Devices that speak text. */

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function encodeText(envelope: TextEnvelope, frame: Frame, values: Values): Uint8Array {
  if (frame.bytes !== undefined) return fromHex(frame.bytes);
  const body = joined([fromHex(envelope.start), latin1Bytes(writeText(textTemplate(frame), values))]);
  const end = fromHex(envelope.end[0] ?? "");
  const { check } = envelope;
  if (check === undefined || check.kind === "none") return joined([body, end]);
  const covered = check.place === "afterEnd" ? joined([body, end]) : body;
  const found = checks[check.kind];
  const sum = found.extend(check.begin ?? found.start, covered, check.from, covered.length);
  const digits = new Uint8Array(mostDigits);
  const written = digits.subarray(0, writeCheck(check.form, sum, digits));
  return check.place === "afterEnd"
    ? joined([covered, written])
    : joined([body, latin1Bytes(check.lead ?? ""), written, end]);
}

function createTextReader({ envelope, table, sink }: ReaderParts<TextEnvelope>): Framer {
  const entries = table.map((compiled) =>
    textEntry(compiled, compiled.frame.bytes === undefined ? undefined : fromHex(compiled.frame.bytes)),
  );
  return createTextFramer(envelope, entries, {
    match: (template, body) => matchText(template, body.text()),
    message({ index }, match, bytes, place) {
      const copy = (from: number, to: number): Uint8Array => new Uint8Array(bytes.subarray(from, to));
      if (match === undefined) {
        sink.frame(index, {}, copy(place.start, place.end));
        return;
      }
      const { rows, notes } = match;
      const first = rows[0]?.from ?? 0;
      const last = rows.at(-1)?.to ?? 0;
      // One message, heard as one: its records come together or not at all.
      const whole = copy(place.start, place.end);
      for (const [i, { values, impossible, from, to }] of rows.entries()) {
        // A record out of many is kept with what stands before and behind all of them, without the others: they are
        // results of other people.
        const own =
          rows.length === 1
            ? whole
            : joined([
                copy(place.start, place.bodyStart + first),
                copy(place.bodyStart + from, place.bodyStart + to),
                copy(place.bodyStart + last, place.end),
              ]);
        if (impossible === undefined) sink.frame(index, values, whole, notes, own);
        // The newest stands first. What cannot be among the others is of the past and of somebody else: no news here.
        else if (i === 0) sink.impossible(index, impossible.field, impossible.raw, values, whole);
      }
    },
    discard: (bytes, start, end, reason) => sink.discard(new Uint8Array(bytes.subarray(start, end)), reason),
  });
}

// What a table says about itself -------------------------------------------------------------------------------------

function checkEnvelope(envelope: TextEnvelope, say: Say): void {
  const { check, end, silence } = envelope;
  if (end.length === 0 && silence !== true) say("envelopes", "a text without an end needs silence");
  if (end.some((each) => each === "")) say("envelopes", "an end has bytes");
  if (check === undefined || check.kind === "none") return;
  const byte = check.form === "byte";
  if (byte !== (check.place === "afterEnd")) say("envelopes", "a check byte stands behind the end, digits before it");
  if (end.length === 0) say("envelopes", "a check needs an end");
  const size = checks[check.kind].size;
  if ((size === 2 && (byte || check.form === "hex2")) || (size === 1 && check.form === "hex4"))
    say("envelopes", "the check does not fit its form");
}

function checkTemplate(frame: Frame, parts: readonly Part[], path: string, say: Say): void {
  const flat = allParts(parts);
  for (const [i, part] of parts.entries()) {
    const inner = part.is === "optional" ? part.parts : [part];
    for (const [j, each] of inner.entries()) {
      const field = each.is === "field" ? frame.fields[each.name] : undefined;
      if (each.is === "field" && field === undefined) say(path, `there is no field ${each.name}`);
      const rest = part.is === "optional" ? [...inner.slice(j + 1), ...parts.slice(i + 1)] : parts.slice(i + 1);
      if (field !== undefined && standsInText(field) && isOpen(field) && stopOf(rest) === undefined)
        say(path, `${each.is === "field" ? each.name : ""} has no end: fixed text must stand behind it`);
    }
  }
  for (const sign of ["pairs", "records", "count"] as const)
    if (flat.filter((part) => part.is === sign).length > 1) say(path, "a sign stands here twice");
}

function checkNumber(field: TextField, path: string, say: Say): void {
  if (field.type !== "number") return;
  if ((field.comparators === true || field.special !== undefined) && field.unit === undefined)
    say(path, "a comparator needs a unit");
  if (field.comparators === true && field.width !== undefined && field.pad !== " ")
    say(path, "a comparator in a fixed width needs blanks");
}

function checkTextFrame(profile: Profile, envelope: TextEnvelope, name: string, frame: Frame, say: Say): void {
  const path = `frames.${name}`;
  checkEnvelope(envelope, say);
  const fields = Object.entries(frame.fields).filter((entry): entry is [string, TextField] => standsInText(entry[1]));
  for (const [fieldName, field] of fields) checkNumber(field, `${path}.fields.${fieldName}`, say);
  if (frame.bytes !== undefined) {
    if (frame.layout !== undefined || fields.length > 0) say(path, "fixed bytes have neither layout nor fields");
    return;
  }
  if (frame.layout === undefined) {
    say(path, "a text needs a layout or bytes");
    return;
  }
  try {
    const head = templateParts(frame.layout);
    const records = frame.records === undefined ? [] : templateParts(frame.records);
    checkTemplate(frame, head, `${path}.layout`, say);
    checkTemplate(frame, records, `${path}.records`, say);
    const signs = allParts(head).map((part) => part.is);
    if (signs.includes("pairs") !== (frame.pairs !== undefined)) say(path, "pairs and {*} belong together");
    if (signs.includes("records") !== (frame.records !== undefined)) say(path, "records and {+} belong together");
    if (signs.includes("count") && !signs.includes("records")) say(path, "records and {+} belong together");
    if (frame.records !== undefined && records.at(-1)?.is !== "literal") say(path, "a record ends with fixed text");
    if (allParts(records).some((part) => part.is === "pairs" || part.is === "records" || part.is === "count"))
      say(`${path}.records`, "a record holds only fields and fixed text");
    if (frame.pairs !== undefined && (frame.pairs.between === undefined) === (frame.pairs.keyWidth === undefined))
      say(`${path}.pairs`, "a key ends at between or after keyWidth");
    const placed = [...fieldNames(head), ...fieldNames(records)];
    for (const [fieldName, field] of fields) {
      const times = placed.filter((each) => each === fieldName).length + (field.key === undefined ? 0 : 1);
      if (times !== 1) say(`${path}.fields.${fieldName}`, "a field stands at exactly one place");
      if (field.key !== undefined && frame.pairs === undefined) say(`${path}.fields.${fieldName}`, "a key needs pairs");
    }
  } catch (error) {
    say(`${path}.layout`, error instanceof Error ? error.message : String(error));
  }
  checkPrivate(profile, name, frame, say);
}

/** What may name a person is told only as a scan or a card, which nothing logs or shows. */
function checkPrivate(profile: Profile, name: string, frame: Frame, say: Say): void {
  const isPrivate = (field: Field): boolean => field.type === "text" && field.private === true;
  const secret = Object.entries(frame.fields).flatMap(([each, field]) => (isPrivate(field) ? [each] : []));
  if (secret.length === 0) return;
  for (const [frameName, rules] of Object.keys(profile.meaning).map(
    (each) => [each, rulesOf(profile, each)] as const,
  )) {
    const told = JSON.stringify(rules.filter((rule) => rule.kind !== "scan" && rule.kind !== "identity"));
    for (const each of secret) {
      const place = frameName === name ? `"${each}"` : `"${name}/${each}"`;
      if (told.includes(place)) say(`meaning.${frameName}`, `${each} may name a person: no rule tells it`);
    }
  }
}

/** What stands before the first part that may vary is fixed; everything behind it may be anything. */
function canForm(
  _profile: Profile,
  envelope: TextEnvelope,
  frame: Frame,
  pattern: { readonly at: number; readonly is: string },
): boolean {
  const wanted = fromHex(pattern.is);
  const parts = frame.bytes === undefined ? templateParts(frame.layout ?? "") : [];
  const varies = parts.findIndex((part) => part.is !== "literal");
  const fixed =
    frame.bytes !== undefined || varies < 0
      ? encodeText(envelope, frame, {})
      : joined([
          fromHex(envelope.start),
          latin1Bytes(
            parts
              .slice(0, varies)
              .map((part) => (part.is === "literal" ? part.text : ""))
              .join(""),
          ),
        ]);
  return wanted.every((byte, i) => {
    const at = pattern.at + i;
    return at < fixed.length ? fixed[at] === byte : frame.bytes === undefined && varies >= 0;
  });
}

/** Messages of text between marks: one template a frame, read and written. */
export const textKind: EnvelopeKind<TextEnvelope> = {
  fields: textFieldTypes,
  reader: createTextReader,
  encode: (_profile, envelope, frame, values) => encodeText(envelope, frame, values),
  check: checkTextFrame,
  canForm,
};
