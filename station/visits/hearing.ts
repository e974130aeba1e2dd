import type { MeasureEvent } from "../../core/contract/views.ts";
import { isFaultCode, type FaultCode } from "../../core/domain/faults.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { MeasurementKind, Outcome } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { toHex, type Phase } from "../../drivers/kit/index.ts";
import { tellsAgain } from "../devices/device.ts";
import type { Line } from "../devices/line.ts";
import type { HeardWhen, RunEnd, RunListener } from "../devices/run.ts";
import type { Story } from "../feed.ts";
import type { DeviceGate } from "../gate/device-gate.ts";
import { deviceMs, judge, stale, type Candidate, type Circumstances, type Verdict } from "../gate/gate.ts";
import { chooseRecord } from "../gate/memory.ts";
import type { Logger } from "../log/logger.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import { isSameRecord, measurementOf, refusalOf, withoutContent, type Heard, type HeardResult } from "./bodies.ts";
import { circumstancesOf, whyNotCount } from "./circumstances.ts";
import type { Judge } from "./judge.ts";
import type { Scribe } from "./scribe.ts";
import type { Answer, Visits } from "./visits.ts";

export interface HearingParts {
  readonly id: string;
  readonly visit: OpenVisit;
  readonly of: MeasurementKind;
  readonly context: Measurement["context"];
  readonly line: Line;
  readonly story: Story<MeasureEvent>;
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly visits: Visits;
  readonly gate: DeviceGate;
  readonly hubAheadMs: () => number | undefined;
  readonly program: string;
  readonly onStoreTrouble: () => void;
  readonly judge: Judge;
}

/** Samples in one event, as the contract has it. */
const mostSamples = 2_000;

type Ended = { readonly how: "finished" | "stopped" | "failed"; readonly code?: FaultCode };

/**
 * What becomes of what one measurement hears: through the gate, into the journal, then to the page, one after the other
 * and in this order. A page is told of nothing that is not on the disk.
 */
export class Hearing implements RunListener {
  readonly #parts: HearingParts;
  #line: Promise<void> = Promise.resolve();
  /** Records of a memory, until the read-out is whole. */
  #records: HeardResult[] = [];
  /** Frames that prove the device's clock, kept with a stored reading. */
  #clockHex: string[] = [];
  #clockOffsetMs: number | undefined;
  /** Heard, kept, and waiting for the person's eye. */
  #waiting: Measurement | undefined;
  #accepted = false;
  /** What the person said of the numbers. */
  #answered: boolean | undefined;
  /** Why the numbers that came did not count. */
  #refusal: FaultCode | undefined;
  #end: Ended | undefined;

  constructor(parts: HearingParts) {
    this.#parts = parts;
  }

  phase(phase: Phase, latestMs: number): void {
    this.#then(() => this.#parts.story.push({ kind: "phase", phase, latestMs }));
  }

  heard(outcome: Outcome, raw: Uint8Array, when: HeardWhen): void {
    const heardAt = this.#parts.clock.now();
    switch (outcome.kind) {
      case "progress":
        if (!when.over) this.#then(() => this.#parts.story.push({ kind: "progress", readings: [...outcome.readings] }));
        break;
      case "information":
        this.#learn(outcome.values, raw, heardAt);
        break;
      case "measurement": {
        const result = { candidate: outcome, rawHex: [toHex(raw)], heardAt, when };
        const again = tellsAgain(this.#parts.line.device, outcome);
        if (outcome.stored === true && !when.over) this.#records.push(result);
        else if (outcome.stored === true)
          this.#then(() =>
            this.#passOver(result, 1, when.stopped ? "gate.afterStop" : "gate.noVisit", { quiet: true }),
          );
        else this.#then(() => this.#decide(result, judge(outcome, { ...this.#circumstances(result), again })));
        break;
      }
      case "fault":
        if (!when.over) this.#then(() => this.#fault(outcome.code, outcome.detail));
        break;
      case "control":
        // A person pressed the control key, or put control solution on the strip: never the resident's number. One that the
        // device remembers from another day concerns nobody here.
        if (!when.over)
          this.#then(async () => {
            const at = this.#circumstances({ heardAt, when });
            if (stale(outcome, at, Date.parse(this.#parts.visit.openedAt)) === undefined)
              await this.#fault("gate.control", undefined);
          });
        break;
      case "wave":
        if (!when.over) this.#wave(outcome);
        break;
      case "scan":
      case "identity":
      case "discarded":
        break;
      default:
        missingCase(outcome);
    }
  }

  ended(end: RunEnd): void {
    this.#then(() => this.#decideRecords(end));
    this.#then(async () => {
      // The run was not told of what the gate refused.
      const refusal = !this.#accepted && this.#waiting === undefined ? this.#refusal : undefined;
      this.#end = end.how === "finished" && refusal !== undefined ? { how: "failed", code: refusal } : end;
      if (this.#waiting === undefined) await this.#close();
    });
  }

