import { openConnection } from "./connection.ts";

let warm = false;

/**
 * A page's first connection takes some 50 ms longer than its next: the browser starts its threads and looks its codecs up. One
 * that goes nowhere is made and closed while the camera opens, and the call's own is no longer the first. Once for a page.
 * It has no tracks, no servers and no other side.
 */
export function warmUp(): void {
  if (warm) return;
  warm = true;
  const trial = openConnection({
    polite: false,
    starts: true,
    iceServers: [],
    local: undefined,
    send: ({ kind }) => {
      if (kind === "description") trial.close();
    },
    onRemote: nothing,
    onMedia: nothing,
    onLive: nothing,
    onLiveOpen: nothing,
    onLine: nothing,
    onLineOpen: nothing,
    onBlob: nothing,
    onBlobOpen: nothing,
    trusts: () => false,
    onState: nothing,
  });
}

const nothing = (): void => undefined;
