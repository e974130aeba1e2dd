import { v7 as uuidv7 } from "uuid";
import { TalkSide } from "../../core/contract/talk-side.ts";
import type { Signal, SignalBody } from "../../core/contract/views.ts";
import type { HubDoor } from "./hub.ts";

/** The page's side of a call at the hub: its ticket, and the talk of two. */
export interface DeskTalk {
  /** Good on this line and in this round. Fails as `call.ticket` does. */
  ticket(): Promise<string>;
  /** Goes when there is a line; what the hub has not heard when a round ends goes with the round. */
  say(body: SignalBody): void;
  /** The newest word of the hub. */
  follow(round: number): void;
  close(): void;
}

export interface DeskTalkParts {
  readonly door: HubDoor;
  readonly call: string;
  /** As it came with the call: saves asking for one before the first word. */
  readonly ticket: string | undefined;
  /** A relative comes by the room alone, and neither speaks nor listens here. */
  readonly talks: boolean;
  /** Signals in order, each once. */
  readonly hear: (signal: Signal) => void;
}

/** Begins with the first word of the hub that it is told. */
export function openDeskTalk({ door, call, hear, talks, ...first }: DeskTalkParts): DeskTalk {
  const side = new TalkSide({ call, name: uuidv7 });
  let round: number | undefined;
  const given = talks && first.ticket !== undefined ? Promise.resolve(first.ticket) : undefined;
  let ticket = given;
  let listening = false;
  let leave: () => void = () => undefined;

  const ticketNow = () => {
    const asked = (ticket ??= door.client.call.ticket({ call }).then((answer) => answer.ticket));
    asked.catch(() => {
      if (ticket === asked) ticket = undefined;
    });
    return asked;
  };

  const listen = () => {
    if (!talks) return;
    leave();
    listening = true;
    leave = door.feed(
      async ({ call: line }, { signal }) => side.over(line, await ticketNow(), signal),
      hear,
      // Whatever ended it, the hub's next word starts it anew. The first ticket may have waited for a camera for too long.
      (code) => {
        const mayBeOld = ticket === given && code === "consult.notYours";
        listening = false;
        ticket = undefined;
        if (mayBeOld) listen();
      },
    );
  };

  // Before the feed that needs it: a ticket is good on the connection of its first use alone.
  const forget = door.onState((state) => {
    if (state !== "open") ticket = undefined;
  });

  return {
    ticket: ticketNow,
    say: (body) => side.say(body),
    follow(now) {
      if (round !== undefined && now !== round) {
        ticket = undefined;
        side.newRound();
        listen();
      } else if (!listening) listen();
      round = now;
    },
    close() {
      forget();
      leave();
      side.close();
    },
  };
}
