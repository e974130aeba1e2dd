import { v7 } from "uuid";
import type { MeasureEvent, StationView, VisitView } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { OfferedKind } from "../../core/domain/outcome.ts";
import { next, welcome, type KioskEffect, type KioskInput, type KioskState } from "../../core/machine/kiosk.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import type { GlucoseContext } from "../../core/rules/glucose.ts";
import { faultOf, type DoorState, type StationDoor } from "../station.ts";
import { noCall, openCall, type Call, type CallShown, type ConsultKit } from "./call.ts";
import { createLive, type Live } from "./live.ts";

export type Over = "help" | "emergency" | "opinion" | "proof" | "leave" | "idle";

/** The measurement that runs or ran last. */
export interface Run {
  readonly id: string;
  readonly of: OfferedKind;
  /** `end`: when it is over at the latest, milliseconds since 1970. */
  readonly phase:
    | {
        readonly name: Extract<MeasureEvent, { kind: "phase" }>["phase"];
        readonly latestMs: number;
        readonly end: number;
      }
    | undefined;
  /** Heard, and shown for comparing with the device's display. */
  readonly heard: Measurement | undefined;
  readonly accepted: boolean;
  /** Why it did not become a result. */
  readonly fault: FaultCode | undefined;
}

/** Everything a screen may show. Replaced whole on every change, except for live values, which go past it. */
export interface Shown {
  readonly line: DoorState;
  readonly station: StationView | undefined;
  readonly screen: KioskState;
  readonly over: Over | undefined;
  /** Step of the page's own list of pictures for a check, and the answer to its question about food. */
  readonly step: number;
  readonly meal: GlucoseContext | undefined;
  readonly wasStopped: boolean;
  readonly visit: VisitView | undefined;
  readonly run: Run | undefined;
  readonly call: CallShown;
  /** Why the visit could not be opened. */
  readonly openFault: FaultCode | undefined;
  /** Said goodbye, and nothing of the visit is left. */
  readonly farewell: boolean;
}

export interface Engine {
  readonly live: Live;
  readonly shown: () => Shown;
  readonly subscribe: (listener: () => void) => () => void;
  send(...inputs: readonly KioskInput[]): void;
  cover(over: Over | undefined): void;
  toStep(step: number): void;
  /** One picture back, or one screen. */
  back(): void;
  answerMeal(meal: GlucoseContext): void;
  /** Starts the check that is prepared. */
  begin(): void;
  /** Measures once more with the answers given before. */
  measureAgain(): void;
  greet(): void;
  close(): void;
}

const empty = {
  over: undefined,
  step: 0,
  meal: undefined,
  wasStopped: false,
  visit: undefined,
  run: undefined,
  call: noCall,
  openFault: undefined,
} as const;

