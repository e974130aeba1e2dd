import { describe, expect, test, vi } from "vitest";
import { armAsked } from "../../renderer/kiosk/arm.ts";
import type { Engine } from "../../renderer/kiosk/engine.ts";
import { empty } from "../../renderer/kiosk/engine/shown.ts";
import { fakeClinician } from "./fake-station.ts";
import type { FakeOptions } from "./fake-world.ts";
import { answerBoards, at, measure, openKiosk, openVisit, ready, until } from "./kiosk-under-test.ts";

describe("a visit", () => {
  test("is opened, measured, shown from the host's own view, and left with nothing behind", async () => {
    const { engine, station } = openKiosk({ glucose: 5.6 });
    await openVisit(engine);
    measure(engine, "glucose");
    const { visit } = await until(engine, (shown) => shown.screen.at === "result" && shown.visit?.results.length === 1);
    expect(visit?.results[0]?.assessments[0]).toMatchObject({ category: "GLU_F_NORMAL", severity: 0 });
    expect(visit?.results[0]?.measurements[0]?.context).toEqual({ meal: "fasting" });

    engine.send({ kind: "leave" });
    expect(engine.shown()).toMatchObject({ ...empty, screen: { at: "welcome" }, farewell: true, sitting: 1 });
    await vi.waitFor(() => expect(station.heard).toContain("visit.leave"));
  });

  test("says that nothing is left only when the page was drawn anew", async () => {
    const { engine, station } = openKiosk();
    await openVisit(engine);
    const id = engine.shown().visit?.id;
    engine.send({ kind: "leave" });
    await vi.waitFor(() => expect(station.heard).toContain("visit.leave"));
    expect(station.heard).not.toContain("visit.cleared");
    engine.cleared();
    await vi.waitFor(() => expect(station.inputs("visit.cleared")).toEqual([{ visit: id }]));
  });

  test.each(["store.full", "identify.expired"] as const)(
    "that the host refuses to open for %s says why and lets the person try again",
    async (openFails) => {
      const { engine } = await ready({ openFails });
      engine.send({ kind: "start" }, { kind: "guest" });
      const shown = await until(engine, ({ openFault }) => openFault !== undefined);
      expect(shown).toMatchObject({ openFault: openFails, screen: { at: "who" }, farewell: false });
    },
  );

  test("that goes on keeps the id it had, and asks nothing again", async () => {
    const id = "018f0000-0000-7000-8000-00000000beef";
    const { engine, station } = await ready({ resumes: { id, resumed: true, answers: { symptoms: [] } } });
    engine.send({ kind: "start" }, { kind: "guest" });
    await at(engine, "checks");
    measure(engine, "temperature");
    await at(engine, "result");
    expect(station.inputs("measure.start")).toMatchObject([{ visit: id, of: "temperature" }]);
  });

  test("left before the host has answered is left at the host, too", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" }, { kind: "guest" }, { kind: "leave" });
    await vi.waitFor(() => expect(station.heard).toContain("visit.leave"));
    expect(engine.shown()).toMatchObject({ screen: { at: "welcome" }, visit: undefined });
  });

  test("closed by the host is gone from the page at once", async () => {
    const { engine, station } = openKiosk();
    await openVisit(engine);
    station.closeVisit();
    const gone = await until(engine, ({ visit }) => visit === undefined);
    expect(gone).toMatchObject({ ...empty, screen: { at: "welcome" } });
  });
});

