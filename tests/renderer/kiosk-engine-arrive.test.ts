import { describe, expect, test, vi } from "vitest";
import { faults } from "../../core/domain/faults.ts";
import { en } from "../../core/i18n/en.ts";
import { zh } from "../../core/i18n/zh-CN.ts";
import { fakePhone, foundOf } from "./fake-visit.ts";
import { nearestOf } from "../../renderer/kiosk/nearest.ts";
import { answerBoards, at, measure, openKiosk, openVisit, ready, until } from "./kiosk-under-test.ts";

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
    engine.send({ kind: "yes" }, { kind: "yes" });
    await until(engine, ({ visit }) => visit !== undefined);
    expect(engine.shown().found).toBeUndefined();
    expect(station.inputs("visit.open")).toMatchObject([
      {
        who: { kind: "found", token: foundOf().token, consents: { keep: true }, way: "key" },
      },
    ]);
    expect(engine.shown().screen).toMatchObject({ at: "triage", visit: { send: false } });
  });

  test("what may be sent, and a sign, are told to the host after the first result", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" });
    await until(engine, ({ listening }) => listening.ways !== undefined);
    station.lay({ kind: "found", found: foundOf() });
    await at(engine, "isItYou");
    engine.send({ kind: "yes" }, { kind: "yes" });
    await until(engine, ({ visit }) => visit !== undefined);
    engine.send({ kind: "no" });
    expect(engine.shown().screen).toMatchObject({ at: "prepare", check: nearestOf(engine.shown().station) });
    engine.send({ kind: "go" });
    await until(engine, ({ visit }) => (visit?.results.length ?? 0) > 0);
    await at(engine, "result");
    expect(station.heard).not.toContain("visit.consent");
    engine.send({ kind: "home" }, { kind: "no" }, { kind: "no" }, { kind: "yes" }, { kind: "sign", sign: "fish" });
    expect(engine.shown().screen.at).toBe("checks");
    await until(engine, ({ visit }) => visit?.sign === "fish");
    expect(station.inputs("visit.consent")).toMatchObject([{ scope: "send", given: true }]);
    expect(station.inputs("visit.answer")).toMatchObject([{ answers: { symptoms: [] } }]);
  });

  test("somebody who operates for the person is told to the host, and says the consents", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" }, { kind: "helper", helper: "relative" });
    await until(engine, ({ listening }) => listening.ways !== undefined);
    station.lay({ kind: "found", found: foundOf({ known: true, ask: ["send"] }) });
    await at(engine, "isItYou");
    engine.send({ kind: "yes" });
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

  test("a card that nothing came of is not being read for ever; one that was left is said, until it is taken", async () => {
    const { engine, station } = await ready();
    engine.send({ kind: "start" });
    await until(engine, ({ listening }) => listening.ways !== undefined);
    station.lay({ kind: "reading" });
    await until(engine, ({ listening }) => listening.busy);
    station.lay({ kind: "waiting" });
    await until(engine, ({ listening }) => !listening.busy);
    station.lay({ kind: "left" });
    await until(engine, ({ listening }) => listening.left === true);
    expect(engine.shown()).toMatchObject({ found: undefined, screen: { at: "who", tries: 0 } });
    station.lay({ kind: "waiting" });
    await until(engine, ({ listening }) => listening.left === undefined);
    // Another card, which cannot be used, is what is to be said then.
    station.lay({ kind: "left" });
    station.lay({ kind: "fault", code: "identify.badNumber" });
    await until(engine, ({ screen }) => screen.at === "who" && screen.wrong === "identify.badNumber");
    expect(engine.shown().listening.left).toBeUndefined();
  });

  test("that a card has expired is said in the words of its fault", () => {
    const { zh: spoken, en: told } = faults["identify.cardExpired"].resident;
    expect([zh["kiosk.isItYou.expired"], en["kiosk.isItYou.expired"]]).toEqual([spoken, told]);
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
    engine.send({ kind: "back" });
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
    answerBoards(engine);
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
