import { isPage, pageOrigin } from "./hand-over.ts";

/** What a window of the kiosk may do: everything that is not listed here is off in Electron by default and stays so. */
export function windowOptions(preload: string) {
  return {
    kiosk: true,
    autoHideMenuBar: true,
    backgroundColor: "#ffffff",
    show: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // The first screen speaks before anybody has touched it.
      autoplayPolicy: "no-user-gesture-required",
      devTools: false,
    },
  } as const;
}

interface Preventable {
  preventDefault(): void;
}

/** The part of Electron's `webContents` that is guarded. */
export interface ContentsEdge {
  readonly id: number;
  setWindowOpenHandler(answer: () => { readonly action: "deny" }): void;
  onNavigate(hear: (event: Preventable) => void): void;
  onAttachWebview(hear: (event: Preventable) => void): void;
  /** The page's process died or hangs. */
  onLost(hear: () => void): void;
  /** Ends the page's process at once, also where its script never ends. */
  crash(): void;
  load(address: string): Promise<void>;
}

/** The part of Electron's `session` that is guarded. */
export interface SessionEdge {
  onPermissionAsked(answer: (asked: Asked) => boolean): void;
  onPermissionChecked(answer: (asked: Asked) => boolean): void;
  onDeviceAsked(answer: () => boolean): void;
}

export interface Asked {
  readonly permission: string;
  /** Id of the contents that ask; undefined when they are gone. */
  readonly contents: number | undefined;
  readonly address: string;
  readonly isMainFrame: boolean;
}

/** Only camera and microphone, only for the page itself, in the kiosk window. */
export function mayUse(asked: Asked, window: number): boolean {
  return asked.permission === "media" && asked.contents === window && asked.isMainFrame && isPage(asked.address);
}

const reloadMs = 1_000;

export interface KioskPage {
  /** The page hangs and holds on to somebody who left: it goes at once, and is loaded anew. */
  takeAway(): void;
}

/**
 * Shuts every way out of the page: no navigation, no windows, no webviews, no rights but the camera. A page whose process
 * is lost is loaded again after a second; its line to the host has ended by then, and what acted on a person is stopped.
 */
export async function openPage(
  contents: ContentsEdge,
  session: SessionEdge,
  after: (ms: number, wake: () => void) => void,
): Promise<KioskPage> {
  session.onPermissionAsked((asked) => mayUse(asked, contents.id));
  session.onPermissionChecked((asked) => mayUse(asked, contents.id));
  session.onDeviceAsked(() => false);
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.onNavigate((event) => event.preventDefault());
  contents.onAttachWebview((event) => event.preventDefault());
  const load = () => contents.load(`${pageOrigin}/`);
  const again = () => void load().catch(() => undefined);
  let taken = false;
  contents.onLost(() => {
    // Taken away by ourselves: nobody has to wait for the next person's page.
    if (taken) again();
    else after(reloadMs, again);
    taken = false;
  });
  await load();
  return {
    takeAway() {
      taken = true;
      contents.crash();
    },
  };
}
