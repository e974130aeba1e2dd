import type { FromRoom, Leg, Receives, ToRoom } from "../../core/contract/room-signals.ts";
import type { LegStatistics, Seat } from "../ports/room-service.ts";

/** What a media server is told. It may die at any time; whoever drives it keeps the truth (`supervised.ts`). */
export type EngineCommand =
  | { readonly kind: "create"; readonly room: string }
  | { readonly kind: "join"; readonly room: string; readonly seat: Seat }
  | { readonly kind: "hear"; readonly room: string; readonly participant: string; readonly signal: ToRoom }
  | { readonly kind: "mute"; readonly room: string; readonly participant: string; readonly muted: boolean }
  | { readonly kind: "receive"; readonly room: string; readonly participant: string; readonly receives: Receives }
  | { readonly kind: "remove"; readonly room: string; readonly participant: string }
  | { readonly kind: "close"; readonly room: string }
  | { readonly kind: "statistics"; readonly room: string };

export type EngineAnswer =
  | { readonly ok: true; readonly legs?: readonly LegStatistics[] }
  | { readonly ok: false; readonly code: "room.unavailable" | "room.ended" | "room.full" };

export type EngineEvent =
  | { readonly kind: "signal"; readonly room: string; readonly participant: string; readonly signal: FromRoom }
  | {
      readonly kind: "leg";
      readonly room: string;
      readonly participant: string;
      readonly leg: Leg;
      readonly connected: boolean;
    }
  | { readonly kind: "speaker"; readonly room: string; readonly participant: string };

/** One running media server. */
export interface Engine {
  /** Never throws; a server that is gone answers `room.unavailable`. */
  ask(command: EngineCommand): Promise<EngineAnswer>;
  stop(): Promise<void>;
}

/** Starts one; undefined when it cannot be started here. `onDown` comes at most once, and not after `stop`. */
export type StartEngine = (on: {
  readonly event: (event: EngineEvent) => void;
  readonly down: () => void;
}) => Promise<Engine | undefined>;

/** More than a village consultation needs; the sections of a down leg are counted by it. */
export const seatLimit = 8;
