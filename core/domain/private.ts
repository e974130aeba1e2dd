/**
 * A value that must not be printed: names, id numbers, phone numbers, pictures.
 * `String(secret)`, templates and JSON show `[private]`; only `reveal()` gives the value, in a screen or a form.
 */
export class Private<T> {
  readonly #value: T;
  constructor(value: T) {
    this.#value = value;
  }
  reveal(): T {
    return this.#value;
  }
  toString(): string {
    return "[private]";
  }
  toJSON(): string {
    return "[private]";
  }
}
