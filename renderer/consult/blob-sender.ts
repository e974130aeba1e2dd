import { missingPieces, pieceBytes, pieceCount, sha256Of, type BlobCarrier, type BlobHead } from "./blob-pieces.ts";

/** `waiting`: for its turn or for the line. `broken`: came out wrong at the far end more than once. */
export interface BlobItem {
  readonly head: BlobHead;
  readonly state: "waiting" | "sending" | "sent" | "broken";
  readonly done: number;
  readonly of: number;
}

export interface BlobSender {
  /** Previews go before everything else that waits. Answers its head, by which it is followed. */
  send(id: string, kind: BlobHead["kind"], type: string, bytes: Uint8Array<ArrayBuffer>): Promise<BlobHead>;
  /** The line is back: go on at once. */
  kick(): void;
  /** Nothing of what waits or goes is sent on. */
  drop(): void;
  close(): void;
}

const retryMs = 2_000;
const mostAttempts = 3;

interface Waiting {
  item: BlobItem;
  readonly bytes: Uint8Array<ArrayBuffer>;
  wrong: number;
  dropped: boolean;
}

/**
 * One piece at a time, the next when the one before has left and the far end has those before it: a thin line never holds
 * more than one of them, and a long one is not waited for after each.
 */
export function createBlobSender(parts: {
  readonly carrier: BlobCarrier;
  /** Each change of each item. */
  readonly onItem: (item: BlobItem) => void;
  /** While something goes, the picture waits. */
  readonly onBusy: (busy: boolean) => void;
}): BlobSender {
  const waiting: Waiting[] = [];
  let running = false;
  let closed = false;
  let drops = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const isClosed = () => closed;

  const change = (one: Waiting, to: Partial<BlobItem>) => {
    if (one.dropped) return;
    one.item = { ...one.item, ...to };
    parts.onItem(one.item);
  };

  /** True when the far end has it whole, or never will. */
  const carry = async (one: Waiting): Promise<boolean> => {
    const { head, of } = one.item;
    let far = await parts.carrier.begin(head);
    change(one, { state: "sending", done: far.have.length });
    const unanswered: Promise<void>[] = [];
    const put = async (index: number, left?: () => void) => {
      const from = index * head.pieceBytes;
      far = await parts.carrier.put(head.id, index, one.bytes.slice(from, from + head.pieceBytes), left);
      change(one, { done: far.have.length });
    };
    try {
      for (const index of missingPieces(head, far.have)) {
        if (isClosed() || one.dropped) break;
        await new Promise<void>((left, failed) => {
          const answered = put(index, left);
          unanswered.push(answered);
          answered.then(left, failed);
        });
        if (unanswered.length > 1) await unanswered.shift();
      }
      while (unanswered.length > 0) await unanswered.shift();
    } finally {
      // What is still on its way must not fall into what begins next.
      await Promise.allSettled(unanswered);
    }
    if (isClosed() || one.dropped) return false;
    if (far.whole) change(one, { state: "sent", done: of });
    else if ((one.wrong += 1) >= mostAttempts) change(one, { state: "broken" });
    else return false;
    return true;
  };

  const run = async () => {
    if (running || isClosed() || waiting.length === 0) return;
    clearTimeout(retry);
    running = true;
    parts.onBusy(true);
    try {
      for (let one = next(waiting); one !== undefined && !isClosed(); one = next(waiting))
        if (await carry(one)) waiting.splice(waiting.indexOf(one), 1);
    } catch {
      // The line is gone. What the far end has it still has.
      for (const one of waiting) if (one.item.state === "sending") change(one, { state: "waiting" });
      if (!isClosed()) retry = setTimeout(() => void run(), retryMs);
    }
    running = false;
    parts.onBusy(false);
  };

  return {
    async send(id, kind, type, bytes) {
      const before = drops;
      const head: BlobHead = { id, kind, type, bytes: bytes.length, pieceBytes, sha256: await sha256Of(bytes) };
      const item: BlobItem = { head, state: "waiting", done: 0, of: pieceCount(head) };
      // Dropped while it was being read.
      const isDropped = drops !== before;
      if (!isDropped) waiting.push({ item, bytes, wrong: 0, dropped: false });
      parts.onItem(isDropped ? { ...item, state: "broken" } : item);
      void run();
      return head;
    },
    kick: () => void run(),
    drop() {
      drops += 1;
      for (const one of waiting.splice(0)) {
        change(one, { state: "broken" });
        one.dropped = true;
      }
    },
    close() {
      closed = true;
      clearTimeout(retry);
      waiting.splice(0);
    },
  };
}

const next = (waiting: readonly Waiting[]): Waiting | undefined =>
  waiting.find(({ item }) => item.head.kind === "preview") ?? waiting[0];
