import type { TrendPoint, Who } from "../../../core/contract/visit-parts.ts";
import type { Check, VisitView } from "../../../core/contract/views.ts";
import { offeredKinds, type OfferedKind } from "../../../core/domain/outcome.ts";
import type { ConsentScope, ConsentWay } from "../../../core/domain/consent.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { Language } from "../../../core/i18n/message.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import type { KioskEffect, Person } from "../../../core/machine/kiosk.ts";
import { faultOf } from "../../station.ts";
import { nearestOf } from "../nearest.ts";
import { empty, type Base } from "./shown.ts";

/** A touch every so often is enough to say that somebody is there. */
const touchEveryMs = 2_000;

const sendsOf = ({ consents }: VisitView): boolean =>
  consents.findLast(({ scope }) => scope === "send")?.given === true;

type Effect<Kind extends KioskEffect["kind"]> = Extract<KioskEffect, { readonly kind: Kind }>;

/** The visit at the host: opened, watched, told what the person says, and left with nothing of it in here. */
export function createVisit(
  { door, newId, shown, show, send, tell }: Base,
  parts: {
    readonly language: () => Language;
    readonly isCalling: () => boolean;
    /** Told at once, before the host has it. */
    readonly sends: (sends: boolean) => void;
    /** A card or a code can be read, as was last heard. */
    readonly reads: () => boolean;
  },
) {
  const { client } = door;
  let visit: string | undefined;
  /** Asked for, and not answered yet. */
  let opening: string | undefined;
  let waiting: ((visit: string) => void)[] = [];
  let unsent: (() => void)[] = [];
  let leaveWatch = () => {};
  let agreed: Promise<unknown> = Promise.resolve();
  let touchedAt = -Infinity;
  /** The end of an idle visit that a touch has put off. */
  let putOff: string | undefined;
  let judged = "";
  /** The host's last word on it. A view that is older than what was just said repeats it, and says nothing new. */
  let sent: boolean | undefined;
  const toClear: string[] = [];
  let way: "touch" | "key" = "touch";

  const consentWay = (): ConsentWay => (shown().visit?.helper === undefined ? way : "helper");

  /** Something the host must know: said when the visit is open, and again when the line was lost. Done when it is kept. */
  function keep(say: (visit: string) => Promise<unknown>): Promise<void> {
    return new Promise((done) => {
      const attempt = (id: string) => {
        say(id).then(
          () => done(),
          (error: unknown) => {
            if (faultOf(error) === "wire.closed" && visit === id) unsent.push(() => attempt(id));
            else done();
          },
        );
      };
      if (visit !== undefined) attempt(visit);
      else if (opening !== undefined) waiting.push(attempt);
      else done();
    });
  }

  /** The visit at the host, once that has opened it: none without one, and no answer for one that was left before. */
  const opened = (): Promise<string | undefined> =>
    new Promise((done) => {
      if (opening === undefined) done(visit);
      else waiting.push(done);
    });

  function who(person: Person, effect: Effect<"openVisit">): Who {
    switch (person.kind) {
      case "guest":
        return { kind: "guest" };
      case "specimen":
        return { kind: "specimen", resident: person.id };
      case "code":
        return { kind: "code", token: person.token };
      case "found":
        return {
          kind: "found",
          token: person.token,
          ...(person.mine === undefined ? {} : { mine: person.mine }),
          consents: { ...effect.consents },
          way: effect.helper === undefined ? way : "helper",
        };
    }
  }

  async function open(effect: Effect<"openVisit">): Promise<void> {
    const id = newId();
    opening = id;
    show({ openFault: undefined, farewell: false });
    try {
      const helper = effect.helper === undefined ? {} : { helper: effect.helper };
      const view = await client.visit.open({ id, who: who(effect.person, effect), ...helper });
      if (opening !== id) {
        // Left before the answer came. The host may have gone on with another visit of this person.
        if (view.id !== id) tell(client.visit.leave({ visit: view.id, reason: "left" }));
        return;
      }
      adopt(view);
    } catch (error) {
      if (opening !== id) return;
      opening = undefined;
      waiting = [];
      // What to do in an emergency stays on the screen, with or without a visit at the host.
      if (shown().screen.at === "emergency") return;
      send({ kind: "leave" }, { kind: "start" });
      show({ openFault: faultOf(error), farewell: false });
    }
  }

  /** Takes the host's visit for this one: a visit that goes on has the id it had. */
  function adopt(view: VisitView): void {
    const { id, answers, resumed, results } = view;
    opening = undefined;
    visit = id;
    see(view);
    const nearest = nearestOf(shown().station);
    send({
      kind: "opened",
      resumed,
      send: sendsOf(view),
      done: results.flatMap(({ of }) => offeredKinds.filter((kind) => kind === of)),
      ...(answers.symptoms === undefined ? {} : { symptoms: answers.symptoms }),
      answers,
      takes: (view.takes ?? []).map(({ prescription, drug }) => ({ prescription, drug })),
      ...(nearest === undefined ? {} : { nearest }),
      ...(parts.reads() ? { reads: true } : {}),
    });
    for (const say of waiting.splice(0)) say(id);
    leaveWatch = door.feed(
      (watching, options) => watching.visit.watch({ visit: id }, options),
      (next) => {
        if (visit === id) see(next);
      },
      // The host closed it: another window, or the host's own clock.
      () => {
        if (visit === id) send({ kind: "leave" });
      },
    );
  }

  function see(view: VisitView): void {
    const { idle, closed, opinions, overall, results } = view;
    const warns = idle !== undefined && idle.endsAt !== putOff;
    const { over } = shown();
    show({ visit: view, over: warns ? "idle" : over === "idle" ? undefined : over });
    if (opinions.length > 0) send({ kind: "opinion" });
    const sends = sendsOf(view);
    if (sent !== undefined && sends !== sent) tellSends(sends);
    sent = sends;
    if (overall !== undefined) {
      // The same judgement is told once: who has answered an alarm is not alarmed again by the next event, nor by a
      // milder result of another kind.
      const { severity: gravest } = overall;
      const grave = results.filter(({ assessments }) => assessments.some(({ severity }) => severity === gravest));
      const news = [gravest, ...grave.flatMap(({ measurements }) => measurements.map(({ id }) => id))].join();
      if (news !== judged) {
        judged = news;
        send({ kind: "judged", severity: overall.severity });
      }
    }
    if (closed && visit === view.id) send({ kind: "leave" });
  }

  function end(reason: "left" | "idle"): void {
    const id = visit ?? opening;
    // Somebody who only looked is back at the start at once.
    const didSomething = (shown().visit?.results.length ?? 0) > 0 || parts.isCalling();
    visit = undefined;
    opening = undefined;
    waiting = [];
    unsent = [];
    putOff = undefined;
    judged = "";
    sent = undefined;
    touchedAt = -Infinity;
    way = "touch";
    agreed = Promise.resolve();
    leaveWatch();
    leaveWatch = () => {};
    show({ ...empty, farewell: id !== undefined && didSomething, sitting: shown().sitting + 1 });
    if (id === undefined) return;
    tell(client.visit.leave({ visit: id, reason }));
    toClear.push(id);
  }

  function cleared(): void {
    for (const id of toClear.splice(0)) tell(client.visit.cleared({ visit: id }));
  }

  function touch(by: "touch" | "key"): void {
    way = by;
    if (visit === undefined) return;
    const idle = shown().visit?.idle;
    const now = Date.now();
    if (idle === undefined && now - touchedAt < touchEveryMs) return;
    touchedAt = now;
    if (idle !== undefined) {
      putOff = idle.endsAt;
      if (shown().over === "idle") show({ over: undefined });
    }
    tell(client.visit.touch({ visit }));
  }

  /** To the call that runs, and to the screen that may begin the next one. */
  function tellSends(given: boolean): void {
    parts.sends(given);
    send({ kind: "sends", given });
  }

  function consent(scope: ConsentScope, given: boolean): void {
    const id = newId();
    if (scope === "send") tellSends(given);
    agreed = keep((open) => client.visit.consent({ id, visit: open, scope, given, way: consentWay() }));
  }

  async function print(): Promise<void> {
    const own = visit;
    if (own === undefined) return send({ kind: "fault", code: "visit.closed" });
    try {
      const language = parts.language();
      const { draw } = await client.visit.print({ id: newId(), visit: own, language });
      if (draw !== undefined) {
        const { drawLine } = await import("../lettering.ts");
        const drawn = draw.lines.map((line) => ({ text: line, dots: drawLine(line, draw.columns) }));
        await client.visit.print({ id: newId(), visit: own, language, drawn });
      }
      if (visit === own) send({ kind: "printed" });
    } catch (error) {
      if (visit === own) send({ kind: "fault", code: faultOf(error) });
    }
  }

  async function showCode(): Promise<void> {
    const own = visit;
    show({ code: undefined });
    if (own === undefined) return send({ kind: "fault", code: "visit.closed" });
    try {
      const code = await client.visit.code({ id: newId(), visit: own, language: parts.language() });
      if (visit === own) show({ code });
    } catch (error) {
      if (visit === own) send({ kind: "fault", code: faultOf(error) });
    }
  }

  async function enter(of: OfferedKind, readings: Measurement["readings"]): Promise<FaultCode | undefined> {
    const own = await opened();
    if (own === undefined) return "visit.closed";
    try {
      await client.visit.enter({ id: newId(), visit: own, of, readings });
    } catch (error) {
      return faultOf(error);
    }
    if (visit !== own) return "visit.closed";
    show({ run: undefined });
    send({ kind: "measured", confirm: false });
    return undefined;
  }

  async function trend(of: Check, relative?: string): Promise<readonly TrendPoint[]> {
    if (visit === undefined) return [];
    try {
      return await client.visit.trend({ visit, of, ...(relative === undefined ? {} : { resident: relative }) });
    } catch {
      return [];
    }
  }

  const leaveDoor = door.onState((line) => {
    if (line !== "open") return;
    for (const again of unsent.splice(0)) again();
  });

  return {
    id: () => visit,
    opened,
    /** Done when the last consent is kept. */
    agreed: () => agreed,
    open,
    end,
    touch,
    consent,
    way: consentWay,
    print,
    showCode,
    enter,
    trend,
    cleared,
    answer({ answers }: Effect<"answer">): void {
      const id = newId();
      void keep((open) => client.visit.answer({ id, visit: open, answers }));
    },
    sign({ sign }: Effect<"sign">): void {
      const id = newId();
      void keep((open) => client.visit.sign({ id, visit: open, sign }));
    },
    seat(): void {
      const id = newId();
      void keep((open) => client.visit.seat({ id, visit: open }));
    },
    alarm({ reason, symptoms }: Effect<"alarm">): void {
      const id = newId();
      void keep((open) => client.visit.alarm({ id, visit: open, reason, symptoms: [...symptoms] }));
    },
    alarmAnswered({ how }: Effect<"alarmAnswered">): void {
      const id = newId();
      void keep((open) => client.visit.alarmAnswered({ id, visit: open, how }));
    },
    nextStep({ choice }: Effect<"nextStep">): void {
      const id = newId();
      void keep((open) => client.visit.nextStep({ id, visit: open, choice }));
    },
    rate({ rating }: Effect<"rate">): void {
      const id = newId();
      void keep((open) => client.visit.rate({ id, visit: open, rating }));
    },
    close(): void {
      leaveDoor();
      leaveWatch();
    },
  };
}
