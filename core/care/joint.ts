import { z } from "zod";
import { signatorySchema, signatureSchema, type Signature, type SignedKind } from "./signed.ts";

/** Under what every participant signs the text of a joint consultation. */
export const jointKind: SignedKind = "jointOpinion";
/** Under what the responsible doctor signs the opinion that concludes it. */
export const conclusionKind: SignedKind = "jointConclusion";

const part = z.string().trim().min(1).max(4_000);
const id = z.uuid();
const version = z.int().min(1).max(100);

/**
 * One version of what the doctors of a 会诊 say together: the very document each of them signs. It is never changed; another
 * text is the next version, and is signed anew by everybody.
 */
export const jointTextSchema = z.strictObject({
  joint: id,
  version,
  call: id,
  visit: z.string().min(1),
  station: z.string().min(1),
  responsible: z.strictObject({ id: z.string().min(1), name: z.string().min(1) }),
  /** Those who are to sign, the responsible one first. */
  participants: z
    .array(signatorySchema.pick({ id: true, name: true, role: true }))
    .min(2)
    .max(12),
  assessment: part,
  plan: part,
  draftedAt: z.iso.datetime({ precision: 3 }),
});
export type JointText = z.infer<typeof jointTextSchema>;

/** What an opinion has to do with a joint one. A dissent is recorded beside it, not averaged into it. */
export const jointLinkSchema = z.discriminatedUnion("as", [
  z.strictObject({ as: z.literal("dissent"), joint: id, version }),
  z.strictObject({
    as: z.literal("conclusion"),
    /** What was agreed on, and everybody's own signature under it: together they can be checked anywhere. */
    text: jointTextSchema,
    signatures: z.array(signatureSchema).min(1).max(12),
    /** Opinions of those who did not sign. */
    dissents: z.array(id).max(12),
  }),
]);
export type JointLink = z.infer<typeof jointLinkSchema>;

/** A text and the signatures under it, in the order they came. */
export interface JointVersion {
  readonly text: JointText;
  readonly signatures: readonly Signature[];
}
/** Every version, the newest last; the earlier ones stay readable with what was signed under them. */
export interface Joint {
  readonly id: string;
  readonly versions: readonly [JointVersion, ...JointVersion[]];
}

export type JointCode = "care.changed" | "care.notYours" | "care.notNow";

export const newestOf = ({ versions: [first, ...later] }: Joint): JointVersion => later.at(-1) ?? first;

export const hasSigned = ({ signatures }: JointVersion, person: string): boolean =>
  signatures.some(({ by }) => by.id === person);

/** The joint opinion with one more version. One that does not follow the newest changes nothing: the first of two wins. */
export function drafted(joint: Joint | undefined, text: JointText): Joint | undefined {
  const fresh: JointVersion = { text, signatures: [] };
  if (!joint) return text.version === 1 ? { id: text.joint, versions: [fresh] } : undefined;
  if (text.joint !== joint.id || text.version !== newestOf(joint).text.version + 1) return joint;
  return { id: joint.id, versions: [...joint.versions, fresh] };
}

/** With a signature under one version; a person signs a version once. */
export function signed(joint: Joint, under: number, signature: Signature): Joint {
  const [first, ...later] = joint.versions;
  const put = (one: JointVersion): JointVersion =>
    one.text.version === under && !hasSigned(one, signature.by.id)
      ? { text: one.text, signatures: [...one.signatures, signature] }
      : one;
  return { id: joint.id, versions: [put(first), ...later.map(put)] };
}

/** Why this person may not sign this version; undefined: may. `care.changed`: the text is another by now. */
export function refusedToSign(joint: Joint, under: number, person: string): JointCode | undefined {
  const newest = newestOf(joint);
  if (!newest.text.participants.some(({ id }) => id === person)) return "care.notYours";
  return under === newest.text.version ? undefined : "care.changed";
}

/** Why the responsible doctor may not conclude; `care.notNow`: somebody neither signed nor wrote a dissent. */
export function refusedToConclude(
  joint: Joint,
  under: number,
  person: string,
  /** Persons who wrote a dissent from a version, by that version. */
  dissents: readonly { readonly by: string; readonly version: number }[],
): JointCode | undefined {
  const newest = newestOf(joint);
  if (newest.text.responsible.id !== person) return "care.notYours";
  if (under !== newest.text.version) return "care.changed";
  const spoke = ({ id }: { readonly id: string }) =>
    hasSigned(newest, id) || dissents.some((one) => one.by === id && one.version === under);
  return newest.text.participants.every(spoke) && hasSigned(newest, person) ? undefined : "care.notNow";
}

/** Those who neither signed the newest version nor dissented from it. */
export const owing = (joint: Joint, dissenters: readonly string[]): readonly JointText["participants"][number][] =>
  newestOf(joint).text.participants.filter(({ id }) => !hasSigned(newestOf(joint), id) && !dissenters.includes(id));
