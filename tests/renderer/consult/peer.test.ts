import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LiveMessage } from "../../../core/contract/live.ts";
import type { SignalBody } from "../../../core/contract/views.ts";
import { openPeer, type Peer } from "../../../renderer/consult/peer.ts";
import { fakeMedia, type FakeMedia } from "../fake-media.ts";

let media: FakeMedia;
beforeEach(() => {
  vi.useFakeTimers();
  media = fakeMedia();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const generation = 4_000_000_000_000;

/** A peer that agreed on a connection with the other side. */
async function agreed(polite: boolean) {
  const sent: SignalBody[] = [];
  const live: LiveMessage[] = [];
  const steps: string[] = [];
  const firsts: number[] = [];
  const peer: Peer = openPeer({
    polite,
    starts: !polite,
    iceServers: [{ urls: ["turn:old"] }],
    send: (body) => Promise.resolve(void sent.push(body)),
    onRemote: () => undefined,
    onLive: (message) => void live.push(message),
    onFirstFrame: () => void firsts.push(Date.now()),
    onState: () => undefined,
    onStep: (whose, { step }) => void steps.push(`${whose} ${step}`),
  });
  let seq = 0;
  const hear = (body: SignalBody) => peer.hear({ seq: ++seq, body });
  hear({ kind: "restart", generation });
  await vi.advanceTimersByTimeAsync(1);
  return { peer, sent, live, steps, firsts, hear, connection: () => media.peers.at(-1) };
}

const reading = (event: LiveMessage["event"]): LiveMessage => ({
  kind: "measure",
  measurement: "019a0000-0000-7000-8000-000000000001",
  of: "bloodPressure",
  at: "2026-11-22T08:00:00.000Z",
  event,
});

describe("fresh TURN credentials", () => {
  test("go into the running connection at once; the station restarts ICE when the other side has them, too", async () => {
    const { peer, connection } = await agreed(true);
    peer.setIceServers([{ urls: ["turn:new"], username: "u", credential: "c" }]);
    expect(connection()?.iceServers).toEqual([{ urls: ["turn:new"], username: "u", credential: "c" }]);
    expect(connection()?.restarts).toBe(0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(connection()?.restarts).toBe(1);
    peer.close();
  });

  test("are not a reason for the desk to restart: one side does", async () => {
    const { peer, connection } = await agreed(false);
    peer.setIceServers([{ urls: ["turn:new"] }]);
    await vi.advanceTimersByTimeAsync(9_000);
    expect([connection()?.restarts, connection()?.iceServers]).toEqual([0, [{ urls: ["turn:new"] }]]);
    peer.close();
  });

  test("of a call that is over are for nobody", async () => {
    const { peer, connection } = await agreed(true);
    peer.close();
    peer.setIceServers([{ urls: ["turn:new"] }]);
    await vi.advanceTimersByTimeAsync(9_000);
    expect([connection()?.restarts, connection()?.iceServers]).toEqual([0, []]);
  });
});

test("the first packets of a voice or a picture are told at once, without the browser's counts, and once", async () => {
  const { peer, connection, firsts } = await agreed(true);
  const own = connection();
  if (!own) throw new Error("no connection");
  const counts = vi.spyOn(own, "getStats");
  const tracks = ["audio", "video"].map((kind) => own.gives(kind));
  expect(firsts).toEqual([]);
  for (const track of tracks) track.dispatchEvent(new Event("unmute"));
  expect(firsts).toHaveLength(1);
  expect(counts).not.toHaveBeenCalled();
  peer.close();
});

describe("a reading", () => {
  test("that turns goes through the hub as well as by the channel; numbers on the move do not", async () => {
    const { peer, sent } = await agreed(true);
    const turn = reading({ kind: "ended", how: "finished" });
    peer.sendLive(reading({ kind: "progress", readings: [] }));
    peer.sendLive(turn);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent.filter(({ kind }) => kind === "live")).toEqual([{ kind: "live", message: turn }]);
    peer.close();
  });

  test("is heard once, whichever way is first", async () => {
    const { peer, hear, live } = await agreed(false);
    const first = reading({ kind: "ended", how: "finished" });
    const second = { ...first, at: "2026-11-22T08:00:01.000Z" };
    for (const message of [first, first, second, first]) hear({ kind: "live", message });
    expect(live).toEqual([first, second]);
    peer.close();
  });
});

test("a step that came through the hub is told, and only of the connection that stands", async () => {
  const { peer, hear, steps } = await agreed(true);
  const step = { kind: "step", number: 1, step: "stills", why: "line", most: "video" } as const;
  hear({ ...step, generation: generation - 1 });
  hear({ ...step, generation });
  expect(steps).toEqual(["other stills"]);
  peer.close();
});

const offer = (prints: string) =>
  ({ kind: "description", type: "offer", sdp: `v=0\r\na=fingerprint:sha-256 ${prints}\r\n` }) as const;

test("the first certificate of a connection is the only one: another is not talked to", async () => {
  const { peer, hear, connection } = await agreed(true);
  for (const prints of ["AB:CD", "EF:01", "ab:cd"]) {
    hear(offer(prints));
    await vi.advanceTimersByTimeAsync(1);
    expect(connection()?.remoteDescription).toMatchObject({ sdp: expect.not.stringContaining("EF:01") as string });
  }
  expect(connection()?.remoteDescription).toMatchObject({ sdp: expect.stringContaining("ab:cd") as string });
  peer.close();
});

test("the next connection may have another certificate: a page that was loaded again has", async () => {
  const { peer, hear, connection } = await agreed(true);
  hear(offer("AB:CD"));
  await vi.advanceTimersByTimeAsync(1);
  hear({ kind: "restart", generation: generation + 1 });
  hear(offer("EF:01"));
  await vi.advanceTimersByTimeAsync(1);
  expect(connection()?.remoteDescription).toMatchObject({ sdp: expect.stringContaining("EF:01") as string });
  peer.close();
});
