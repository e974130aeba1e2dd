/** Whose line: `station:<id>` or `person:<id>`. */
export type LineOf = `station:${string}` | `person:${string}`;

/** Who has a socket open, anywhere. May lag behind the truth by seconds in a distributed driver; nothing durable hangs on it. */
export interface Presence {
  arrived(line: LineOf, connection: string): void;
  left(line: LineOf, connection: string): void;
  isHere(line: LineOf): boolean;
  /** When a line that is not here went, milliseconds since 1970 UTC; undefined where nobody remembers. */
  leftAt(line: LineOf): number | undefined;
  /** Told when a line comes or goes, not per connection. The answer ends the listening. */
  onChange(listener: (line: LineOf, here: boolean) => void): () => void;
}
