import type { LineEvent } from "../../core/contract/technician-line.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import { isPrivate } from "../../drivers/kit/index.ts";
import type { SerialSettings } from "../channels/channel.ts";
import type { Tap } from "../channels/tap.ts";
import type { Device } from "../devices/device.ts";
import { Trail, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import { storeCode } from "../store/open.ts";
import { codeOf } from "../profiles/folder.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { Answer } from "../visits/visits.ts";
import type { Captures, Written } from "./captures.ts";
import { DecodedLine } from "./decoded-line.ts";
import type { PartFile } from "./part-file.ts";
import { Recording } from "./recording.ts";
import type { Person } from "./sessions.ts";
import { aboutStaff, keptCode, type KeptCode } from "./staff.ts";

/** Lines that wait for a page that is slow. */
const mostWaiting = 500;

export interface LiveParts {
  readonly tap: Tap;
  readonly clock: Clock;
  readonly log: Logger;
  readonly scribe: Scribe;
  readonly captures: Captures;
  readonly program: string;
  /** A visit is open, or what belonged to one is not over yet. */
  readonly residentPresent: () => boolean;
  readonly aside: (work: Promise<void>) => void;
}

interface Watcher {
  readonly device: Device;
  readonly state: () => void;
}

interface Running {
  readonly recording: Recording;
  readonly part: PartFile;
  readonly person: Person;
  readonly leave: () => void;
}

/** Looking at a device's line, and recording it. Sends nothing; holds nobody up. */
export class LiveView {
  readonly #parts: LiveParts;
  readonly #watchers = new Set<Watcher>();
  /** By device. */
  readonly #running = new Map<string, Running>();

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /** From now on, until left or signed out. */
  watch(device: Device, signal: AbortSignal): Reading<LineEvent> {
    const { tap, clock, residentPresent } = this.#parts;
    const trail = new Trail<LineEvent>(mostWaiting);
    const line = new DecodedLine(device.profile, residentPresent);
    let seq = 0;
    let lastMs = 0;
    let cancelFlush = (): void => {};
    const push = (bytes: ReturnType<DecodedLine["hear"]>, ms: number): void =>
      trail.push({ kind: "bytes", seq: ++seq, at: instant(clock.now()), ms, ...bytes });
    let shown = "";
    const state = (): void => {
      const event = this.#stateOf(device);
      const text = JSON.stringify(event);
      if (text !== shown) trail.push(event);
      shown = text;
    };
    const watcher: Watcher = { device, state };
    const leave = tap.listen(device.port, {
      opened: () => watcher.state(),
      closed: () => watcher.state(),
      bytes: (direction, bytes, ms) => {
        lastMs = ms;
        push(line.hear(direction, bytes), ms);
        cancelFlush();
        if (line.pending)
          cancelFlush = clock.after(device.profile.session.gapMs, () => {
            const rest = line.flush();
            if (rest !== undefined) push(rest, lastMs + device.profile.session.gapMs);
          });
      },
    });
    this.#watchers.add(watcher);
    watcher.state();
    signal.addEventListener(
      "abort",
      () => {
        cancelFlush();
        leave();
        this.#watchers.delete(watcher);
        trail.close();
      },
      { once: true },
    );
    return trail.read(signal);
  }

  /** A visit was opened or is over. */
  changed(): void {
    const paused = this.#parts.residentPresent();
    for (const { recording } of this.#running.values()) recording.pause(paused);
    for (const watcher of this.#watchers) watcher.state();
  }

  /** Twice is once: the name is that of the recording under way. */
  async start(
    device: Device,
    person: Person,
  ): Promise<Answer<{ name: string }, "technician.residentPresent" | KeptCode>> {
    const { captures, clock, program, tap, residentPresent } = this.#parts;
    const running = this.#running.get(device.id);
    if (running !== undefined) return { ok: true, value: { name: running.recording.name } };
    const refused = { ok: false, code: "technician.residentPresent" } as const;
    // What a scanner or a card reader hears is a person's at any time: it goes into no file.
    if (residentPresent() || isPrivate(device.profile)) return refused;
    const name = await captures.nameFor(device);
    const recording = new Recording(name, device, program, clock);
    let part: PartFile;
    try {
      part = await captures.keep(recording, (error) => this.#troubled(error));
    } catch (error) {
      return { ok: false, code: keptCode(storeCode(error)) };
    }
    const other = this.#running.get(device.id);
    if (other !== undefined || residentPresent()) {
      await part.drop();
      return other === undefined ? refused : { ok: true, value: { name: other.recording.name } };
    }
    const open = tap.openWith(device.port);
    if (open !== undefined) recording.opened(open);
    const end = (): void => this.#parts.aside(this.#end(device));
    const stopListening = tap.listen(device.port, {
      opened: (settings: SerialSettings) => recording.opened(settings),
      closed: () => undefined,
      bytes: (direction, bytes) => {
        if (residentPresent()) return;
        recording.take(direction, bytes);
        if (recording.full) end();
      },
    });
    person.signal.addEventListener("abort", end, { once: true });
    const leave = (): void => {
      stopListening();
      person.signal.removeEventListener("abort", end);
    };
    this.#running.set(device.id, { recording, part, person, leave });
    if (person.signal.aborted) end();
    this.changed();
    return { ok: true, value: { name } };
  }

  /** Writes the file and the entry about it. */
  async stop(device: Device, id?: string): Promise<Answer<{ name: string }, "technician.noCapture" | KeptCode>> {
    const running = this.#running.get(device.id);
    if (running === undefined) return { ok: false, code: "technician.noCapture" };
    const { recording, part, person, leave } = running;
    this.#running.delete(device.id);
    leave();
    this.changed();
    const { captures, scribe } = this.#parts;
    const { name, chunks } = recording;
    let body: Written;
    try {
      body = await captures.write({ name, device: device.id, chunks, text: recording.text() });
    } catch (error) {
      // What came so far is made whole at the next start.
      await part.close().catch((why: unknown) => this.#troubled(why));
      return { ok: false, code: keptCode(storeCode(error)) };
    }
    await part.drop().catch((why: unknown) => this.#troubled(why));
    const about = { ...aboutStaff(person), ...(id === undefined ? {} : { id }) };
    const kept = await scribe.keep(scribe.fact("capture.recorded", body, about));
    return kept.ok ? { ok: true, value: { name } } : { ok: false, code: keptCode(kept.code) };
  }

  async close(): Promise<void> {
    for (const { recording } of [...this.#running.values()]) await this.#end(recording.device);
  }

  /** Makes whole what was cut off with the program. A disk that fails keeps nobody from measuring. */
  async recover(): Promise<void> {
    const { captures, scribe } = this.#parts;
    try {
      for (const body of await captures.recover())
        await scribe.keep(scribe.fact("capture.recorded", body, { visit: null, subject: null }));
    } catch (error) {
      this.#troubled(error);
    }
  }

  #troubled(error: unknown): void {
    this.#parts.log.error("recording not kept", { why: codeOf(error) });
  }

  async #end(device: Device): Promise<void> {
    await this.stop(device);
  }

  #stateOf(device: Device): LineEvent {
    const { tap, residentPresent } = this.#parts;
    const { dataBits, parity, stopBits } = device.profile.serial;
    const open = tap.openWith(device.port);
    const running = this.#running.get(device.id);
    const present = residentPresent();
    return {
      kind: "state",
      open: open !== undefined,
      serial: open ?? { baudRate: device.baudRate, dataBits, parity, stopBits },
      residentPresent: present,
      recording: running === undefined ? "off" : present ? "paused" : "on",
      ...(running === undefined ? {} : { capture: running.recording.name }),
    };
  }
}
