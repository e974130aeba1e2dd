import { z } from "zod";
import { canonical } from "../journal/canonical.ts";

/** What can be signed. The word is part of what is signed: a signature under one kind is none under another. */
export const signedKinds = [
  "opinion",
  "jointOpinion",
  "jointConclusion",
  "prescription",
  "prescriptionReview",
  "referral",
  "followUp",
  "carePlan",
  "contract",
] as const;
export type SignedKind = (typeof signedKinds)[number];

/** Who signs, as shown beside the signature. */
export const signatorySchema = z.strictObject({
  /** The account's id at the hub. */
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(100),
  role: z.string().min(1).max(32),
  /** Number of the license to practice. */
  licence: z.string().min(1).max(64).optional(),
});
export type Signatory = z.infer<typeof signatorySchema>;

const when = z.iso.datetime({ precision: 3 });
/** Ed25519, 32 raw bytes as base64url. */
const publicKeySchema = z.string().regex(/^[\w-]{43}$/);
/** Ed25519, 64 raw bytes as base64url. */
const signatureText = z.string().regex(/^[\w-]{86}$/);

/**
 * The hub's word that this person proved both secrets and opened this key, and until when. It is made anew at each opening.
 * `signature` is the hub's own, over `certifiedText`.
 */
export const certificateSchema = z.strictObject({
  hub: z.string().min(1).max(64),
  openedAt: when,
  until: when,
  signature: signatureText,
});
export type Certificate = z.infer<typeof certificateSchema>;

/**
 * A person's signature over one document, kept beside it. `legal: "test"` says what it is worth: 测试签名,无法律效力. It is made
 * with a software key and no licensed authority vouches for it.
 */
export const signatureSchema = z.strictObject({
  of: z.enum(signedKinds),
  by: signatorySchema,
  at: when,
  algorithm: z.literal("Ed25519"),
  publicKey: publicKeySchema,
  legal: z.literal("test"),
  certificate: certificateSchema,
  signature: signatureText,
});
export type Signature = z.infer<typeof signatureSchema>;
/** All of a signature but the number itself: it is signed together with the document. */
export type Statement = Omit<Signature, "signature">;

/**
 * The very text that is signed: the document, and what the signature says of itself, so that neither name nor time can be
 * exchanged afterwards. `document` is without its signatures.
 */
export function signedText(
  document: object,
  { of, by, at, algorithm, publicKey, legal, certificate }: Statement,
): string {
  return canonical({
    purpose: "document-signature",
    document,
    statement: { of, by, at, algorithm, publicKey, legal, certificate },
  });
}

/** What the hub signs when it certifies an opened key. */
export function certifiedText(
  { hub, openedAt, until }: Omit<Certificate, "signature">,
  by: Signatory,
  publicKey: string,
): string {
  return canonical({ purpose: "signing-key", hub, openedAt, until, by, publicKey });
}

/** Whether `signature` over the UTF-8 of `text` is by this key; both base64url. Given by the room that has one. */
export type VerifyText = (text: string, signature: string, publicKey: string) => boolean;

/**
 * `valid`; `changed`: document, name or time are not what was signed; `stranger`: no hub we know certified the key, or not
 * for this person and moment; `otherKind`: signed as something else.
 */
export type Verdict = "valid" | "changed" | "stranger" | "otherKind";

/** `hubs`: public keys by hub id. `document` without its signatures, as it was given to the signer. */
export function checkSignature(
  { of, document, signature }: { readonly of: SignedKind; readonly document: object; readonly signature: Signature },
  hubs: Readonly<Partial<Record<string, string>>>,
  verify: VerifyText,
): Verdict {
  const { certificate, by, publicKey, at } = signature;
  if (signature.of !== of) return "otherKind";
  if (!verify(signedText(document, signature), signature.signature, publicKey)) return "changed";
  const hubKey = Object.hasOwn(hubs, certificate.hub) ? hubs[certificate.hub] : undefined;
  const inTime = certificate.openedAt <= at && at <= certificate.until;
  const certified =
    hubKey !== undefined && verify(certifiedText(certificate, by, publicKey), certificate.signature, hubKey);
  return inTime && certified ? "valid" : "stranger";
}
