import { afterEach, describe, expect, test, vi } from "vitest";
import type { LiveMessage } from "../../core/contract/live.ts";
import type { OfferedKind } from "../../core/domain/outcome.ts";
import { stepsOf } from "../../core/machine/steps.ts";
import type { GlucoseContext } from "../../core/rules/glucose.ts";
import type { ConsultKit } from "../../renderer/kiosk/call.ts";
import { createEngine, type Engine, type Shown } from "../../renderer/kiosk/engine.ts";
import { empty } from "../../renderer/kiosk/engine/shown.ts";
import { fakeClinician, fakeStation, type FakeOptions } from "./fake-station.ts";
import { fakePhone, foundOf } from "./fake-visit.ts";

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

async function ready(options: FakeOptions = {}) {
  const kiosk = openKiosk(options);
  await until(kiosk.engine, ({ station }) => station !== undefined);
  return kiosk;
}

/** To the choice of checks, as a guest who has no symptoms. */
async function openVisit(engine: Engine): Promise<void> {
  await until(engine, ({ station }) => station !== undefined);
  engine.send({ kind: "start" }, { kind: "guest" });
  await until(engine, ({ visit }) => visit !== undefined);
  engine.send({ kind: "no" }, { kind: "no" }, { kind: "no" });
}

/** Through everything that is asked before a measurement, to its start. */
function measure(engine: Engine, check: OfferedKind, meal?: GlucoseContext): void {
  engine.send({ kind: "pick", check });
  for (const step of stepsOf[check])
    engine.send(
      step.kind === "ask"
        ? { kind: "yes" }
        : step.kind === "cuff"
          ? { kind: "answers", answers: { cuff: "standard" } }
          : step.kind === "meal" || step.kind === "fasting"
            ? { kind: "meal", meal: meal ?? "fasting" }
            : { kind: "next" },
    );
}

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

describe("arriving", () => {
  test("by card: the name is shown and dropped, the machine never has it, the host gets every answer", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" });
    await until(engine, ({ listening }) => listening.ways?.card === true);
    station.lay({ kind: "reading" });
    await until(engine, ({ listening }) => listening.busy);
    station.lay({ kind: "found", found: foundOf({ shownName: "planted-secret" }) });
    const shown = await at(engine, "isItYou");
    expect(shown.found?.shownName).toBe("planted-secret");
    expect(JSON.stringify(shown.screen)).not.toContain("planted-secret");

    engine.touch("key");
    engine.send({ kind: "yes" }, { kind: "yes" }, { kind: "no" }, { kind: "sign", sign: "fish" });
    await until(engine, ({ visit }) => visit !== undefined);
    expect(engine.shown().found).toBeUndefined();
    expect(station.inputs("visit.open")).toMatchObject([
      {
        who: { kind: "found", token: foundOf().token, consents: { keep: true, send: false }, way: "key", sign: "fish" },
      },
    ]);
    expect(engine.shown().screen).toMatchObject({ at: "triage", visit: { send: false } });
  });

  test("somebody who operates for the person is told to the host, and says the consents", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" }, { kind: "helper", helper: "relative" });
    await until(engine, ({ listening }) => listening.ways !== undefined);
    station.lay({ kind: "found", found: foundOf({ known: true, ask: ["send"] }) });
    await at(engine, "isItYou");
    engine.send({ kind: "yes" }, { kind: "yes" });
    await until(engine, ({ visit }) => visit !== undefined);
    expect(station.inputs("visit.open")).toMatchObject([{ helper: "relative", who: { way: "helper" } }]);
  });

  test("three cards that cannot be read lead to a person, and a code nobody knows is believed to be one fault", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" });
    await until(engine, ({ listening }) => listening.ways !== undefined);
    station.lay({ kind: "fault", code: "identify.cardExpired" });
    await until(engine, ({ screen }) => screen.at === "who" && screen.wrong === "identify.cardExpired");
    station.lay({ kind: "fault", code: "of a newer host" });
    await until(engine, ({ screen }) => screen.at === "who" && screen.wrong === "identify.notFound");
    station.lay({ kind: "fault", code: "identify.cardExpired" });
    expect((await at(engine, "person")).screen).toMatchObject({ then: { at: "who" } });
  });

  test("by phone, with the second thing", async () => {
    const { engine } = await ready();
    engine.send({ kind: "start" }, { kind: "noCard" }, { kind: "phone" }, { kind: "typed" });
    await engine.lookUp(fakePhone.phone, "0000");
    expect(engine.shown().screen).toMatchObject({ at: "phone", step: "number", wrong: "identify.notFound" });
    engine.send({ kind: "typed" });
    await engine.lookUp(fakePhone.phone, fakePhone.second);
    expect(engine.shown()).toMatchObject({ screen: { at: "isItYou" }, listening: { busy: false } });
  });
});

