import type { DeviceFaultCode, FaultCode } from "../../core/domain/faults.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { decoder, type Heard } from "./decoder.ts";
import type { Effect, Session, SessionOptions } from "./effects.ts";
import { encode } from "./envelopes.ts";
import { wallMs } from "./device-time.ts";
import { createLinkEnd } from "./link.ts";
import type { Phase, Profile, Step } from "./schema.ts";
import type { Values } from "./value.ts";
import { rulesOf } from "./rules.ts";

const nothing = new Uint8Array(0);
/** So many bytes that are no frame mean a wrong speed or a bad cable rather than a click on the line. */
const garbledBytes = 8;

type State =
  | { readonly is: "idle" }
  | { readonly is: "running" }
  /** The stop frame is out; `end` follows on its acknowledgement or when the tries are used up. */
  | { readonly is: "stopping"; readonly tries: number; readonly end: Extract<Effect, { do: "end" }> }
  | { readonly is: "ended" };

/** Runs the profile's session table: sends, waits with an end to every wait, reads out, stops. */
export function createSession(profile: Profile, options: SessionOptions = {}): Session {
  const { steps, stop: stopFrame, totalMs, gapMs } = profile.session;
  const heardBy = decoder(profile);
  const link = profile.link === undefined ? undefined : createLinkEnd(profile, profile.link, "host");
  const linkFrames = new Set(
    Object.keys(profile.meaning).filter((name) =>
      rulesOf(profile, name).some((rule) => rule.kind === "information" && rule.link === true),
    ),
  );
  const faultFrames = new Set(
    Object.keys(profile.meaning).filter((name) => rulesOf(profile, name).some((rule) => rule.kind === "fault")),
  );

  let state: State = { is: "idle" };
  let effects: Effect[] = [];
  let phase: Phase | undefined;
  let at = 0;
  let tries = 0;
  let index = 0;
  let resetting = false;
  let totalAt = Number.POSITIVE_INFINITY;
  /** When the present ask, listen or stop gives up. */
  let deadline = Number.POSITIVE_INFINITY;
  let lastByteAt = 0;
  let garbage = 0;
  let brokenResult = false;
  let measured = false;
  let refused: DeviceFaultCode | undefined;
  let limitMs = options.sinceDeviceTime === undefined ? undefined : wallMs(options.sinceDeviceTime);

  const tell = (outcome: Outcome, raw: Uint8Array): void => void effects.push({ do: "tell", outcome, raw });
  const send = (bytes: Uint8Array): void => void effects.push({ do: "send", bytes });
  const currentStep = (): Step | undefined => steps[at];
  const isRunning = (): boolean => state.is === "running";

  // Ways out ---------------------------------------------------------------------------------------------------------

  function finish(): void {
    state = { is: "ended" };
    effects.push({ do: "end", how: "finished" });
  }
  /** Ends for another reason than a result. What acts on a person is stopped first. */
  function leave(end: Extract<Effect, { do: "end" }>, nowMs: number): void {
    if (stopFrame === undefined || !profile.actuates) {
      state = { is: "ended" };
      effects.push(end);
      return;
    }
    state = { is: "stopping", tries: 1, end };
    deadline = nowMs + stopFrame.withinMs;
    send(encode(profile, stopFrame.send, {}));
  }
  function fail(code: FaultCode, nowMs: number): void {
    tell({ kind: "fault", code }, nothing);
    leave({ do: "end", how: "failed", code }, nowMs);
  }
  const quietCode = (): FaultCode => (garbage >= garbledBytes ? "device.garbled" : "device.silent");

  // Ways on ----------------------------------------------------------------------------------------------------------

  function ask(nowMs: number): void {
    const step = currentStep();
    if (step === undefined || step.do === "listen") return;
    deadline = nowMs + step.withinMs;
    if (resetting && link !== undefined && profile.link !== undefined) {
      deadline = nowMs + profile.link.withinMs;
      heardBy.prefer(undefined);
      send(link.resetPacket());
      return;
    }
    heardBy.prefer(step.do === "ask" ? step.expect[0] : step.expect);
    const values: Values = step.do === "ask" ? (step.values ?? {}) : { [step.index]: index };
    send(encode(profile, step.send, values, link?.stamp()));
  }
  function enter(next: number, nowMs: number): void {
    at = next;
    tries = 1;
    index = 0;
    const step = currentStep();
    if (step === undefined) {
      if (measured) finish();
      else if (refused === undefined) fail("device.noRecord", nowMs);
      // It was told when it was read.
      else leave({ do: "end", how: "failed", code: refused }, nowMs);
      return;
    }
    if (step.phase !== phase) {
      phase = step.phase;
      effects.push({ do: "phase", phase });
    }
    if (step.do === "listen") {
      heardBy.prefer(undefined);
      deadline = nowMs + step.firstMs;
    } else ask(nowMs);
  }
  function recordRead(step: Extract<Step, { do: "readout" }>, outcomes: readonly Outcome[], nowMs: number): void {
    const old = outcomes.some(
      (outcome) =>
        outcome.kind === "measurement" &&
        outcome.deviceTime !== undefined &&
        limitMs !== undefined &&
        wallMs(outcome.deviceTime) < limitMs,
    );
    index++;
    tries = 1;
    if (old || index >= Math.min(step.most, options.mostRecords ?? step.most)) enter(at + 1, nowMs);
    else ask(nowMs);
  }
  function retry(nowMs: number): void {
    const step = currentStep();
    if (step === undefined || step.do === "listen") return;
    const most = resetting && profile.link !== undefined ? profile.link.tries : step.tries;
    if (tries >= most) {
      fail(quietCode(), nowMs);
      return;
    }
    tries++;
    if (link !== undefined) resetting = true;
    ask(nowMs);
  }

  // What was heard ---------------------------------------------------------------------------------------------------

  function onFrame(frame: string, heard: Heard, nowMs: number): void {
    garbage = 0;
    brokenResult = false;
    let fresh = true;
    if (link !== undefined) {
      switch (link.receive(frame, heard.raw)) {
        case "reset":
          if (resetting) {
            link.restart();
            resetting = false;
            if (state.is === "running") ask(nowMs);
          }
          return;
        case "ack":
          return;
        case "duplicate":
          fresh = false;
          break;
        case "payload":
          break;
      }
      if (state.is === "running") send(link.acknowledgement());
      if (!fresh) return;
    }
    if (!linkFrames.has(frame)) for (const outcome of heard.outcomes) tell(outcome, heard.raw);
    if (state.is === "stopping") {
      if (stopFrame?.expect.includes(frame) === true) {
        const { end } = state;
        state = { is: "ended" };
        effects.push(end);
      }
      return;
    }
    if (state.is !== "running") return;
    learnClock(heard.outcomes, nowMs);
    advance(frame, heard.outcomes, nowMs);
  }
  function learnClock(outcomes: readonly Outcome[], nowMs: number): void {
    for (const outcome of outcomes) {
      if (
        outcome.kind !== "information" ||
        outcome.about !== "clock" ||
        options.sinceMs === undefined ||
        limitMs !== undefined
      )
        continue;
      limitMs = wallMs(String(outcome.values["deviceTime"])) - (nowMs - options.sinceMs);
    }
  }
  function advance(frame: string, outcomes: readonly Outcome[], nowMs: number): void {
    const step = currentStep();
    if (step === undefined) return;
    const result = outcomes.find((outcome) => outcome.kind === "measurement");
    const fault = outcomes.find((outcome) => outcome.kind === "fault");
    if (result !== undefined) measured = true;
    if (step.do === "readout") {
      if (fault !== undefined) refused = fault.code as DeviceFaultCode;
      if (frame === step.expect) recordRead(step, outcomes, nowMs);
      else if (frame === step.none) enter(at + 1, nowMs);
      return;
    }
    if (result !== undefined) {
      finish();
      return;
    }
    if (fault !== undefined) {
      const end = { do: "end", how: "failed", code: fault.code } as const;
      // The device's own fault message ends its measurement; an impossible number does not.
      if (faultFrames.has(frame)) {
        state = { is: "ended" };
        effects.push(end);
      } else leave(end, nowMs);
      return;
    }
    if (step.do === "listen") {
      deadline = nowMs + step.silenceMs;
      return;
    }
    // It is measuring already (somebody used its own button): there is nothing left to ask, least of all to start.
    const listenAt = steps.findIndex((each, i) => i > at && each.do === "listen");
    if (listenAt > 0 && outcomes.some((outcome) => outcome.kind === "progress")) enter(listenAt, nowMs);
    else if (step.expect.includes(frame)) enter(at + 1, nowMs);
  }
  function take(heards: readonly Heard[], nowMs: number): void {
    for (const heard of heards) {
      if (heard.frame !== undefined) {
        onFrame(heard.frame, heard, nowMs);
        continue;
      }
      for (const outcome of heard.outcomes) {
        tell(outcome, heard.raw);
        if (outcome.kind !== "discarded") continue;
        if (outcome.reason === "incomplete") brokenResult = true;
        else garbage += outcome.bytes.length;
      }
    }
  }

  // Time -------------------------------------------------------------------------------------------------------------

  /** Noise, or a begun result, shortens a long wait: nobody should look at a screen that cannot know more. */
  function listenDeadline(): number {
    const step = currentStep();
    if (state.is !== "running" || step?.do !== "listen") return deadline;
    const troubled = brokenResult || garbage >= garbledBytes || heardBy.pending() > 0;
    return troubled ? Math.min(deadline, lastByteAt + step.silenceMs) : deadline;
  }
  const gapAt = (): number => (heardBy.pending() > 0 ? lastByteAt + gapMs : Number.POSITIVE_INFINITY);

  function onTime(nowMs: number): void {
    if (nowMs >= gapAt()) take(heardBy.flushFrames(), nowMs);
    if (state.is === "running" && nowMs >= totalAt) {
      fail(profile.push ? "device.silent" : "device.tooLong", nowMs);
      return;
    }
    if (nowMs < listenDeadline()) return;
    switch (state.is) {
      case "idle":
      case "ended":
        return;
      case "stopping": {
        const { tries: sent, end } = state;
        if (stopFrame === undefined || sent >= stopFrame.tries) {
          state = { is: "ended" };
          effects.push(end);
          return;
        }
        state = { is: "stopping", tries: sent + 1, end };
        deadline = nowMs + stopFrame.withinMs;
        send(encode(profile, stopFrame.send, {}));
        return;
      }
      case "running": {
        const before = at;
        take(heardBy.flushFrames(), nowMs);
        // What was hidden behind a half frame may have been the answer.
        if (!isRunning() || at !== before || nowMs < listenDeadline()) return;
        const step = currentStep();
        if (step?.do !== "listen") retry(nowMs);
        else fail(brokenResult && step.partial !== undefined ? step.partial : quietCode(), nowMs);
        return;
      }
      default:
        missingCase(state);
    }
  }
  function given(nowMs: number): readonly Effect[] {
    if (state.is === "running" || state.is === "stopping") {
      const total = state.is === "running" ? totalAt : Number.POSITIVE_INFINITY;
      effects.push({ do: "wake", atMs: Math.max(nowMs, Math.min(total, listenDeadline(), gapAt())) });
    }
    const result = effects;
    effects = [];
    return result;
  }

  return {
    begin(nowMs) {
      if (state.is !== "idle") return [];
      state = { is: "running" };
      totalAt = nowMs + totalMs;
      lastByteAt = nowMs;
      resetting = link !== undefined;
      enter(0, nowMs);
      return given(nowMs);
    },
    hear(chunk, nowMs) {
      lastByteAt = nowMs;
      take(heardBy.hearFrames(chunk), nowMs);
      return given(nowMs);
    },
    wake(nowMs) {
      onTime(nowMs);
      return given(nowMs);
    },
    stop(nowMs) {
      if (state.is === "running") leave({ do: "end", how: "stopped" }, nowMs);
      else if (state.is === "idle") {
        state = { is: "ended" };
        effects.push({ do: "end", how: "stopped" });
      }
      return given(nowMs);
    },
  };
}
