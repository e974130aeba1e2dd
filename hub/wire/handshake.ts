import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

const suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** What takes a client's upgrade (RFC 6455 §4.2), without any extension it offers; undefined where it asks for something else. */
export function handshakeOf({ method, headers }: IncomingMessage): string | undefined {
  const key = headers["sec-websocket-key"];
  if (method !== "GET" || headers.upgrade?.toLowerCase() !== "websocket") return undefined;
  if (headers["sec-websocket-version"] !== "13" || key === undefined || !/^[+/0-9A-Za-z]{22}==$/.test(key))
    return undefined;
  const accept = createHash("sha1").update(`${key}${suffix}`).digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}
