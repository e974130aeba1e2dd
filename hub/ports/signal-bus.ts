import type { SignalBody } from "../../core/contract/views.ts";

/** Something changed; whoever cares reads it again from the store. */
export type Topic =
  | "queue"
  | "alarms"
  | "people"
  | "care"
  | "breakings"
  | `call:${string}`
  | `calls:${string}`
  | `signals:${string}`
  | `blobs:${string}`
  | `journal:${string}`
  | `inbox:${string}`;

/** A signal as it lies in a box. */
export interface Posted {
  readonly seq: number;
  /** Its body, as JSON: it goes out as often as it must without being written anew. */
  readonly text: string;
}

/** How far one sender's own counting came in a call. */
export interface Counted {
  /** 0: nothing yet. */
  last: number;
}

export interface Listener {
  /** Told in the turn in which something is announced. */
  notice(): void;
}

/** Notices between the feeds, and the signals of a call for as long as its round lasts. Nothing here is durable. */
export interface SignalBus {
  announce(topic: Topic): void;
  listen(topic: Topic, listener: Listener): void;
  leave(topic: Topic, listener: Listener): void;
  /** Puts a signal into the box of a participant. */
  post(call: string, to: string, body: SignalBody): void;
  /** Of what `party` says under the name of one counting (an id it makes); forgotten with the round. */
  counted(call: string, party: string, name: string): Counted;
  /** Those for `party` with a number above `after`, in order. Numbers grow, also over a new round and a restart of the hub. */
  signals(call: string, party: string, after: number): readonly Posted[];
  /** Forgets what was said; numbers go on growing. */
  clear(call: string): void;
}
