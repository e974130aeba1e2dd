import { afterEach, describe, expect, test, vi } from "vitest";
import type { LiveMessage } from "../../core/contract/live.ts";
import type { ConsultKit } from "../../renderer/kiosk/call.ts";
import { createEngine, type Engine, type Shown } from "../../renderer/kiosk/engine.ts";
import { fakeClinician, fakeStation, type FakeOptions } from "./fake-station.ts";

/** The engine over a fake host: the real machine, the real contract, a real message port. */
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

function openKiosk(options: FakeOptions = {}) {
  const station = fakeStation({ paceMs: 1, restSeconds: 0, ...options });
  const consult = fakeKit();
  const door = station.door();
  const engine = createEngine({ door, loadKit: async () => consult.kit });
  opened.push(() => {
    engine.close();
    door.close();
    station.cut();
  });
  return { station, engine, consult };
}

function fakeKit() {
  const seen = { live: [] as LiveMessage[], peers: 0, closedPeers: 0, closedCameras: 0, offers: [] as unknown[] };
  const stream = {} as MediaStream;
  const kit: ConsultKit = {
    openCamera: async () => ({ ok: true, stream }),
    closeCamera: () => {
      seen.closedCameras += 1;
    },
    openPeer: (options) => {
      seen.peers++;
      seen.offers.push({ polite: options.polite, starts: options.starts, local: options.local === stream });
      return {
        hear: () => undefined,
        sendLive: (message) => void seen.live.push(message),
        lineHealed: () => undefined,
        close: () => {
          seen.closedPeers += 1;
        },
        badLive: 0,
      };
    },
  };
  return { kit, seen };
}

function until(engine: Engine, holds: (shown: Shown) => boolean): Promise<Shown> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds(engine.shown())) return;
      leave();
      resolve(engine.shown());
    };
    const leave = engine.subscribe(look);
    look();
  });
}

const at = (engine: Engine, name: Shown["screen"]["at"]) => until(engine, ({ screen }) => screen.at === name);

async function openVisit(engine: Engine): Promise<void> {
  await until(engine, ({ station }) => station !== undefined);
  engine.send({ kind: "start" }, { kind: "person", person: { kind: "guest" } });
  await until(engine, ({ visit }) => visit !== undefined);
}

describe("a visit", () => {
  test("is opened, measured, shown from the host's own view, and left with nothing behind", async () => {
    const { engine, station } = openKiosk({ glucose: 5.6 });
    await openVisit(engine);
    engine.send({ kind: "pick", check: "glucose" });
    engine.answerMeal("fasting");
    engine.begin();
    const { visit } = await until(engine, (shown) => shown.screen.at === "result" && shown.visit?.results.length === 1);
    expect(visit?.results[0]?.assessments[0]).toMatchObject({ category: "GLU_F_NORMAL", severity: 0 });
    expect(visit?.results[0]?.measurements[0]?.context).toEqual({ meal: "fasting" });

    engine.send({ kind: "leave" });
    expect(engine.shown()).toMatchObject({
      screen: { at: "welcome" },
      farewell: true,
      visit: undefined,
      run: undefined,
      meal: undefined,
      over: undefined,
    });
    await vi.waitFor(() => expect(station.heard).toContain("visit.leave"));
  });

  test("that the host refuses to open says why and lets the person try again", async () => {
    const { engine } = openKiosk({ openFails: "store.full" });
    await until(engine, ({ station }) => station !== undefined);
    engine.send({ kind: "start" }, { kind: "person", person: { kind: "guest" } });
    const shown = await until(engine, ({ openFault }) => openFault !== undefined);
    expect(shown).toMatchObject({ openFault: "store.full", screen: { at: "who" }, farewell: false });
  });
});