/** Carries out what the kiosk's machine decides, over the door to the host. Knows no screen. */
export function createEngine(parts: {
  readonly door: StationDoor;
  readonly loadKit: () => Promise<ConsultKit>;
  readonly newId?: () => string;
}): Engine {
  const { door, newId = v7 } = parts;
  const live = createLive();
  const listeners = new Set<() => void>();
  let state: Shown = { ...empty, line: door.state, station: undefined, screen: welcome, farewell: false };
  let visit: string | undefined;
  let leaveVisit = () => {};
  let leaveRun = () => {};
  let call: { readonly id: string; readonly line: Call } | undefined;

  const show = (change: Partial<Shown>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  /** Harmless calls: the host does what is right without the page, too. */
  const tell = (work: Promise<unknown>) => void work.catch(() => undefined);

  const send = (...inputs: readonly KioskInput[]) => {
    for (const input of inputs) {
      const before = state.screen;
      const { state: screen, effects } = next(before, input);
      if (screen.at !== before.at)
        show({ screen, over: undefined, ...(screen.at === "measure" ? { wasStopped: false } : {}) });
      else show({ screen });
      for (const effect of effects) carryOut(effect);
    }
  };

  const carryOut = (effect: KioskEffect): void => {
    switch (effect.kind) {
      case "openVisit":
        return void openVisit(effect.person.kind === "resident" ? effect.person.id : null);
      case "endVisit":
        return endVisit(effect.reason);
      case "startMeasuring":
        return void startMeasuring(effect.check, effect.meal ?? state.meal);
      case "stopMeasuring":
        leaveRun();
        live.clear();
        if (state.run) tell(door.client.measure.stop({ id: state.run.id }));
        return show({ wasStopped: true });
      case "answerConfirm":
        return void answerConfirm(effect.same);
      case "requestCall":
        return requestCall();
      case "endCall":
        if (call) tell(door.client.consult.cancel({ call: call.id }));
        return closeCall();
      case "showHelp":
        return show({ over: "help" });
    }
  };

  async function openVisit(resident: string | null): Promise<void> {
    const id = newId();
    visit = id;
    show({ openFault: undefined, farewell: false });
    try {
      const opened = await door.client.visit.open({ id, resident });
      if (visit !== id) return;
      show({ visit: opened });
      leaveVisit = door.feed(
        (client, options) => client.visit.watch({ visit: id }, options),
        (view) => {
          show({ visit: view });
          if (view.opinions.length > 0) send({ kind: "opinion" });
        },
        // The host closed it: another window, or the host's own clock.
        () => {
          if (visit === id) send({ kind: "leave" });
        },
      );
    } catch (error) {
      if (visit !== id) return;
      visit = undefined;
      send({ kind: "leave" }, { kind: "start" });
      show({ openFault: faultOf(error), farewell: false });
    }
  }

  function endVisit(reason: "left" | "idle"): void {
    const id = visit;
    // Somebody who only looked is back at the start at once.
    const didSomething = (state.visit?.results.length ?? 0) > 0 || call !== undefined;
    visit = undefined;
    leaveVisit();
    leaveRun();
    closeCall();
    live.clear();
    show({ ...empty, farewell: id !== undefined && didSomething });
    if (id !== undefined) tell(door.client.visit.leave({ visit: id, reason }));
  }

  async function startMeasuring(of: OfferedKind, meal: GlucoseContext | undefined): Promise<void> {
    const id = newId();
    leaveRun();
    live.clear();
    show({ run: { id, of, phase: undefined, heard: undefined, accepted: false, fault: undefined } });
    const own = () => (state.run?.id === id ? state.run : undefined);
    if (visit === undefined) return send({ kind: "fault", code: "visit.closed" });
    try {
      await door.client.measure.start({
        id,
        visit,
        of,
        context: meal === undefined || of === "bloodPressure" ? {} : { meal },
      });
    } catch (error) {
      if (own()) send({ kind: "fault", code: faultOf(error) });
      return;
    }
    // Stopped while the host was still answering: stop what has begun since.
    if (!own() || state.screen.at !== "measure") return tell(door.client.measure.stop({ id }));
    leaveRun = door.feed(
      (client, options) => client.measure.watch({ id }, options),
      (event) => {
        if (own()) hear(id, of, event);
      },
      (code) => {
        if (code !== undefined && own()?.accepted === false) send({ kind: "fault", code });
      },
    );
  }

  function hear(id: string, of: OfferedKind, event: MeasureEvent): void {
    call?.line.sendLive({ kind: "measure", measurement: id, of, at: new Date().toISOString(), event });
    if (event.kind === "progress") return live.push(event.readings);
    const run = state.run;
    if (run?.id !== id) return;
    switch (event.kind) {
      case "phase":
        return show({
          run: { ...run, phase: { name: event.phase, latestMs: event.latestMs, end: Date.now() + event.latestMs } },
        });
      case "confirm":
        show({ run: { ...run, heard: event.measurement } });
        return send({ kind: "measured", confirm: true });
      case "accepted":
        show({ run: { ...run, accepted: true } });
        // After `same` the machine is on the result already.
        return send({ kind: "measured", confirm: false });
      case "refused":
        return show({ run: { ...run, fault: event.reason } });
      case "fault":
        return show({ run: { ...run, fault: event.code } });
      case "ended":
        leaveRun();
        if (run.accepted) return;
        return failRun(event.code ?? run.fault ?? "device.unknown");
    }
  }

  function failRun(code: FaultCode): void {
    if (state.run) show({ run: { ...state.run, fault: code } });
    send({ kind: "fault", code });
  }

  async function answerConfirm(same: boolean): Promise<void> {
    const id = state.run?.id;
    if (id === undefined) return;
    try {
      await door.client.measure.confirm({ id, same });
    } catch (error) {
      if (same && state.run?.id === id) failRun(faultOf(error));
    }
  }

  function requestCall(): void {
    if (visit === undefined) return;
    const id = newId();
    closeCall();
    const line = openCall({
      door,
      call: id,
      visit,
      loadKit: parts.loadKit,
      show: (shown) => {
        if (call?.id !== id) return;
        show({ call: shown });
        if (shown.view?.state === "ringing" || shown.view?.state === "active") send({ kind: "callTaken" });
      },
      over: (fault) => {
        if (call?.id !== id) return;
        closeCall();
        show({ call: { ...noCall, fault } });
        send({ kind: "callEnded" });
      },
    });
    call = { id, line };
    show({ call: noCall });
  }

  function closeCall(): void {
    call?.line.close();
    call = undefined;
    show({ call: noCall });
  }

  /** The machine asks about food for every measurement; the person is asked once per check. */
  const answered = (): readonly KioskInput[] => (state.meal === undefined ? [] : [{ kind: "meal", meal: state.meal }]);

  const leaveStation = door.feed(
    (client, options) => client.station.watch(undefined, options),
    (station) => show({ station }),
  );
  const leaveDoor = door.onState((line) => {
    show({ line });
    if (line === "open" && state.screen.at === "away") send({ kind: "hostBack" });
    if (line === "closed" && state.screen.at !== "away") {
      leaveRun();
      live.clear();
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
    send(...inputs) {
      // A check that is begun anew asks its questions anew.
      if (inputs.some(({ kind }) => kind === "pick")) show({ step: 0, meal: undefined, wasStopped: false });
      send(...inputs);
    },
    cover: (over) => show({ over }),
    toStep: (step) => show({ step, wasStopped: false }),
    back() {
      if (state.screen.at === "prepare" && state.step > 0) show({ step: state.step - 1, wasStopped: false });
      else send({ kind: "back" });
    },
    answerMeal(meal) {
      show({ meal, step: state.step + 1 });
      send({ kind: "meal", meal });
    },
    begin: () => send(...answered(), { kind: "go" }),
    measureAgain: () => send({ kind: "again" }, ...answered(), { kind: "go" }),
    greet: () => show({ farewell: false }),
    close() {
      leaveDoor();
      leaveStation();
      leaveVisit();
      leaveRun();
      closeCall();
    },
  };
}
