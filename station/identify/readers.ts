import type { Clock } from "../../core/domain/time.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { Private } from "../../core/domain/private.ts";
import { rulesOf, type Profile } from "../../drivers/kit/index.ts";
import { stateOf, type Device } from "../devices/device.ts";
import type { Line } from "../devices/line.ts";
import { Run } from "../devices/run.ts";
import type { DeviceTable } from "../devices/table.ts";
import type { Logger } from "../log/logger.ts";

/** How often it is looked whether a reader is free: after its last session, after it was plugged in. */
const lookMs = 250;
/** A reader that looked so long and found no card has none: it looks every half second (dossier id-card-reader-sdt-samv §8). */
const emptyMs = 1_500;

/** What a reader was heard to say. */
export type ReaderWord =
  | { readonly kind: "ready"; readonly card: boolean; readonly code: boolean }
  | { readonly kind: "reading" }
  | { readonly kind: "identity"; readonly reader: string; readonly card: Private<Readonly<Record<string, string>>> }
  /** No card lies there. */
  | { readonly kind: "empty"; readonly reader: string }
  | { readonly kind: "scan"; readonly text: Private<string> }
  | { readonly kind: "fault"; readonly code: FaultCode };

export interface ReadersParts {
  readonly table: DeviceTable;
  readonly clock: Clock;
  readonly log: Logger;
  readonly hear: (word: ReaderWord) => void;
  /** Only these; absent: all that there are. */
  readonly only?: (reader: string) => boolean;
}

/** Some frame of the profile means this. */
function tells(profile: Profile, meant: "identity" | "scan"): boolean {
  return Object.keys(profile.meaning).some((frame) => rulesOf(profile, frame).some(({ kind }) => kind === meant));
}

/**
 * All card readers and scanners at work, one session after the other, until `stop`. Which devices these are is said by
 * what their profiles mean. The first word is which ways work; it comes again when that changes.
 */
export class Readers {
  readonly #parts: ReadersParts;
  readonly #runs = new Map<string, Run | "opening">();
  #cancelLook: () => void = () => {};
  #stopped = false;
  #ready = "";

  constructor(parts: ReadersParts) {
    this.#parts = parts;
    this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelLook();
    for (const run of this.#runs.values()) if (run !== "opening") void run.stop();
  }

  #look(): void {
    const { table, clock, only = () => true } = this.#parts;
    const able = table
      .devices()
      .filter(({ id, profile }) => only(id) && (tells(profile, "identity") || tells(profile, "scan")));
    const used = able.filter((device) => this.#runs.has(device.id) || stateOf(device).state === "ready");
    this.#sayReady(used);
    for (const { id } of used) {
      const line = table.find(id);
      if (line !== undefined && !this.#runs.has(id)) void this.#read(line);
    }
    this.#cancelLook = clock.after(lookMs, () => this.#look());
  }

  #sayReady(devices: readonly Device[]): void {
    const card = devices.some(({ profile }) => tells(profile, "identity"));
    const code = devices.some(({ profile }) => tells(profile, "scan"));
    const ready = `${card} ${code}`;
    if (ready === this.#ready) return;
    this.#ready = ready;
    this.#parts.hear({ kind: "ready", card, code });
  }

  async #read(line: Line): Promise<void> {
    const { clock, log } = this.#parts;
    const { id, profile } = line.device;
    this.#runs.set(id, "opening");
    const opened = await line.take();
    if (!opened.ok) {
      this.#runs.delete(id);
      return;
    }
    const isEmpty = tells(profile, "identity")
      ? clock.after(emptyMs, () => this.#hear({ kind: "empty", reader: id }))
      : () => {};
    const listener = {
      phase: (phase: string) => {
        // A scanner only listens; a reader says so when it has found a card.
        if (phase !== "reading") return;
        isEmpty();
        this.#hear({ kind: "reading" });
      },
      heard: (outcome: Outcome, raw: Uint8Array) => this.#heard(id, outcome, raw),
      ended: isEmpty,
    };
    const run = new Run({ line, channel: opened.channel, clock, log, visitAgeMs: 0, listener });
    this.#runs.set(id, run);
    void run.free.then(() => this.#runs.delete(id));
    if (this.#isStopped()) void run.stop();
    else run.begin();
  }

  #heard(reader: string, outcome: Outcome, raw: Uint8Array): void {
    switch (outcome.kind) {
      case "identity":
        return this.#hear({ kind: "identity", reader, card: new Private(outcome.card) });
      case "scan":
        return this.#hear({ kind: "scan", text: new Private(outcome.text) });
      case "fault":
        // That nothing was laid there, or that nothing answers, is no news to who is waiting.
        if (raw.length > 0 && outcome.code !== "device.noCard") this.#hear({ kind: "fault", code: outcome.code });
        return;
      case "measurement":
      case "progress":
      case "control":
      case "wave":
      case "information":
      case "discarded":
        return;
      default:
        missingCase(outcome);
    }
  }

  #hear(word: ReaderWord): void {
    if (!this.#stopped) this.#parts.hear(word);
  }

  /** Read anew after every wait: the compiler cannot see that `stop` may have been called meanwhile. */
  #isStopped(): boolean {
    return this.#stopped;
  }
}
