import { z } from "zod";
import { instant, type Clock } from "../../core/domain/time.ts";
import { toHex } from "../../drivers/kit/index.ts";
import type { SerialSettings } from "../channels/channel.ts";
import type { Device } from "../devices/device.ts";

/** A capture ends by itself after so many chunks. */
export const mostChunks = 20_000;

/** What a recording notes, in order. `t`: milliseconds since it began. */
const noteSchema = z.union([
  z.strictObject({ t: z.number(), dir: z.enum(["tx", "rx"]), hex: z.string() }),
  /** The port was opened. */
  z.strictObject({ t: z.number(), baudRate: z.number() }),
  /** A resident came or went. */
  z.strictObject({ t: z.number(), paused: z.boolean() }),
]);
export type Note = z.infer<typeof noteSchema>;

/** What stands before the chunks of a capture: of the device and of nobody. */
const headSchema = z.record(z.string(), z.unknown());
export type CaptureHead = z.infer<typeof headSchema>;

/** The first line of a recording that is under way; its notes follow, one a line. `device`: id of the one at the station. */
const beginningSchema = z.strictObject({ device: z.string(), head: headSchema });
export type Beginning = z.infer<typeof beginningSchema>;

/** A recording as far as it came: what was written last may be half a line. Undefined when nothing was begun. */
export function recordedIn(
  lines: string,
): { readonly beginning: Beginning; readonly notes: readonly Note[] } | undefined {
  const [first = "", ...rest] = lines.split("\n");
  const beginning = beginningSchema.safeParse(parsed(first));
  if (!beginning.success) return undefined;
  const notes: Note[] = [];
  for (const line of rest) {
    const note = noteSchema.safeParse(parsed(line));
    if (!note.success) break;
    notes.push(note.data);
  }
  return { beginning: beginning.data, notes };
}

/** The form of the collection of captures: `decode` and the tests read it. */
export function captureText(head: CaptureHead, notes: readonly Note[]): string {
  const opened = notes.filter((note) => "baudRate" in note);
  const pauses: { readonly from: number; to?: number }[] = [];
  for (const note of notes) {
    if (!("paused" in note)) continue;
    const last = pauses.at(-1);
    if (note.paused) pauses.push({ from: note.t });
    else if (last !== undefined) last.to = note.t;
  }
  const whole = {
    ...head,
    ...(opened.length === 0 ? {} : { opened }),
    ...(pauses.length === 0 ? {} : { pauses }),
    chunks: chunksIn(notes),
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

export const chunksIn = (notes: readonly Note[]): readonly Note[] => notes.filter((note) => "hex" in note);

/** What a recording collects. Nothing is taken while a resident is here; the gap is noted. */
export class Recording {
  readonly name: string;
  readonly device: Device;
  readonly #program: string;
  readonly #startedAt: number;
  readonly #began: number;
  readonly #clock: Clock;
  readonly #notes: Note[] = [];
  #chunks = 0;
  #paused = false;
  #onNote: (note: Note) => void = () => {};

  constructor(name: string, device: Device, program: string, clock: Clock) {
    this.name = name;
    this.device = device;
    this.#program = program;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#began = clock.monotonic();
  }

  get chunks(): number {
    return this.#chunks;
  }

  get full(): boolean {
    return this.#chunks >= mostChunks;
  }

  /** Told of every note from now on. */
  onNote(listener: (note: Note) => void): void {
    this.#onNote = listener;
  }

  take(direction: "in" | "out", bytes: Uint8Array): void {
    if (this.full) return;
    this.#chunks += 1;
    this.#note({ t: this.#t(), dir: direction === "in" ? "rx" : "tx", hex: toHex(bytes) });
  }

  opened({ baudRate }: SerialSettings): void {
    this.#note({ t: this.#t(), baudRate });
  }

  pause(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#note({ t: this.#t(), paused });
  }

  beginning(): Beginning {
    return { device: this.device.id, head: this.#head() };
  }

  text(): string {
    return captureText(this.#head(), this.#notes);
  }

  /** What the device said of itself may come while the recording runs. */
  #head(): CaptureHead {
    const { profile, serialNumber, firmware, simulated } = this.device;
    const { baudRate, dataBits, parity, stopBits } = profile.serial;
    return {
      schema: "glucose-lipid-capture/1",
      device: `${profile.model.maker} ${profile.model.name}`,
      profile: profile.id,
      protocol: profile.dossier,
      provenance: simulated ? "simulated device" : "real-capture",
      source: `recorded at a station by ${this.#program}; no resident was there`,
      recordedAt: instant(this.#startedAt),
      serial: { baudRate, dataBits, parity, stopBits },
      ...(serialNumber === undefined ? {} : { serialNumber }),
      ...(firmware === undefined ? {} : { firmware }),
    };
  }

  #note(note: Note): void {
    this.#notes.push(note);
    this.#onNote(note);
  }

  #t(): number {
    return Math.round(this.#clock.monotonic() - this.#began);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
