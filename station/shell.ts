import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import program from "../package.json" with { type: "json" };
import { faults, type FaultCode } from "../core/domain/faults.ts";
import { serialChannels } from "./channels/serial.ts";
import { systemClock } from "./clock.ts";
import { createStation } from "./host.ts";
import { createLogger, type Logger, type LogLevel } from "./log/logger.ts";
import { deviceSetting, settingsSchema, type StationSettings } from "./settings.ts";
import type { StationStarted } from "./station.ts";

/** What both shells understand on their command line. */
export interface ShellOptions {
  readonly data: string;
  /** Shell B: port of the page; 0 for any. */
  readonly port: number;
  readonly hub: string | undefined;
  readonly settings: StationSettings;
  /** End when standard input ends: the parent is gone. */
  readonly withParent: boolean;
  readonly log: LogLevel;
}

export type OptionsRead =
  { readonly ok: true; readonly options: ShellOptions } | { readonly ok: false; readonly sentence: string };

const usage =
  "--data <folder> [--port 0] [--hub <address>] [--device <profile>=<port path>]... [--simulated] [--name <name>] [--place <place>] [--keeper <whom to call>] [--duty-phone <number>] [--rest-seconds 60] [--with-parent] [--log error|warn|info|debug]; the enrolment code comes in HEALTH_STATION_ENROL_CODE";

const levels: readonly LogLevel[] = ["error", "warn", "info", "debug"];

/** Never throws: what does not fit is one sentence and the usage. */
export function readOptions(args: readonly string[]): OptionsRead {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        port: { type: "string", default: "0" },
        hub: { type: "string" },
        device: { type: "string", multiple: true, default: [] },
        simulated: { type: "boolean", default: false },
        name: { type: "string" },
        place: { type: "string" },
        keeper: { type: "string" },
        "duty-phone": { type: "string" },
        "rest-seconds": { type: "string", default: "60" },
        "with-parent": { type: "boolean", default: false },
        log: { type: "string", default: "warn" },
      },
    });
    const devices = values.device.map((text) => deviceSetting(text) ?? no(`--device ${text}: <profile>=<port path>`));
    const settings = settingsSchema.safeParse({
      program: `${program.name} ${program.version}`,
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values.place === undefined ? {} : { place: values.place }),
      ...(values.keeper === undefined ? {} : { keeper: values.keeper }),
      ...(values["duty-phone"] === undefined ? {} : { dutyPhone: values["duty-phone"] }),
      simulated: values.simulated,
      devices,
      restSeconds: Number(values["rest-seconds"]),
    });
    const port = Number(values.port);
    return {
      ok: true,
      options: {
        data: values.data ?? no("--data <folder> is missing"),
        port: Number.isInteger(port) && port >= 0 && port < 65_536 ? port : no(`--port ${values.port}: 0 to 65535`),
        hub: values.hub === undefined || URL.canParse(values.hub) ? values.hub : no(`--hub ${values.hub}: an address`),
        settings: settings.success
          ? settings.data
          : no(settings.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")),
        withParent: values["with-parent"],
        log: levels.find((level) => level === values.log) ?? no(`--log ${values.log}: ${levels.join(", ")}`),
      },
    };
  } catch (error) {
    return { ok: false, sentence: `${error instanceof Error ? error.message : String(error)}\nusage: ${usage}` };
  }
}

function no(why: string): never {
  throw new Error(why);
}

/** The enrolment code, taken out of the environment so that no child of ours inherits it. */
export function takeEnrolCode(environment: NodeJS.ProcessEnv): string | undefined {
  const code = environment.HEALTH_STATION_ENROL_CODE;
  delete environment.HEALTH_STATION_ENROL_CODE;
  return code === "" ? undefined : code;
}

/** The composition that both shells share: real ports, the machine's clock, the log on standard error. */
export function startStation(
  { data, hub, settings }: ShellOptions,
  key: Uint8Array,
  enrolCode: string | undefined,
  log: Logger,
  onPageStuck: () => void,
): Promise<StationStarted> {
  return createStation({
    clock: systemClock,
    folder: data,
    key,
    settings,
    channels: serialChannels({ clock: systemClock, configured: settings.devices.map(({ port }) => port) }),
    log,
    setupCode: newSetupCode(),
    onPageStuck,
    ...(hub === undefined ? {} : { hub: { address: hub, ...(enrolCode === undefined ? {} : { enrolCode }) } }),
  });
}

/** For the first technician: eight digits, new at every start. */
function newSetupCode(): string {
  return String(randomInt(100_000_000)).padStart(8, "0");
}

/** Says, when nobody is technician yet, how to make the first one: on standard error, for who started it; the log never has it. */
export function sayFirstTechnician(setupCode: string | undefined): void {
  if (setupCode === undefined) return;
  process.stderr.write(
    `还没有技术员。请在站点页面长按标题,用设置码 ${setupCode} 设第一位技术员。 / No technician yet. Hold the title of the station's page and use setup code ${setupCode} to make the first one.\n`,
  );
}

export function shellLog(level: LogLevel): Logger {
  return createLogger({ level });
}

/** What a start that is refused says: one line, both languages, the number for the telephone, the cause for staff. */
export function refusedStart(code: FaultCode, detail?: string): string {
  const { number, resident, operator } = faults[code];
  return `${resident.zh} / ${resident.en} [${number} ${code}] ${detail ?? `${operator.zh} / ${operator.en}`}`;
}

/**
 * Calls `end` once, when the system, the parent or a bug asks for the end: a cuff must let its air out whatever the reason.
 * `code`: 0, or 1 after a bug.
 */
export function onEnd(end: (code: number) => void, log: Logger, withParent: boolean): void {
  let asked = false;
  const once = (code: number) => {
    if (asked) return;
    asked = true;
    end(code);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => once(0));
  if (withParent) {
    process.stdin
      .resume()
      .on("end", () => once(0))
      .on("error", () => once(0));
  }
  const bug = (error: unknown) => {
    log.error("bug", {
      why: error instanceof Error ? error.message : String(error),
      stack: (error instanceof Error && error.stack) || "",
    });
    once(1);
  };
  process.on("uncaughtException", bug);
  process.on("unhandledRejection", bug);
}
