import { createPublicKey, verify } from "node:crypto";
import type { VerifyText } from "../../core/care/signed.ts";

/** Ed25519 over UTF-8. False also for a key that is none. */
export const verifyText: VerifyText = (text, signature, publicKey) => {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
};
