import type { FaultCode } from "../../core/domain/faults.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { actingFrames, allSessions, conversationOf, parametersOf } from "./conversation.ts";
import { decoder, type Heard } from "./decoder.ts";
import { wallMs } from "./device-time.ts";
import type { Effect, Session, SessionOptions } from "./effects.ts";
import { encode } from "./envelopes.ts";
import { agreeOn, gatheredFrames } from "./gathered.ts";
import { createLinkEnd } from "./link.ts";
import { kindsOf, rulesOf } from "./rules.ts";
import { saidValues } from "./said.ts";
import type { Phase, Profile, Rule } from "./schema.ts";
import { running, type Question, type Running, type StepContext } from "./steps.ts";
import type { Values } from "./value.ts";

const nothing = new Uint8Array(0);
/** So many bytes that are no frame mean a wrong speed or a bad cable rather than a click on the line. */
const garbledBytes = 8;
const never = Number.POSITIVE_INFINITY;

type End = Extract<Effect, { do: "end" }>;
type State =
  | { readonly is: "idle" }
  | { readonly is: "running" }
  /** The stop frame is out; `end` follows on its acknowledgement or when the tries are used up. */
  | { readonly is: "stopping"; readonly tries: number; readonly end: End }
  | { readonly is: "ended" };

const resultsIn = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter(({ kind }) => kind === "measurement" || kind === "control");

function joined(first: Uint8Array | undefined, second: Uint8Array): Uint8Array {
  return first === undefined ? second : Uint8Array.from([...first, ...second]);
}

/**
 * Runs one of the profile's session tables: sends, waits with an end to every wait, reads out, stops. Throws only here,
 * when the profile has no such task, a parameter of it is missing or a frame of the job is none of its.
 */
