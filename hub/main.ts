import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { faults, type FaultCode } from "../core/domain/faults.ts";
import { createHub } from "./create-hub.ts";
import { deskPage } from "./http/server.ts";
import { keyFile } from "./key-file.ts";
import { createLogger } from "./log.ts";
import { startJanus } from "./rooms/janus/engine.ts";
import { systemClock } from "./system-clock.ts";

const usage =
  "usage: node hub/main.ts --data <folder> [--port 0] [--host 127.0.0.1] [--demo] [--desk <folder with the built desk page: index.html, or desk/index.html>] [--origin <https://…>]... [--rooms embedded|janus] [--turn <turn:host:port>]... [--turn-secret-file <file: the secret shared with the relay, on its first line>] [--duty-phone <number>] [--invite-manager] [--with-parent] [--log debug|info|warn|silent]";

const levels = ["debug", "info", "warn", "silent"] as const;

/** Exit codes: 0 after a clean end, 2 for usage, 3 for a refused start (one sentence in both languages on standard error). */
async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    stop(2, usage);
    return;
  }
  // Whatever is written from here on is the owner's alone.
  process.umask(0o077);
  const key = keyFile(options.data);
  if (!key) {
    refused("store.wrongKey");
    return;
  }
  const created = await createHub({
    clock: systemClock,
    folder: options.data,
    key,
    log: createLogger(options.log),
    host: options.host,
    port: options.port,
    demo: options.demo,
    origins: options.origins,
    ...(options.turn === undefined ? {} : { turn: options.turn }),
    ...(options.rooms === "janus" ? { rooms: startJanus(join(options.data, "janus")) } : {}),
    ...(options.dutyPhone === undefined ? {} : { dutyPhone: options.dutyPhone }),
    ...(options.desk === undefined ? {} : { deskFolder: options.desk }),
  });
  if (!created.ok) {
    refused(created.code);
    return;
  }
  const { hub } = created;
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    hub.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  if (options.withParent) process.stdin.resume().on("end", end).on("error", end);
  const [first] = hub.demo;
  const firstManager = await hub.firstManager(options.inviteManager);
  console.log(
    JSON.stringify({
      ready: true,
      address: hub.address,
      enrolCode: await hub.newEnrolCode(),
      ...(firstManager ? { firstManager } : {}),
      ...(first ? { demo: first, demoAccounts: hub.demo } : {}),
    }),
  );
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: "string" },
        port: { type: "string", default: "0" },
        host: { type: "string", default: "127.0.0.1" },
        demo: { type: "boolean", default: false },
        desk: { type: "string" },
        origin: { type: "string", multiple: true, default: [] },
        rooms: { type: "string", default: "embedded" },
        turn: { type: "string", multiple: true, default: [] },
        "turn-secret-file": { type: "string" },
        "duty-phone": { type: "string" },
        "invite-manager": { type: "boolean", default: false },
        "with-parent": { type: "boolean", default: false },
        log: { type: "string", default: "warn" },
      },
    });
    const port = Number(values.port);
    const log = levels.find((level) => level === values.log);
    if (values.desk !== undefined && deskPage(values.desk) === undefined) return undefined;
    if (!["embedded", "janus"].includes(values.rooms)) return undefined;
    const secretFile = values["turn-secret-file"];
    const secret = secretFile === undefined ? "" : (readFileSync(secretFile, "utf8").split("\n")[0]?.trim() ?? "");
    if (values.turn.length > 0 !== secret.length > 0) return undefined;
    const dutyPhone = values["duty-phone"]?.trim();
    if (dutyPhone !== undefined && !/^[+]?[0-9][0-9 -]{2,19}$/.test(dutyPhone)) return undefined;
    if (values.data === undefined || log === undefined || !Number.isInteger(port) || port < 0 || port > 65_535)
      return undefined;
    return {
      data: values.data,
      port,
      host: values.host,
      demo: values.demo,
      desk: values.desk,
      origins: values.origin,
      rooms: values.rooms,
      turn: secret === "" ? undefined : { urls: values.turn, secret },
      withParent: values["with-parent"],
      inviteManager: values["invite-manager"],
      dutyPhone,
      log,
    };
  } catch {
    return undefined;
  }
}

function refused(code: FaultCode): void {
  const { resident, operator, number } = faults[code];
  stop(3, `${resident.zh}${operator.zh} / ${resident.en} ${operator.en} (${number} ${code})`);
}

function stop(code: number, sentence: string): void {
  console.error(sentence);
  process.exitCode = code;
}

main().catch((error: unknown) => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE" || code === "EACCES") return stop(3, `端口不能使用 / The port cannot be used (${code})`);
  console.error(error);
  process.exit(1);
});
