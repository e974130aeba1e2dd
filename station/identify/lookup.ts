import { createHmac } from "node:crypto";
import type { Private } from "../../core/domain/private.ts";
import type { IdentityWay } from "../../core/journal/visit-bodies.ts";

/**
 * What a person is found again by: an HMAC-SHA256 of the number under a secret that never leaves this machine, lower-case hex.
 * The number itself is kept nowhere, and from the hash it cannot be tried out without the secret. Card number, code, and
 * phone number with the card's last four characters are apart: a hash of one is never one of another.
 */
export class Lookup {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  card(number: Private<string>): string {
    return this.#key("card", number.reveal().toUpperCase());
  }

  /** Opaque: as it was given, to the last space. */
  code(text: Private<string>): string {
    return this.#key("code", text.reveal());
  }

  /** Both in one: neither is right alone, and one hash says nothing of either. */
  phone(phone: Private<string>, second: Private<string>): string {
    const digits = phone
      .reveal()
      .replaceAll(/\D/gu, "")
      .replace(/^86(?=1\d{10}$)/u, "");
    return this.#key("phone", digits, second.reveal().trim().toUpperCase());
  }

  #key(way: IdentityWay, ...parts: readonly string[]): string {
    return createHmac("sha256", this.#secret)
      .update(JSON.stringify([way, ...parts]))
      .digest("hex");
  }
}
