import { createHash, randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import type { RoomView } from "../../core/contract/hub-rooms.ts";
import type { FakeOptions, FakeStation } from "./fake-world.ts";
import { fakeClinician } from "./fake-station.ts";
import { guestAsked } from "../../renderer/kiosk/guests.ts";
import { at, measure, openKiosk, openVisit, until } from "./kiosk-under-test.ts";

/** What the page does around a call: wishes of the doctor, one's own voice, a message in its place. */

async function talking(options: FakeOptions = {}) {
  const kiosk = openKiosk(options);
  await openVisit(kiosk.engine);
  kiosk.engine.send({ kind: "callDoctor" }, { kind: "yes" });
  await until(kiosk.engine, ({ call }) => call.view?.ahead === 2 && call.camera === "on");
  kiosk.station.setCall({ state: "active", clinician: fakeClinician });
  await vi.waitFor(() => expect(kiosk.consult.seen.peers).toBe(1));
  return kiosk;
}

/** What went to the doctor through the hub. */
const answers = (station: FakeStation) =>
  (station.inputs("consult.signal") as readonly { readonly body: unknown }[]).map(({ body }) => body);

const wish = (of: "body" | "chemistry", ask: string = randomUUID()) => ({ kind: "askMeasure", ask, of }) as const;

describe("a yes that the doctor heard", () => {
  const heardBy = { id: "d", name: "林" };
  /** Who was asked how they feel before. */
  const known = { resumes: { resumed: true, answers: { symptoms: [] } } } satisfies FakeOptions;
  async function warned() {
    const kiosk = await talking(known);
    const ask = randomUUID();
    kiosk.consult.seen.hearAsk({ kind: "askMeasure", ask, of: "bloodPressure" });
    kiosk.consult.seen.hearAsk({ kind: "askSaid", ask, heardBy });
    return { ...kiosk, ask };
  }

  test("starts after the warning, and the host is told by whose word", async () => {
    const { engine, station, ask } = await warned();
    expect(engine.shown().screen).toMatchObject({ at: "asked", said: true });
    expect(station.inputs("measure.start")).toEqual([]);
    engine.send({ kind: "counted" });
    await vi.waitFor(() => expect(station.inputs("measure.start")).toMatchObject([{ asked: { ask, by: "voice" } }]));
  });

  test("one touch stops it, and the doctor sees the no", async () => {
    const { engine, station, ask } = await warned();
    engine.send({ kind: "no" }, { kind: "counted" });
    expect(engine.shown().screen.at).toBe("consult");
    await vi.waitFor(() => expect(answers(station)).toEqual([{ kind: "askAnswer", ask, agreed: false }]));
    expect(station.inputs("measure.start")).toEqual([]);
  });

  test.each([
    ["another wish", randomUUID(), "bloodPressure"],
    ["what needs hands", undefined, "body"],
  ] as const)("to %s changes nothing", async (_to, other, of) => {
    const { engine, consult } = await talking();
    const ask = randomUUID();
    consult.seen.hearAsk({ kind: "askMeasure", ask, of });
    consult.seen.hearAsk({ kind: "askSaid", ask: other ?? ask, heardBy });
    const { screen } = engine.shown();
    expect(screen.at === "asked" && screen.said).toBeFalsy();
  });
});

describe("the doctor asks for a measurement", () => {
  test("the person is asked, and the yes goes back under the wish's id", async () => {
    const { engine, consult, station } = await talking();
    const asked = wish("body");
    consult.seen.hearAsk(asked);
    await at(engine, "asked");
    expect(answers(station)).toEqual([]);
    engine.send({ kind: "yes" });
    expect(engine.shown().screen).toMatchObject({ at: "prepare", check: "body" });
    await vi.waitFor(() => expect(answers(station)).toEqual([{ kind: "askAnswer", ask: asked.ask, agreed: true }]));
  });

  test("heard a second time it is the same wish", async () => {
    const { engine, consult, station } = await talking();
    const asked = wish("body");
    consult.seen.hearAsk(asked);
    engine.send({ kind: "no" });
    consult.seen.hearAsk(asked);
    expect(engine.shown().screen.at).toBe("consult");
    await vi.waitFor(() => expect(answers(station)).toEqual([{ kind: "askAnswer", ask: asked.ask, agreed: false }]));
  });

  test("what this station cannot measure is answered with no, and nobody is asked", async () => {
    const { engine, consult, station } = await talking();
    const asked = wish("chemistry");
    consult.seen.hearAsk(asked);
    await vi.waitFor(() => expect(answers(station)).toEqual([{ kind: "askAnswer", ask: asked.ask, agreed: false }]));
    expect(engine.shown().screen.at).toBe("consult");
  });

  test("the doctor's stop ends the measurement that runs for it", async () => {
    const { engine, consult, station } = await talking({ holds: true });
    const asked = wish("body");
    consult.seen.hearAsk(asked);
    engine.send({ kind: "yes" }, { kind: "go" });
    expect(engine.shown().screen.at).toBe("measure");
    consult.seen.hearAsk({ kind: "askStop", ask: randomUUID() });
    expect(engine.shown().screen.at).toBe("measure");
    consult.seen.hearAsk({ kind: "askStop", ask: asked.ask });
    expect(engine.shown().screen.at).toBe("consult");
    await vi.waitFor(() => expect(station.heard).toContain("measure.stop"));
  });
});

describe("the doctor asks for a picture", () => {
  const still = { kind: "askMeasure", ask: randomUUID(), of: "still" } as const;
  const picture = {
    kind: "still",
    media: "image/jpeg",
    bytes: new Uint8Array(9_000),
    preview: new Uint8Array(300),
  } as const;

  test("it goes when the person sends it, its preview first, and how far it is is shown", async () => {
    const { engine, consult, station } = await talking();
    consult.seen.hearAsk(still);
    expect(engine.shown().screen).toMatchObject({ at: "show", what: "picture" });
    expect(consult.seen.blobs).toEqual([]);
    engine.hand(picture);
    expect(engine.shown().screen.at).toBe("consult");
    expect(consult.seen.blobs.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ["preview", 300],
      ["still", 9_000],
    ]);
    expect(consult.seen.blobs[0]?.id).toBe(`${consult.seen.blobs[1]?.id}-preview`);
    expect(engine.shown().call.blobs).toMatchObject([{ kind: "still", own: true, state: "coming", done: 1, of: 2 }]);
    await vi.waitFor(() => expect(answers(station)).toEqual([{ kind: "askAnswer", ask: still.ask, agreed: true }]));
  });

  test("a no is a no", async () => {
    const { engine, consult, station } = await talking();
    consult.seen.hearAsk(still);
    engine.hand(undefined);
    expect(engine.shown().screen.at).toBe("consult");
    expect(consult.seen.blobs).toEqual([]);
    await vi.waitFor(() => expect(answers(station)).toEqual([{ kind: "askAnswer", ask: still.ask, agreed: false }]));
  });

  test("taken back before it was answered, nobody is asked any more", async () => {
    const { engine, consult } = await talking();
    consult.seen.hearAsk(still);
    consult.seen.hearAsk({ kind: "askStop", ask: still.ask });
    expect(engine.shown().screen.at).toBe("consult");
  });

  test("beside a talk it is as big as the line brings in time", async () => {
    const { engine, consult } = await talking();
    await engine.takeStill();
    expect(consult.seen.stillBytes).toBe((20_000 * 36) / 8);
    // The small camera was let go for it, and is there again.
    expect(consult.seen.pictures).toBe(1);
  });

  test("a voice note goes the same way, by the person's own wish", async () => {
    const { engine, consult } = await talking();
    engine.send({ kind: "say" });
    expect(engine.shown().screen).toMatchObject({ at: "show", what: "voice" });
    engine.hand({ kind: "voiceNote", media: "audio/webm", bytes: new Uint8Array(50) });
    expect(consult.seen.blobs).toMatchObject([{ kind: "voiceNote", type: "audio/webm", bytes: 50 }]);
  });
});

