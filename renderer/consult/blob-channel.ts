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
  let asked: Waiting | undefined;
  let cuts = 0;
  let coming: Coming | undefined;

  const ask = (id: string, index: number | undefined, begin: () => Promise<void>) =>
    new Promise<BlobHave>((done, failed) => {
      asked = { id, index, done, failed };
      begin().catch(failed);
    });

  const say = (data: string | Uint8Array<ArrayBuffer>) => {
    if (!parts.send(data)) throw new Error("no channel");
  };
  const tell = (message: BlobMessage) => void parts.send(JSON.stringify(message));

  const sendPiece = async (index: number, piece: Uint8Array<ArrayBuffer>) => {
    const of = cuts;
    for (let offset = 0; offset < piece.length; offset += frameBytes) {
      while (parts.waiting() > mostWaiting) await pause(behindMs);
      if (of !== cuts) return;
      const part = piece.subarray(offset, offset + frameBytes);
      const frame = new Uint8Array(headBytes + part.length);
      new DataView(frame.buffer).setUint16(0, index);
      new DataView(frame.buffer).setUint16(2, offset);
      frame.set(part, headBytes);
      say(frame);
      await pause(((frame.length + aroundBytes) * 8_000) / parts.rate());
    }
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
    const to = asked;
    if (to?.id !== message.id) return;
    if (message.kind === "have" && message.index !== to.index) return;
    asked = undefined;
    if (message.kind === "have") to.done({ have: message.have, whole: message.whole });
    else to.failed(new Error("refused"));
  };

  return {
    carrier: {
      begin: (head) =>
        ask(head.id, undefined, () => Promise.resolve().then(() => say(JSON.stringify({ kind: "begin", head })))),
      put: (id, index, piece) => ask(id, index, () => sendPiece(index, piece)),
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
      cuts += 1;
      coming = undefined;
      asked?.failed(new Error("cut"));
      asked = undefined;
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
