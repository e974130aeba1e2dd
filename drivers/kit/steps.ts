import type { FaultCode } from "../../core/domain/faults.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { wallMs } from "./device-time.ts";
import type { JobFrame } from "./effects.ts";
import type { Heard } from "./decoder.ts";
import { holds } from "./places.ts";
import type { Given } from "./said.ts";
import type { Step, StepOf } from "./schema.ts";
import { createSettling } from "./settle.ts";
import type { Values } from "./value.ts";

/** One frame that a step sends and wants answered. */
export interface Question {
  readonly send: string;
  readonly values: Given | undefined;
  /** The field that is counted, and its value now. */
  readonly counted?: Values;
  /** Frames the answer may be: where bytes alone fit more than one, the first. */
  readonly prefer: string | undefined;
  readonly withinMs: number;
  readonly tries: number;
  /** It may only be said in answer to this frame. */
  readonly after?: string | undefined;
}

/** What a step may do to the session it is part of. */
export interface StepContext {
  /** Sends at once, or when the device may be spoken to, and again until the tries are used up; then the step is `late`. */
  ask(question: Question, nowMs: number): void;
  /** Sends once. Nothing is waited for. */
  say(send: string, values: Given | undefined, nowMs: number): void;
  /** Call `late` at this time. */
  waitUntil(atMs: number): void;
  next(nowMs: number): void;
  /** Goes on with the step that listens, if one is still to come. */
  skipToListening(nowMs: number): boolean;
  /** There is a result, or nothing left to do. */
  finish(nowMs: number): void;
  fail(code: FaultCode, nowMs: number): void;
  tell(outcome: Outcome, raw: Uint8Array): void;
  /** What the device said of itself that this is a result must be remembered by the session. */
  measured(): void;
  /** A record could not be read as one: told already. */
  refused(code: FaultCode): void;
  /** What silence means now: nothing was heard, or nothing that was a frame. */
  quiet(): FaultCode;
  /** What it means that time is over though something was understood: this, or a line that is mostly noise. */
  late(why: FaultCode): FaultCode;
  /** A result that was gathered: told with these bytes, and the session goes on from what it says. */
  believe(outcomes: readonly Outcome[], raw: Uint8Array, nowMs: number): void;
  /** Are two answers of this frame the same, apart from counters? */
  agree(frame: string, counters: readonly string[] | undefined): (one: Uint8Array, other: Uint8Array) => boolean;
  /** How often the present question was sent. */
  triesUsed(): number;
  forget(): void;
  /** The last values of a frame that was heard. */
  lastSaid(frame: string): Values | undefined;
  /** What whoever started the task wants sent. */
  job(): readonly JobFrame[];
  limits(): { readonly oldestMs: number | undefined; readonly mostRecords: number | undefined };
}

/** One step while it is the present one. */
export interface Running {
  begin(nowMs: number): void;
  /** A frame that is of concern here, and what it means. */
  hear(frame: string, heard: Heard, nowMs: number): void;
  /** The time it waited for has come, and all tries are used up. */
  late(nowMs: number): void;
  /** The step tells the outcomes of this frame itself, or nobody does. */
  holdsBack?(frame: string): boolean;
  /** A fault in this frame is one of many answers, and does not end the session. */
  bears?(frame: string): boolean;
  /** Of the frames that count for nothing one by one, this one is gathered here. */
  gathers?(frame: string): boolean;
  /** A frame about another kind is waited for all the same (a memory holds them all). */
  awaits?(frame: string): boolean;
  /** Results are collected; one of them is not the end. */
  readonly collects?: true;
  /** Noise or a half frame shortens the wait to this long. */
  readonly silenceMs?: number;
  /** The fault when a begun frame falls silent. */
  readonly partial?: FaultCode | undefined;
  /** What came was broken: asks for it once more. False when that has been done often enough. */
  again?(nowMs: number): boolean;
}

type Awaited = StepOf<"ask">["expect"][number];
const isAwaited = (awaited: readonly Awaited[] | undefined, frame: string, values: Values): boolean =>
  awaited?.some((each) =>
    typeof each === "string" ? each === frame : each.frame === frame && holds(each.when, values),
  ) === true;
const names = (awaited: readonly Awaited[] | undefined, frame: string): boolean =>
  awaited?.some((each) => nameOf(each) === frame) === true;
const nameOf = (awaited: Awaited | undefined): string | undefined =>
  typeof awaited === "object" ? awaited.frame : awaited;

function ask(step: StepOf<"ask">, to: StepContext): Running {
  const { send, values, withinMs, tries, after, expect } = step;
  return {
    begin: (nowMs) => to.ask({ send, values, prefer: nameOf(expect[0]), withinMs, tries, after }, nowMs),
    awaits: (frame) => names(expect, frame) || names(step.done, frame),
    hear(frame, heard, nowMs) {
      if (isAwaited(step.done, frame, heard.values)) to.finish(nowMs);
      // It is measuring already (somebody used its own button): there is nothing left to ask, least of all to start.
      else if (heard.outcomes.some(({ kind }) => kind === "progress") && to.skipToListening(nowMs)) return;
      else if (isAwaited(expect, frame, heard.values)) to.next(nowMs);
    },
    late: (nowMs) => to.fail(to.quiet(), nowMs),
  };
}

