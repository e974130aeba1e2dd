import type { Database } from "./open.ts";

/** What checks a PIN, and how often in a row it was wrong. `triedAt`: milliseconds since 1970 UTC; 0 for never. */
export interface PinSecret {
  readonly verifier: string;
  readonly wrong: number;
  readonly triedAt: number;
}

/** PIN verifiers of the station's staff, in the encrypted file and nowhere else. */
export class PinSecrets {
  readonly #find;
  readonly #put;
  readonly #tried;
  readonly #drop;

  constructor(db: Database) {
    this.#find = db.prepare<[string], PinSecret>(
      "SELECT verifier, wrong, tried_at AS triedAt FROM staff_secrets WHERE staff = ?",
    );
    this.#put = db.prepare<[string, string]>("INSERT OR REPLACE INTO staff_secrets VALUES (?, ?, 0, 0)");
    this.#tried = db.prepare<[number, number, string]>(
      "UPDATE staff_secrets SET wrong = ?, tried_at = ? WHERE staff = ?",
    );
    this.#drop = db.prepare<[string]>("DELETE FROM staff_secrets WHERE staff = ?");
  }

  find(staff: string): PinSecret | undefined {
    return this.#find.get(staff);
  }

  /** Wrong tries are forgotten with the old PIN. */
  put(staff: string, verifier: string): void {
    this.#put.run(staff, verifier);
  }

  tried(staff: string, wrong: number, triedAt: number): void {
    this.#tried.run(wrong, triedAt, staff);
  }

  drop(staff: string): void {
    this.#drop.run(staff);
  }
}