describe("an emergency", () => {
  test("named at triage is on the screen before the host has answered, and the alarm reaches it", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" }, { kind: "guest" }, { kind: "symptom", symptom: "SX_CHEST_PAIN" });
    expect(engine.shown().screen.at).toBe("emergency");
    await until(engine, ({ visit }) => visit?.alarm?.state === "sounding");
    expect(station.inputs("visit.alarm")).toMatchObject([{ reason: "symptom", symptoms: ["SX_CHEST_PAIN"] }]);
    engine.send({ kind: "someoneIsHere" });
    await until(engine, ({ visit }) => visit?.alarm?.state === "answered");
    expect(station.inputs("visit.alarmAnswered")).toMatchObject([{ how: "here" }]);
  });

  test("stays on the screen when the visit cannot be opened", async () => {
    const { engine, station } = await ready({ openFails: "store.full" });
    engine.send({ kind: "start" }, { kind: "guest" }, { kind: "symptom", symptom: "SX_CHEST_PAIN" });
    await vi.waitFor(() => expect(station.heard).toContain("visit.open"));
    await new Promise((answered) => setTimeout(answered));
    expect(engine.shown().screen.at).toBe("emergency");
  });

  test("stays on the screen while the host is away, and the alarm is told when it is back", async () => {
    const { engine, station } = openKiosk();
    await openVisit(engine);
    engine.send({ kind: "back" }, { kind: "back" }, { kind: "back" });
    station.cut();
    engine.send({ kind: "hostBack" }, { kind: "symptom", symptom: "SX_STROKE" });
    expect(engine.shown().screen.at).toBe("emergency");
    await vi.waitFor(() => expect(station.inputs("visit.alarm")).toMatchObject([{ symptoms: ["SX_STROKE"] }]));
    expect(engine.shown().screen.at).toBe("emergency");
  });

  test("in a result is told once", async () => {
    const { engine, station } = openKiosk({ glucose: 2.2 });
    await openVisit(engine);
    engine.send({ kind: "home" });
    measure(engine, "glucose", "random");
    await until(engine, ({ visit }) => visit?.overall !== undefined);
    const { overall } = engine.shown().visit ?? {};
    expect(overall?.severity).toBe(4);
    await at(engine, "emergency");
    engine.send({ kind: "mistake" });
    station.changeVisit({ helper: "relative" });
    await until(engine, ({ visit }) => visit?.helper === "relative");
    expect(engine.shown().screen.at).toBe("results");
    await vi.waitFor(() => expect(station.heard).toContain("visit.alarmAnswered"));
    expect(station.heard.filter((call) => call === "visit.alarm")).toHaveLength(1);
  });
});

describe("idleness", () => {
  const endsAt = "2026-11-22T02:00:20.000Z";

  test("is asked about when the host says so, and put off by one touch, again and again", async () => {
    const { engine, station } = openKiosk();
    await openVisit(engine);
    station.changeVisit({ idle: { endsAt } });
    await until(engine, ({ over }) => over === "idle");
    engine.touch("touch");
    expect(engine.shown().over).toBeUndefined();
    await until(engine, ({ visit }) => visit?.idle === undefined);
    station.changeVisit({ idle: { endsAt: "2026-11-22T02:01:40.000Z" } });
    await until(engine, ({ over }) => over === "idle");
    engine.touch("key");
    await vi.waitFor(() => expect(station.heard.filter((call) => call === "visit.touch")).toHaveLength(2));
  });

  test("touches are told at most every two seconds", async () => {
    const { engine, station } = openKiosk();
    await openVisit(engine);
    for (let touch = 0; touch < 20; touch++) engine.touch("touch");
    engine.send({ kind: "leave" });
    await vi.waitFor(() => expect(station.heard).toContain("visit.leave"));
    expect(station.heard.filter((call) => call === "visit.touch")).toHaveLength(1);
  });
});

describe("measuring", () => {
  test("a second pressure is taken at once, with what was answered before the first", async () => {
    const { engine, station } = openKiosk({ pressures: [[128, 73, 72]] });
    await openVisit(engine);
    measure(engine, "bloodPressure");
    await until(engine, (shown) => shown.screen.at === "result" && shown.visit?.results.length === 1);
    engine.measureAgain();
    await until(engine, (shown) => shown.screen.at === "result" && shown.visit?.results[0]?.measurements.length === 2);
    expect(station.inputs("visit.answer")).toMatchObject([
      { answers: { symptoms: [] } },
      { answers: { prepared: true } },
      { answers: { posture: true } },
      { answers: { cuff: "standard" } },
    ]);
    expect(station.heard.filter((call) => call === "visit.seat")).toHaveLength(1);
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
    kiosk.engine.send({ kind: "finish" }, { kind: "choose", choice: "comeBack" });
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
