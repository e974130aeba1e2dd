import type { CallView } from "../../core/contract/hub-calls.ts";
import { nothingSaid } from "../consult/line-words.ts";
import type { HubDoor } from "../desk/hub.ts";
import { openRound, type ConsultKit, type Round, type RoundShown } from "../desk/round.ts";
import { cell, type Shown } from "../desk/shown.ts";

interface FamilyShown extends RoundShown {
  readonly view: CallView | undefined;
  readonly lineUp: boolean;
  readonly over: boolean;
}

export interface FamilyCall {
  readonly shown: Shown<FamilyShown>;
  mute(muted: boolean): void;
  leave(): void;
  close(): void;
}

/** A relative's side of a call: voice and picture in its room, and nothing of what is measured or written. */
export function openFamilyCall(door: HubDoor, call: string, loadKit: () => Promise<ConsultKit>): FamilyCall {
  const shown = cell<FamilyShown>({
    view: undefined,
    lineUp: false,
    over: false,
    media: "off",
    cameraFault: undefined,
    local: null,
    remote: null,
    muted: false,
    line: nothingSaid,
    talk: "pair",
    room: undefined,
    parties: new Map(),
  });
  let round: Round | undefined;
  let isOver = false;
  const update = (change: Partial<FamilyShown>) => shown.set({ ...shown.get(), ...change });
  const end = () => {
    if (isOver) return;
    isOver = true;
    for (const leave of leaving) leave();
    round?.close();
    update({ over: true, local: null, parties: new Map(), room: undefined });
    door.close();
  };
  const hear = (view: CallView) => {
    update({ view });
    if (round) round.follow(view);
    else if (view.ticket !== undefined)
      round = openRound({
        door,
        call,
        loadKit,
        first: view,
        show: update,
        onLive: () => undefined,
        onAsk: () => undefined,
        onBlob: () => undefined,
        onBlobItem: () => undefined,
        onStep: () => undefined,
      });
    const own = view.participants.find(({ id }) => id === view.you)?.muted;
    if (own !== undefined && own !== shown.get().muted) round?.mute(own);
  };
  const leaving = [
    door.onState((state) => {
      // The session ends with the part in the call.
      if (state === "forbidden") end();
      else update({ lineUp: state === "open" });
    }),
    door.feed((client, options) => client.call.watch({ call }, options), hear, end),
  ];
  return {
    shown,
    mute(muted) {
      const you = shown.get().view?.you;
      if (you === undefined) return;
      round?.mute(muted);
      void door.client.call.mute({ call, participant: you, muted }).catch(() => undefined);
    },
    leave() {
      // Camera and microphone go off at once, whatever the line does.
      round?.close();
      void door.client.call.leave({ call }).then(end, end);
    },
    close: end,
  };
}
