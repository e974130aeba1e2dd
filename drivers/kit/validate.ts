import type { z } from "zod";
import { crc8Bits, isCrc, isWeak } from "./checks.ts";
import type { Say } from "./envelope.ts";
import { envelopeFor, kindOf } from "./envelopes.ts";
import { frameSizes } from "./frame-table.ts";
import { gatheredFrames } from "./gathered.ts";
import { rulesOf } from "./rules.ts";
import { profileSchema, type Frame, type Profile } from "./schema.ts";
import { chineseOf, chineseOfIssue } from "./reasons.ts";
import { checkMeaning } from "./validate-meaning.ts";
import { checkSessions } from "./validate-session.ts";
import { checkSimulator } from "./validate-simulate.ts";
import { checkSettings } from "./settings-check.ts";

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
  checkSessions(profile, say);
  checkSafety(profile, say);
  checkSettings(profile, say);
  if (problems.length === 0) checkSimulator(profile, say);
  return problems.length === 0 ? { ok: true, profile } : { ok: false, problems };
}

/** Of a union, the branch that came furthest: "this rule has a wrong code" rather than "this is no rule". */
function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): readonly Problem[] {
  const path = [...above, ...issue.path];
  const because = (reason: string): readonly Problem[] => [
    { path: path.map(String).join("."), reason, zh: chineseOf(reason) ?? reason },
  ];
  if ("input" in issue && issue.input === undefined && typeof path.at(-1) === "string") return because("it is missing");
  if (issue.code === "invalid_union" && issue.errors.length === 0) return because("there is no such kind");
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

/** Can a frame of this table take this form on the wire? */
export function canForm(
  profile: Profile,
  frame: Frame,
  pattern: { readonly at: number; readonly is: string },
): boolean {
  const envelope = envelopeFor(profile, "device");
  return envelope !== undefined && kindOf(envelope).canForm(profile, envelope, frame, pattern);
}

/** Frames that become a measurement by themselves: their check alone stands between a disturbed line and a number. */
function believedAlone(profile: Profile): readonly string[] {
  const gathered = gatheredFrames(profile);
  return Object.keys(profile.meaning).filter(
    (frame) => !gathered.has(frame) && rulesOf(profile, frame).some(({ kind }) => kind === "measurement"),
  );
}

/** Numbers that nobody compares are proven otherwise: by a wide check, by being said twice, or by a CRC over few bits. */
function checkProof(profile: Profile, say: Say): void {
  const { check, confirm, display = true } = profile;
  if (!display && confirm === "display") say("confirm", "what has no display is not compared with one");
  if (confirm === "display" || !isWeak(check)) return;
  for (const name of believedAlone(profile)) {
    const frame = profile.frames[name];
    const bits = frame?.size === undefined ? Number.POSITIVE_INFINITY : 8 * frameSizes(frame)[1];
    if (display || !isCrc(check)) {
      say("confirm", `frames with the check ${check} are confirmed on the display`);
      return;
    }
    if (bits > crc8Bits) say(`frames.${name}`, `its ${bits} bits are more than the check ${check} covers`);
  }
}

function checkSafety(profile: Profile, say: Say): void {
  checkProof(profile, say);
  const { host } = profile.envelopes;
  if (("check" in host ? (host.check?.kind ?? "none") : "none") !== profile.check)
    say("check", "it is not the check of the envelope");
  for (const pattern of profile.forbidden) {
    for (const [name, frame] of Object.entries(profile.frames)) {
      if (frame.to === "device" && canForm(profile, frame, pattern))
        say(`frames.${name}`, `it can form the forbidden ${pattern.name}`);
    }
  }
}