describe("measuring", () => {
  test("asked for before the host has opened the visit begins when it has", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" }, { kind: "guest" }, { kind: "no" }, { kind: "home" });
    measure(engine, "oximetry");
    expect(engine.shown().visit).toBeUndefined();
    const { visit } = await until(engine, ({ screen, visit }) => screen.at === "result" && visit?.results.length === 1);
    expect(station.inputs("measure.start")).toMatchObject([{ visit: visit?.id, of: "oximetry" }]);
  });

  test("asked for in a visit that was left before it was opened never begins", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" }, { kind: "guest" }, { kind: "no" }, { kind: "home" });
    measure(engine, "oximetry");
    engine.send({ kind: "leave" });
    await vi.waitFor(() => expect(station.heard).toContain("visit.leave"));
    expect(station.heard).not.toContain("measure.start");
    expect(engine.shown()).toMatchObject({ ...empty, screen: { at: "welcome" } });
  });

  test("a second pressure is taken at once, with what was answered before the first", async () => {
    const { engine, station } = openKiosk({ pressures: [[128, 73, 72]] });
    await openVisit(engine);
    measure(engine, "bloodPressure");
    await until(engine, (shown) => shown.screen.at === "result" && shown.visit?.results.length === 1);
    engine.measureAgain();
    await until(engine, (shown) => shown.screen.at === "result" && shown.visit?.results[0]?.measurements.length === 2);
    expect(station.inputs("visit.answer")).toMatchObject([
      { answers: { posture: true } },
      { answers: { prepared: true } },
      { answers: { cuff: "standard" } },
      { answers: { symptoms: [] } },
    ]);
    expect(station.heard.filter((call) => call === "visit.seat")).toHaveLength(1);
  });

  describe("of both arms", () => {
    const starts = (station: ReturnType<typeof openKiosk>["station"]) =>
      station.inputs("measure.start").map((input) => (input as { context: { arm?: string } }).context.arm);
    const readings = (engine: Engine, count: number) =>
      until(engine, ({ screen, visit }) => screen.at === "result" && visit?.results[0]?.measurements.length === count);
    const first = async (pressures: readonly (readonly [number, number, number])[]) => {
      const kiosk = openKiosk({ pressures, resumes: { arms: "both" } });
      await openVisit(kiosk.engine);
      measure(kiosk.engine, "bloodPressure");
      await readings(kiosk.engine, 1);
      return kiosk;
    };

    test("the cuff goes on the other arm by a step of its own, then the higher arm is measured again", async () => {
      const { engine, station } = await first([
        [128, 73, 72],
        [140, 80, 72],
        [138, 80, 72],
      ]);
      engine.measureAgain();
      expect(engine.shown().screen).toMatchObject({ at: "prepare", check: "bloodPressure" });
      expect(armAsked(engine.shown().visit)).toEqual({ arm: "right", changes: true, compares: true });
      engine.send({ kind: "go" });
      await readings(engine, 2);
      expect(armAsked(engine.shown().visit)).toEqual({ arm: "right", changes: false, compares: false });
      engine.measureAgain();
      const { visit } = await readings(engine, 3);
      expect(starts(station)).toEqual(["left", "right", "right"]);
      expect(visit?.results[0]).toMatchObject({ next: "none" });
      expect(visit?.results[0]?.assessments.map(({ adviceKey }) => adviceKey)).toContain("bp.arm_use");
    });

    test("who can measure one arm only goes on with it", async () => {
      const { engine, station } = await first([
        [128, 73, 72],
        [130, 74, 72],
      ]);
      engine.send({ kind: "answers", answers: { arm: "left" } });
      await until(engine, ({ visit }) => visit?.results[0]?.arm === "left");
      engine.measureAgain();
      const { visit } = await readings(engine, 2);
      expect(starts(station)).toEqual(["left", "left"]);
      expect(visit?.results[0]).toMatchObject({ next: "none" });
    });
  });

  test("live pressure reaches its listener without a new page state", async () => {
    const { engine } = openKiosk({ holds: true });
    const pressures: number[] = [];
    engine.live.listen("bp.cuff", (value) => value !== undefined && pressures.push(value));
    await openVisit(engine);
    measure(engine, "bloodPressure");
    await until(engine, ({ run }) => run?.phase?.name === "measuring");
    const before = engine.shown();
    await new Promise<void>((done) => engine.live.listen("bp.cuff", (value) => value === 117 && done()));
    expect(pressures).toEqual([20, 60, 110, 150, 168, 140, 117]);
    expect(engine.shown()).toBe(before);
  });

  test("a curve is heard as it comes, without a new page state", async () => {
    const { engine, station } = openKiosk({ holds: true });
    await openVisit(engine);
    measure(engine, "oximetry");
    await until(engine, ({ run }) => run?.phase?.name === "waiting");
    const before = engine.shown();
    const heard = new Promise((hear) => engine.live.listenWave("pulse", hear));
    station.say({ kind: "wave", of: "pulse", samples: [1, 2, 3] });
    expect(await heard).toEqual([1, 2, 3]);
    expect(engine.shown()).toBe(before);
  });

  test("stop tells the host and goes back to the last step", async () => {
    const { engine, station } = openKiosk({ holds: true });
    await openVisit(engine);
    measure(engine, "bloodPressure");
    await until(engine, ({ run }) => run?.phase !== undefined);
    engine.send({ kind: "stop" });
    expect(engine.shown()).toMatchObject({ screen: { at: "prepare" }, wasStopped: true });
    await vi.waitFor(() => expect(station.heard).toContain("measure.stop"));
  });

  test("a fault ends on a screen that knows its code", async () => {
    const { engine } = openKiosk({ fails: { bloodPressure: "device.cuffLoose" } });
    await openVisit(engine);
    measure(engine, "bloodPressure");
    expect((await at(engine, "failed")).screen).toMatchObject({ code: "device.cuffLoose" });
  });

  test("a number that differs from the display is refused", async () => {
    const { engine } = openKiosk({ confirms: ["lipids"] });
    await openVisit(engine);
    measure(engine, "lipids");
    const { run } = await at(engine, "confirm");
    expect(run?.heard?.readings).toHaveLength(5);
    engine.send({ kind: "same", same: false });
    expect(engine.shown()).toMatchObject({
      screen: { at: "failed", code: "gate.notConfirmed" },
      visit: { results: [] },
    });
  });

  const height = [{ quantity: "body.height", value: 158, unit: "cm" }] as const;

  test("typed numbers are kept by the host and shown", async () => {
    const { engine, station } = openKiosk();
    await openVisit(engine);
    engine.send({ kind: "enter", check: "body" });
    expect(await engine.enter("body", [...height])).toBeUndefined();
    expect(engine.shown().screen).toMatchObject({ at: "result", check: "body" });
    expect(station.inputs("visit.enter")).toMatchObject([{ of: "body", readings: height }]);
  });

  test("typed numbers that cannot be are refused with the reason, on the same screen", async () => {
    const { engine } = openKiosk({ enterFails: "gate.outOfRange" });
    await openVisit(engine);
    engine.send({ kind: "enter", check: "body" });
    expect(await engine.enter("body", [...height])).toBe("gate.outOfRange");
    expect(engine.shown().screen.at).toBe("enter");
  });
});

