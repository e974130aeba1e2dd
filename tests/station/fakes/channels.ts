import type { Clock } from "../../../core/domain/time.ts";
import { createSimulator, fromHex, toHex, type Profile, type SimulatorOptions } from "../../../drivers/kit/index.ts";
import type {
  Channel,
  ChannelSource,
  Opened,
  OpenFault,
  PortInfo,
  SerialSettings,
} from "../../../station/channels/channel.ts";

/** A port in memory. What stands behind it is given by `plug`; everything the host sends is in `sent`. */
export class FakePort {
  readonly sent: string[] = [];
  readonly speeds: number[] = [];
  openChannels = 0;
  refuses: OpenFault | undefined;
  #hearHost: (bytes: Uint8Array, baudRate: number) => void | Promise<void> = () => {};
  #toHost = new Set<(bytes: Uint8Array) => void>();
  #gone = new Set<() => void>();

  /** What the device does with what the host sends. A promise is how long the write takes. */
  answersWith(hear: (bytes: Uint8Array, baudRate: number) => void | Promise<void>): void {
    this.#hearHost = hear;
  }

  /** The device speaks. */
  say(bytes: Uint8Array | string): void {
    const chunk = typeof bytes === "string" ? fromHex(bytes) : bytes;
    for (const listener of [...this.#toHost]) listener(chunk);
  }

  /** The plug is pulled: open channels are gone. */
  pull(): void {
    for (const listener of [...this.#gone]) listener();
    this.#toHost.clear();
    this.#gone.clear();
  }

  open(path: string, { baudRate }: SerialSettings): Opened {
    if (this.refuses !== undefined) return { ok: false, code: this.refuses };
    if (this.openChannels > 0) return { ok: false, code: "device.portBusy" };
    this.openChannels += 1;
    this.speeds.push(baudRate);
    let closed = false;
    const mine = new Set<() => void>();
    const channel: Channel = {
      port: path,
      write: async (bytes) => {
        if (closed) return;
        this.sent.push(toHex(bytes));
        await this.#hearHost(bytes, baudRate);
      },
      onBytes: (listener) => {
        this.#toHost.add(listener);
        const leave = (): void => void this.#toHost.delete(listener);
        mine.add(leave);
        return leave;
      },
      onGone: (listener) => {
        this.#gone.add(listener);
        const leave = (): void => void this.#gone.delete(listener);
        mine.add(leave);
        return leave;
      },
      close: async () => {
        if (closed) return;
        closed = true;
        this.openChannels -= 1;
        for (const leave of mine) leave();
      },
    };
    return { ok: true, channel };
  }
}

/** Ports by path; `look` tells the list as the poll of the real one would. */
export class FakeChannels implements ChannelSource {
  readonly ports = new Map<string, FakePort>();
  readonly usb = new Map<string, NonNullable<PortInfo["usb"]>>();
  readonly #watchers = new Set<(ports: readonly PortInfo[]) => void>();

  plug(path: string, port = new FakePort()): FakePort {
    this.ports.set(path, port);
    this.look();
    return port;
  }

  /** Pulls the plug: the channel is gone and the port is no longer listed. */
  unplug(path: string): void {
    const port = this.ports.get(path);
    this.ports.delete(path);
    port?.pull();
    this.look();
  }

  look(): void {
    for (const watcher of [...this.#watchers]) watcher(this.#infos());
  }

  async open(path: string, settings: SerialSettings): Promise<Opened> {
    return this.ports.get(path)?.open(path, settings) ?? { ok: false, code: "device.portMissing" };
  }

  async list(): Promise<readonly PortInfo[]> {
    return this.#infos();
  }

  watch(listener: (ports: readonly PortInfo[]) => void): () => void {
    this.#watchers.add(listener);
    listener(this.#infos());
    return () => void this.#watchers.delete(listener);
  }

  #infos(): readonly PortInfo[] {
    return [...this.ports.keys()].map((path) => {
      const usb = this.usb.get(path);
      return { path, ...(usb === undefined ? {} : { usb }) };
    });
  }
}

/** Puts the kit's simulated device behind a port, on the same clock. `atSpeed`: deaf at every other. The answer prints. */
export function simulated(
  port: FakePort,
  profile: Profile,
  clock: Clock,
  options: SimulatorOptions & { readonly atSpeed?: number } = {},
): { press(): void } {
  const wallOffsetMs = -new Date(clock.now()).getTimezoneOffset() * 60_000;
  const device = createSimulator(profile, { wallOffsetMs, ...options });
  let planned = new Set<() => void>();
  const play = (plan: ReturnType<typeof device.press>): void => {
    for (const { bytes, afterMs, instead, more } of plan) {
      if (instead === true) {
        for (const cancel of planned) cancel();
        planned = new Set();
      }
      planned.add(
        clock.after(afterMs, () => {
          port.say(bytes);
          play(more?.(clock.now()) ?? []);
        }),
      );
    }
  };
  port.answersWith((bytes, baudRate) => {
    if (options.atSpeed === undefined || options.atSpeed === baudRate) play(device.hear(bytes, clock.now()));
  });
  play(device.open(clock.now()));
  return { press: () => play(device.press(clock.now())) };
}