function send(step: StepOf<"send">, to: StepContext): Running {
  return {
    begin(nowMs) {
      to.say(step.send, step.values, nowMs);
      if (step.pauseMs === undefined) to.next(nowMs);
      else to.waitUntil(nowMs + step.pauseMs);
    },
    hear: () => {},
    late: (nowMs) => to.next(nowMs),
  };
}

function job(step: StepOf<"job">, to: StepContext): Running {
  let sent = 0;
  function sendNext(nowMs: number): void {
    const frame = to.job()[sent];
    if (frame === undefined) return to.next(nowMs);
    sent++;
    to.say(frame.send, frame.values, nowMs);
    to.waitUntil(nowMs + step.pauseMs);
  }
  return { begin: sendNext, hear: () => {}, late: sendNext };
}

function poll(step: StepOf<"poll">, to: StepContext): Running {
  let againAt = 0;
  let silentAt = 0;
  let lateAt = 0;
  let alive = false;
  const wait = (): void => to.waitUntil(Math.min(againAt, silentAt, lateAt));
  function again(nowMs: number): void {
    againAt = nowMs + step.everyMs;
    to.say(step.send, step.values, nowMs);
    wait();
  }
  return {
    awaits: (frame) => names(step.until, frame) || names(step.done, frame),
    begin(nowMs) {
      silentAt = nowMs + step.silenceMs;
      lateAt = nowMs + step.withinMs;
      again(nowMs);
    },
    hear(frame, heard, nowMs) {
      alive = true;
      silentAt = nowMs + step.silenceMs;
      if (isAwaited(step.done, frame, heard.values)) to.finish(nowMs);
      else if (isAwaited(step.until, frame, heard.values)) to.next(nowMs);
      else wait();
    },
    late(nowMs) {
      if (nowMs >= lateAt && alive) to.fail(to.late(step.late ?? "device.tooLong"), nowMs);
      else if (nowMs >= Math.min(silentAt, lateAt)) to.fail(to.quiet(), nowMs);
      else again(nowMs);
    },
  };
}

function listen(step: StepOf<"listen">, to: StepContext): Running {
  const { again } = step;
  let asked = 0;
  return {
    again(nowMs) {
      if (again === undefined || asked >= again.tries) return false;
      asked++;
      to.say(again.send, undefined, nowMs);
      to.waitUntil(nowMs + again.withinMs);
      return true;
    },
    silenceMs: step.silenceMs,
    partial: step.partial,
    begin: (nowMs) => to.waitUntil(nowMs + step.firstMs),
    hear: (_frame, _heard, nowMs) => to.waitUntil(nowMs + step.silenceMs),
    late: (nowMs) => to.fail(to.quiet(), nowMs),
  };
}

function readout(step: StepOf<"readout">, to: StepContext): Running {
  const { withinMs, tries, also, first = 0 } = step;
  const records: readonly string[] = [step.expect].flat();
  let read = 0;
  let most = step.most;
  let asked: "also" | "record" = "record";
  let retried = false;
  /** Something was asked twice for this record: its second answer may still come, and belongs to no other. */
  let draining = false;

  function askRecord(nowMs: number): void {
    asked = "record";
    const { send: frame, values, index } = step;
    to.ask({ send: frame, values, counted: { [index]: first + read }, prefer: records[0], withinMs, tries }, nowMs);
  }
  function askNext(nowMs: number): void {
    draining = retried = false;
    if (read >= most) return to.next(nowMs);
    if (also === undefined) return askRecord(nowMs);
    to.forget();
    asked = "also";
    const { send: frame, values, index, expect } = also;
    to.ask({ send: frame, values, counted: { [index]: first + read }, prefer: expect, withinMs, tries }, nowMs);
  }
  function onRecord(outcomes: readonly Outcome[], nowMs: number): void {
    const { oldestMs } = to.limits();
    retried ||= to.triesUsed() > 1;
    read++;
    const old = outcomes.some(
      (outcome) =>
        (outcome.kind === "measurement" || outcome.kind === "control") &&
        outcome.deviceTime !== undefined &&
        oldestMs !== undefined &&
        wallMs(outcome.deviceTime) < oldestMs,
    );
    if (old || read >= most) to.next(nowMs);
    else if (also !== undefined && retried) {
      draining = true;
      to.waitUntil(nowMs + withinMs);
    } else askNext(nowMs);
  }
  return {
    begin(nowMs) {
      const [frame, field] = step.count?.split("/") ?? [];
      const count = frame === undefined ? undefined : to.lastSaid(frame)?.[field ?? ""];
      most = Math.min(step.most, to.limits().mostRecords ?? step.most, typeof count === "number" ? count : step.most);
      askNext(nowMs);
    },
    collects: true,
    bears: () => true,
    awaits: (frame) => records.includes(frame),
    holdsBack: (frame) => draining && (records.includes(frame) || frame === also?.expect),
    hear(frame, { outcomes }, nowMs) {
      if (draining) return;
      const fault = outcomes.find((outcome) => outcome.kind === "fault");
      if (fault !== undefined) to.refused(fault.code);
      if (asked === "also" && frame === also?.expect) {
        retried ||= to.triesUsed() > 1;
        askRecord(nowMs);
      } else if (asked === "record" && records.includes(frame)) onRecord(outcomes, nowMs);
      else if (frame === step.none) to.next(nowMs);
    },
    late(nowMs) {
      if (draining) askNext(nowMs);
      else to.fail(to.quiet(), nowMs);
    },
  };
}

