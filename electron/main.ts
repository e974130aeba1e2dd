/**
 * Shell A: the station host inside Electron, its page in a kiosk window, one message port between them. The same command
 * line, ready line and exit codes as shell B. Thin on purpose: what can be decided without Electron is in the files beside.
 */
import { join, resolve } from "node:path";
import {
  app,
  BrowserWindow,
  ipcMain,
  MessageChannelMain,
  protocol,
  safeStorage,
  type MessagePortMain,
  type WebContents,
} from "electron";
import { systemClock } from "../station/clock.ts";
import {
  onEnd,
  readOptions,
  refusedStart,
  sayFirstTechnician,
  shellLog,
  startStation,
  takeEnrolCode,
} from "../station/shell.ts";
import type { PortLike } from "../station/wire/carrier.ts";
import { voiceFolders } from "../station/voice/folders.ts";
import { handOver, pageOrigin, pageScheme } from "./hand-over.ts";
import { readOrMakeSealedKey } from "./key-safe-storage.ts";
import { pageResponse } from "./page-response.ts";
import { portName } from "./relay.ts";
import { openPage, windowOptions, type Asked, type ContentsEdge, type SessionEdge } from "./window.ts";

const pages = resolve(import.meta.dirname, "../renderer");
const preload = resolve(import.meta.dirname, "../preload/preload.cjs");

// Before Electron is ready: a secure scheme has camera and microphone, and an origin of its own.
protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

function stop(code: number, sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  app.exit(code);
}

/** Our own switches; those of Chromium (`--no-sandbox` and the like) come before the program's path, and stay in the list. */
function ownArguments(): readonly string[] {
  const path = app.isPackaged ? 0 : process.argv.findIndex((text, at) => at > 0 && !text.startsWith("-"));
  const given = process.argv.slice(path + 1);
  return given.includes("--data") ? given : ["--data", join(app.getPath("userData"), "station"), ...given];
}

async function main(): Promise<void> {
  const read = readOptions(ownArguments());
  if (!read.ok) {
    stop(2, read.sentence);
    return;
  }
  const options = { ...read.options, data: resolve(read.options.data) };
  const enrolCode = takeEnrolCode(process.env);
  const log = shellLog(options.log);
  await app.whenReady();

  const kept = await readOrMakeSealedKey(options.data, safeStorage);
  if (!kept.ok) {
    stop(3, kept.sentence);
    return;
  }
  let onPageStuck = () => {};
  const started = await startStation(options, kept.key, enrolCode, log, () => onPageStuck());
  kept.key.fill(0);
  if (!started.ok) {
    stop(3, refusedStart(started.code));
    return;
  }
  const { station } = started;

  const window = new BrowserWindow(windowOptions(preload));
  const door = handOver<MessagePortMain>({
    router: station.router,
    window: () => (window.isDestroyed() ? undefined : window.webContents.id),
    channel: () => {
      const { port1, port2 } = new MessageChannelMain();
      return { host: portLike(port1), page: port2 };
    },
    page: { here: () => station.pageHere(), gone: () => station.pageGone() },
    news: {
      bug: (call, error) =>
        log.error("bug", {
          operation: call,
          why: error instanceof Error ? error.message : String(error),
          stack: (error instanceof Error && error.stack) || "",
        }),
      refused: (why) => log.warn("frame refused", { why }),
      turnedAway: (why) => log.warn("turned away", { why }),
    },
  });
  ipcMain.on(portName, ({ sender, senderFrame }) => {
    door.ask({
      contents: sender.id,
      frame: senderFrame && {
        url: senderFrame.url,
        isMain: senderFrame.parent === null,
        give: (port) => senderFrame.postMessage(portName, null, [port]),
      },
    });
  });

  let ending = false;
  const end = (code: number) => {
    if (ending) return;
    ending = true;
    door.close();
    station.close().then(
      () => app.exit(code),
      (error: unknown) => stop(1, String(error)),
    );
  };
  onEnd(end, log, options.withParent);
  app.on("before-quit", (event) => {
    event.preventDefault();
    end(0);
  });
  app.on("window-all-closed", () => end(0));

  const voice = voiceFolders(options.data);
  protocol.handle(pageScheme, (request) => pageResponse(pages, voice, request));
  const page = await openPage(
    contentsEdge(window.webContents),
    sessionEdge(window.webContents),
    (ms, wake) => void systemClock.after(ms, wake),
  );
  onPageStuck = () => page.takeAway();
  sayFirstTechnician(station.setupCode);
  process.stdout.write(
    `${JSON.stringify({ ready: true, address: `${pageOrigin}/`, devices: station.view().devices })}\n`,
  );
}

function portLike(port: MessagePortMain): PortLike {
  return {
    on: (event, hear) => (event === "message" ? port.on("message", hear) : port.on("close", () => hear(undefined))),
    postMessage: (value) => port.postMessage(value),
    start: () => port.start(),
    close: () => port.close(),
  };
}

function contentsEdge(contents: WebContents): ContentsEdge {
  return {
    id: contents.id,
    setWindowOpenHandler: (answer) => contents.setWindowOpenHandler(answer),
    onNavigate: (hear) => {
      contents.on("will-navigate", hear);
      contents.on("will-frame-navigate", hear);
      contents.on("will-redirect", hear);
    },
    onAttachWebview: (hear) => void contents.on("will-attach-webview", hear),
    onLost: (hear) => {
      contents.on("render-process-gone", hear);
      contents.on("unresponsive", hear);
    },
    crash: () => contents.forcefullyCrashRenderer(),
    load: (address) => contents.loadURL(address),
  };
}

function sessionEdge({ session }: WebContents): SessionEdge {
  return {
    onPermissionAsked: (answer) =>
      session.setPermissionRequestHandler((asking, permission, tell, { requestingUrl, isMainFrame }) =>
        tell(answer({ permission, contents: asking.id, address: requestingUrl, isMainFrame })),
      ),
    onPermissionChecked: (answer) =>
      session.setPermissionCheckHandler((asking, permission, requestingOrigin, { isMainFrame }) => {
        const asked: Asked = { permission, contents: asking?.id, address: requestingOrigin, isMainFrame };
        return answer(asked);
      }),
    onDeviceAsked: (answer) => session.setDevicePermissionHandler(answer),
  };
}

// Not awaited: Electron is only ready once this file has been run to its end.
main().catch((error: unknown) => stop(1, error instanceof Error ? (error.stack ?? error.message) : String(error)));
