import type { FromRoom, Receives, ToRoom } from "../../core/contract/room-signals.ts";
import type { FaultCode } from "../../core/domain/faults.ts";

/** Who sits in a room, and what passes between them and the others. */
export interface Seat {
  readonly participant: string;
  /** An observer sends nothing. */
  readonly sends: boolean;
  readonly muted: boolean;
  readonly receives: Receives;
}

export type RoomCode = Extract<FaultCode, "room.unavailable" | "room.ended" | "room.full">;
export type Done = { readonly ok: true } | { readonly ok: false; readonly code: RoomCode };

export interface LegStatistics {
  readonly participant: string;
  readonly leg: "up" | "down";
  readonly connected: boolean;
}

export type RoomEvent =
  | { readonly kind: "signal"; readonly room: string; readonly participant: string; readonly signal: FromRoom }
  /** The media of this leg runs, or ran and does no more. */
  | {
      readonly kind: "leg";
      readonly room: string;
      readonly participant: string;
      readonly leg: "up" | "down";
      readonly connected: boolean;
    }
  | { readonly kind: "speaker"; readonly room: string; readonly participant: string }
  /** The media worker died; the room stands again with the same seats, and every leg must be made anew. */
  | { readonly kind: "moved"; readonly room: string };

/**
 * Rooms for three and more: one forwarding server behind a narrow face, so that the embedded worker, Janus and, one day,
 * LiveKit are drivers. Clients never see its control socket; they see its media ports only. Codes of every answer:
 * `room.unavailable` (no media worker), `room.ended` (no such room or seat), `room.full`. Never throws.
 */
export interface RoomService {
  /** A new room under a name that cannot be guessed. */
  create(): Promise<{ readonly ok: true; readonly room: string } | Extract<Done, { ok: false }>>;
  /** Gives a seat. Joining again with the same participant keeps the seat and drops its legs. */
  join(room: string, seat: Seat): Promise<Done>;
  hear(room: string, participant: string, signal: ToRoom): Promise<Done>;
  mute(room: string, participant: string, muted: boolean): Promise<Done>;
  receive(room: string, participant: string, receives: Receives): Promise<Done>;
  remove(room: string, participant: string): Promise<Done>;
  close(room: string): Promise<Done>;
  statistics(room: string): Promise<readonly LegStatistics[]>;
  /** The answer ends the listening. */
  onEvent(listener: (event: RoomEvent) => void): () => void;
  stop(): Promise<void>;
}