describe("the person takes back, in the call, that the doctor gets results", () => {
  async function takenBack() {
    const kiosk = await talking();
    kiosk.engine.consent("send", false);
    return kiosk;
  }
  const picture = { kind: "still", media: "image/jpeg", bytes: new Uint8Array(9_000) } as const;

  test("a measurement is taken to its result, and nothing of it goes", async () => {
    const { engine, consult, station } = await takenBack();
    expect(consult.seen.keptBack).toBe(1);
    expect(engine.shown().call.sends).toBe(false);
    await vi.waitFor(() =>
      expect(station.inputs("visit.consent").at(-1)).toMatchObject({ scope: "send", given: false }),
    );
    engine.send({ kind: "home" });
    measure(engine, "body");
    await at(engine, "result");
    expect(consult.seen.live).toEqual([]);
  });

  test.each(["body", "still"] as const)(
    "a wish of the doctor for %s is answered with no, and nobody is asked",
    async (of) => {
      const { engine, consult, station } = await takenBack();
      const ask = randomUUID();
      consult.seen.hearAsk({ kind: "askMeasure", ask, of });
      expect(engine.shown().screen.at).toBe("consult");
      await vi.waitFor(() => expect(answers(station)).toEqual([{ kind: "askAnswer", ask, agreed: false }]));
    },
  );

  test("hung up, the next call is asked for the consent first, and rests on the new one", async () => {
    const { engine, station } = await takenBack();
    engine.send({ kind: "stop" }, { kind: "callDoctor" });
    expect(engine.shown().screen.at).toBe("mayDoctor");
    expect(station.inputs("consult.request")).toHaveLength(1);
    engine.send({ kind: "yes" });
    await vi.waitFor(() => expect(station.inputs("consult.request")).toHaveLength(2));
    expect(station.inputs("visit.consent").at(-1)).toMatchObject({ scope: "send", given: true });
    expect(engine.shown().call.sends).toBe(true);
  });

  test("a picture stays here; given again, it goes", async () => {
    const { engine, consult } = await takenBack();
    engine.hand(picture);
    expect(consult.seen.blobs).toEqual([]);
    engine.consent("send", true);
    engine.hand(picture);
    expect(consult.seen.blobs).toMatchObject([{ kind: "still" }]);
  });
});