export function createSession(profile: Profile, options: SessionOptions = {}): Session {
  const conversation = conversationOf(profile, options);
  const { steps, stop: stopFrame, replies, keepAlive, totalMs, gapMs } = conversation;
  const parameters = options.values ?? {};
  for (const name of parametersOf(conversation))
    if (parameters[name] === undefined) throw new Error(`nothing was handed in for ${name}`);
  for (const { send: frame } of options.job ?? [])
    if (!steps.some((step) => step.do === "job" && step.frames.includes(frame)))
      throw new Error(`no step sends ${frame} of a job`);
  const acting = actingFrames(allSessions(profile));
  const heardBy = decoder(profile);
  const link = profile.link === undefined ? undefined : createLinkEnd(profile, profile.link, "host");
  const framesWhere = (test: (rule: Rule) => boolean): ReadonlySet<string> =>
    new Set(Object.keys(profile.meaning).filter((name) => rulesOf(profile, name).some(test)));
  const linkFrames = framesWhere((rule) => rule.kind === "information" && rule.link === true);
  const faultFrames = framesWhere((rule) => rule.kind === "fault");
  const gathered = gatheredFrames(profile);
  /** Frames about other kinds than the one that is asked for. */
  const foreign = new Set(
    Object.keys(profile.meaning).filter((name) => {
      const kinds = kindsOf(profile, name);
      return options.of !== undefined && kinds.length > 0 && !kinds.includes(options.of);
    }),
  );

  let state: State = { is: "idle" };
  let effects: Effect[] = [];
  let phase: Phase | undefined;
  let at = 0;
  let present: Running | undefined;
  let question: Question | undefined;
  let tries = 0;
  let resetting = false;
  let totalAt = never;
  let keepAt = never;
  /** When the present question, wait or stop gives up. */
  let deadline = never;
  let lastByteAt = 0;
  let garbage = 0;
  /** Bytes that were no frame less bytes that were: above nothing, the line carries noise that now and then looks like a frame. */
  let noise = 0;
  let brokenResult = false;
  let measured = false;
  let refused: FaultCode | undefined;
  let limitMs = options.sinceDeviceTime === undefined ? undefined : wallMs(options.sinceDeviceTime);
  const said = new Map<string, Values>();

  const tell = (outcome: Outcome, raw: Uint8Array): void => void effects.push({ do: "tell", outcome, raw });
  const send = (bytes: Uint8Array): void => void effects.push({ do: "send", bytes });
  const isRunning = (): boolean => state.is === "running";

  // Ways out ---------------------------------------------------------------------------------------------------------

  function over(end: End): void {
    state = { is: "ended" };
    effects.push(end);
  }
  /** Ends; what may be acting is stopped first. */
  function leave(end: End, nowMs: number): void {
    if (stopFrame === undefined) return over(end);
    state = { is: "stopping", tries: 1, end };
    deadline = nowMs + stopFrame.withinMs;
    send(encode(profile, stopFrame.send, {}));
  }
  function finish(nowMs: number): void {
    const end = { do: "end", how: "finished" } as const;
    if (stopFrame?.always === true) leave(end, nowMs);
    else over(end);
  }
  function fail(code: FaultCode, nowMs: number): void {
    tell({ kind: "fault", code }, nothing);
    leave({ do: "end", how: "failed", code }, nowMs);
  }
  const quiet = (): FaultCode => (garbage >= garbledBytes ? "device.garbled" : "device.silent");
  const late = (why: FaultCode): FaultCode => (noise > 0 ? "device.garbled" : why);

  // Ways on ----------------------------------------------------------------------------------------------------------

  const valuesOf = (written: Parameters<typeof saidValues>[0], nowMs: number, heard: Values = {}): Values =>
    saidValues(written, { parameters, wallMs: nowMs + (options.wallOffsetMs ?? 0), heard });

  function putQuestion(nowMs: number): void {
    if (question === undefined) return;
    if (resetting && link !== undefined && profile.link !== undefined) {
      deadline = nowMs + profile.link.withinMs;
      heardBy.prefer(undefined);
      send(link.resetPacket());
      return;
    }
    deadline = nowMs + question.withinMs;
    heardBy.prefer(question.prefer);
    if (question.after === undefined) sayQuestion(question, nowMs);
  }
  function sayQuestion({ send: frame, values, counted }: Question, nowMs: number): void {
    send(encode(profile, frame, { ...valuesOf(values, nowMs), ...counted }, link?.stamp()));
  }
  function retry(nowMs: number): void {
    if (question === undefined) return;
    const most = resetting && profile.link !== undefined ? profile.link.tries : question.tries;
    if (tries >= most) return present?.late(nowMs);
    tries++;
    if (link !== undefined) resetting = true;
    putQuestion(nowMs);
  }
  function enter(next: number, nowMs: number): void {
    at = next;
    question = undefined;
    const step = steps[at];
    if (step === undefined) {
      present = undefined;
      if (measured || options.task !== undefined || profile.measures.length === 0) finish(nowMs);
      else if (refused === undefined) fail("device.noRecord", nowMs);
      // It was told when it was read.
      else leave({ do: "end", how: "failed", code: refused }, nowMs);
      return;
    }
    if (step.phase !== phase) {
      phase = step.phase;
      effects.push({ do: "phase", phase });
    }
    present = running(step, context);
    present.begin(nowMs);
  }

  const context: StepContext = {
    ask(asked, nowMs) {
      question = asked;
      tries = 1;
      putQuestion(nowMs);
    },
    say(frame, values, nowMs) {
      heardBy.prefer(undefined);
      send(encode(profile, frame, valuesOf(values, nowMs), link?.stamp()));
    },
    waitUntil(atMs) {
      question = undefined;
      deadline = atMs;
      heardBy.prefer(undefined);
    },
    next: (nowMs) => enter(at + 1, nowMs),
    skipToListening(nowMs) {
      const listenAt = steps.findIndex((each, i) => i > at && each.do === "listen");
      if (listenAt > 0) enter(listenAt, nowMs);
      return listenAt > 0;
    },
    finish,
    fail,
    tell,
    measured: () => void (measured = true),
    believe(outcomes, raw, nowMs) {
      for (const outcome of outcomes) tell(outcome, raw);
      if (outcomes.some(isResult)) {
        measured = true;
        finish(nowMs);
      } else if (!endsByControl(outcomes, nowMs) && !endsByFault(outcomes, false, nowMs)) enter(at + 1, nowMs);
    },
    agree: (frame, counters) => agreeOn(profile, frame, counters),
    refused: (code) => void (refused = code),
    quiet,
    late,
    triesUsed: () => tries,
    forget: () => heardBy.forget(),
    lastSaid: (frame) => said.get(frame),
    job: () => options.job ?? [],
    limits: () => ({ oldestMs: limitMs, mostRecords: options.mostRecords }),
  };

  // What was heard ---------------------------------------------------------------------------------------------------

  /** What the device is answered with at once; what acts only while that is being asked for. */
  function reply(frame: string, heard: Heard, nowMs: number): void {
    if (question?.after === frame) {
      sayQuestion(question, nowMs);
      question = { ...question, after: undefined };
      deadline = nowMs + question.withinMs;
      return;
    }
    const answer = replies?.[frame];
    if (answer === undefined) return;
    const step = steps[at];
    const wanted = step !== undefined && "send" in step && step.send === answer.send;
    if (acting.has(answer.send) && !wanted) return;
    send(encode(profile, answer.send, valuesOf(answer.values, nowMs, heard.values), link?.stamp()));
  }
  /** Of another kind only whole results are told, for the gate to refuse. */
  function toldOf(frame: string, { outcomes }: Heard): readonly Outcome[] {
    const step = isRunning() ? present : undefined;
    if (linkFrames.has(frame) || gathered.has(frame) || step?.holdsBack?.(frame) === true) return [];
    if (!foreign.has(frame)) return step?.bears?.(frame) === true ? borne(outcomes) : outcomes;
    return [...resultsIn(outcomes), ...outcomes.filter(({ kind }) => kind === "information")];
  }
  /** In a stream a fault is not news sixty times a second; the step says it in the end. */
  const borne = (outcomes: readonly Outcome[]): readonly Outcome[] =>
    present?.collects === true ? outcomes : outcomes.filter(({ kind }) => kind !== "fault");

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
            if (state.is === "running") putQuestion(nowMs);
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
    if (state.is === "running") {
      said.set(frame, heard.values);
      reply(frame, heard, nowMs);
    }
    for (const outcome of toldOf(frame, heard))
      tell(outcome, heard.own?.get(outcome) ?? joined(heard.behind, heard.raw));
    if (state.is === "stopping") {
      if (stopFrame?.expect.includes(frame) === true) over(state.end);
      return;
    }
    if (state.is !== "running") return;
    learnClock(heard.outcomes, nowMs);
    advance(frame, heard, nowMs);
  }
  function learnClock(outcomes: readonly Outcome[], nowMs: number): void {
    for (const outcome of outcomes) {
      const known = options.sinceMs === undefined || limitMs !== undefined;
      if (outcome.kind !== "information" || outcome.about !== "clock" || known) continue;
      const shown = outcome.values["deviceTime"];
      if (typeof shown === "string") limitMs = wallMs(shown) - (nowMs - (options.sinceMs ?? 0));
    }
  }
  function isResult(outcome: Outcome): boolean {
    switch (outcome.kind) {
      case "measurement":
        return options.of === undefined || outcome.of === options.of;
      case "control":
        return options.purpose === "control";
      case "scan":
      case "identity":
        return true;
      default:
        return false;
    }
  }
  function endsByControl(outcomes: readonly Outcome[], nowMs: number): boolean {
    const is = outcomes.some(({ kind }) => kind === "control");
    if (is) leave({ do: "end", how: "failed", code: "gate.control" }, nowMs);
    return is;
  }
  /** `own`: the device's own fault message, which ends its measurement; an impossible number does not. */
  function endsByFault(outcomes: readonly Outcome[], own: boolean, nowMs: number): boolean {
    const fault = outcomes.find((outcome) => outcome.kind === "fault");
    if (fault === undefined) return false;
    const end = { do: "end", how: "failed", code: fault.code } as const;
    if (own && fault.code !== "device.outOfRange" && stopFrame?.always !== true) over(end);
    else leave(end, nowMs);
    return true;
  }
  function advance(frame: string, heard: Heard, nowMs: number): void {
    if (present === undefined) return;
    const strange = foreign.has(frame);
    if (strange && present.awaits?.(frame) !== true) return;
    // Of another kind, but waited for: what it says of that kind is no progress and no fault of this session.
    const outcomes = strange ? resultsIn(heard.outcomes) : heard.outcomes;
    // Said once it is nothing; only the step that gathers it knows what has been said before.
    if (gathered.has(frame))
      return present.hear(frame, present.gathers?.(frame) === true ? heard : { ...heard, outcomes: [] }, nowMs);
    const held = present.holdsBack?.(frame) === true;
    if (!held && outcomes.some(isResult)) measured = true;
    if (present.collects !== true) {
      if (outcomes.some(isResult)) return finish(nowMs);
      if (!strange && endsByControl(outcomes, nowMs)) return;
    }
    if (present.bears?.(frame) !== true && endsByFault(outcomes, faultFrames.has(frame), nowMs)) return;
    present.hear(frame, strange ? { ...heard, outcomes } : heard, nowMs);
  }
  function take(heards: readonly Heard[], nowMs: number): void {
    for (const heard of heards) {
      if (heard.reply !== undefined && (state.is === "running" || state.is === "stopping")) send(heard.reply);
      if (heard.frame !== undefined) {
        noise -= heard.raw.length;
        onFrame(heard.frame, heard, nowMs);
        continue;
      }
      for (const outcome of heard.outcomes) {
        tell(outcome, heard.raw);
        if (outcome.kind !== "discarded") continue;
        if (outcome.reason === "incomplete") brokenResult = true;
        else garbage += outcome.bytes.length;
        noise += outcome.bytes.length;
      }
    }
  }

  // Time -------------------------------------------------------------------------------------------------------------

  const isTroubled = (): boolean => brokenResult || garbage >= garbledBytes;
  /** Noise, or a begun result, shortens a long wait: nobody should look at a screen that cannot know more. */
  function waitsUntil(): number {
    const silenceMs = present?.silenceMs;
    if (state.is !== "running" || silenceMs === undefined) return deadline;
    return isTroubled() || heardBy.pending() > 0 ? Math.min(deadline, lastByteAt + silenceMs) : deadline;
  }
  const gapAt = (): number => (heardBy.pending() > 0 ? lastByteAt + gapMs : never);

  function onTime(nowMs: number): void {
    if (nowMs >= gapAt()) take(heardBy.flushFrames(), nowMs);
    if (state.is === "running" && nowMs >= totalAt) {
      fail(profile.push ? "device.silent" : "device.tooLong", nowMs);
      return;
    }
    if (state.is === "running" && keepAlive !== undefined && nowMs >= keepAt) {
      keepAt = nowMs + keepAlive.everyMs;
      send(encode(profile, keepAlive.send, valuesOf(keepAlive.values, nowMs), link?.stamp()));
    }
    if (nowMs < waitsUntil()) return;
    switch (state.is) {
      case "idle":
      case "ended":
        return;
      case "stopping": {
        const { tries: sent, end } = state;
        if (stopFrame === undefined || sent >= stopFrame.tries) return over(end);
        state = { is: "stopping", tries: sent + 1, end };
        deadline = nowMs + stopFrame.withinMs;
        send(encode(profile, stopFrame.send, {}));
        return;
      }
      case "running": {
        const before = at;
        take(heardBy.flushFrames(), nowMs);
        // What was hidden behind a half frame may have been the answer.
        if (!isRunning() || at !== before || nowMs < waitsUntil()) return;
        if (question !== undefined) retry(nowMs);
        else if (isTroubled() && present?.again?.(nowMs) === true) {
          brokenResult = false;
          garbage = 0;
        } else if (brokenResult && present?.partial !== undefined) fail(present.partial, nowMs);
        else present?.late(nowMs);
        return;
      }
      default:
        missingCase(state);
    }
  }
  function given(nowMs: number): readonly Effect[] {
    if (state.is === "running" || state.is === "stopping") {
      const own = state.is === "running" ? Math.min(totalAt, keepAt) : never;
      effects.push({ do: "wake", atMs: Math.max(nowMs, Math.min(own, waitsUntil(), gapAt())) });
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
      if (keepAlive !== undefined) keepAt = nowMs + keepAlive.everyMs;
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
      else if (state.is === "idle") over({ do: "end", how: "stopped" });
      return given(nowMs);
    },
  };
}
