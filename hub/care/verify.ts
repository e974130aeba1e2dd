import { checkSignature, type Signature, type SignedKind, type Verdict } from "../../core/care/signed.ts";
import type { RecordStore } from "../ports/records.ts";
import type { Signer } from "../ports/signer.ts";
import { verifyText } from "../store/secrets.ts";

/** As `checkSignature` with this hub's own key; and the key must be the one this hub knows as the signer's. */
export async function verifySigned(
  signed: { readonly of: SignedKind; readonly document: object; readonly signature: Signature },
  { records, signer }: { readonly records: Pick<RecordStore, "hub" | "publicKey">; readonly signer: Signer },
): Promise<Verdict> {
  const verdict = checkSignature(signed, { [records.hub]: records.publicKey }, verifyText);
  const { by, publicKey } = signed.signature;
  return verdict === "valid" && !(await signer.isKeyOf(by.id, publicKey)) ? "stranger" : verdict;
}
