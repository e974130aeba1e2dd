import type { Outcome } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import { decoder, type Decoder } from "../../drivers/kit/index.ts";
import type { Channel, ChannelSource, Opened } from "../channels/channel.ts";
import type { Logger } from "../log/logger.ts";
import type { Device } from "./device.ts";
import { deviceLog } from "./device-log.ts";
import { makeSafe } from "./make-safe.ts";

/** A port that could not be opened is tried again after this long. */
const retryMs = 1_000;

export interface LineParts {
  readonly device: Device;
  readonly source: ChannelSource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onChange: () => void;
  readonly onUnasked: (device: Device, outcome: Outcome, raw: Uint8Array) => void;
}

/**
 * A device's port over its whole life. A device that is commanded has its port open only while it measures: nothing is
 * sent and nothing can start outside of an explicit act. A device that pushes is listened to all the time its port is
 * there, so that a result which comes while nobody is being measured is caught and refused instead of waiting in the
 * port for the next person. Opening, retrying and listening never send a byte.
 */
export class Line {
  readonly device: Device;
  readonly #parts: LineParts;
  readonly #log: Logger;
  /** The open port of a device that pushes, in nobody's hands. */
  #idle: { readonly channel: Channel; readonly leave: () => void } | undefined;
  /** The opening for listening, while it is under way. */
  #opening: Promise<void> | undefined;
  #cancelRetry: (() => void) | undefined;
  /** The link was lost while the device was acting on a person. */
  #owesStop = false;
  #closed = false;

  constructor(parts: LineParts) {
    this.#parts = parts;
    this.device = parts.device;
    this.#log = deviceLog(parts.log, parts.device);
  }

  /** The list of ports was looked at. */
  present(there: boolean): void {
    if (there === this.device.present) return;
    this.device.present = there;
    this.device.seen ||= there;
    this.device.blocked = undefined;
    // What comes back may be another unit of the same model.
    this.device.serialNumber = undefined;
    this.device.firmware = undefined;
    this.device.clockOffsetMs = undefined;
    this.#log.info(there ? "connected" : "disconnected", { port: this.device.port });
    if (there && this.#owesStop) void this.#stopAtLast();
    else if (there) void this.#listen();
    this.#parts.onChange();
  }

  /** The open port for a measurement; whoever takes it gives it back. `baudRate`: when another than the usual is to be tried. */
  async take(baudRate?: number): Promise<Opened> {
    this.#setBusy(true);
    await this.#opening;
    const idle = this.#idle;
    if (idle !== undefined && baudRate === undefined) {
      this.#idle = undefined;
      idle.leave();
      return { ok: true, channel: idle.channel };
    }
    this.#idle = undefined;
    idle?.leave();
    await idle?.channel.close();
    const opened = await this.#open(baudRate ?? this.device.baudRate);
    if (!opened.ok) {
      this.device.blocked = this.device.present ? opened.code : undefined;
      this.#setBusy(false);
      this.#retryLater();
    }
    return opened;
  }

  /** Ends the measurement's hold. `keep`: the port is still good and may go on listening. */
  async give(channel: Channel, keep: boolean): Promise<void> {
    if (keep && this.device.profile.push && !this.#closed) this.#hearIdle(channel);
    else await channel.close();
    this.#setBusy(false);
    if (!this.#closed && this.#idle === undefined) void this.#listen();
  }

  /** The port went: away until the list shows it again. `atWork`: it went in the middle of a measurement. */
  lost(atWork: boolean): void {
    this.#owesStop ||= atWork && this.device.profile.actuates;
    this.device.present = false;
    this.#log.warn("port lost", { port: this.device.port });
    this.#parts.onChange();
  }

  /** The program was cut off while the device was at work: it is told to stop as soon as it can be. */
  wasAtWork(): void {
    this.#owesStop = this.device.profile.actuates;
    if (this.#owesStop && this.device.present) void this.#stopAtLast();
  }

  /** The device answers at this speed; it is tried first from now on. */
  understoodAt(baudRate: number): void {
    this.device.baudRate = baudRate;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry?.();
    const idle = this.#idle;
    this.#idle = undefined;
    idle?.leave();
    await this.#opening;
    await idle?.channel.close();
  }

  /** At each of its speeds until it is acknowledged: which one it was set to is forgotten with the program that was cut off. */
  async #stopAtLast(): Promise<void> {
    const { profile, baudRate } = this.device;
    const { clock } = this.#parts;
    const speeds = [...new Set([baudRate, ...(profile.serial.baudChoices ?? [])])];
    for (const speed of speeds) {
      const opened = await this.take(speed);
      if (!opened.ok) return;
      this.#owesStop = false;
      const heard = await makeSafe(profile, opened.channel, clock, this.#log);
      const last = heard || speed === speeds.at(-1);
      if (!heard && last) this.#log.warn("stop not acknowledged", { port: this.device.port });
      // Held from one speed to the next: nobody starts in between.
      await (last ? this.give(opened.channel, true) : opened.channel.close());
      if (last) return;
    }
  }

  #setBusy(busy: boolean): void {
    this.device.busy = busy;
    this.#parts.onChange();
  }

  async #open(baudRate: number): Promise<Opened> {
    const { dataBits, parity, stopBits } = this.device.profile.serial;
    const opened = await this.#parts.source.open(this.device.port, { baudRate, dataBits, parity, stopBits });
    if (opened.ok) this.device.blocked = undefined;
    else this.#log.warn("port not opened", { port: this.device.port, code: opened.code });
    return opened;
  }

  /** Keeps the port of a device that pushes open while it is there. */
  #listen(): Promise<void> {
    const { device } = this;
    const listening = this.#opening !== undefined || this.#idle !== undefined;
    if (!device.profile.push || listening || device.busy || !device.present || this.#closed) return Promise.resolve();
    this.#opening = this.#openIdle().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #openIdle(): Promise<void> {
    const { device } = this;
    const opened = await this.#open(device.baudRate);
    if (opened.ok && this.#closed) return opened.channel.close();
    if (opened.ok) this.#hearIdle(opened.channel);
    else {
      device.blocked = opened.code;
      this.#retryLater();
    }
    this.#parts.onChange();
  }

  /** A device that is listened to is tried again; of another one it is only forgotten that it could not be opened. */
  #retryLater(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#parts.clock.after(retryMs, () => {
      if (!this.device.profile.push) this.device.blocked = undefined;
      this.#parts.onChange();
      if (this.#owesStop && this.device.present && !this.#closed) return void this.#stopAtLast();
      void this.#listen();
    });
  }

  #hearIdle(channel: Channel): void {
    const { device } = this;
    const idle: Decoder = decoder(device.profile);
    const stopBytes = channel.onBytes((bytes) => {
      this.#log.bytes("←", bytes);
      for (const { outcomes, raw } of idle.hearFrames(bytes)) {
        for (const outcome of outcomes) this.#parts.onUnasked(device, outcome, raw);
      }
    });
    const stopGone = channel.onGone(() => {
      this.#idle = undefined;
      this.lost(false);
      void channel.close();
    });
    this.#idle = {
      channel,
      leave: () => {
        stopBytes();
        stopGone();
      },
    };
  }
}
