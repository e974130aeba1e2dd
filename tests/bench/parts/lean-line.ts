import { once } from "node:events";
import { connect, type Socket } from "node:net";

/**
 * A client that costs as little as a client can: frames are masked beforehand, and heads of frames read for their length
 * alone. The same for every far end that speaks WebSocket, so that what is measured is the far end.
 */
export interface LeanLine {
  send(text: string): void;
  /** Told of every message, once. */
  onMessage: (bytes: Buffer) => void;
  end(): void;
}

/** Not zeros, as no browser's is: servers may pass over those. */
const mask = [0x5a, 0x93, 0x1c, 0xe7] as const;
const masked = (byte: number, at: number): number => byte ^ (mask[at & 3] ?? 0);

/** A frame of ASCII text, ready to be sent again and again. */
export function leanFrame(text: string): Buffer {
  const { length } = text;
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 0xff];
  return Buffer.from([...head, ...mask, ...Buffer.from(text).map(masked)]);
}

const pong = Buffer.from([0x8a, 0x80, ...mask]);

/** Frames of a text with a number in it that counts up from 1; each is good until the next one is asked for. */
export function countingFrames(textOf: (n: number) => string): () => Buffer {
  let n = 0;
  let digits = 0;
  let frame: Buffer = Buffer.alloc(0);
  let text = "";
  let at = 0;
  return () => {
    n += 1;
    const number = String(n);
    if (number.length !== digits) {
      digits = number.length;
      text = textOf(n);
      frame = leanFrame(text);
      at = text.indexOf(`:${number},`) + 1;
    }
    const head = frame.length - text.length;
    for (let nth = 0; nth < digits; nth += 1) frame[head + at + nth] = masked(number.charCodeAt(nth), at + nth);
    return frame;
  };
}

/** Rejects where the far end does not take the upgrade. */
export async function openLean(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<LeanLine & { readonly socket: Socket }> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.on("error", () => {});
  await once(socket, "connect");
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${own.join("")}\r\n`,
  );
  let rest: Buffer = Buffer.alloc(0);
  while (!rest.includes("\r\n\r\n")) {
    const heard = await Promise.race([once(socket, "data"), once(socket, "close")]);
    const [chunk] = heard as [Buffer | boolean];
    if (!Buffer.isBuffer(chunk)) throw new Error("the far end closed");
    rest = Buffer.concat([rest, chunk]);
  }
  if (!rest.toString("latin1").startsWith("HTTP/1.1 101")) throw new Error(rest.toString("latin1"));
  rest = rest.subarray(rest.indexOf("\r\n\r\n") + 4);

  const line: LeanLine & { readonly socket: Socket } = {
    socket,
    send: (text) => void socket.write(leanFrame(text)),
    onMessage: () => {},
    end: () => void socket.destroy(),
  };
  const hear = (chunk: Buffer) => {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (bytes.length >= 2) {
      const said = (bytes[1] ?? 0) & 0x7f;
      const head = said < 126 ? 2 : 4;
      if (bytes.length < head) break;
      const size = head + (said < 126 ? said : bytes.readUInt16BE(2));
      if (bytes.length < size) break;
      // Who says nothing else still answers a ping, as every client does.
      if (((bytes[0] ?? 0) & 0x0f) === 9) socket.write(pong);
      else line.onMessage(bytes.subarray(head, size));
      bytes = bytes.subarray(size);
    }
    rest = bytes;
  };
  socket.on("data", hear);
  // What came with the answer to the upgrade is heard when somebody listens.
  setImmediate(() => hear(Buffer.alloc(0)));
  return line;
}
