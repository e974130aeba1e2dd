import { createSocket } from "node:dgram";

/** A UDP port of this machine that nobody has now. */
export const freeUdpPort = () =>
  new Promise<number>((answer) => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => answer(port));
    });
  });
