import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readdirSync, readlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import { createSimulator, faultsOf, type Profile, type Simulator, type Timed } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { namedProfile } from "./profile-argument.ts";
import { simulateArguments, usage, type SimulateArguments } from "./simulate-arguments.ts";

/**
 * `npm run -s simulate -- --profile <id> [--pty [path]] …`: speaks as the device that the profile describes.
 * With `--pty` on a pseudo-terminal of its own (made by socat), whose path it prints as one JSON line; otherwise on
 * standard input and output. A device that is used by hand prints every eight seconds, or when a line `press` comes.
 * It ends on a signal, and when its standard input (a pipe or a terminal) closes: a parent that dies leaves nothing behind.
 */

/** Plays what the simulator plans, in real time. A later plan may replace the rest of an earlier one. */
class Player {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }
  play(plan: readonly Timed[]): void {
    for (const { bytes, afterMs, instead, more } of plan) {
      if (instead === true) this.silence();
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#send(bytes);
        this.play(more?.(Date.now()) ?? []);
      }, afterMs);
      this.#timers.add(timer);
    }
  }
  silence(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

/** Does a process other than this one and socat have the terminal open? What is sent to nobody is lost, as on a real line. */
function isOpenElsewhere(terminal: string, own: readonly number[]): boolean {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && !own.includes(Number(entry)))
    .some((pid) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).some((fd) => {
          try {
            return readlinkSync(`/proc/${pid}/fd/${fd}`) === terminal;
          } catch {
            return false;
          }
        });
      } catch {
        return false; // It ended meanwhile, or belongs to somebody else.
      }
    });
}

function deviceOf(profile: Profile, given: SimulateArguments): Simulator {
  const { fault, seed, speed } = given;
  const wallOffsetMs = -new Date().getTimezoneOffset() * 60_000;
  return createSimulator(profile, {
    ...(fault === undefined ? {} : { fault }),
    seed: seed ?? Date.now(),
    speed,
    wallOffsetMs,
  });
}

function onPipe(device: Simulator, given: SimulateArguments): void {
  const player = new Player((bytes) => process.stdout.write(bytes));
  player.play(device.open(Date.now()));
  process.stdin.on("data", (chunk: Buffer) => {
    player.play(device.hear(chunk, Date.now()));
  });
  const printing =
    given.everyS === undefined
      ? undefined
      : setInterval(() => player.play(device.press(Date.now())), given.everyS * 1000);
  process.stdin.on("end", () => {
    player.silence();
    clearInterval(printing);
  });
}

/** How long it is remembered that somebody listens. */
const listenerMs = 1_000;

function onTerminal(device: Simulator, given: SimulateArguments): void {
  const link = given.pty === "" ? "" : `,link=${given.pty ?? ""}`;
  const socat = spawn("socat", ["-d", "-d", "-", `PTY,rawer${link}`], { stdio: ["pipe", "pipe", "pipe"] });
  let terminal: string | undefined;
  let held: number | undefined;
  let heardAt = 0;
  let checkedAt = 0;
  let listened = false;

  const somebodyListens = (): boolean => {
    const now = Date.now();
    if (now - heardAt < listenerMs) return true;
    if (now - checkedAt >= listenerMs && terminal !== undefined) {
      checkedAt = now;
      listened = isOpenElsewhere(terminal, [process.pid, socat.pid ?? 0]);
    }
    return listened;
  };
  const player = new Player((bytes) => {
    if (somebodyListens()) socat.stdin.write(bytes);
  });
  const end = (code: number): void => {
    player.silence();
    socat.kill("SIGTERM");
    if (held !== undefined) closeSync(held);
    process.exit(code);
  };
  const fail = (sentence: string): void => {
    process.stderr.write(`${sentence}\n`);
    end(1);
  };

  socat.on("error", () =>
    fail("socat could not be started; it makes the pseudo-terminal. On Debian: apt-get install socat"),
  );
  socat.on("exit", (code) => fail(`socat ended (${code ?? "by a signal"}).`));
  socat.stdin.on("error", () => {}); // It ended; `exit` says so.
  let complaints = "";
  createInterface({ input: socat.stderr }).on("line", (line) => {
    complaints = line;
    const found = /PTY is (\S+)/.exec(line)?.[1];
    if (found === undefined) {
      if (/ E /.test(line)) process.stderr.write(`${complaints}\n`);
      return;
    }
    terminal = found;
    // Held open so that the terminal outlives a host that closes it and comes back.
    held = openSync(found, constants.O_RDWR | constants.O_NOCTTY);
    process.stdout.write(`${JSON.stringify({ pty: given.pty === "" ? found : given.pty })}\n`);
    player.play(device.open(Date.now()));
  });
  socat.stdout.on("data", (chunk: Buffer) => {
    heardAt = Date.now();
    player.play(device.hear(chunk, heardAt));
  });
  if (given.everyS !== undefined) setInterval(() => player.play(device.press(Date.now())), given.everyS * 1000);
  if (stdinIsAlive()) {
    createInterface({ input: process.stdin })
      .on("line", (line) => {
        if (line.trim() === "press") player.play(device.press(Date.now()));
      })
      .on("close", () => end(0));
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0));
  endWithParent(socat);
}

/** A pipe, a socket or a terminal has somebody at its other end; /dev/null and a file are at their end from the start. */
function stdinIsAlive(): boolean {
  const kind = fstatSync(0);
  return process.stdin.isTTY || kind.isFIFO() || kind.isSocket();
}

/** socat ends by itself when this process is killed: its standard input closes. */
function endWithParent(child: ChildProcess): void {
  process.on("exit", () => child.kill("SIGTERM"));
}

function main(args: readonly string[]): number | undefined {
  const say = (text: string): number => {
    process.stderr.write(text);
    return 2;
  };
  const given = simulateArguments(args);
  if (!given.ok) return say(`${given.why}\n${usage}Known profiles: ${registry.map(({ id }) => id).join(", ")}\n`);
  const found = namedProfile(given.value.profile);
  if (!found.ok) return say(found.why);
  const { profile } = found;
  const faults = faultsOf(profile);
  if (given.value.listFaults) {
    process.stdout.write(`${faults.join("\n")}\n`);
    return 0;
  }
  if (given.value.fault !== undefined && !faults.includes(given.value.fault)) {
    return say(`${profile.id} has no fault ${given.value.fault}. It has: ${faults.join(", ")}\n`);
  }
  const everyS = given.value.everyS ?? (profile.push ? 8 : undefined);
  const value: SimulateArguments = {
    ...given.value,
    ...(everyS === undefined || everyS === 0 ? { everyS: undefined } : { everyS }),
  };
  const device = deviceOf(profile, value);
  if (value.pty === undefined) onPipe(device, value);
  else onTerminal(device, value);
  return undefined;
}

if (import.meta.main) {
  const code = main(process.argv.slice(2));
  if (code !== undefined) process.exitCode = code;
}
