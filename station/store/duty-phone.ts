import type { Database } from "./open.ts";

/** The number to call while no doctor can be reached, as the hub said last. */
export class DutyPhone {
  readonly #find;
  readonly #put;

  constructor(db: Database) {
    this.#find = db.prepare<[], { readonly phone: string }>("SELECT phone FROM duty_phone");
    this.#put = db.prepare<[string]>("INSERT OR REPLACE INTO duty_phone VALUES (1, ?)");
  }

  find(): string | undefined {
    return this.#find.get()?.phone;
  }

  put(phone: string): void {
    this.#put.run(phone);
  }
}
