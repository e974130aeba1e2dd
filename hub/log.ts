import { pino, type DestinationStream } from "pino";

/** What may be logged. A field that is not listed here does not exist for the log: no names, no texts, no secrets. */
const loggable = [
  "station",
  "account",
  "call",
  "entry",
  "seq",
  "code",
  "operation",
  "role",
  "why",
  "address",
  "status",
  "count",
  "bytes",
  "stack",
  "connection",
  "ms",
] as const;
export type LogFields = Readonly<Partial<Record<(typeof loggable)[number], string | number | undefined>>>;

export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** JSON lines with the event's name and its listed fields, on standard error unless told otherwise. */
export function createLogger(
  level: "debug" | "info" | "warn" | "silent",
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  const log = pino({ level, base: null }, to);
  const fit = (fields: LogFields = {}) =>
    Object.fromEntries(loggable.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
  return {
    debug: (event, fields) => log.debug(fit(fields), event),
    info: (event, fields) => log.info(fit(fields), event),
    warn: (event, fields) => log.warn(fit(fields), event),
    error: (event, fields) => log.error(fit(fields), event),
  };
}
