import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { pageHeaders } from "../page-files.ts";
import { socketCarrier } from "../wire/carrier.ts";
import { maxFileFrameBytes } from "../wire/frame.ts";
import { serve, type WireNews, type WireRouter } from "../wire/serve.ts";
import { sendFile } from "./pages.ts";

export interface LoopbackParts {
  readonly router: WireRouter;
  /** Folder of the built pages: `kiosk/index.html`, `assets/`. */
  readonly pages: string;
  /** Folders of voice packs; absent: a shell without a voice. */
  readonly voice?: readonly string[];
  /** 0: any free port. */
  readonly port: number;
  readonly news: LoopbackNews;
  /** Told when the window's line opens, and when it is gone. */
  readonly page: { readonly here: () => void; readonly gone: () => void };
}

export interface LoopbackNews extends WireNews {
  /** Somebody was turned away at the door, and why. */
  turnedAway(why: Refusal): void;
}

export type Refusal = "token" | "origin" | "host" | "second" | "path";

export interface Loopback {
  /** `http://127.0.0.1:PORT/#token=…`: whoever has it may use the station. For the window only; never for a log. */
  readonly address: string;
  readonly port: number;
  /** The window hangs and is being taken away: its line ends now, and the next window may come. */
  dropPage(): void;
  close(): Promise<void>;
}

const protocol = "health-station";

/**
 * Shell B's door: the built page and one WebSocket, on 127.0.0.1 only. The page is public to programs of this machine;
 * the socket needs the launch token, the page's own origin and host, and that no other window is open. Everything else is
 * answered 403 before a socket exists. Codes of `listen` (port in use) are thrown to the composition root.
 */
export async function serveLoopback({ router, pages, voice = [], port, news, page }: LoopbackParts): Promise<Loopback> {
  // 256 bits, in letters that a subprotocol name may have (RFC 6455 §4.1).
  const token = randomBytes(32).toString("base64url");
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFileFrameBytes,
    perMessageDeflate: false,
    handleProtocols: () => protocol,
  });
  let window: WebSocket | undefined;
  let host = "";

  /** The door as a list of questions; the first that is answered wrong names the refusal. */
  const refusal = (request: IncomingMessage, offered: string | undefined): Refusal | undefined => {
    if (request.url !== "/wire") return "path";
    if (request.headers.host !== host) return "host";
    if (request.headers.origin !== `http://${host}`) return "origin";
    if (!sameText(offered, token)) return "token";
    // A socket that is closing belongs to a window that is gone, as after a reload.
    if (window !== undefined && window.readyState === window.OPEN) return "second";
    return undefined;
  };

  const server = createServer((request, response) => {
    // A name that was pointed at 127.0.0.1 by somebody else's DNS is not this station.
    if (request.headers.host !== host) {
      news.turnedAway("host");
      response.writeHead(403, pageHeaders()).end();
      return;
    }
    // A page whose socket did not open asks here why: browsers do not say.
    if (request.method === "POST" && request.url === "/wire") {
      const offered = request.headers["x-station-token"];
      const why = refusal(request, typeof offered === "string" ? offered : undefined);
      response.writeHead(why === undefined ? 204 : 403, pageHeaders()).end();
      return;
    }
    void sendFile(pages, voice, request, response, host);
  });

  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", () => stream.destroy());
    const names = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    const why = names[0] === protocol ? refusal(request, names[1]) : "token";
    if (why !== undefined) {
      news.turnedAway(why);
      stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      window = socket;
      page.here();
      socket.once("close", () => {
        // A reloaded page may be here again before its old line is gone.
        if (window === socket) page.gone();
      });
      serve(router, socketCarrier(socket), news);
    });
  });

  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      server.off("error", failed);
      listening();
    });
  });
  const bound = (server.address() as AddressInfo).port;
  host = `127.0.0.1:${bound}`;

  return {
    address: `http://${host}/#token=${token}`,
    port: bound,
    dropPage: () => window?.terminate(),
    async close() {
      const ended = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets.clients) socket.close(1001, "the station closes");
      // A page that does not answer the close is not waited for.
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await ended;
    },
  };
}

/** In time that does not depend on where the texts differ, nor on their lengths. */
function sameText(offered: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(offered ?? ""), digest(expected));
}
