import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { Device } from "../devices/device.ts";
import { writeWhole } from "../profiles/folder.ts";
import { PartFile } from "./part-file.ts";
import { captureText, chunksIn, recordedIn, type Recording } from "./recording.ts";

/** Names that `nameFor` gives, and nothing else: a name comes from the page. */
const nameForm = /^[a-z0-9-]+-\d{8}T\d{6}Z(-\d+)?\.json$/;
/** Behind the name of a recording that is under way. */
const partEnding = ".part";

const captureSchema = z.looseObject({ device: z.string(), recordedAt: z.string() });

/** As it stands in the entry about a capture. */
export interface Written {
  readonly file: string;
  readonly device: string;
  readonly chunks: number;
  readonly sha256: string;
}

interface CaptureFile {
  readonly name: string;
  readonly device: string;
  readonly chunks: number;
  readonly text: string;
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

  /** Keeps what is recorded as it comes. `onTrouble`: it could not. Throws what the system says. */
  async keep(recording: Recording, onTrouble: (error: unknown) => void): Promise<PartFile> {
    const path = join(this.#folder, recording.name + partEnding);
    const part = await PartFile.open(path, recording.beginning(), this.#clock, onTrouble);
    recording.onNote((note) => part.add(note));
    return part;
  }

  /** Whole or not at all. Throws what the system says. */
  async write({ name, device, chunks, text }: CaptureFile): Promise<Written> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeWhole(this.#folder, name, text);
    return { file: name, device, chunks, sha256: createHash("sha256").update(text).digest("hex") };
  }

  /** Recordings that were cut off with the program, as far as they came, made whole. Throws what the system says. */
  async recover(): Promise<readonly Written[]> {
    const whole = await this.#names();
    const found = await readdir(this.#folder).catch(() => []);
    const written: Written[] = [];
    for (const file of found) {
      const name = file.slice(0, -partEnding.length);
      if (!file.endsWith(partEnding) || !nameForm.test(name)) continue;
      const path = join(this.#folder, file);
      const recorded = recordedIn(await readFile(path, "utf8"));
      if (recorded !== undefined && !whole.includes(name)) {
        const { beginning, notes } = recorded;
        const text = captureText(beginning.head, notes);
        written.push(await this.write({ name, device: beginning.device, chunks: chunksIn(notes).length, text }));
      }
      await rm(path, { force: true });
    }
    return written;
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
