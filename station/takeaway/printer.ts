import type { StationView } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { JobFrame, TaskName } from "../../drivers/kit/index.ts";
import { stateOf } from "../devices/device.ts";
import type { Line } from "../devices/line.ts";
import { Run, type RunEnd } from "../devices/run.ts";
import type { DeviceTable } from "../devices/table.ts";
import type { Logger } from "../log/logger.ts";

export const printCodes = [
  "device.noDevice",
  "device.busy",
  "device.paperOut",
  "device.printerStopped",
  "device.silent",
  "device.unplugged",
  "device.portMissing",
  "device.portBusy",
  "device.tooLong",
] as const satisfies readonly FaultCode[];
export type PrintCode = (typeof printCodes)[number];

export type Printed = { readonly ok: true } | { readonly ok: false; readonly code: PrintCode };

export interface PrinterParts {
  readonly table: DeviceTable;
  readonly clock: Clock;
  readonly log: Logger;
  /** What `state` says may have changed. */
  readonly onChange: () => void;
}

/** A printer with something wrong is asked again this often. */
const lookMs = 10_000;

/**
 * The station's printer: any device whose profile can carry out the task `print`. Printed is what the printer still had
 * paper for when it was asked afterwards; a job that was cut off is printed anew from its beginning, never gone on with.
 */
export class Printer {
  readonly #parts: PrinterParts;
  /** By device: what was wrong when it was asked last; undefined: nothing. Absent: not asked since it is there. */
  readonly #found = new Map<string, PrintCode | undefined>();
  #run: Run | undefined;
  #working = false;
  #cancelLook: () => void = () => {};
  #closed = false;

  constructor(parts: PrinterParts) {
    this.#parts = parts;
  }

  get state(): StationView["printer"] {
    const line = this.#line();
    if (line === undefined || !line.device.present) return "none";
    const wrong = this.#found.get(line.device.id);
    if (wrong === undefined) return stateOf(line.device).state === "out" ? "none" : "ready";
    return wrong === "device.paperOut" ? "paperOut" : "none";
  }

  /** Columns of the paper, and whether lines can be drawn that the printer's font lacks. */
  get paper(): { readonly columns: number; readonly draws: boolean } {
    const profile = this.#line()?.device.profile;
    return { columns: profile?.paper?.columns ?? 32, draws: profile?.frames["drawn"] !== undefined };
  }

  /** One job at a time. Answers when the printer said that it still has paper behind the last line. */
  async print(job: readonly JobFrame[]): Promise<Printed> {
    const line = this.#line();
    if (line === undefined) return { ok: false, code: "device.noDevice" };
    if (!line.device.present) return { ok: false, code: "device.portMissing" };
    if (this.#run?.over === true) await this.#run.free;
    return this.#ask(line, "print", job);
  }

  /** Devices came or went: a printer that is there now is asked how it is. */
  devicesChanged(): void {
    const line = this.#line();
    for (const id of this.#found.keys()) if (id !== line?.device.id || !line.device.present) this.#found.delete(id);
    if (line !== undefined && !this.#found.has(line.device.id)) this.#lookSoon(line, 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelLook();
    await this.#run?.stop();
    await this.#run?.free;
  }

  /** A ready one before others. */
  #line(): Line | undefined {
    const { table } = this.#parts;
    const able = table.devices().filter(({ profile }) => profile.tasks?.print !== undefined);
    const device =
      able.find((each) => stateOf(each).state === "ready") ?? able.find(({ present }) => present) ?? able[0];
    return device === undefined ? undefined : table.find(device.id);
  }

  #lookSoon(line: Line, ms: number): void {
    this.#cancelLook();
    if (this.#closed || line.device.profile.tasks?.status === undefined) return;
    this.#cancelLook = this.#parts.clock.after(ms, () => void this.#look(line));
  }

  async #look(line: Line): Promise<void> {
    const { state } = stateOf(line.device);
    if (this.#closed || state === "out" || !line.device.present) return;
    if (state === "ready" && !this.#working) await this.#ask(line, "status", []);
    else this.#lookSoon(line, lookMs);
  }

  async #ask(line: Line, task: TaskName, job: readonly JobFrame[]): Promise<Printed> {
    if (this.#working || stateOf(line.device).state === "busy") return { ok: false, code: "device.busy" };
    if (stateOf(line.device).state === "out") return { ok: false, code: "device.printerStopped" };
    this.#working = true;
    try {
      const end = await this.#converse(line, task, job);
      const code = end.how === "finished" ? undefined : codeOf(end);
      this.#found.set(line.device.id, code);
      this.#parts.onChange();
      if (code === undefined) return { ok: true };
      this.#lookSoon(line, lookMs);
      return { ok: false, code };
    } finally {
      this.#working = false;
    }
  }

  async #converse(line: Line, task: TaskName, job: readonly JobFrame[]): Promise<RunEnd> {
    const { clock, log } = this.#parts;
    const opened = await line.take();
    if (!opened.ok) return { how: "failed", code: opened.code };
    const ended = new Promise<RunEnd>((resolve) => {
      const listener = { phase: () => {}, heard: () => {}, ended: resolve };
      const run = new Run({ line, channel: opened.channel, clock, log, visitAgeMs: 0, listener, asked: { task, job } });
      this.#run = run;
      // What was printed for somebody is not held until the next slip.
      void run.free.then(() => {
        if (this.#run === run) this.#run = undefined;
      });
      if (this.#closed) void run.stop();
      else run.begin();
    });
    return ended;
  }
}

/** What is none of the printer's own words means that it stands still. */
function codeOf({ code }: RunEnd): PrintCode {
  return printCodes.find((each) => each === code) ?? "device.printerStopped";
}
