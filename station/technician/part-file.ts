import { mkdir, open, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../../core/domain/time.ts";

/** What is written is on the disk after this long at the latest: a power cut takes no more than that. */
const durableMs = 1_000;

/** Lines that are on the disk within a second, until what they belong to is whole. Who opens one closes or drops it. */
export class PartFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #clock: Clock;
  readonly #onTrouble: (error: unknown) => void;
  #waiting = "";
  #cancel: (() => void) | undefined;
  #line: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, clock: Clock, onTrouble: (error: unknown) => void) {
    this.#path = path;
    this.#file = file;
    this.#clock = clock;
    this.#onTrouble = onTrouble;
  }

  /** With its first line, durable. `onTrouble`: a later line could not be kept. Throws what the system says. */
  static async open(
    path: string,
    first: unknown,
    clock: Clock,
    onTrouble: (error: unknown) => void,
  ): Promise<PartFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, "wx", 0o600);
    try {
      await file.appendFile(`${JSON.stringify(first)}\n`);
      await file.datasync();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    return new PartFile(path, file, clock, onTrouble);
  }

  add(line: unknown): void {
    this.#waiting += `${JSON.stringify(line)}\n`;
    this.#cancel ??= this.#clock.after(durableMs, () => void this.#write());
  }

  /** Everything is written, and the file stays for who comes after a failure. */
  async close(): Promise<void> {
    await this.#write();
    await this.#file.close();
  }

  /** What it held is kept elsewhere. */
  async drop(): Promise<void> {
    this.#waiting = "";
    await this.#write();
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  #write(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const text = this.#waiting;
    this.#waiting = "";
    if (text !== "")
      this.#line = this.#line
        .then(() => this.#file.appendFile(text))
        .then(() => this.#file.datasync())
        .catch(this.#onTrouble);
    return this.#line;
  }
}
