/**
 * Shell B: the station host in plain Node, its page on 127.0.0.1. Prints one JSON line when ready; whoever reads it may
 * open the window. Prints `{"page":"stuck"}` when the page holds on to somebody who left: whoever opened the window takes
 * the page away. Exit codes: 0 after a clean end, 1 after a bug, 2 for usage, 3 for a refused start (one sentence).
 */
import { resolve } from "node:path";
import {
  onEnd,
  readOptions,
  refusedStart,
  sayFirstTechnician,
  shellLog,
  startStation,
  takeEnrolCode,
} from "../shell.ts";
import { voiceFolders } from "../voice/folders.ts";
import { readOrMakeKey } from "./key-file.ts";
import { serveLoopback } from "./serve.ts";

const pages = resolve(import.meta.dirname, "../../out/renderer");

function stop(code: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

async function main(): Promise<void> {
  const read = readOptions(process.argv.slice(2));
  if (!read.ok) stop(2, read.sentence);
  const { options } = read;
  const enrolCode = takeEnrolCode(process.env);
  // Whatever is written from here on is the owner's alone.
  process.umask(0o077);
  const log = shellLog(options.log);

  const data = resolve(options.data);
  const kept = await readOrMakeKey(data);
  if (!kept.ok) stop(3, kept.sentence);
  // Who opened the window reads this line and takes the page away.
  let onPageStuck = () => {};
  const started = await startStation({ ...options, data }, kept.key, enrolCode, log, () => onPageStuck());
  kept.key.fill(0);
  if (!started.ok) stop(3, refusedStart(started.code));
  const { station } = started;

  const door = await serveLoopback({
    router: station.router,
    pages,
    voice: voiceFolders(data),
    port: options.port,
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
  }).catch(async (error: unknown) => {
    await station.close();
    stop(3, refusedStart("wire.portTaken", error instanceof Error ? error.message : String(error)));
  });

  onPageStuck = () => {
    door.dropPage();
    process.stdout.write(`${JSON.stringify({ page: "stuck" })}\n`);
  };

  onEnd(
    (code) => {
      // The page first: it must not ask a station that is ending.
      void door
        .close()
        .then(() => station.close())
        .then(
          () => process.exit(code),
          (error: unknown) => stop(1, String(error)),
        );
    },
    log,
    options.withParent,
  );
  sayFirstTechnician(station.setupCode);
  process.stdout.write(`${JSON.stringify({ ready: true, address: door.address, devices: station.view().devices })}\n`);
}

await main();
