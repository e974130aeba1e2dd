import { createHmac, randomBytes } from "node:crypto";
import type { Private } from "../../core/domain/private.ts";

/**
 * Cards that have said who their holder is and still lie on a reader. Each says so once: whoever comes next must not be shown
 * part of the name of somebody who forgot their card. Kept as a hash under a key of this process's own, until it is taken.
 */
export class LyingCards {
  readonly #key = randomBytes(32);
  readonly #byReader = new Map<string, string>();
  readonly #unseen = new Set<string>();

  /** On which readers. */
  get readers(): readonly string[] {
    return [...this.#byReader.keys()];
  }

  said(reader: string, card: Private<Readonly<Record<string, string>>>): void {
    this.#byReader.set(reader, this.#hash(card));
    this.#unseen.delete(reader);
  }

  /**
   * The reader sees none. Many see a card that was read only after it was lifted (dossier id-card-reader-sdt-samv §8): it may
   * have been taken or not, but nobody is shown who it is unless somebody lifts it and lays it down.
   */
  empty(reader: string): void {
    if (this.#byReader.delete(reader)) this.#unseen.add(reader);
  }

  /** A card was read there, and whether it was taken nobody knows. */
  mayLie(reader: string): boolean {
    return this.#unseen.has(reader);
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
