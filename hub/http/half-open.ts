import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** More than a county's stations that come back in the same second, and far less than what a process can hold open. */
const most = 1_000;

/**
 * Sockets that owe a whole request, also those that are kept after an answer: never more than `most` at a time. Where one more
 * comes, the one that has owed longest goes; `shed` is told. Who is answered, or has become a line, owes nothing.
 */
export function shedHalfOpen(server: Server, shed: () => void): void {
  /** In the order in which they began to owe. */
  const owing = new Set<Socket>();
  const owes = (socket: Socket) => {
    if (socket.destroyed) return;
    owing.delete(socket);
    owing.add(socket);
    if (owing.size <= most) return;
    const [longest] = owing;
    if (longest === undefined) return;
    owing.delete(longest);
    longest.destroy();
    shed();
  };
  // One for all: it is there for as long as its socket, also when that has become a line.
  function closed(this: Socket): void {
    owing.delete(this);
  }
  server.on("connection", (socket: Socket) => {
    socket.on("close", closed);
    owes(socket);
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket, headers } = request;
    const paid = () => owing.delete(socket);
    // A slow body is as good a way to hold a socket as a slow head.
    if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) paid();
    else request.once("end", paid);
    response.once("close", () => owes(socket));
  });
  server.on("upgrade", ({ socket }: IncomingMessage) => {
    owing.delete(socket);
    socket.off("close", closed);
  });
}
