import type { Database } from "./open.ts";

/** A picture or a voice of a message. `hash`: lower-case hex SHA-256. */
export interface MessageBlob {
  readonly blob: string;
  readonly kind: string;
  readonly media: string;
  readonly hash: string;
  readonly content: Uint8Array;
}

/** A message that the hub does not have yet. `asked`: JSON, of who keeps it. */
export interface WaitingMessage {
  readonly call: string;
  readonly asked: string;
  readonly blobs: readonly MessageBlob[];
}

/** Messages for a doctor, until the hub has them: in the encrypted file and nowhere else. */
export class Messages {
  readonly #put;
  readonly #waiting;
  readonly #drop;

  constructor(db: Database) {
    const message = db.prepare<[string, string, number]>("INSERT OR IGNORE INTO messages VALUES (?, ?, ?)");
    const blob = db.prepare<[string, string, string, string, string, Uint8Array]>(
      "INSERT OR IGNORE INTO message_blobs VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#put = db.transaction((waiting: WaitingMessage, keptAt: number) => {
      message.run(waiting.call, waiting.asked, keptAt);
      for (const { blob: id, kind, media, hash, content } of waiting.blobs)
        blob.run(id, waiting.call, kind, media, hash, content);
    });
    const first = db.prepare<[], { readonly call: string; readonly asked: string }>(
      "SELECT call, asked FROM messages ORDER BY kept_at, call LIMIT 1",
    );
    const of = db.prepare<[string], MessageBlob>(
      "SELECT blob, kind, media, hash, content FROM message_blobs WHERE call = ? ORDER BY rowid",
    );
    this.#waiting = (): WaitingMessage | undefined => {
      const next = first.get();
      return next && { ...next, blobs: of.all(next.call) };
    };
    const blobs = db.prepare<[string]>("DELETE FROM message_blobs WHERE call = ?");
    const gone = db.prepare<[string]>("DELETE FROM messages WHERE call = ?");
    this.#drop = db.transaction((call: string) => {
      blobs.run(call);
      gone.run(call);
    });
  }

  /** All of it or nothing; a second time is the first. */
  put(message: WaitingMessage, keptAt: number): void {
    this.#put.immediate(message, keptAt);
  }

  /** The one that waits longest. */
  first(): WaitingMessage | undefined {
    return this.#waiting();
  }

  drop(call: string): void {
    this.#drop.immediate(call);
  }
}
