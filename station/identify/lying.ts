import { createHmac, randomBytes } from "node:crypto";
import type { Private } from "../../core/domain/private.ts";

/**
 * Cards that have said who their holder is and still lie on a reader. Each says so once: whoever comes next must not be shown
 * part of the name of somebody who forgot their card. Kept as a hash under a key of this process's own, until it is taken.
 */
export class LyingCards {
  readonly #key = randomBytes(32);
  readonly #byReader = new Map<string, string>();

  /** On which readers. */
  get readers(): readonly string[] {
    return [...this.#byReader.keys()];
  }

  said(reader: string, card: Private<Readonly<Record<string, string>>>): void {
    this.#byReader.set(reader, this.#hash(card));
  }

  hasSaid(reader: string, card: Private<Readonly<Record<string, string>>>): boolean {
    return this.#byReader.get(reader) === this.#hash(card);
  }

  taken(reader: string): void {
    this.#byReader.delete(reader);
  }

  #hash(card: Private<Readonly<Record<string, string>>>): string {
    return createHmac("sha256", this.#key).update(JSON.stringify(card.reveal())).digest("base64");
  }
}
