import { createSocket, type RemoteInfo, type Socket } from "node:dgram";

/**
 * A poor line between two browsers without root: each candidate that one page names is replaced by a port of this relay,
 * and what comes in there leaves late, or not at all, towards the real one. One queue for each direction, as a line has;
 * rate and queue count whole packets with their IP and UDP heads. The same seed loses and delays the same way.
 */
export interface LinkConditions {
  readonly bitsPerSecond: number;
  /** One way. */
  readonly delayMs: number;
  /** Up to so much more, evenly spread; order is kept. */
  readonly jitterMs: number;
  /** 0 to 1. */
  readonly loss: number;
  /** What may wait; more is dropped at the tail. */
  readonly queueBytes: number;
}

export type Direction = "up" | "down";

export interface Relay {
  /** A candidate line as the page that sends in `direction` shall see it; undefined where the relay cannot stand between. */
  rewrite(candidate: string, direction: Direction): Promise<string | undefined>;
  set(direction: Direction, conditions: LinkConditions): void;
  /** Nothing passes until it is lifted. */
  blackout(on: boolean): void;
  readonly carried: Readonly<Record<Direction, LinkCount>>;
  close(): Promise<void>;
}

export interface LinkCount {
  packets: number;
  bytes: number;
  lost: number;
  overflowed: number;
}

export const headBytes = 28;

/** A number of 0 to 1 at each call (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** When a packet that comes in now leaves at the other end; undefined: it does not. Milliseconds of one clock. */
export function createPipe(first: LinkConditions, random: () => number, count: LinkCount) {
  let conditions = first;
  /** When the last accepted packet is through the narrow place, and when the last one leaves. */
  let freeAt = 0;
  let leftAt = 0;
  return {
    set: (next: LinkConditions) => void (conditions = next),
    pass(bytes: number, now: number): number | undefined {
      const size = bytes + headBytes;
      const { bitsPerSecond, delayMs, jitterMs, loss, queueBytes } = conditions;
      const waitingBytes = (Math.max(0, freeAt - now) * bitsPerSecond) / 8_000;
      // Drawn for every packet, so that one more in the queue does not change the fate of the rest.
      const [fate, shake] = [random(), random()];
      if (waitingBytes + size > queueBytes) {
        count.overflowed += 1;
        return undefined;
      }
      freeAt = Math.max(freeAt, now) + (size * 8_000) / bitsPerSecond;
      count.packets += 1;
      count.bytes += size;
      // A radio loses what it has spent its time on.
      if (fate < loss) {
        count.lost += 1;
        return undefined;
      }
      leftAt = Math.max(leftAt, freeAt + delayMs + shake * jitterMs);
      return leftAt;
    },
  };
}

export async function openRelay(seed: number, conditions: LinkConditions): Promise<Relay> {
  const random = seeded(seed);
  const carried: Record<Direction, LinkCount> = {
    up: { packets: 0, bytes: 0, lost: 0, overflowed: 0 },
    down: { packets: 0, bytes: 0, lost: 0, overflowed: 0 },
  };
  const pipes = {
    up: createPipe(conditions, seeded(Math.floor(random() * 2 ** 32)), carried.up),
    down: createPipe(conditions, seeded(Math.floor(random() * 2 ** 32)), carried.down),
  };
  let dark = false;
  let closed = false;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** The relay's port for each real address of either page. */
  const standIns = new Map<string, Promise<Port>>();

  interface Port {
    readonly socket: Socket;
    readonly port: number;
  }

  const carry = (bytes: Buffer, direction: Direction, send: () => void) => {
    if (dark) return;
    const now = performance.now();
    const at = pipes[direction].pass(bytes.length, now);
    if (at === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!dark && !closed) send();
    }, at - now);
    timers.add(timer);
  };

  /** Opens the port that stands for `address`; what reaches it travels in `direction`. */
  const standIn = (address: string, port: number, direction: Direction): Promise<Port> => {
    const key = `${address}:${port}`;
    const known = standIns.get(key);
    if (known) return known;
    const opening = new Promise<Port>((done, failed) => {
      const socket = createSocket("udp4");
      socket.once("error", failed);
      socket.on("message", (bytes, from) => void forward(bytes, from));
      const forward = async (bytes: Buffer, from: RemoteInfo) => {
        // The answer must come from the port that stands for the sender, or ICE takes it for a new address.
        const source = await standIn(from.address, from.port, direction === "up" ? "down" : "up");
        if (!closed) carry(bytes, direction, () => source.socket.send(bytes, port, address));
      };
      socket.bind(0, "127.0.0.1", () => {
        done({ socket, port: socket.address().port });
      });
    });
    standIns.set(key, opening);
    return opening;
  };

  return {
    async rewrite(candidate, direction) {
      const parts = candidate.split(" ");
      const [address, port, transport] = [parts[4] ?? "", Number(parts[5]), parts[2]?.toLowerCase()];
      if (transport !== "udp" || parts[7] !== "host" || !/^[\d.]+$/.test(address)) return undefined;
      const own = await standIn(address, port, direction);
      return [...parts.slice(0, 4), "127.0.0.1", String(own.port), ...parts.slice(6)].join(" ");
    },
    set: (direction, next) => pipes[direction].set(next),
    blackout: (on) => void (dark = on),
    carried,
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(
        [...standIns.values()].map(async (opening) => {
          const { socket } = await opening;
          await new Promise<void>((done) => socket.close(() => done()));
        }),
      );
    },
  };
}
