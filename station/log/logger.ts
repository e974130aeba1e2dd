import { pino, type DestinationStream } from "pino";

/**
 * The logger takes an event name and fields. Only the fields listed here can be printed, from the first line after
 * start: anything else does not compile, and what comes in by a cast is dropped and named in `refused`. Values of people
 * (names, numbers of papers, readings) have no field here on purpose.
 */
const loggable = {
  device: "string",
  profile: "string",
  port: "string",
  baudRate: "number",
  visit: "string",
  measurement: "string",
  call: "string",
  of: "string",
  code: "string",
  /** A cause in words of the program or of the system, never of a person. */
  why: "string",
  phase: "string",
  state: "string",
  how: "string",
  count: "number",
  seq: "number",
  ms: "number",
  address: "string",
  program: "string",
  operation: "string",
  stack: "string",
} as const;

type Loggable = typeof loggable;
export type LogFields = { readonly [Name in keyof Loggable]?: Loggable[Name] extends "number" ? number : string };
export type LogLevel = "error" | "warn" | "info" | "debug";

/** error: a person must act. warn: recovered or retried. info: once per change of life. debug: everything else. */
export interface Logger {
  error(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  debug(event: string, fields?: LogFields): void;
  /** Raw bytes at debug, `→` to the device, `←` from it, `×` dropped by the decoder. */
  bytes(direction: "→" | "←" | "×", bytes: Uint8Array, fields?: LogFields): void;
  /** A logger whose lines all carry these fields; one per file or device. */
  with(fields: LogFields): Logger;
}

/** Writes JSON lines; standard error by default, because standard output belongs to the ready line of a shell. */
export function createLogger(options: { readonly level: LogLevel; readonly to?: DestinationStream }): Logger {
  const root = pino(
    { level: options.level, base: null, messageKey: "event" },
    options.to ?? pino.destination({ dest: 2, sync: true }),
  );
  const over = (bound: LogFields): Logger => {
    const line = (level: LogLevel) => (event: string, fields?: LogFields) =>
      root[level](checked({ ...bound, ...fields }), event);
    return {
      error: line("error"),
      warn: line("warn"),
      info: line("info"),
      debug: line("debug"),
      bytes: (direction, bytes, fields) => {
        if (!root.isLevelEnabled("debug")) return;
        root.debug(
          { ...checked({ ...bound, ...fields }), direction, hex: Buffer.from(bytes).toString("hex") },
          "bytes",
        );
      },
      with: (fields) => over({ ...bound, ...fields }),
    };
  };
  return over({});
}

/** For tests and tools that keep no log. */
export const silentLogger: Logger = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  bytes: () => {},
  with: () => silentLogger,
};

/** A copy with the listed fields of the listed kind. A private value is an object, so it never gets through. */
function checked(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const refused: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (Object.hasOwn(loggable, name) && typeof value === loggable[name as keyof Loggable]) kept[name] = value;
    else refused.push(name);
  }
  return refused.length === 0 ? kept : { ...kept, refused };
}
