/**
 * Measures a line without filling it: a few packets sent at once come out of the narrowest place one behind the other,
 * and the other side times them. What else goes through at that time makes the line look slower, never faster.
 */
export const packetBytes = { thin: 400, thick: 1_000 } as const;
/** SCTP, DTLS, UDP and IP around one message. */
const aroundBytes = 95;
/** Apart less than this is nearer to the page's own clock than to the line. */
const leastMs = 2;
export const mostCapacity = 5_000_000;

/** `[id, index, count, zeros…]`, one message for each packet. */
export function trainOf(id: number, count: number, bytes: number): readonly Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: count }, (_, index) => {
    const packet = new Uint8Array(bytes);
    packet.set([id % 256, index, count]);
    return packet;
  });
}

interface Coming {
  readonly id: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly heard: number;
  /** Of each packet. */
  readonly bytes: number;
}

export interface TrainHeard {
  readonly coming: Coming | undefined;
  readonly result: { readonly id: number; readonly capacity: number } | undefined;
}

export const noTrain: TrainHeard = { coming: undefined, result: undefined };

/** A train says its result with its last packet. One whose end was lost says it when `endTrain` is called. */
export function hearTrain(before: TrainHeard, packet: Uint8Array, atMs: number): TrainHeard {
  const [id = 0, index = 0, count = 0] = packet;
  const bytes = packet.length;
  if (bytes < packetBytes.thin || bytes > packetBytes.thick || count < 2 || index >= count)
    return { ...before, result: undefined };
  const known = before.coming?.id === id ? before.coming : { id, firstAt: atMs, lastAt: atMs, heard: 0, bytes };
  const coming = { ...known, lastAt: atMs, heard: known.heard + 1 };
  return index === count - 1 ? endTrain({ coming, result: undefined }) : { coming, result: undefined };
}

export function endTrain({ coming }: TrainHeard): TrainHeard {
  if (coming === undefined || coming.heard < 2) return noTrain;
  const bits = (coming.heard - 1) * (coming.bytes + aroundBytes) * 8;
  const seconds = Math.max(coming.lastAt - coming.firstAt, leastMs) / 1_000;
  return { coming: undefined, result: { id: coming.id, capacity: Math.min(Math.round(bits / seconds), mostCapacity) } };
}