describe("a message in place of a call", () => {
  const bytes = new Uint8Array(20_000).fill(7);
  const voice = { kind: "voiceNote", media: "audio/webm", bytes } as const;

  async function writing(options: FakeOptions = {}) {
    const kiosk = openKiosk(options);
    await openVisit(kiosk.engine);
    kiosk.engine.send({ kind: "callDoctor" }, { kind: "yes" });
    await until(kiosk.engine, ({ call }) => call.view?.ahead === 2);
    kiosk.engine.send({ kind: "leaveMessage" });
    return kiosk;
  }

  test("takes the person out of the queue, and hands the voice over whole", async () => {
    const { engine, station } = await writing();
    await vi.waitFor(() => expect(station.heard).toContain("consult.cancel"));
    expect(await engine.leaveMessage([voice])).toBeUndefined();
    expect(engine.shown().screen).toMatchObject({ at: "message", step: "kept" });
    const pieces = station.inputs("consult.piece") as readonly { readonly offset: number; readonly piece: string }[];
    const whole = Buffer.concat(pieces.map(({ piece }) => Buffer.from(piece, "base64")));
    expect(pieces.map(({ offset }) => offset)).toEqual([0, 8_000, 16_000]);
    expect(whole).toEqual(Buffer.from(bytes));
    const hash = createHash("sha256").update(bytes).digest("hex");
    expect(station.inputs("consult.leaveMessage")).toMatchObject([{ brings: [{ bytes: 20_000, hash }] }]);
  });

  test("that the station could not keep is not told as kept", async () => {
    const { engine } = await writing({ messageFails: "store.full" });
    expect(await engine.leaveMessage([])).toBe("store.full");
    expect(engine.shown().screen).toMatchObject({ at: "message", step: "ask" });
  });
});

