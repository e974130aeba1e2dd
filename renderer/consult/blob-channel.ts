import { blobMessageSchema, type BlobMessage } from "../../core/contract/live.ts";
import type { BlobCarrier, BlobHave, BlobHead } from "./blob-pieces.ts";

/**
 * A carrier over the call's own data channel. A piece goes in small frames at the pace the line has room for: what waits
 * in the line's queue would make the voice late, and a reading goes between two frames. Text says what begins and what
 * came; a frame is `[index, offset, bytes…]` of the blob begun last, both numbers 16 bits, big end first.
 */
export interface BlobChannel {
  readonly carrier: BlobCarrier;
  hear(data: unknown): void;
  /** What was under way fails; its sender begins again where the other end stopped. */
  cut(): void;
}

/** With its heads it fits one packet of any line. */
export const frameBytes = 1_000;
const headBytes = 4;
/** SCTP, DTLS, UDP and IP around one frame. */
const aroundBytes = 95;
/** The channel itself is behind: wait so long and look again. */
const behindMs = 50;
const mostWaiting = 2 * frameBytes;

interface Waiting {
  readonly id: string;
  /** Undefined: the beginning. */
  readonly index: number | undefined;
  readonly done: (have: BlobHave) => void;
  readonly failed: (error: Error) => void;
}

interface Coming {
  readonly head: BlobHead;
  index: number;
  filled: number;
  piece: Uint8Array<ArrayBuffer>;
}

export function createBlobChannel(parts: {
  /** False: there is no channel now. */
  readonly send: (data: string | Uint8Array<ArrayBuffer>) => boolean;
  /** Bytes handed over that have not left yet. */
  readonly waiting: () => number;
  /** What pieces may take of the line, bit/s. */
  readonly rate: () => number;
  /** Where what the other side sends is put together. */
  readonly receiver: BlobCarrier;
}): BlobChannel {
  /** What has no answer yet. */
  const asked = new Set<Waiting>();
  /** Counts what stops the frames that are on their way. */
  let stops = 0;
  let coming: Coming | undefined;

  const ask = (id: string, index: number | undefined, begin: () => Promise<void>) =>
    new Promise<BlobHave>((done, failed) => {
      const one: Waiting = { id, index, done, failed };
      asked.add(one);
      begin().catch((error: unknown) => {
        asked.delete(one);
        failed(error instanceof Error ? error : new Error("not sent", { cause: error }));
      });
    });

  /** What is left of them is not sent either. */
  const fail = (which: readonly Waiting[], why: string) => {
    if (which.length > 0) stops += 1;
    for (const one of which) {
      asked.delete(one);
      one.failed(new Error(why));
    }
  };

  const say = (data: string | Uint8Array<ArrayBuffer>) => {
    if (!parts.send(data)) throw new Error("no channel");
  };
  const tell = (message: BlobMessage) => void parts.send(JSON.stringify(message));

  const sendPiece = async (index: number, piece: Uint8Array<ArrayBuffer>, left?: () => void) => {
    const of = stops;
    for (let offset = 0; offset < piece.length; offset += frameBytes) {
      while (parts.waiting() > mostWaiting) await pause(behindMs);
      if (of !== stops) return;
      const part = piece.subarray(offset, offset + frameBytes);
      const frame = new Uint8Array(headBytes + part.length);
      new DataView(frame.buffer).setUint16(0, index);
      new DataView(frame.buffer).setUint16(2, offset);
      frame.set(part, headBytes);
      say(frame);
      await pause(((frame.length + aroundBytes) * 8_000) / parts.rate());
    }
    left?.();
  };

  const answer = async (id: string, index: number | undefined, work: Promise<BlobHave>) => {
    try {
      const { have, whole } = await work;
      tell({ kind: "have", id, ...(index === undefined ? {} : { index }), have: [...have], whole });
    } catch {
      tell({ kind: "refused", id });
    }
  };

  const hearFrame = (frame: Uint8Array) => {
    if (coming === undefined || frame.length <= headBytes) return;
    const view = new DataView(frame.buffer, frame.byteOffset);
    const [index, offset] = [view.getUint16(0), view.getUint16(2)];
    const { head } = coming;
    const length = Math.min(head.pieceBytes, head.bytes - index * head.pieceBytes);
    if (length <= 0) return;
    if (offset === 0) Object.assign(coming, { index, filled: 0, piece: new Uint8Array(length) });
    const part = frame.subarray(headBytes);
    // In order on one channel: anything else is not what was begun.
    if (index !== coming.index || offset !== coming.filled || offset + part.length > coming.piece.length) return;
    coming.piece.set(part, offset);
    coming.filled += part.length;
    if (coming.filled === coming.piece.length)
      void answer(head.id, index, parts.receiver.put(head.id, index, coming.piece));
  };

  const hearAnswer = (message: Exclude<BlobMessage, { kind: "begin" }>) => {
    const ofIt = [...asked].filter(({ id }) => id === message.id);
    if (message.kind === "refused") return fail(ofIt, "refused");
    const to = ofIt.find(({ index }) => index === message.index);
    if (!to) return;
    asked.delete(to);
    to.done({ have: message.have, whole: message.whole });
  };

  return {
    carrier: {
      begin: (head) =>
        ask(head.id, undefined, () => Promise.resolve().then(() => say(JSON.stringify({ kind: "begin", head })))),
      put: (id, index, piece, left) => ask(id, index, () => sendPiece(index, piece, left)),
    },
    hear(data) {
      if (data instanceof ArrayBuffer) return hearFrame(new Uint8Array(data));
      const read = blobMessageSchema.safeParse(readJson(data));
      if (!read.success) return;
      const message = read.data;
      if (message.kind !== "begin") return hearAnswer(message);
      coming = { head: message.head, index: -1, filled: 0, piece: new Uint8Array() };
      void answer(message.head.id, undefined, parts.receiver.begin(message.head));
    },
    cut() {
      coming = undefined;
      fail([...asked], "cut");
    },
  };
}

function readJson(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
