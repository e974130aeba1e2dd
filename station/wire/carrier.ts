import type { WebSocket } from "ws";

/** What moves frames between a page and the host, whatever it is made of. */
export interface Carrier {
  /** Sending on a closed carrier does nothing. */
  send(frame: string): void;
  /** Frames in order, unchecked: anything may come. */
  onFrame(hear: (frame: unknown) => void): void;
  /** Once. */
  onClose(over: () => void): void;
  /** `code` and `reason` are told to the other side where the carrier can. */
  close(code: number, reason: string): void;
}

/**
 * A port of a message channel. Electron's `MessagePortMain` hands an event with `data` to its listeners, a port of
 * `node:worker_threads` the value itself; both are understood. `start` is needed by the first and harmless for the second.
 */
export interface PortLike {
  on(event: "message" | "close", hear: (value: unknown) => void): unknown;
  postMessage(value: string): void;
  start(): void;
  close(): void;
}

export function portCarrier(port: PortLike): Carrier {
  let open = true;
  port.on("close", () => (open = false));
  return {
    send: (frame) => {
      if (open) port.postMessage(frame);
    },
    onFrame(hear) {
      port.on("message", (value) => hear(isEvent(value) ? value.data : value));
      port.start();
    },
    onClose: (over) => void port.on("close", over),
    // A port knows no codes.
    close: () => port.close(),
  };
}

function isEvent(value: unknown): value is { readonly data: unknown } {
  return typeof value === "object" && value !== null && "data" in value;
}

/** A socket of `ws`, already open. Binary frames are handed on as they are and refused by the check of frames. */
export function socketCarrier(socket: WebSocket): Carrier {
  // `ws` closes a broken or oversized line by itself (1002, 1007, 1009) and reports it here: without a listener it is thrown.
  socket.on("error", () => undefined);
  return {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(frame);
    },
    onFrame: (hear) => void socket.on("message", (data, isBinary) => hear(isBinary ? data : textOf(data))),
    onClose: (over) => void socket.once("close", over),
    close: (code, reason) => socket.close(code, reason),
  };
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return data instanceof ArrayBuffer ? Buffer.from(data).toString("utf8") : data.toString("utf8");
}