test("one's own voice is turned off here and told to the others", async () => {
  const track = { enabled: true };
  const { engine, consult, station } = openKiosk();
  Object.assign(consult.stream, { getAudioTracks: () => [track] });
  await openVisit(engine);
  engine.send({ kind: "callDoctor" }, { kind: "yes" });
  await until(engine, ({ call }) => call.camera === "on" && call.view !== undefined);
  engine.mute(true);
  expect(track.enabled).toBe(false);
  expect(engine.shown().call.muted).toBe(true);
  await vi.waitFor(() => expect(station.inputs("consult.mute")).toMatchObject([{ muted: true }]));
});

describe("others come into the call", () => {
  const room = (phase: RoomView["phase"], epoch = 7): Partial<RoomView> => ({ phase, epoch, you: "seat-1" });

  async function inRoom() {
    const kiosk = await talking();
    kiosk.consult.seen.pairHeard();
    kiosk.station.setRoom(room("preparing"));
    await vi.waitFor(() => expect(kiosk.consult.seen.rooms).toEqual(["opened"]));
    return kiosk;
  }

  test("the room is opened beside the talk, which is left when everybody is there", async () => {
    const { engine, consult, station } = await inRoom();
    expect(consult.seen.closedPeers).toBe(0);
    expect(engine.shown().call.talk).toBe("pair");
    await consult.seen.roomHeard();
    expect(station.inputs("consult.room.up")).toMatchObject([{ epoch: 7, of: "room" }]);
    station.setRoom(room("room"));
    await until(engine, ({ call }) => call.talk === "room");
    expect(consult.seen.closedPeers).toBe(1);
  });

  test("another worker is a move, the same one told again is none", async () => {
    const { consult, station } = await inRoom();
    station.setRoom(room("room"));
    station.setRoom({ ...room("room", 8), observed: true });
    await vi.waitFor(() => expect(consult.seen.rooms).toEqual(["opened", "moved"]));
    station.setRoom({ ...room("room", 8), observed: false });
    station.setRoom(room("room", 9));
    await vi.waitFor(() => expect(consult.seen.rooms).toEqual(["opened", "moved", "moved"]));
  });

  test("when two are left they talk directly again, and the hub hears that they do", async () => {
    const { engine, consult, station } = await inRoom();
    station.setRoom(room("room"));
    await until(engine, ({ call }) => call.talk === "room");
    station.setRoom(room("returning"));
    await vi.waitFor(() => expect(consult.seen.peers).toBe(2));
    expect(station.inputs("consult.room.up")).toEqual([]);
    consult.seen.pairHeard();
    await vi.waitFor(() => expect(station.inputs("consult.room.up")).toMatchObject([{ epoch: 7, of: "pair" }]));
    station.setRoom({ phase: "pair", epoch: 0, you: undefined });
    await vi.waitFor(() => expect(consult.seen.rooms).toEqual(["opened", "closed"]));
    expect(engine.shown().call.talk).toBe("pair");
  });

  test("in the room a picture goes to the hub in pieces, and the room sees the person again after it", async () => {
    const { engine, consult, station } = await inRoom();
    station.setRoom(room("room"));
    await until(engine, ({ call }) => call.talk === "room");
    consult.seen.hearAsk({ kind: "askMeasure", ask: randomUUID(), of: "still" });
    expect(engine.shown().screen).toMatchObject({ at: "show", what: "picture" });
    await engine.takeStill();
    expect(consult.seen.roomPictures).toBeGreaterThan(0);
    const bytes = new Uint8Array(8_001).fill(3);
    engine.hand({ kind: "still", media: "image/jpeg", bytes, preview: new Uint8Array(5) });
    await until(engine, ({ call }) => call.blobs.at(-1)?.state === "whole");
    expect(consult.seen.blobs).toEqual([]);
    const hash = createHash("sha256").update(bytes).digest("hex");
    expect(station.inputs("consult.blob.begin")).toMatchObject([{ kind: "still", bytes: 8_001, hash }]);
    expect(station.inputs("consult.blob.put")).toMatchObject([{ offset: 0 }, { offset: 8_000 }]);
  });

  test("in the room a reading and a wish go through the hub", async () => {
    const { engine, consult, station } = await inRoom();
    station.setRoom(room("room"));
    await until(engine, ({ call }) => call.talk === "room");
    engine.send({ kind: "home" });
    measure(engine, "body");
    await at(engine, "result");
    await vi.waitFor(() => expect(answers(station)).toContainEqual(expect.objectContaining({ kind: "live" })));
    expect(consult.seen.live).toEqual([]);
  });

  test("another doctor is another talk, which tells anew that it runs", async () => {
    const { consult, station } = await talking();
    consult.seen.pairHeard();
    await vi.waitFor(() => expect(station.inputs("consult.mediaUp")).toHaveLength(1));
    station.setCall({ state: "ringing", clinician: { id: "other", name: "何" } });
    await vi.waitFor(() => expect(consult.seen).toMatchObject({ peers: 2, closedPeers: 1 }));
    expect(station.inputs("consult.mediaUp")).toHaveLength(1);
    consult.seen.pairHeard();
    await vi.waitFor(() => expect(station.inputs("consult.mediaUp").length).toBeGreaterThan(1));
  });

  test("who comes in is told, and who goes; the call's own doctor is not", async () => {
    const { engine, station } = await talking();
    const doctor = { ...fakeClinician, role: "doctor", state: "here" } as const;
    const guest = { id: "x", name: "何", role: "specialist", state: "here" } as const;
    station.setCall({ others: [doctor] });
    await until(engine, ({ call }) => call.view?.others.length === 1);
    expect(engine.shown().call.change).toBeUndefined();
    station.setCall({ others: [doctor, guest] });
    const { call } = await until(engine, (shown) => shown.call.view?.others.length === 2);
    expect(call.change).toEqual({ what: "joined", who: guest });
    station.setCall({ others: [doctor] });
    await until(engine, (shown) => shown.call.change?.what === "gone");
  });

  test("hanging up closes both talks", async () => {
    const { engine, consult } = await inRoom();
    engine.send({ kind: "leave" });
    await vi.waitFor(() => expect(consult.seen.rooms).toEqual(["opened", "closed"]));
    expect(consult.seen).toMatchObject({ closedPeers: 1, closedCameras: 1 });
  });
});