  confirm(same: boolean): Promise<Answer<Record<string, never>, "gate.noVisit" | "store.failed" | "store.full">> {
    return new Promise((resolve, reject) => {
      this.#then(async () => {
        const kept =
          this.#waiting === undefined ? undefined : await this.#answer(this.#waiting, same ? "same" : "different");
        // A repeated answer is answered as the first was.
        if (kept === undefined)
          resolve(this.#answered === same ? { ok: true, value: {} } : { ok: false, code: "gate.noVisit" });
        else
          resolve(
            kept === "ok"
              ? { ok: true, value: {} }
              : { ok: false, code: kept === "store.full" ? kept : "store.failed" },
          );
      }, reject);
    });
  }

  /** The number that nobody has said yet whether it is right. */
  get waiting(): Measurement | undefined {
    return this.#waiting;
  }

  /** Nobody will answer any more. */
  withdraw(): Promise<void> {
    this.#then(async () => {
      if (this.#waiting !== undefined) await this.#answer(this.#waiting, "left");
    });
    return this.settled();
  }

  /** When everything heard so far has been dealt with. */
  settled(): Promise<void> {
    return this.#line;
  }

  #then(work: () => void | Promise<void>, failed?: (error: unknown) => void): void {
    this.#line = this.#line.then(work).catch((error: unknown) => {
      if (failed !== undefined) failed(error);
      // A failing disk is told to the person; a bug is logged. Neither stops what is heard next.
      else if (error instanceof StoreFault) this.#trouble(error.code);
      else this.#parts.log.error("hearing failed", { why: String(error), measurement: this.#parts.id });
    });
  }

  /** Of several curves of one kind the first is shown. In line with what else was heard, so that nothing comes after the end. */
  #wave({ of, samples }: Extract<Outcome, { kind: "wave" }>): void {
    const [curve = []] = Object.values(samples);
    this.#then(() => {
      for (let from = 0; from < curve.length; from += mostSamples)
        this.#parts.story.pass({ kind: "wave", of, samples: curve.slice(from, from + mostSamples) });
    });
  }

  #learn(values: Readonly<Record<string, string | number>>, raw: Uint8Array, heardAt: number): void {
    const { device } = this.#parts.line;
    const shown = deviceMs(typeof values["deviceTime"] === "string" ? values["deviceTime"] : undefined);
    if (shown !== undefined) {
      this.#clockOffsetMs = device.clockOffsetMs = shown - heardAt;
      this.#clockHex = [toHex(raw)];
    }
    if (typeof values["serial"] === "string") device.serialNumber = values["serial"];
    if (typeof values["version"] === "string") device.firmware = values["version"];
    this.#parts.gate.observed(device);
  }

  #circumstances(result: Pick<HeardResult, "heardAt" | "when">): Circumstances {
    return circumstancesOf(result, { ...this.#parts, clockOffsetMs: this.#clockOffsetMs });
  }

  async #decide(result: HeardResult, verdict: Verdict): Promise<void> {
    if (!verdict.ok) return this.#refuse(result, verdict);
    if (this.#accepted || this.#waiting !== undefined)
      return this.#refuse(result, { reason: "gate.noVisit", detail: "a second result" });
    const measurement = this.#measurement(result, verdict);
    const { line, scribe, story } = this.#parts;
    if (line.device.profile.confirm === "none") {
      await this.#accept(measurement);
      return;
    }
    const kept = await scribe.keep(scribe.fact("measurement.heard", measurement, this.#about()));
    if (!kept.ok) return this.#trouble(kept.code);
    this.#waiting = measurement;
    story.push({ kind: "confirm", measurement });
  }

  /** The one newest record of this visit; the others are counted, their values belong to other people. */
  async #decideRecords(end: RunEnd): Promise<void> {
    const records = this.#records;
    this.#records = [];
    const last = records.at(-1);
    if (last === undefined) return;
    // Only a whole read-out is judged; the records are still in the device.
    if (end.how !== "finished")
      return this.#passOver(last, records.length, end.how === "stopped" ? "gate.afterStop" : "gate.incomplete", {
        quiet: true,
      });
    const known = await this.#parts.store.measurementsOf(this.#parts.visit.id);
    const already = (candidate: Candidate): boolean =>
      known.some((each) => isSameRecord(each, candidate, this.#parts.line.device));
    const chosen = chooseRecord(records, this.#circumstances(last), already);
    if (chosen.taken === undefined)
      return this.#passOver(last, chosen.passedOver, chosen.reason, { why: chosen.detail });
    await this.#decide(chosen.taken, chosen.verdict);
    if (chosen.passedOver > 0) await this.#passOver(last, chosen.passedOver, "gate.stale", { quiet: true });
  }

  /** Keeps how many records were not taken and why, without a value, a time or a byte of them: they may be anybody's. */
  async #passOver(
    like: HeardResult,
    count: number,
    reason: FaultCode,
    how: { readonly quiet?: boolean; readonly why?: string | undefined },
  ): Promise<void> {
    const detail = [`records passed over: ${count}`, ...(how.why === undefined ? [] : [how.why])].join("; ");
    await this.#refuse(withoutContent(like), { reason, detail, quiet: how.quiet === true });
  }

  async #accept(measurement: Measurement): Promise<"ok" | FaultCode> {
    const { scribe, story, visit, judge, line } = this.#parts;
    const accepted = scribe.fact("measurement.accepted", measurement, this.#about());
    const kept = await judge.keep(visit, { entries: [accepted], measured: measurement });
    if (!kept.ok) {
      this.#trouble(kept.code);
      return kept.code;
    }
    this.#accepted = true;
    this.#waiting = undefined;
    line.device.lastGoodAt = measurement.times.heardAt;
    story.push({ kind: "accepted", measurement });
    await this.#changed();
    return "ok";
  }

  /** `quiet`: kept for the record, but no word to the page: another result counted. */
  async #refuse(
    result: HeardResult,
    why: { readonly reason: FaultCode; readonly detail?: string; readonly quiet?: boolean },
  ): Promise<void> {
    const { scribe, story, id, of } = this.#parts;
    const { candidate } = result;
    const body = refusalOf(result, { ...why, measurement: id }, this.#by());
    const kept = await scribe.keep(scribe.fact("measurement.refused", body, this.#about()));
    if (!kept.ok) return this.#trouble(kept.code);
    if (why.quiet !== true && candidate.of === of && this.#end === undefined) {
      this.#refusal = why.reason;
      story.push({ kind: "refused", reason: why.reason });
    }
    await this.#changed();
  }

  async #fault(code: FaultCode, detail: string | undefined): Promise<void> {
    const { scribe, story, line } = this.#parts;
    const kept = await scribe.keep(
      scribe.fact(
        "device.faulted",
        { device: line.device.id, code, ...(detail === undefined ? {} : { detail }) },
        this.#about(),
      ),
    );
    // The fault is told even when it cannot be kept: it is no result, and the person must know.
    if (!kept.ok) this.#trouble(kept.code);
    story.push({ kind: "fault", code });
  }

  /** The person's answer to the numbers on the screen. */
  async #answer(measurement: Measurement, how: "same" | "different" | "left"): Promise<"ok" | FaultCode> {
    // A control may have failed while the person was comparing: then the number does not count either.
    const refusal = whyNotCount(this.#parts);
    if (how === "same" && refusal === undefined) {
      const kept = await this.#accept({ ...measurement, doubts: [...measurement.doubts, "confirmedByEye"] });
      if (kept === "ok") {
        this.#answered = true;
        await this.#close();
      }
      return kept;
    }
    const { id, of, readings, provenance, times } = measurement;
    const { scribe, story } = this.#parts;
    const reason = how === "same" ? (refusal ?? "gate.deviceNotReady") : "gate.notConfirmed";
    const details = { left: "no answer", different: "the display shows other numbers", same: "out of use meanwhile" };
    const body = { measurement: id, of, reason, detail: details[how], readings, provenance, times };
    const kept = await scribe.keep(scribe.fact("measurement.refused", body, this.#about()));
    if (!kept.ok) {
      this.#trouble(kept.code);
      return kept.code;
    }
    this.#waiting = undefined;
    if (how !== "left") this.#answered = how === "same";
    story.push({ kind: "refused", reason });
    this.#end = { how: "failed", code: reason };
    await this.#close();
    return "ok";
  }

  /** Keeps the end and tells it as the last event. Only when the session is over and nothing waits. */
  async #close(): Promise<void> {
    const end = this.#end;
    const { scribe, story, id } = this.#parts;
    if (end === undefined || story.closed) return;
    const code = end.code !== undefined && isFaultCode(end.code) ? { code: end.code } : {};
    const kept = await scribe.keep(
      scribe.fact("measurement.ended", { measurement: id, how: end.how, ...code }, this.#about()),
    );
    if (!kept.ok) this.#trouble(kept.code);
    story.push({ kind: "ended", how: end.how, ...code });
    story.close();
    await this.#changed();
  }

  #trouble(code: FaultCode): void {
    this.#refusal = code;
    this.#parts.story.push({ kind: "fault", code });
    this.#parts.onStoreTrouble();
  }

  async #changed(): Promise<void> {
    await this.#parts.visits.refresh(this.#parts.visit.id);
  }

  #measurement(result: HeardResult, verdict: Extract<Verdict, { ok: true }>): Measurement {
    const { id, visit, of, context } = this.#parts;
    const proof = result.candidate.stored === true ? this.#clockHex : [];
    const { quality } = this.#parts.gate.passage(this.#parts.line.device, of);
    return { ...measurementOf(result, verdict, { id, visit: visit.id, of, context }, this.#by(), proof), quality };
  }

  #by(): Heard {
    const { line, program, hubAheadMs } = this.#parts;
    return { device: line.device, program, offsetMs: this.#clockOffsetMs, hubAheadMs: hubAheadMs() };
  }

  #about() {
    return { visit: this.#parts.visit.id, subject: this.#parts.visit.resident };
  }
}
