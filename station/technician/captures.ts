import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { instant, type Clock } from "../../core/domain/time.ts";
import { toHex } from "../../drivers/kit/index.ts";
import type { SerialSettings } from "../channels/channel.ts";
import type { Device } from "../devices/device.ts";

/** A capture ends by itself after so many chunks. */
export const mostChunks = 20_000;
/** Names that `write` gives, and nothing else: a name comes from the page. */
const nameForm = /^[a-z0-9-]+-\d{8}T\d{6}Z(-\d+)?\.json$/;

const captureSchema = z.looseObject({ device: z.string(), recordedAt: z.string() });

/** `t`: milliseconds since the recording began. */
export interface Chunk {
  readonly t: number;
  readonly dir: "tx" | "rx";
  readonly hex: string;
}

/** What a recording collects. Nothing is taken while a resident is here; the gap is noted. */
export class Recording {
  readonly name: string;
  readonly device: Device;
  readonly #startedAt: number;
  readonly #began: number;
  readonly #clock: Clock;
  readonly #chunks: Chunk[] = [];
  readonly #pauses: { readonly from: number; to?: number }[] = [];
  readonly #speeds: { readonly t: number; readonly baudRate: number }[] = [];

  constructor(name: string, device: Device, clock: Clock) {
    this.name = name;
    this.device = device;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#began = clock.monotonic();
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  get full(): boolean {
    return this.#chunks.length >= mostChunks;
  }

  take(direction: "in" | "out", bytes: Uint8Array): void {
    if (!this.full) this.#chunks.push({ t: this.#t(), dir: direction === "in" ? "rx" : "tx", hex: toHex(bytes) });
  }

  opened({ baudRate }: SerialSettings): void {
    this.#speeds.push({ t: this.#t(), baudRate });
  }

  pause(paused: boolean): void {
    const last = this.#pauses.at(-1);
    const isPaused = last !== undefined && last.to === undefined;
    if (paused === isPaused) return;
    if (paused) this.#pauses.push({ from: this.#t() });
    else if (last !== undefined) last.to = this.#t();
  }

  /** The form of the collection of captures: `decode` and the tests read it. Tells of the device and of nobody. */
  text(program: string): string {
    const { profile, serialNumber, firmware, simulated } = this.device;
    const { baudRate, dataBits, parity, stopBits } = profile.serial;
    return `${JSON.stringify(
      {
        schema: "glucose-lipid-capture/1",
        device: `${profile.model.maker} ${profile.model.name}`,
        profile: profile.id,
        protocol: profile.dossier,
        provenance: simulated ? "simulated device" : "real-capture",
        source: `recorded at a station by ${program}; no resident was there`,
        recordedAt: instant(this.#startedAt),
        serial: { baudRate, dataBits, parity, stopBits },
        ...(serialNumber === undefined ? {} : { serialNumber }),
        ...(firmware === undefined ? {} : { firmware }),
        ...(this.#speeds.length === 0 ? {} : { opened: this.#speeds }),
        ...(this.#pauses.length === 0 ? {} : { pauses: this.#pauses }),
        chunks: this.#chunks,
      },
      null,
      1,
    )}\n`;
  }

  #t(): number {
    return Math.round(this.#clock.monotonic() - this.#began);
  }
}

/** The capture files in the data folder. */
export class Captures {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #given = new Set<string>();

  constructor(data: string, clock: Clock) {
    this.#folder = join(data, "captures");
    this.#clock = clock;
  }

  /** For a recording that begins now; given once. */
  async nameFor(device: Device): Promise<string> {
    const stamp = instant(this.#clock.now()).replaceAll(/[-:]|\.\d+/g, "");
    const taken = new Set([...(await this.#names()), ...this.#given]);
    const stem = `${device.profile.id}-${stamp}`;
    for (let nth = 1; ; nth++) {
      const name = nth === 1 ? `${stem}.json` : `${stem}-${String(nth)}.json`;
      if (taken.has(name)) continue;
      this.#given.add(name);
      return name;
    }
  }

  /** Whole or not at all. Answers the SHA-256 of the file. Throws what the system says. */
  async write(name: string, text: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const part = join(this.#folder, `.${name}.part`);
    await writeFile(part, text, { mode: 0o600, flush: true });
    await rename(part, join(this.#folder, name));
    return createHash("sha256").update(text).digest("hex");
  }

  /** Newest first. */
  async list(): Promise<readonly { name: string; device: string; at: string; sizeBytes: number }[]> {
    const all = await Promise.all(
      (await this.#names()).map(async (name) => {
        const text = await this.read(name);
        const head = captureSchema.safeParse(text === undefined ? undefined : parsed(text));
        const { size: sizeBytes } = await stat(join(this.#folder, name));
        return head.success ? [{ name, device: head.data.device, at: head.data.recordedAt, sizeBytes }] : [];
      }),
    );
    return all.flat().sort((a, b) => b.at.localeCompare(a.at));
  }

  /** Undefined when there is no such capture. */
  async read(name: string): Promise<string | undefined> {
    if (!nameForm.test(name)) return undefined;
    return readFile(join(this.#folder, name), "utf8").catch(() => undefined);
  }

  async #names(): Promise<readonly string[]> {
    return (await readdir(this.#folder).catch(() => [])).filter((name) => nameForm.test(name));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