describe("a guest", () => {
  const asked = { ask: "019a0000-0000-7000-8000-00000000a5c0", scope: "family", name: "", state: "asked" } as const;

  test("is asked about until the person answers, and the answer goes to the host by the way it was given", async () => {
    const { engine, station } = await talking();
    station.setCall({ state: "active", clinician: fakeClinician, guests: [asked] });
    await until(engine, (shown) => guestAsked(shown)?.ask === asked.ask);
    engine.touch("key");
    engine.guest(asked.ask, "family", "given");
    expect(guestAsked(engine.shown())).toBeUndefined();
    await vi.waitFor(() =>
      expect(station.inputs("consult.guest")).toMatchObject([
        { ask: asked.ask, scope: "family", said: "given", way: "key" },
      ]),
    );
    // The hub's older word asks nothing again.
    station.setCall({ state: "active", clinician: fakeClinician, guests: [asked] });
    await until(engine, ({ call }) => call.view?.guests?.length === 1);
    expect(guestAsked(engine.shown())).toBeUndefined();
  });

  test("is sent away by one touch, each time anew", async () => {
    const { engine, station } = await talking();
    engine.guest(undefined, "teach", "withdrawn");
    engine.guest(undefined, "teach", "withdrawn");
    await vi.waitFor(() => expect(station.inputs("consult.guest")).toHaveLength(2));
    const [one, two] = station.inputs("consult.guest") as readonly { readonly ask: string }[];
    expect(one).toMatchObject({ scope: "teach", said: "withdrawn", way: "touch" });
    expect(one?.ask).not.toBe(two?.ask);
  });
});
