import type { Clock } from "../../core/domain/time.ts";
import type { Channel, ChannelSource, Opened, PortInfo, SerialSettings } from "./channel.ts";

/** What passes on one port. `ms`: since the port was opened. */
export interface TapListener {
  opened(settings: SerialSettings): void;
  bytes(direction: "in" | "out", bytes: Uint8Array, ms: number): void;
  closed(): void;
}

interface OpenPort {
  readonly settings: SerialSettings;
  readonly openedAt: number;
}

/**
 * The ports of a source, with a place to listen in: whoever does hears what the others say and hear, and can neither
 * change nor delay it.
 */
export class Tap implements ChannelSource {
  readonly #source: ChannelSource;
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #listeners = new Map<string, Set<TapListener>>();
  readonly #open = new Map<string, OpenPort>();

  constructor(source: ChannelSource, clock: Pick<Clock, "monotonic">) {
    this.#source = source;
    this.#clock = clock;
  }

  /** On one port, by the path it is opened by. The answer ends it. */
  listen(port: string, listener: TapListener): () => void {
    const listeners = this.#listeners.get(port) ?? new Set();
    this.#listeners.set(port, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(port) === listeners) this.#listeners.delete(port);
    };
  }

  /** How the port is open now; undefined when it is not. */
  openWith(port: string): SerialSettings | undefined {
    return this.#open.get(port)?.settings;
  }

  list(): Promise<readonly PortInfo[]> {
    return this.#source.list();
  }

  watch(listener: (ports: readonly PortInfo[]) => void): () => void {
    return this.#source.watch(listener);
  }

  async open(path: string, settings: SerialSettings): Promise<Opened> {
    const opened = await this.#source.open(path, settings);
    return opened.ok ? { ok: true, channel: this.#tapped(path, settings, opened.channel) } : opened;
  }

  #tapped(path: string, settings: SerialSettings, channel: Channel): Channel {
    const own: OpenPort = { settings, openedAt: this.#clock.monotonic() };
    this.#open.set(path, own);
    const tell = (say: (listener: TapListener) => void): void => {
      for (const listener of [...(this.#listeners.get(path) ?? [])]) say(listener);
    };
    const passed = (direction: "in" | "out", bytes: Uint8Array): void => {
      const ms = this.#clock.monotonic() - own.openedAt;
      tell((listener) => listener.bytes(direction, bytes, ms));
    };
    const ended = (): void => {
      if (this.#open.get(path) !== own) return;
      this.#open.delete(path);
      tell((listener) => listener.closed());
    };
    channel.onBytes((bytes) => passed("in", bytes));
    channel.onGone(ended);
    tell((listener) => listener.opened(settings));
    return {
      port: channel.port,
      write: (bytes) => {
        passed("out", bytes);
        return channel.write(bytes);
      },
      onBytes: (listener) => channel.onBytes(listener),
      onGone: (listener) => channel.onGone(listener),
      close: () => {
        ended();
        return channel.close();
      },
    };
  }
}