function dump(step: StepOf<"dump">, to: StepContext): Running {
  const { withinMs, tries } = step;
  let announced: number | undefined;
  let held: Heard[] = [];
  const headed = (): boolean => announced !== undefined;
  return {
    begin: (nowMs) => to.ask({ send: step.send, values: step.values, prefer: step.header, withinMs, tries }, nowMs),
    collects: true,
    bears: (frame) => frame === step.record,
    holdsBack: (frame) => frame === step.record,
    hear(frame, heard, nowMs) {
      if (frame === step.header && !headed()) {
        announced = Number(heard.values[step.count]);
        if (announced > step.most) to.fail("device.resultIncomplete", nowMs);
        else if (announced === 0) to.next(nowMs);
        else to.waitUntil(nowMs + withinMs);
        return;
      }
      if (frame !== step.record || announced === undefined) return;
      held.push(heard);
      to.waitUntil(nowMs + withinMs);
      if (held.length < announced) return;
      for (const { outcomes, raw } of held) {
        for (const outcome of outcomes) {
          if (outcome.kind === "measurement") to.measured();
          if (outcome.kind === "fault") to.refused(outcome.code);
          to.tell(outcome, raw);
        }
      }
      held = [];
      to.next(nowMs);
    },
    late: (nowMs) => to.fail(headed() ? "device.resultIncomplete" : to.quiet(), nowMs),
  };
}

/** So many answers are read before it is said that no two agree. */
const mostAnswers = 3;

function twice(step: StepOf<"twice">, to: StepContext): Running {
  const { send, values, expect, withinMs, tries } = step;
  const agree = to.agree(expect, step.apartFrom);
  const answers: Heard[] = [];
  const askOnce = (nowMs: number): void => to.ask({ send, values, prefer: expect, withinMs, tries }, nowMs);
  return {
    begin: askOnce,
    gathers: (frame) => frame === expect,
    awaits: (frame) => frame === expect,
    hear(frame, heard, nowMs) {
      if (frame !== expect) return;
      const same = answers.find(({ raw }) => agree(raw, heard.raw));
      answers.push(heard);
      if (same !== undefined) to.believe(heard.outcomes, Uint8Array.from([...same.raw, ...heard.raw]), nowMs);
      else if (answers.length < mostAnswers) askOnce(nowMs);
      else to.fail("device.garbled", nowMs);
    },
    late: (nowMs) => to.fail(to.quiet(), nowMs),
  };
}

function settle(step: StepOf<"settle">, to: StepContext): Running {
  const settling = createSettling(step);
  let lateAt = 0;
  let alive = false;
  return {
    silenceMs: step.silenceMs,
    begin(nowMs) {
      lateAt = nowMs + step.withinMs;
      to.waitUntil(Math.min(lateAt, nowMs + step.firstMs));
    },
    bears: (frame) => frame === step.frame,
    gathers: (frame) => frame === step.frame && step.quiet === true,
    hear(frame, { outcomes, raw }, nowMs) {
      alive = true;
      to.waitUntil(Math.min(lateAt, nowMs + step.silenceMs));
      const settled = frame === step.frame ? settling.hear(outcomes, raw, nowMs) : undefined;
      const stubborn = settled === undefined && step.quiet === true ? settling.stubbornFault() : undefined;
      if (stubborn !== undefined) to.fail(stubborn, nowMs);
      if (settled === undefined) return;
      to.tell(settled.outcome, settled.raw);
      to.measured();
      to.finish(nowMs);
    },
    late(nowMs) {
      if (!alive || nowMs < lateAt) to.fail(to.quiet(), nowMs);
      else to.fail(to.late(settling.lastFault() ?? step.unsettled ?? "device.tooLong"), nowMs);
    },
  };
}

/** What a step of the table does while it is the present one. */
export function running(step: Step, to: StepContext): Running {
  switch (step.do) {
    case "ask":
      return ask(step, to);
    case "send":
      return send(step, to);
    case "job":
      return job(step, to);
    case "poll":
      return poll(step, to);
    case "listen":
      return listen(step, to);
    case "readout":
      return readout(step, to);
    case "dump":
      return dump(step, to);
    case "twice":
      return twice(step, to);
    case "settle":
      return settle(step, to);
    default:
      return missingCase(step);
  }
}
