import type { z } from "zod";
import { allowsUnit } from "../../core/domain/quantity.ts";
import { isWeak } from "./checks.ts";
import type { Say } from "./envelope.ts";
import { encode, envelopeFor, kindOf } from "./envelopes.ts";
import { profileSchema, type Field, type Frame, type Profile, type Rule, type SimLine } from "./schema.ts";
import { chineseOf, chineseOfIssue } from "./reasons.ts";
import { rulesOf } from "./rules.ts";
import { sampleValues } from "./sample.ts";

export interface Problem {
  /** Where in the profile: `frames.result.fields.systolic`. */
  readonly path: string;
  readonly reason: string;
  /** The reason in Chinese. */
  readonly zh: string;
}
export type Checked =
  { readonly ok: true; readonly profile: Profile } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks anything (a shipped table, a file's JSON) and answers the profile, or every problem with its place. Never throws. */
export function checkProfile(candidate: unknown): Checked {
  const parsed = profileSchema.safeParse(candidate, { reportInput: true });
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, [])) };
  }
  const profile: Profile = parsed.data;
  const problems: Problem[] = [];
  const say = (path: string, reason: string): void =>
    void problems.push({ path, reason, zh: chineseOf(reason) ?? reason });
  checkFrames(profile, say);
  checkMeaning(profile, say);
  checkSession(profile, say);
  checkSafety(profile, say);
  if (problems.length === 0) checkSimulator(profile, say);
  return problems.length === 0 ? { ok: true, profile } : { ok: false, problems };
}

/** Of a union, the branch that came furthest: "this rule has a wrong code" rather than "this is no rule". */
function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): readonly Problem[] {
  const path = [...above, ...issue.path];
  const depth = (branch: readonly z.core.$ZodIssue[]): number => Math.max(0, ...branch.map((each) => each.path.length));
  const branches = issue.code === "invalid_union" ? [...issue.errors].sort((a, b) => depth(b) - depth(a)) : [];
  const [best] = branches;
  if (best !== undefined && best.length > 0) return best.flatMap((each) => problemsOf(each, path));
  const problem = { path: path.map(String).join("."), reason: issue.message, zh: chineseOfIssue(issue) };
  // The place of an unknown key is the key.
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ ...problem, path: [...path, key].map(String).join(".") }));
  return [problem];
}

function unitsOf(field: Field): readonly string[] {
  if (field.type === "analyte") return Object.keys(field.units);
  return "unit" in field && field.unit !== undefined ? [field.unit] : [];
}

function checkFrames(profile: Profile, say: Say): void {
  for (const [name, frame] of Object.entries(profile.frames)) {
    const path = `frames.${name}`;
    const envelope = envelopeFor(profile, frame.to);
    if (envelope === undefined) {
      say(path, "there is no envelope for frames to the device");
      continue;
    }
    const kind = kindOf(envelope);
    const strange = Object.entries(frame.fields).filter(([, field]) => !kind.fields.includes(field.type));
    for (const [fieldName, field] of strange)
      say(`${path}.fields.${fieldName}`, `a ${field.type} field does not stand in a ${envelope.kind} frame`);
    for (const [fieldName, field] of Object.entries(frame.fields))
      if ("min" in field && field.min > field.max) say(`${path}.fields.${fieldName}`, "min is above max");
    if (strange.length === 0) kind.check(profile, envelope, name, frame, say);
  }
}

function checkMeaning(profile: Profile, say: Say): void {
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
    for (const rule of rulesOf(profile, name)) checkRule(frame, rule, `meaning.${name}`, say);
  }
}

