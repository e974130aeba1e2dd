import { beforeEach, expect, test } from "vitest";
import { roomPhases, type RoomPhase } from "../../../core/domain/rooms.ts";
import { createTalkSwitch, talksIn, type TalkSwitch } from "../../../renderer/consult/room-switch.ts";

/** A camera without a browser: counts what is open of it. */
class Camera {
  readonly open = new Set<Camera>();
  readonly track = { enabled: true };
  clone(): Camera {
    const clone = new Camera();
    this.open.add(clone);
    return clone;
  }
  getVideoTracks() {
    return [this.track];
  }
}

let log: string[];
let pairPicture: (() => boolean) | undefined;
let talks: TalkSwitch;

beforeEach(() => {
  log = [];
  pairPicture = undefined;
  const camera = new Camera();
  talks = createTalkSwitch({
    camera: camera as unknown as MediaStream,
    openPair: (local) => {
      log.push("open pair");
      pairPicture = () => local?.getVideoTracks()[0]?.enabled ?? false;
      return { close: () => log.push("close pair") };
    },
    openRoom: (local) => {
      expect(camera.open.has(local as unknown as Camera), "a clone, never another camera").toBe(true);
      log.push("open room");
      return { close: () => log.push("close room"), moved: () => log.push("moved") };
    },
    show: (talk) => log.push(`show ${talk}`),
  });
});

const follow = (phase: RoomPhase, epoch = 1, you: string | undefined = "seat") =>
  talks.follow({ phase, epoch, ...(phase === "pair" ? {} : { you }) });

test("there and back: the next talk is open before the one before it is closed, and what is shown is open", () => {
  follow("pair", 0);
  follow("preparing");
  follow("room");
  follow("returning");
  follow("pair", 0);
  expect(log).toEqual([
    ...["open pair", "show pair"],
    "open room",
    ...["show room", "close pair"],
    "open pair",
    ...["show pair", "close room"],
  ]);
});

test("while both are open the direct talk sends no picture", () => {
  follow("pair", 0);
  expect(pairPicture?.()).toBe(true);
  follow("preparing");
  expect(pairPicture?.()).toBe(false);
  follow("pair", 0);
  expect(pairPicture?.()).toBe(true);
});

test("saying the same again changes nothing", () => {
  follow("preparing");
  const before = [...log];
  follow("preparing");
  expect(log).toEqual(before);
});

test("another epoch makes the legs anew in the room that is open; another seat is another room", () => {
  follow("room", 1);
  follow("room", 2);
  follow("room", 2, "another seat");
  expect(log).toEqual(["open room", "show room", "moved", "close room", "open room"]);
});

test("a page that comes late goes straight to where the others are", () => {
  follow("room");
  expect(log).toEqual(["open room", "show room"]);
});

test.each(roomPhases)("in %s what is shown is open", (phase) => {
  const wanted = talksIn(phase);
  expect(wanted[wanted.shown]).toBe(true);
});

test("closing closes both", () => {
  follow("preparing");
  talks.close();
  expect(log.slice(-2)).toEqual(["close pair", "close room"]);
});
