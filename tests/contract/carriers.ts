import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { WebSocket, WebSocketServer } from "ws";
import type { Line } from "../../core/contract/line.ts";
import { lineOverPort, lineOverSocket } from "../../renderer/station.ts";
import { portCarrier, socketCarrier, type Carrier, type PortLike } from "../../station/wire/carrier.ts";
import { maxFrameBytes } from "../../station/wire/frame.ts";

/** Two ends of one carrier. */
export interface Ends {
  readonly host: Carrier;
  readonly line: Line<object>;
  /** Sends whatever is given, past the client library. */
  sendRaw(frame: unknown): void;
  /** Frames the host sent that answer no request. */
  nextRaw(): Promise<string>;
  /** The line breaks as it breaks in life: from the page's side. */
  breakLine(): void;
  close(): Promise<void>;
}

export interface CarrierCase {
  readonly name: string;
  /** How a frame above the limit ends: answered, or the line is closed with 1009. */
  readonly oversized: "answered" | "closed";
  readonly open: () => Promise<Ends>;
}

function portEnds(hostPort: PortLike, pagePort: MessagePort, close: () => Promise<void>): Ends {
  const line = lineOverPort(pagePort);
  pagePort.on("close", () => line.cut());
  return {
    host: portCarrier(hostPort),
    line,
    sendRaw: (frame) => pagePort.postMessage(frame),
    nextRaw: async () => String((await once(pagePort, "message"))[0]),
    breakLine: () => pagePort.close(),
    close: async () => {
      pagePort.close();
      hostPort.close();
      await close();
    },
  };
}

/** Wraps a port so that it looks like Electron's `MessagePortMain`: listeners get an event, and nothing flows before `start`. */
function shapedLikeElectron(port: MessagePort): PortLike {
  return {
    on(event, hear) {
      if (event === "close") port.on("close", () => hear(undefined));
      else
        port.addEventListener("message", (message) =>
          hear({ data: (message as unknown as { readonly data: unknown }).data, ports: [] }),
        );
    },
    postMessage: (value) => port.postMessage(value),
    start: () => port.start(),
    close: () => port.close(),
  };
}

/** Two channels joined in a second thread, so that every frame crosses a real thread border both ways. */
const relay = `
  const { parentPort } = require("node:worker_threads");
  parentPort.once("message", ({ a, b }) => {
    a.on("message", (frame) => b.postMessage(frame));
    b.on("message", (frame) => a.postMessage(frame));
    a.on("close", () => b.close());
    b.on("close", () => a.close());
  });
`;

export const carriers: readonly CarrierCase[] = [
  {
    name: "message channel in memory",
    oversized: "answered",
    open: async () => {
      const { port1, port2 } = new MessageChannel();
      return portEnds(port1, port2, async () => undefined);
    },
  },
  {
    name: "message port across threads, shaped like Electron's",
    oversized: "answered",
    open: async () => {
      const hostSide = new MessageChannel();
      const pageSide = new MessageChannel();
      const worker = new Worker(relay, { eval: true });
      worker.postMessage({ a: hostSide.port2, b: pageSide.port2 }, [hostSide.port2, pageSide.port2]);
      return portEnds(shapedLikeElectron(hostSide.port1), pageSide.port1, async () => {
        await worker.terminate();
      });
    },
  },
  {
    name: "WebSocket on loopback",
    oversized: "closed",
    open: async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const sockets = new WebSocketServer({ server, maxPayload: maxFrameBytes, perMessageDeflate: false });
      const page = new WebSocket(`ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, {
        perMessageDeflate: false,
      });
      const [[hostSocket]] = (await Promise.all([once(sockets, "connection"), once(page, "open")])) as [
        [WebSocket],
        unknown,
      ];
      const line = lineOverSocket(page as unknown as globalThis.WebSocket);
      page.on("close", () => line.cut());
      return {
        host: socketCarrier(hostSocket),
        line,
        sendRaw: (frame) =>
          page.send(typeof frame === "string" || frame instanceof Uint8Array ? frame : JSON.stringify(frame)),
        nextRaw: async () => String((await once(page, "message"))[0]),
        breakLine: () => page.terminate(),
        close: async () => {
          page.terminate();
          hostSocket.terminate();
          sockets.close();
          await new Promise((closed) => server.close(closed));
        },
      };
    },
  },
];
