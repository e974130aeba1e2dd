import { portCarrier, type PortLike } from "../station/wire/carrier.ts";
import { serve, type Served, type WireNews, type WireRouter } from "../station/wire/serve.ts";

/** The origin of the kiosk page: a scheme of our own, secure, and served from the built files only. */
export const pageScheme = "app";
export const pageOrigin = `${pageScheme}://station`;

/** Who asks for the port, as Electron tells: the contents, and the frame inside it. */
export interface PortAsker<Port> {
  readonly contents: number;
  /** Null when the frame was gone before the message arrived. */
  readonly frame: {
    readonly url: string;
    readonly isMain: boolean;
    give(port: Port): void;
  } | null;
}

export interface HandOverParts<Port> {
  readonly router: WireRouter;
  readonly news: WireNews & { turnedAway(why: "contents" | "frame" | "origin"): void };
  /** Id of the kiosk window's contents. */
  readonly window: () => number | undefined;
  readonly channel: () => { readonly host: PortLike; readonly page: Port };
  readonly page: { readonly here: () => void; readonly gone: () => void };
}

/**
 * Answers the page's wish for a port: the kiosk window's own main frame with the page's own origin, and nobody else; an
 * empty or missing address is not the page's. One page at a time: a page that was reloaded gets a new port, and the
 * old one ends.
 */
export function handOver<Port>(parts: HandOverParts<Port>): { ask(asker: PortAsker<Port>): void; close(): void } {
  let current: Served | undefined;
  return {
    ask({ contents, frame }) {
      const why = refusal(contents, frame, parts.window());
      if (why !== undefined || frame === null) {
        parts.news.turnedAway(why ?? "frame");
        return;
      }
      const previous = current;
      const { host, page } = parts.channel();
      const carrier = portCarrier(host);
      const served = serve(parts.router, carrier, parts.news);
      current = served;
      parts.page.here();
      carrier.onClose(() => {
        if (current !== served) return;
        current = undefined;
        parts.page.gone();
      });
      previous?.close();
      frame.give(page);
    },
    close() {
      current?.close();
      current = undefined;
    },
  };
}

function refusal(contents: number, frame: PortAsker<unknown>["frame"], window: number | undefined) {
  if (window === undefined || contents !== window) return "contents";
  if (frame?.isMain !== true) return "frame";
  return isPage(frame.url) ? undefined : "origin";
}

/** Whether an address lies in the page's origin. `URL.origin` is "null" for schemes it does not know, hence by parts. */
export function isPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${pageScheme}:` && host === "station" && username === "" && password === "";
}
