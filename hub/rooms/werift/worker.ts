import { RTCDtlsTransport } from "werift";
import type { EngineCommand } from "../engine.ts";
import { Sfu } from "./sfu.ts";

/**
 * The media worker's own process: packets never wait for the hub's event loop, and what dies here takes no record with it.
 * When the hub is gone its media goes on for a while: the hub that comes back moves everybody without a gap.
 */
const lingerMs = 15_000;

const send = (message: unknown) => {
  // The hub may be gone between two packets.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};
const sfu = new Sfu((event) => send({ event }));

process.on("message", (message: { readonly id: number; readonly command: EngineCommand }) => {
  sfu.ask(message.command).then(
    (answer) => send({ id: message.id, answer }),
    () => send({ id: message.id, answer: { ok: false, code: "room.unavailable" } }),
  );
});
process.on("disconnect", () => setTimeout(() => process.exit(0), lingerMs));
process.on("SIGINT", () => undefined); // The terminal's Ctrl-C is the hub's to answer.

await RTCDtlsTransport.SetupCertificate();
send({ ready: true });
