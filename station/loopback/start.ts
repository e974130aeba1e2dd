/**
 * The one command: an embedded hub, the station host and simulated devices, each a process of its own behind a real
 * pseudo-terminal pair, and the kiosk. `npm start -- [--no-window] [--data <folder>] [--rest-seconds <n>] [--speed <f>]`.
 * Prints one line when ready. Ctrl-C ends every process it started.
 *
 * `--without-station`: everything but the station, which is then started by hand, in either shell, under a debugger. The
 * ready line is JSON: `{ ready, desk, account, password, station: { arguments, environment } }`.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import demo from "../../resources/demo-station.json" with { type: "json" };
import { findProfile } from "../../drivers/find-profile.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { openBrowser } from "./browser.ts";

const top = resolve(import.meta.dirname, "../..");
const usage =
  "npm start -- [--no-window | --without-station] [--data <folder>] [--rest-seconds <n>] [--speed <factor>] [--rooms embedded|janus] [--device <profile>]…";

interface Part {
  readonly name: string;
  readonly child: ChildProcess;
}
interface PartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: string;
  readonly needed?: boolean;
  /** What it prints after it is ready. */
  readonly hear?: (word: Record<string, unknown>) => void;
}
const parts: Part[] = [];
let ending = false;

function options() {
  try {
    return parseArgs({
      options: {
        "no-window": { type: "boolean", default: false },
        "without-station": { type: "boolean", default: false },
        data: { type: "string", default: `${top}/.data` },
        "rest-seconds": { type: "string", default: "60" },
        speed: { type: "string", default: "1" },
        /** What carries a call of three and more: `embedded` or `janus`. */
        rooms: { type: "string", default: "embedded" },
        /** A profile to simulate, by id; again for each one. */
        device: { type: "string", multiple: true, default: demo.devices },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}\n`);
    process.exit(2);
  }
}

/**
 * Starts a program of ours; answers the one JSON line it prints when ready. Later on the station does without a part that
 * is not `needed`, as it does in life: an unplugged device, a hub that is away.
 */
function startPart(
  name: string,
  args: readonly string[],
  { environment = {}, command = process.execPath, needed = false, hear = () => {} }: PartOptions = {},
): Promise<Record<string, unknown>> {
  const child = spawn(command, args, {
    cwd: top,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  parts.push({ name, child });
  let isReady = false;
  return new Promise((ready) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      const word = JSON.parse(line) as Record<string, unknown>;
      if (isReady) hear(word);
      isReady = true;
      ready(word);
    });
    child.on("error", (error) => void endAll(1, `${name} could not be started: ${error.message}`));
    child.on("exit", (code) => {
      if (ending) return;
      if (isReady && !needed) process.stderr.write(`${name} ended. The station goes on without it.\n`);
      else void endAll(code === 0 ? 1 : (code ?? 1), `${name} ended. The station stops.`);
    });
  });
}

/** Ends what was started, last first; each has 5 s to let go of its device and its journal. */
async function endAll(code: number, sentence?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
  for (const { child } of [...parts].reverse()) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) continue;
    const gone = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(late);
  }
  process.exit(code);
}

/** The wished port where it is free, else 0: any. */
function freePort(wished: number): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(0));
    probe.listen(wished, "127.0.0.1", () => probe.close(() => done(wished)));
  });
}

/** Builds what is older than its sources: the pages, and with `electron` its program too. */
function build(electron: boolean): void {
  const built = electron ? `${top}/out/main/main.js` : `${top}/out/renderer/kiosk/index.html`;
  const sources = globSync(
    ["*.vite.config.ts", "{core,renderer}/**/*", ...(electron ? ["{electron,station,drivers}/**/*"] : [])],
    { cwd: top },
  );
  const newest = Math.max(...sources.map((path) => statSync(`${top}/${path}`).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  process.stderr.write("Building the pages …\n");
  const script = electron ? "build" : "build:pages";
  if (spawnSync("npm", ["run", "-s", script], { cwd: top, stdio: ["ignore", "ignore", "inherit"] }).status === 0)
    return;
  process.stderr.write("The pages could not be built: see the lines above.\n");
  process.exit(1);
}

/** Path of Electron's program, fetched once if it can be; undefined where it cannot be had. */
function electronProgram(): string | undefined {
  const read = () =>
    spawnSync(process.execPath, ["-p", "require('electron')"], { cwd: top, encoding: "utf8", timeout: 120_000 });
  const answer = read();
  const path = answer.stdout.trim().split("\n").at(-1) ?? "";
  return answer.status === 0 && existsSync(path) ? path : undefined;
}

const chosen = options();
const data = resolve(chosen.data);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void endAll(0));
// npm passes no signal on when it is ended itself: its child is then handed to another parent.
const startedBy = process.ppid;
if (process.env.npm_lifecycle_event === "start") {
  setInterval(() => {
    if (process.ppid !== startedBy) void endAll(0);
  }, 500).unref();
}
const electron = chosen["no-window"] ? undefined : electronProgram();
build(electron !== undefined);
mkdirSync(`${data}/run`, { recursive: true, mode: 0o700 });

const hub = (await startPart("The hub", [
  "hub/main.ts",
  "--data",
  `${data}/hub`,
  "--port",
  String(await freePort(4180)),
  "--demo",
  "--desk",
  `${top}/out/renderer`,
  "--rooms",
  chosen.rooms,
  "--with-parent",
])) as {
  address: string;
  enrolCode: string;
  demo: { account: string; password: string };
  demoAccounts: readonly { account: string; password: string }[];
};

const devices: string[] = [];
for (const name of new Set(chosen.device)) {
  const profile = findProfile(name);
  if (profile === undefined) {
    process.stderr.write(`There is no profile ${name}. ${registry.map(({ id }) => id).join(", ")}\n`);
    await endAll(2);
    break;
  }
  const link = `${data}/run/${profile.id}`;
  rmSync(link, { force: true });
  await startPart(`The simulated ${profile.id}`, [
    "station/cli/simulate.ts",
    "--profile",
    profile.id,
    "--pty",
    link,
    "--speed",
    chosen.speed,
    // A device that is used by hand prints by itself, now and then: nobody is there to press its button.
    ...(profile.push ? ["--every", "12"] : []),
  ]);
  devices.push("--device", `${profile.id}=${link}`);
}

const stationArguments = [
  "--data",
  `${data}/station`,
  "--hub",
  hub.address,
  "--simulated",
  "--name",
  demo.name,
  "--place",
  demo.place,
  "--keeper",
  demo.keeper,
  "--rest-seconds",
  chosen["rest-seconds"],
  ...devices,
];
const environment = { HEALTH_STATION_ENROL_CODE: hub.enrolCode };
if (chosen["without-station"]) leaveStation();
else await startStation();

/** Says how the station is started by hand: as a command for a person, and in the ready line for a program. */
function leaveStation(): void {
  const quoted = stationArguments.map((text) => `'${text.replaceAll("'", String.raw`'\''`)}'`).join(" ");
  process.stderr.write(
    `Start the station: HEALTH_STATION_ENROL_CODE='${hub.enrolCode}' node --inspect station/loopback/main.ts ${quoted}\n`,
  );
  const { account, password } = hub.demo;
  const station = { arguments: stationArguments, environment };
  process.stdout.write(`${JSON.stringify({ ready: true, desk: `${hub.address}/`, account, password, station })}\n`);
}

async function startStation(): Promise<void> {
  let kiosk = "the Electron window";
  if (electron === undefined) {
    if (!chosen["no-window"])
      process.stderr.write("Electron's program cannot be had here; the kiosk opens in Chromium.\n");
    let renewPage = () => Promise.resolve(true);
    const hear = async (word: Record<string, unknown>): Promise<void> => {
      if (word.page === "stuck" && !(await renewPage()))
        process.stderr.write("The window hangs and its page could not be loaded anew.\n");
    };
    const station = (await startPart(
      "The station",
      ["station/loopback/main.ts", "--port", String(await freePort(4170)), "--with-parent", ...stationArguments],
      { environment, needed: true, hear: (word) => void hear(word) },
    )) as { address: string };
    kiosk = station.address;
    if (!chosen["no-window"]) {
      const window = openBrowser({ address: kiosk, folder: `${data}/browser` });
      if (window.ok) {
        renewPage = window.renewPage;
        parts.push({ name: "The window", child: window.child });
        window.child.once("exit", () => void endAll(0, "The window was closed. The station stops."));
      } else process.stderr.write(`${window.sentence}\n`);
    }
  } else {
    await startPart("The station", ["out/main/main.js", "--with-parent", ...stationArguments], {
      environment,
      command: electron,
      needed: true,
    });
  }
  process.stdout.write(
    `ready  kiosk ${kiosk}  doctor's desk ${hub.address}/  sign-in ${hub.demo.account} / ${hub.demo.password}  (simulated devices; Ctrl-C ends)\n`,
  );
  process.stdout.write(
    `       then a code  npm run code -- ${hub.demo.account}${data === `${top}/.data` ? "" : ` --data ${data}/hub`}\n`,
  );
  const others = hub.demoAccounts.slice(1).map(({ account, password }) => `${account} / ${password}`);
  process.stdout.write(`       others at the desk  ${others.join("  ")}\n`);
}