describe("measuring", () => {
  test("a second reading is taken with the answers of the first", async () => {
    const { engine } = openKiosk({ glucose: 3.2 });
    await openVisit(engine);
    engine.send({ kind: "pick", check: "glucose" });
    engine.answerMeal("pp2h");
    engine.begin();
    await until(engine, (shown) => shown.screen.at === "result" && shown.visit?.results.length === 1);
    engine.measureAgain();
    const { visit } = await until(
      engine,
      (shown) => shown.screen.at === "result" && shown.visit?.results[0]?.measurements.length === 2,
    );
    expect(visit?.results[0]?.measurements.map(({ context }) => context)).toEqual([{ meal: "pp2h" }, { meal: "pp2h" }]);
  });

  test("live pressure reaches its listener without a new page state", async () => {
    const { engine } = openKiosk({ holds: true });
    const pressures: number[] = [];
    engine.live.listen("bp.cuff", (value) => value !== undefined && pressures.push(value));
    await openVisit(engine);
    engine.send({ kind: "pick", check: "bloodPressure" });
    engine.begin();
    await until(engine, ({ run }) => run?.phase?.name === "measuring");
    const before = engine.shown();
    await new Promise<void>((done) => engine.live.listen("bp.cuff", (value) => value === 117 && done()));
    expect(pressures).toEqual([20, 60, 110, 150, 168, 140, 117]);
    expect(engine.shown()).toBe(before);
  });

  test("stop tells the host and goes back to the last picture", async () => {
    const { engine, station } = openKiosk({ holds: true });
    await openVisit(engine);
    engine.send({ kind: "pick", check: "bloodPressure" });
    engine.begin();
    await until(engine, ({ run }) => run?.phase !== undefined);
    engine.send({ kind: "stop" });
    expect(engine.shown()).toMatchObject({ screen: { at: "prepare" }, wasStopped: true });
    await vi.waitFor(() => expect(station.heard).toContain("measure.stop"));
  });

  test("a fault ends on a screen that knows its code", async () => {
    const { engine } = openKiosk({ fails: { bloodPressure: "device.cuffLoose" } });
    await openVisit(engine);
    engine.send({ kind: "pick", check: "bloodPressure" });
    engine.begin();
    expect((await at(engine, "failed")).screen).toMatchObject({ code: "device.cuffLoose" });
  });

  test("a number that differs from the display is refused", async () => {
    const { engine } = openKiosk({ confirms: ["lipids"] });
    await openVisit(engine);
    engine.send({ kind: "pick", check: "lipids" });
    engine.answerMeal("fasting");
    engine.begin();
    const { run } = await at(engine, "confirm");
    expect(run?.heard?.readings).toHaveLength(5);
    engine.send({ kind: "same", same: false });
    expect(engine.shown()).toMatchObject({
      screen: { at: "failed", code: "gate.notConfirmed" },
      visit: { results: [] },
    });
  });
});

describe("a cut line", () => {
  test("is shown, dialed again, and the visit goes on", async () => {
    const { engine, station } = openKiosk({ holds: true });
    await openVisit(engine);
    engine.send({ kind: "pick", check: "bloodPressure" });
    engine.begin();
    await until(engine, ({ run }) => run?.phase !== undefined);
    station.cut();
    expect(engine.shown().screen.at).toBe("away");
    const back = await at(engine, "prepare");
    expect(back.visit?.kind).toBe("guest");
  });
});

describe("a call", () => {
  async function talking(options: FakeOptions = {}) {
    const kiosk = openKiosk(options);
    await openVisit(kiosk.engine);
    kiosk.engine.send({ kind: "callDoctor" });
    await until(kiosk.engine, ({ call }) => call.view?.ahead === 2 && call.camera === "on");
    kiosk.station.setCall({ state: "ringing", clinician: fakeClinician });
    await until(kiosk.engine, ({ screen }) => "visit" in screen && screen.visit.call === "talking");
    await vi.waitFor(() => expect(kiosk.consult.seen.peers).toBe(1));
    return kiosk;
  }

  test("has the polite peer that does not start, with the camera taken before", async () => {
    const { consult, engine, station } = await talking();
    station.setCall({ state: "active" });
    await until(engine, ({ call }) => call.view?.state === "active");
    expect(consult.seen.offers).toEqual([{ polite: true, starts: false, local: true }]);
  });

  test("carries every event of a measurement taken meanwhile", async () => {
    const { engine, consult } = await talking({ pressures: [[128, 73, 72]] });
    engine.send({ kind: "home" }, { kind: "pick", check: "bloodPressure" });
    engine.begin();
    await at(engine, "result");
    expect(new Set(consult.seen.live.map(({ event }) => event.kind))).toEqual(
      new Set(["phase", "progress", "accepted"]),
    );
    expect(consult.seen.live.filter(({ event }) => event.kind === "progress")).toHaveLength(7);
  });

  test("that the doctor ends frees peer and camera and keeps the visit", async () => {
    const { engine, consult, station } = await talking();
    station.giveOpinion("少吃盐", "comeBack");
    station.setCall({ state: "finished" });
    const shown = await until(
      engine,
      ({ screen, visit }) => "visit" in screen && screen.visit.call === "none" && visit?.opinions.length === 1,
    );
    expect(shown.screen).toMatchObject({ at: "consult", visit: { opinion: true } });
    expect(consult.seen.closedPeers).toBe(1);
  });

  test("that cannot be made says why", async () => {
    const { engine } = openKiosk({ callFails: "consult.hubAway" });
    await openVisit(engine);
    engine.send({ kind: "callDoctor" });
    const { call } = await until(engine, (shown) => shown.call.fault !== undefined);
    expect(call.fault).toBe("consult.hubAway");
  });

  test("ends when the resident leaves", async () => {
    const { engine, station, consult } = await talking();
    engine.send({ kind: "leave" });
    await vi.waitFor(() => expect(station.heard).toContain("consult.cancel"));
    expect(engine.shown()).toMatchObject({ call: { view: undefined, local: undefined }, visit: undefined });
    expect(consult.seen.closedPeers).toBe(1);
  });
});