describe("taking along", () => {
  async function asked(options: FakeOptions) {
    const kiosk = openKiosk(options);
    await openVisit(kiosk.engine);
    measure(kiosk.engine, "temperature");
    await at(kiosk.engine, "result");
    kiosk.engine.send({ kind: "finish" });
    answerBoards(kiosk.engine);
    kiosk.engine.send({ kind: "choose", choice: "comeBack" });
    return kiosk;
  }

  test("on paper, then a word on how it was, then gone: all told in this order", async () => {
    const { engine, station } = await asked({});
    engine.send({ kind: "takeAway", as: "paper" });
    await at(engine, "rate");
    engine.send({ kind: "rate", rating: 3 });
    await vi.waitFor(() => expect(station.heard).toContain("visit.leave"));
    expect(station.heard.slice(-4)).toEqual(["visit.nextStep", "visit.print", "visit.rate", "visit.leave"]);
  });

  test("without paper: the reason, and the code is the other way", async () => {
    const { engine } = await asked({ printFails: "device.paperOut" });
    engine.send({ kind: "takeAway", as: "paper" });
    await until(engine, ({ screen }) => screen.at === "takeAway" && screen.wrong === "device.paperOut");
    engine.send({ kind: "takeAway", as: "code" });
    expect((await until(engine, ({ code }) => code !== undefined)).code?.how).toBe("summary");
  });
});

describe("a cut line", () => {
  test("is shown, dialed again, and the visit goes on", async () => {
    const { engine, station } = openKiosk({ holds: true });
    await openVisit(engine);
    measure(engine, "bloodPressure");
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
    kiosk.engine.send({ kind: "callDoctor" }, { kind: "yes" });
    await until(kiosk.engine, ({ call }) => call.view?.ahead === 2 && call.camera === "on");
    kiosk.station.setCall({ state: "ringing", clinician: fakeClinician });
    await until(kiosk.engine, ({ screen }) => "visit" in screen && screen.visit.call === "talking");
    await vi.waitFor(() => expect(kiosk.consult.seen.peers).toBe(1));
    return kiosk;
  }

  test("is asked for after the consent is kept", async () => {
    const { station } = await talking();
    const wanted = ["visit.consent", "consult.request"];
    expect(station.heard.filter((call) => wanted.includes(call))).toEqual(wanted);
  });

  test("has the polite peer that does not start, with the camera taken before", async () => {
    const { consult, engine, station } = await talking();
    station.setCall({ state: "active" });
    await until(engine, ({ call }) => call.view?.state === "active");
    expect(consult.seen.offers).toEqual([{ polite: true, starts: false, local: true }]);
  });

  test("carries every event of a measurement taken meanwhile", async () => {
    const { engine, consult } = await talking({ pressures: [[128, 73, 72]] });
    engine.send({ kind: "home" });
    measure(engine, "bloodPressure");
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
    engine.send({ kind: "callDoctor" }, { kind: "yes" });
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