function checkRule(frame: Frame, rule: Rule, path: string, say: Say): void {
  const needs = (field: string, fits: (field: Field) => boolean, what: string): void => {
    const found = frame.fields[field];
    if (found === undefined) say(path, `there is no field ${field}`);
    else if (!fits(found)) say(path, `${field} is not ${what}`);
  };
  if (rule.kind === "measurement" || rule.kind === "progress") {
    for (const [quantity, field] of rule.readings) {
      needs(
        field,
        (found) => unitsOf(found).length > 0 && unitsOf(found).every((unit) => allowsUnit(quantity, unit)),
        `in a unit of ${quantity}`,
      );
    }
  }
  switch (rule.kind) {
    case "measurement":
      for (const [field, bit] of Object.values(rule.doubts ?? {}))
        needs(field, (found) => found.type === "flags" && bit in found.bits, `a flag ${bit}`);
      if (rule.deviceTime !== undefined)
        needs(rule.deviceTime, (found) => found.type === "datetime" || found.type === "rowTime", "a time");
      for (const pair of rule.greater ?? [])
        for (const field of pair) needs(field, (found) => "min" in found, "a number");
      for (const field of Object.values(rule.notes ?? {})) needs(field, () => true, "");
      break;
    case "fault":
      needs(
        rule.by,
        (found) => found.type === "code" && Object.keys(rule.codes).every((code) => found.known.includes(Number(code))),
        "a code that declares these values",
      );
      break;
    case "information":
      for (const field of Object.values(rule.values)) needs(field, () => true, "");
      break;
    case "progress":
      break;
  }
}

function checkSession(profile: Profile, say: Say): void {
  const frame = (name: string, to: "host" | "device", path: string): void => {
    if (profile.frames[name]?.to !== to) say(path, `${name} is no frame to the ${to}`);
  };
  profile.session.steps.forEach((step, i) => {
    const path = `session.steps.${i}`;
    if (step.do === "listen") return;
    frame(step.send, "device", path);
    for (const name of [step.expect].flat()) frame(name, "host", path);
    if (step.do === "readout") {
      frame(step.none, "host", path);
      const index = profile.frames[step.send]?.fields[step.index];
      if (index === undefined || !("min" in index)) say(path, `${step.index} is no number of ${step.send}`);
    }
  });
  if (profile.session.stop !== undefined) frame(profile.session.stop.send, "device", "session.stop");
  if (profile.link !== undefined) {
    for (const [toDevice, toHost] of [profile.link.reset, profile.link.ack]) {
      frame(toDevice, "device", "link");
      frame(toHost, "host", "link");
    }
  }
}

/** Can a frame of this table take this form on the wire? */
export function canForm(
  profile: Profile,
  frame: Frame,
  pattern: { readonly at: number; readonly is: string },
): boolean {
  const envelope = envelopeFor(profile, "device");
  return envelope !== undefined && kindOf(envelope).canForm(profile, envelope, frame, pattern);
}

function checkSafety(profile: Profile, say: Say): void {
  if (profile.actuates && profile.session.stop === undefined)
    say("session.stop", "a device that acts on a person needs a stop frame");
  if (profile.confirm === "none" && isWeak(profile.check))
    say("confirm", `frames with the check ${profile.check} are confirmed on the display`);
  if (
    profile.envelopes.host.kind === "binary"
      ? profile.envelopes.host.check.kind !== profile.check
      : profile.check !== "none"
  )
    say("check", "it is not the check of the envelope");
  for (const pattern of profile.forbidden) {
    for (const [name, frame] of Object.entries(profile.frames)) {
      if (frame.to === "device" && canForm(profile, frame, pattern))
        say(`frames.${name}`, `it can form the forbidden ${pattern.name}`);
    }
  }
}

function checkSimulator(profile: Profile, say: Say): void {
  const line = (each: SimLine, path: string): void => {
    try {
      if ("send" in each) encode(profile, each.send, sampleValues(profile, each.send, each.values));
      else if ("ramp" in each) {
        const field = profile.frames[each.ramp]?.fields[each.field];
        if (field === undefined || !("min" in field)) say(path, `${each.field} is no number of ${each.ramp}`);
      } else {
        each.rows.forEach((row) => encode(profile, each.memory, sampleValues(profile, each.memory, row)));
        encode(profile, each.none.send, sampleValues(profile, each.none.send, each.none.values));
      }
    } catch (error) {
      say(path, error instanceof Error ? error.message : String(error));
    }
  };
  const scripts = [
    { path: "simulate", ...profile.simulate },
    ...Object.entries(profile.simulate.faults).map(([name, fault]) => ({ path: `simulate.faults.${name}`, ...fault })),
  ];
  for (const script of scripts) {
    for (const [name, lines] of Object.entries(script.answers ?? {})) {
      if (profile.frames[name]?.to !== "device")
        say(`${script.path}.answers.${name}`, "there is no such frame to the device");
      lines.forEach((each, i) => line(each, `${script.path}.answers.${name}.${i}`));
    }
    (script.press ?? []).forEach((each, i) => line(each, `${script.path}.press.${i}`));
  }
}
