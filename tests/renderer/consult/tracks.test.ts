import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CallView } from "../../../core/contract/hub-calls.ts";
import type { ConsultView } from "../../../core/contract/station.ts";
import type { Signal } from "../../../core/contract/views.ts";
import { closeCamera, openCamera, openMicrophone, openPicture } from "../../../renderer/consult/camera.ts";
import { openPeer } from "../../../renderer/consult/peer.ts";
import { openRoom } from "../../../renderer/consult/room.ts";
import { takeStill } from "../../../renderer/consult/still.ts";
import { recordVoice } from "../../../renderer/consult/voice-note.ts";
import { openCall as openDeskCall } from "../../../renderer/desk/call.ts";
import type { HubDoor } from "../../../renderer/desk/hub.ts";
import { openCall as openKioskCall } from "../../../renderer/kiosk/call.ts";
import { openTalks } from "../../../renderer/kiosk/talks.ts";
import type { StationDoor } from "../../../renderer/station.ts";
import { seeded } from "../../links/relay.ts";
import { fakeMedia, type FakeMedia } from "../fake-media.ts";

/**
 * No camera and no microphone lives after a call, however it ends: a thousand calls of each side's page, each a random
 * order of everything that can happen, ended at a random moment by hanging up, by the hub's time-out or by a crash.
 */
const calls = Array.from({ length: 500 }, (_, seed) => ({ seed }));

let media: FakeMedia;
beforeEach(() => {
  vi.useFakeTimers();
  media = fakeMedia();
  // A page that crashes says so; the browser writes it down and goes on.
  process.on("unhandledRejection", ignore);
});
afterEach(() => {
  process.off("unhandledRejection", ignore);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const ignore = (): void => undefined;

type Feed = readonly [hear: (item: never) => void, end: ((code: undefined) => void) | undefined];

/** A hub or host that answers everything, and whose feeds are played by hand: the first is the call's. */
function fakeDoor() {
  const feeds: Feed[] = [];
  const answer = (): Promise<object> => Promise.resolve({ ticket: "t" });
  const group = new Proxy({}, { get: () => answer });
  const door = {
    client: new Proxy({}, { get: () => group }),
    state: "open",
    onState: () => ignore,
    feed: (_open: unknown, hear: Feed[0], end: Feed[1]) => {
      feeds.push([hear, end]);
      return ignore;
    },
  };
  return { door, feeds };
}

interface Page {
  readonly view: (state: string) => void;
  readonly signal: (signal: Signal) => void;
  /** By the person, by the hub, or because nothing else is left. */
  readonly end: (how: "hangUp" | "timeout") => void;
}

function kioskPage(): Page {
  const { door, feeds } = fakeDoor();
  let over = false;
  const call = openKioskCall({
    door: door as unknown as StationDoor,
    call: "c",
    visit: "v",
    agreed: Promise.resolve(),
    loadKit: () =>
      Promise.resolve({
        openCamera,
        closeCamera,
        openTalks: (parts) => openTalks({ openPeer, openRoom }, parts),
        openMicrophone,
        openPicture,
        recordVoice,
        takeStill,
      }),
    show: ignore,
    onAsk: ignore,
    over: () => {
      over = true;
      call.close();
    },
  });
  const view = (state: string) => {
    const shown = { call: "c", state, others: [], lineDown: false, iceServers: [] };
    (feeds[0]?.[0] as ((view: ConsultView) => void) | undefined)?.(shown as unknown as ConsultView);
  };
  return {
    view,
    signal: (signal) => (feeds[1]?.[0] as ((signal: Signal) => void) | undefined)?.(signal),
    end: (how) => {
      if (how === "timeout") feeds[0]?.[1]?.(undefined);
      if (how === "hangUp" || !over) call.close();
    },
  };
}

function deskPage(): Page {
  const { door, feeds } = fakeDoor();
  const call = openDeskCall(door as unknown as HubDoor, "c", () => Promise.resolve({ openCamera, openPeer, openRoom }));
  const view = (state: string) => {
    const shown = { call: "c", state, ticket: "t", peer: "here", iceServers: [], participants: [] };
    (feeds[0]?.[0] as ((view: CallView) => void) | undefined)?.(shown as unknown as CallView);
  };
  return {
    view,
    signal: (signal) => (feeds.slice(2).at(-1)?.[0] as ((signal: Signal) => void) | undefined)?.(signal),
    end: (how) => {
      if (how === "timeout") feeds[0]?.[1]?.(undefined);
      else void call.hangUp();
    },
  };
}

async function live(open: () => Page, seed: number): Promise<void> {
  const random = seeded(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const page = open();
  let seq = 0;
  const happens = {
    nothing: ignore,
    cameraOpens: () => media.answer(true),
    cameraRefused: () => media.answer(false),
    rings: () => page.view("ringing"),
    active: () => page.view("active"),
    restart: () => page.signal({ seq: ++seq, body: { kind: "restart", generation: Date.now() + seq } }),
    offer: () => page.signal({ seq: ++seq, body: { kind: "description", type: "offer", sdp: "v=0\r\n" } }),
    tracks: () => media.peers.at(-1)?.gives(pick(["audio", "video"])),
    connected: () => media.peers.at(-1)?.becomes("connected"),
    failed: () => media.peers.at(-1)?.becomes("failed"),
    noPeers: () => media.breakPeers("make"),
    badPeers: () => media.breakPeers("describe"),
  };
  for (let n = Math.floor(random() * 14); n > 0; n--) {
    const happening = happens[pick(Object.keys(happens) as readonly (keyof typeof happens)[])];
    try {
      happening();
    } catch {
      // A handler that crashes is the browser's to write down; the page goes on.
    }
    await vi.advanceTimersByTimeAsync(pick([0, 0, 1, 300, 12_000]));
  }
  page.end(pick(["hangUp", "timeout"]));
  // What was asked before the end may be answered after it.
  for (let n = 0; n < 3; n++) {
    media.answer(true);
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(media.live()).toEqual([]);
}

describe.each([
  ["kiosk", kioskPage],
  ["desk", deskPage],
] as const)("after a call of the %s", (_, open) => {
  test.each(calls)("no track lives (seed $seed)", ({ seed }) => live(open, seed));
});

test("tracks do live before the end", async () => {
  const page = kioskPage();
  await vi.advanceTimersByTimeAsync(1);
  media.answer(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(media.live()).toEqual(["audio", "video"]);
  page.end("hangUp");
  await vi.advanceTimersByTimeAsync(1);
  expect(media.live()).toEqual([]);
});
