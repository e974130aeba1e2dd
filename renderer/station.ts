import { createORPCClient } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { type Line, type Link, lineOver } from "../core/contract/line.ts";
import type { stationContract } from "../core/contract/station.ts";
import { openDoor, type Dial, type Door } from "./door.ts";

export { faultOf } from "../core/contract/line.ts";
export type { DoorState } from "./door.ts";

/**
 * The page's only door to the station host, the same in both shells.
 *
 * Electron: the preload is asked for a message port by a message to this very window, and answers the same way.
 * Loopback: a WebSocket to the page's own origin; the launch token comes in the fragment, which no request and no log
 * ever carries. Once the socket is open the fragment is taken out of the address, and the token stays in the state of
 * this history entry: it survives a reload, belongs to this window alone, and is gone with it. Nothing is written to any
 * web storage.
 */
export type StationClient = ContractRouterClient<typeof stationContract>;
export type StationDoor = Door<StationClient>;

export function connectStation(): StationDoor {
  const token = tokenOf(location.hash) ?? keptToken(history.state);
  const clock = { after };
  if (token !== undefined) return openDoor(socketDial(token), stationClient, clock);
  return openDoor(location.protocol.startsWith("http") ? noDial : portDial(window), stationClient, clock);
}

/** The typed client over anything that carries calls. */
export function stationClient(link: Link<object>): StationClient {
  return createORPCClient(link);
}

export function lineOverPort(port: ConstructorParameters<typeof PortLink>[0]["port"]): Line<object> {
  return lineOver<object>(new PortLink({ port }));
}

export function lineOverSocket(websocket: ConstructorParameters<typeof SocketLink>[0]["websocket"]): Line<object> {
  return lineOver<object>(new SocketLink({ websocket }));
}

/** A window that was not started by a shell: a copied address without its token. */
const noDial: Dial = ({ lost }) => {
  lost("forbidden");
  return { retry: false, close: () => undefined };
};

const portName = "health-station-port";

function portDial(page: Window): Dial {
  return ({ opened, lost }) => {
    let line: Line<object> | undefined;
    let port: MessagePort | undefined;
    const over = () => {
      line?.cut();
      lost("gone");
    };
    const hear = (event: MessageEvent) => {
      // The preload speaks from this very window; frames and other windows do not.
      if (event.source !== page || event.origin !== page.location.origin || event.data !== portName) return;
      port = event.ports[0];
      if (port === undefined) return;
      page.removeEventListener("message", hear);
      line = lineOverPort(port);
      port.addEventListener("close", over);
      port.start();
      opened(line);
    };
    page.addEventListener("message", hear);
    page.postMessage(`${portName}-wanted`, page.location.origin);
    return {
      retry: true,
      close: () => {
        page.removeEventListener("message", hear);
        port?.close();
        line?.cut();
      },
    };
  };
}

function socketDial(token: string): Dial {
  return ({ opened, lost }) => {
    const socket = new WebSocket(`ws://${location.host}/wire`, ["health-station", token]);
    const line: { cut?: () => void } = {};
    let wasOpen = false;
    // Before the library's own listener: the line must be cut in our words (`wire.closed`), not fail in its.
    socket.addEventListener("close", () => {
      line.cut?.();
      if (wasOpen) lost("gone");
      else void whyRefused(token).then(lost);
    });
    const link = lineOverSocket(socket);
    line.cut = () => link.cut();
    socket.addEventListener("open", () => {
      wasOpen = true;
      hideToken(token);
      opened(link);
    });
    return {
      retry: true,
      close: () => {
        socket.close();
        link.cut();
      },
    };
  };
}

/** A browser does not say why a socket did not open; the same door answers a plain request. */
async function whyRefused(token: string): Promise<"gone" | "forbidden"> {
  try {
    const answer = await fetch("/wire", { method: "POST", headers: { "x-station-token": token }, cache: "no-store" });
    return answer.status === 403 ? "forbidden" : "gone";
  } catch {
    return "gone";
  }
}

function tokenOf(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token") ?? undefined;
}

function keptToken(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("stationToken" in state)) return undefined;
  return typeof state.stationToken === "string" ? state.stationToken : undefined;
}

function hideToken(token: string): void {
  history.replaceState({ stationToken: token }, "", location.pathname + location.search);
}

function after(ms: number, wake: () => void): () => void {
  const timer = setTimeout(wake, ms);
  return () => clearTimeout(timer);
}
