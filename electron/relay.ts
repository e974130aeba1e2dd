/** Name of the hand-over, between page and preload and between preload and main. */
export const portName = "health-station-port";

/** What the preload sees of its page; the window itself, in life. */
export interface PageEdge {
  readonly location: { readonly origin: string };
  addEventListener(event: "message", hear: (event: PageMessage) => void): void;
  postMessage(message: string, targetOrigin: string, transfer: readonly MessagePort[]): void;
}

export interface PageMessage {
  readonly source: unknown;
  readonly origin: string;
  readonly data: unknown;
}

/** What the preload sees of the main process. */
export interface MainEdge {
  send(channel: string): void;
  on(channel: string, hear: (event: { readonly ports: readonly MessagePort[] }) => void): void;
}

/**
 * The whole of the preload: the page asks for its port by a message to its own window, main answers with one, and the
 * port is passed on. Nothing of Electron or Node is put into the page.
 */
export function relayPort(page: PageEdge, main: MainEdge): void {
  page.addEventListener("message", ({ source, origin, data }) => {
    // Frames and other windows may post here, too; only the page itself is heard.
    if (source === page && origin === page.location.origin && data === `${portName}-wanted`) main.send(portName);
  });
  main.on(portName, ({ ports }) => {
    const [port] = ports;
    if (port !== undefined) page.postMessage(portName, page.location.origin, [port]);
  });
}
