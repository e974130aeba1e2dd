import { v7 } from "uuid";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Language } from "../../core/i18n/message.ts";
import { next, type KioskEffect, type KioskInput, type KioskState } from "../../core/machine/kiosk.ts";
import type { StationDoor } from "../station.ts";
import { armAsked } from "./arm.ts";
import type { ConsultKit } from "./call.ts";
import { createCalling } from "./engine/calling.ts";
import { createFamily } from "./engine/family.ts";
import { createLinking } from "./engine/linking.ts";
import { createIdentify } from "./engine/identify.ts";
import { createMessage } from "./engine/message.ts";
import { createNews } from "./engine/news.ts";
import { createMeasuring } from "./engine/measuring.ts";
import { first, type Base, type Engine, type Shown } from "./engine/shown.ts";
import { createVisit } from "./engine/visit.ts";
import { createLive } from "./live.ts";

export type { Engine, Listening, Over, Run, Shown } from "./engine/shown.ts";

/** Screens on which a recognized person is asked something; anywhere else name and sign are dropped. */
const asked: readonly KioskState["at"][] = ["isItYou", "wasIt", "consent"];
const isAbout = (screen: KioskState): boolean => asked.includes(screen.at === "away" ? screen.then.at : screen.at);

/** Carries out what the kiosk's machine decides, over the door to the host. Knows no screen. */
export function createEngine(parts: {
  readonly door: StationDoor;
  readonly loadKit: () => Promise<ConsultKit>;
  readonly newId?: () => string;
  /** For what is printed and taken along. */
  readonly language?: () => Language;
}): Engine {
  const { door, newId = v7, language = () => "zh-CN" as const } = parts;
  const live = createLive();
  const listeners = new Set<() => void>();
  let state: Shown = { ...first, line: door.state, station: undefined };

  const show = (change: Partial<Shown>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const send = (...inputs: readonly KioskInput[]) => {
    for (const input of inputs) {
      const before = state.screen;
      const { state: screen, effects } = next(before, input);
      show({
        screen,
        ...(screen.at === before.at ? {} : { over: news.tells(before, screen) ? "answer" : undefined }),
        ...(isAbout(screen) ? {} : { found: undefined }),
        ...(before.at === "prepare" && screen !== before ? { wasStopped: false } : {}),
      });
      for (const effect of effects) carryOut(effect);
    }
  };

  const base: Base = {
    door,
    newId,
    shown: () => state,
    show,
    send,
    tell: (work) => void work.catch(() => undefined),
  };
  const calling = createCalling(base, parts.loadKit);
  const identify = createIdentify(base);
  const visit = createVisit(base, {
    language,
    isCalling: calling.isOpen,
    sends: calling.setSends,
    reads: identify.reads,
  });
  const news = createNews(base, visit.id);
  const measuring = createMeasuring(base, {
    live,
    opened: visit.opened,
    asked: (of) => calling.begun(of),
    onEvent: (measurement, of, event) =>
      calling.sendLive({ kind: "measure", measurement, of, at: new Date().toISOString(), event }),
  });

  function carryOut(effect: KioskEffect): void {
    switch (effect.kind) {
      case "listen":
        return identify.listen();
      case "stopListening":
        return identify.stop();
      case "openVisit":
        return void visit.open(effect);
      case "endVisit":
        measuring.letGo();
        identify.stop();
        visit.end(effect.reason);
        return calling.close();
      case "answer":
        return visit.answer(effect);
      case "sign":
        return visit.sign(effect);
      case "seat":
        return visit.seat();
      case "alarm":
        return visit.alarm(effect);
      case "alarmAnswered":
        return visit.alarmAnswered(effect);
      case "agree":
        return visit.consent(effect.scope, effect.given);
      case "startMeasuring":
        return void measuring.start(effect.check, effect.meal);
      case "stopMeasuring":
        return measuring.stop();
      case "answerConfirm":
        return void measuring.answerConfirm(effect.same);
      case "requestCall": {
        const open = visit.id();
        return open === undefined ? send({ kind: "callEnded" }) : calling.request(open, visit.agreed());
      }
      case "endCall":
        return calling.end();
      case "answerAsk":
        return calling.answerAsk(effect.agreed, effect.by ?? "touch");
      case "nextStep":
        return visit.nextStep(effect);
      case "print":
        return void visit.print();
      case "showCode":
        return void visit.showCode();
      case "rate":
        return visit.rate(effect);
      case "showHelp":
        return show({ over: "help" });
      default:
        return missingCase(effect);
    }
  }

  const leaveStation = door.feed(
    (client, options) => client.station.watch(undefined, options),
    (station) => show({ station }),
  );
  const leaveDoor = door.onState((line) => {
    show({ line });
    if (line === "open" && state.screen.at === "away") send({ kind: "hostBack" });
    if (line === "closed" && state.screen.at !== "away") {
      measuring.letGo();
      send({ kind: "hostLost" });
    }
  });

  return {
    live,
    shown: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    send,
    cover: (over) => show({ over }),
    measureAgain() {
      const changes = armAsked(state.visit)?.changes === true;
      send({ kind: "again" });
      // The cuff goes on the other arm first: the last step of the preparation says so.
      if (!changes) send({ kind: "go" });
    },
    lookUp: identify.lookUp,
    enter: visit.enter,
    trend: visit.trend,
    family: createFamily(base, visit.id),
    link: createLinking(base, visit.id),
    own: { door, newId, language, visit: visit.id, way: visit.way },
    consent: visit.consent,
    touch: visit.touch,
    cleared: visit.cleared,
    guest: (ask, scope, said) => calling.guest(ask, scope, said, visit.way()),
    mute: calling.mute,
    hand: (handed) => calling.hand(handed),
    heard: calling.heard,
    takeStill: calling.takeStill,
    kit: parts.loadKit,
    leaveMessage: createMessage(base, { visit: visit.id, agreed: visit.agreed }),
    told: news.told,
    newsLater: news.later,
    toLower: (lower) => show({ lower }),
    greet: () => show({ farewell: false }),
    close() {
      leaveDoor();
      leaveStation();
      identify.stop();
      visit.close();
      measuring.letGo();
      calling.close();
    },
  };
}
