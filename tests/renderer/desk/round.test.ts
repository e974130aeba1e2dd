import { expect, onTestFinished, test, vi } from "vitest";
import type { RoomView } from "../../../core/contract/hub-rooms.ts";
import type { CallView, TalkHeard, TalkSaid } from "../../../core/contract/hub-calls.ts";
import type { Signal, SignalBody } from "../../../core/contract/views.ts";
import type { HubDoor } from "../../../renderer/desk/hub.ts";
import type { PeerState } from "../../../renderer/consult/peer.ts";
import type { RoomOptions } from "../../../renderer/consult/room.ts";
import { openRound, type ConsultKit, type RoundShown } from "../../../renderer/desk/round.ts";
import { Story } from "../../../station/feed.ts";
import { fakeMedia } from "../fake-media.ts";
import { Followed } from "./followed.ts";

const call = "019a0000-0000-7000-8000-00000000c00a";
const party = (id: string, role: "resident" | "doctor" | "specialist") => ({
  id,
  kind: role === "resident" ? ("station" as const) : ("person" as const),
  name: id,
  role,
  state: "here" as const,
  muted: false,
  handOver: false,
});
const taken = (owner: string, you: string, round = 1): CallView => ({
  call,
  mode: "assisted",
  state: "ringing",
  severity: 1,
  clinician: { id: owner, name: owner },
  round,
  participants: [party("s", "resident"), party("d", "doctor"), party("x", "specialist")],
  you,
  step: "near",
  peer: "here",
  iceServers: [],
  ticket: "t",
});
const room = (phase: RoomView["phase"], epoch = 1): RoomView => ({
  call,
  phase,
  epoch,
  you: "seat",
  seats: [],
  receives: "all",
  observed: false,
  iceServers: [],
});

/** One line of the talk, from the hub's side. */
interface Listen {
  readonly after: number;
  readonly ticket: string;
  readonly name: string;
  readonly spoken: readonly SignalBody[];
  end(): void;
  say(signal: Signal): void;
}

/** A desk's round over a hub whose feeds are in the test's hands. */
async function round(owner: string, you: string, phase: RoomView["phase"] = "room") {
  const shown: Partial<RoundShown> = {};
  const told: { room?: (state: PeerState) => void } = {};
  const media = fakeMedia();
  onTestFinished(() => void vi.unstubAllGlobals());
  const rooms = new Followed<RoomView>(room(phase));
  const listens: Listen[] = [];
  const heard: Signal[] = [];
  const ups: unknown[] = [];
  const client = {
    me: { whoami: async () => ({}) },
    call: {
      ticket: async () => ({ ticket: "fresh" }),
      mediaUp: async () => ({}),
      talk: async (told: AsyncGenerator<TalkSaid, void, undefined>) => {
        const { value: opening } = await told.next();
        if (!opening || !("ticket" in opening)) throw new Error("no opening");
        const heardThere = new Story<TalkHeard>();
        const spoken: SignalBody[] = [];
        listens.push({
          ...opening,
          spoken,
          end: () => heardThere.close(),
          say: (signal) => heardThere.push({ heard: 0, signal }),
        });
        void (async () => {
          for await (const item of told) if ("n" in item) spoken.push(item.body);
        })();
        return heardThere.read();
      },
    },
    room: {
      watch: (_: unknown, { signal }: { readonly signal: AbortSignal }) => rooms.feed(signal),
      signals: async function* () {},
      up: async (told: unknown) => void ups.push(told),
    },
  };
  const door = {
    client,
    state: "open",
    onState: () => () => undefined,
    feed(subscribe: (of: unknown, options: object) => unknown, onItem: (item: unknown) => void, onEnd?: () => void) {
      const leaving = new AbortController();
      void (async () => {
        const items = (await subscribe(client, { signal: leaving.signal })) as AsyncIterable<unknown>;
        for await (const item of items) if (!leaving.signal.aborted) onItem(item);
        if (!leaving.signal.aborted) onEnd?.();
      })();
      return () => leaving.abort();
    },
  } as unknown as HubDoor;
  const kit = {
    openCamera: async () => ({ ok: false, code: "consult.camera" }),
    openPeer: () => ({ hear: (signal: Signal) => void heard.push(signal), close: () => undefined }),
    openRoom: ({ onState }: RoomOptions) => {
      told.room = onState;
      return { hear: () => undefined, moved: () => undefined, close: () => undefined };
    },
  } as unknown as ConsultKit;
  const quiet = () => undefined;
  const own = openRound({
    door,
    call,
    loadKit: async () => kit,
    first: taken(owner, you),
    show: (change) => Object.assign(shown, change),
    onLive: quiet,
    onAsk: quiet,
    onBlob: quiet,
    onBlobItem: quiet,
    onStep: quiet,
  });
  onTestFinished(() => own.close());
  await vi.waitFor(() => expect(listens).toHaveLength(1));
  return { own, rooms, listens, heard, media, ups, shown, told };
}

const restart = (seq: number): Signal => ({ seq, body: { kind: "restart", generation: seq } });

test("who becomes the owner in the room hears the station again: the signals of the new round", async () => {
  const { own, rooms, listens, heard } = await round("d", "x");
  listens[0]?.end();
  own.follow(taken("x", "x", 2));
  await vi.waitFor(() => expect(listens).toHaveLength(2));
  rooms.set(room("returning"));
  listens[1]?.say(restart(4));
  await vi.waitFor(() => expect(heard).toEqual([restart(4)]));
});

test("who waits for the room is told that it runs, also where it ran before everybody moved there", async () => {
  const { rooms, shown, told } = await round("d", "x", "preparing");
  await vi.waitFor(() => expect(told.room).toBeDefined());
  told.room?.("connected");
  expect(shown).toMatchObject({ talk: "pair", media: "connecting" });
  rooms.set(room("room"));
  await vi.waitFor(() => expect(shown).toMatchObject({ talk: "room", media: "connected" }));
});

test("what comes before the direct talk is open is not lost on it", async () => {
  const { own, rooms, listens, heard } = await round("x", "x");
  own.follow(taken("x", "x"));
  listens[0]?.say(restart(1));
  await vi.waitFor(() => expect(listens[0]).toBeDefined());
  rooms.set(room("returning"));
  await vi.waitFor(() => expect(heard).toEqual([restart(1)]));
});
