import type { RoomPhase } from "../../core/domain/rooms.ts";

/** Which talks are open in a phase, and which of them is shown and heard. */
export function talksIn(phase: RoomPhase): { readonly pair: boolean; readonly room: boolean; readonly shown: Talk } {
  return {
    pair: phase !== "room",
    room: phase !== "pair",
    shown: phase === "pair" || phase === "preparing" ? "pair" : "room",
  };
}

export type Talk = "pair" | "room";

/** What one end of a talk needs to be: the direct peer and the room both are. */
export interface OpenTalk {
  close(): void;
}

export interface SwitchParts {
  /** The camera and microphone of the visit: opened once, lent to each talk as clones, ended by whoever opened them. */
  readonly camera: MediaStream | undefined;
  /** Ends its `local` on close, as `openPeer` and `openRoom` do. */
  readonly openPair: (local: MediaStream | undefined) => OpenTalk;
  readonly openRoom: (local: MediaStream | undefined) => OpenTalk & { moved(): void };
  /** What is to be seen and heard from now on. */
  readonly show: (talk: Talk) => void;
}

export interface Followed {
  readonly phase: RoomPhase;
  readonly epoch: number;
  /** One's own seat: another one is another room. */
  readonly you?: string | undefined;
  /** With whom the direct talk is: another one is another talk. */
  readonly pair?: string | undefined;
}

export interface TalkSwitch {
  /** As the hub says; a phase that is missed because the line was cut is no harm. */
  follow(view: Followed): void;
  close(): void;
}

/**
 * Make before break: the next talk is opened beside the present one, and the old one is closed only when the hub has heard
 * from both sides that the next one runs (realtime.md §3.5). While both are open the direct one sends no picture: two do not
 * fit a village line.
 */
export function createTalkSwitch(parts: SwitchParts): TalkSwitch {
  let pair:
    { readonly talk: OpenTalk; readonly local: MediaStream | undefined; readonly of: string | undefined } | undefined;
  let room:
    { readonly talk: OpenTalk & { moved(): void }; epoch: number; readonly you: string | undefined } | undefined;
  let shown: Talk | undefined;

  const showPicture = (on: boolean) => {
    for (const track of pair?.local?.getVideoTracks() ?? []) track.enabled = on;
  };
  const closePair = () => {
    pair?.talk.close();
    pair = undefined;
  };
  const closeRoom = () => {
    room?.talk.close();
    room = undefined;
  };

  return {
    follow({ phase, epoch, you, pair: of }) {
      const wanted = talksIn(phase);
      if (pair && pair.of !== of) closePair();
      if (wanted.pair && !pair) {
        const local = parts.camera?.clone();
        pair = { talk: parts.openPair(local), local, of };
      }
      if (room && you !== undefined && room.you !== you) closeRoom();
      if (wanted.room && !room && you !== undefined) room = { talk: parts.openRoom(parts.camera?.clone()), epoch, you };
      else if (wanted.room && room && room.epoch !== epoch) {
        room.epoch = epoch;
        room.talk.moved();
      }
      showPicture(!wanted.room);
      if (shown !== wanted.shown) {
        shown = wanted.shown;
        parts.show(shown);
      }
      if (!wanted.pair) closePair();
      if (!wanted.room) closeRoom();
    },
    close() {
      closePair();
      closeRoom();
    },
  };
}
