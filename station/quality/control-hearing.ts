import type { ControlEvent } from "../../core/contract/quality.ts";
import { isFaultCode } from "../../core/domain/faults.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Quantity, Reading } from "../../core/domain/quantity.ts";
import type { Clock } from "../../core/domain/time.ts";
import { toHex, type Phase } from "../../drivers/kit/index.ts";
import type { Device } from "../devices/device.ts";
import type { HeardWhen, RunEnd, RunListener } from "../devices/run.ts";
import type { Story } from "../feed.ts";
import { deviceMs, windowToleranceMs } from "../gate/gate.ts";
import type { Logger } from "../log/logger.ts";
import type { Answer } from "../visits/visits.ts";
import type { Recorded } from "./controls.ts";

export interface ControlHearingParts {
  readonly analyte: Quantity;
  readonly story: Story<ControlEvent>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly device: Device;
  /** From when on a stored result that the device does not mark may be a control; ms since 1970 UTC. */
  readonly plainSince: number;
  readonly isKnown: (deviceTime: string) => boolean;
  /** `offsetMs`: device clock minus station clock, when it told its time. */
  readonly observed: (device: Device, offsetMs: number | undefined) => void;
  readonly record: (
    readings: readonly Reading[],
    source: { readonly rawHex: readonly string[]; readonly deviceTime?: string },
  ) => Promise<Answer<Recorded>>;
  /** One value is enough: the device is let go. */
  readonly stop: () => void;
}

type Result = Extract<Outcome, { readonly kind: "control" | "measurement" }>;
interface HeardControl {
  readonly result: Result;
  readonly rawHex: readonly string[];
}

/**
 * What becomes of what a device says while it measures a control. Where the device marks controls, only a marked result
 * counts from its memory; where it cannot, a plain result of this very act does. A stored plain result from before the act
 * may be a person's and is never looked at.
 */
export class ControlHearing implements RunListener {
  readonly #parts: ControlHearingParts;
  #line: Promise<void> = Promise.resolve();
  #records: HeardControl[] = [];
  #clockHex: string[] = [];
  #offsetMs: number | undefined;
  #taken = false;

  constructor(parts: ControlHearingParts) {
    this.#parts = parts;
  }

  phase(phase: Phase, latestMs: number): void {
    this.#then(() => this.#parts.story.push({ kind: "phase", phase, latestMs }));
  }

  heard(outcome: Outcome, raw: Uint8Array, when: HeardWhen): void {
    switch (outcome.kind) {
      case "control":
      case "measurement": {
        if (when.over || when.stopped) break;
        const heard = { result: outcome, rawHex: [toHex(raw)] };
        if (outcome.stored === true) this.#records.push(heard);
        // What comes before the device was asked was left over in the line.
        else if (when.asked) this.#then(() => this.#take(heard));
        break;
      }
      case "information":
        this.#learn(outcome.values, raw);
        break;
      case "fault":
        if (!when.over) this.#then(() => this.#parts.story.push({ kind: "fault", code: outcome.code }));
        break;
      case "progress":
      case "wave":
      case "scan":
      case "identity":
      case "discarded":
        break;
      default:
        missingCase(outcome);
    }
  }

  ended(end: RunEnd): void {
    this.#then(async () => {
      if (!this.#taken && end.how === "finished") await this.#fromMemory();
      const code = end.code ?? (end.how === "finished" && !this.#taken ? "device.noRecord" : undefined);
      const how = this.#taken ? "finished" : code === undefined ? end.how : "failed";
      const { story } = this.#parts;
      story.push({ kind: "ended", how, ...(this.#taken || code === undefined ? {} : { code }) });
      story.close();
    });
  }

  settled(): Promise<void> {
    return this.#line;
  }

  #then(work: () => void | Promise<void>): void {
    this.#line = this.#line.then(work).catch((error: unknown) => {
      this.#parts.log.error("control failed", { why: String(error), device: this.#parts.device.id });
    });
  }

  #learn(values: Readonly<Record<string, string | number>>, raw: Uint8Array): void {
    const { device, clock, observed } = this.#parts;
    const shown = deviceMs(typeof values["deviceTime"] === "string" ? values["deviceTime"] : undefined);
    if (shown !== undefined) {
      this.#offsetMs = device.clockOffsetMs = shown - clock.now();
      this.#clockHex = [toHex(raw)];
    }
    if (typeof values["serial"] === "string") device.serialNumber = values["serial"];
    if (typeof values["version"] === "string") device.firmware = values["version"];
    observed(device, this.#offsetMs);
  }

  /** The newest record that can only be a control. */
  async #fromMemory(): Promise<void> {
    const newest = [...this.#records]
      .sort((a, b) => (deviceMs(b.result.deviceTime) ?? 0) - (deviceMs(a.result.deviceTime) ?? 0))
      .find(({ result }) => this.#isOurs(result));
    if (newest !== undefined) await this.#take({ ...newest, rawHex: [...this.#clockHex, ...newest.rawHex] });
  }

  #isOurs({ kind, deviceTime }: Result): boolean {
    const shown = deviceMs(deviceTime);
    if (deviceTime === undefined || shown === undefined || this.#offsetMs === undefined) return false;
    if (this.#parts.isKnown(deviceTime)) return false;
    return kind === "control" || shown - this.#offsetMs >= this.#parts.plainSince - windowToleranceMs;
  }

  async #take({ result, rawHex }: HeardControl): Promise<void> {
    if (this.#taken) return;
    const { story, record, stop } = this.#parts;
    const { deviceTime } = result;
    const kept = await record(result.readings, { rawHex, ...(deviceTime === undefined ? {} : { deviceTime }) });
    if (!kept.ok) story.push({ kind: "fault", code: isFaultCode(kept.code) ? kept.code : "wire.internal" });
    else {
      this.#taken = true;
      story.push({ kind: "run", ...kept.value });
    }
    stop();
  }
}
