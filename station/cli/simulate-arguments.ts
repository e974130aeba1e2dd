import { parseArgs } from "node:util";

export const usage =
  "Usage: npm run -s simulate -- --profile <id> [--pty [path]] [--fault name] [--every seconds] [--seed n] [--speed factor] [--list-faults]\n";

export interface SimulateArguments {
  readonly profile: string;
  /** Absent: standard input and output. Empty: a terminal wherever socat makes it. Otherwise also a link to it. */
  readonly pty?: string | undefined;
  readonly fault?: string | undefined;
  /** A device used by hand is used every so many seconds; 0 only when asked. */
  readonly everyS?: number | undefined;
  readonly seed?: number | undefined;
  /** 2: everything takes half the time. */
  readonly speed: number;
  readonly listFaults: boolean;
}

type Parsed = { readonly ok: true; readonly value: SimulateArguments } | { readonly ok: false; readonly why: string };

export function simulateArguments(args: readonly string[]): Parsed {
  // `--pty` takes a path or nothing, which parseArgs does not know.
  const at = args.indexOf("--pty");
  const next = at < 0 ? undefined : args[at + 1];
  const path = next === undefined || next.startsWith("-") ? "" : next;
  const rest = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + (path === "" ? 1 : 2))];
  try {
    const { values } = parseArgs({
      args: [...rest],
      options: {
        profile: { type: "string", short: "p" },
        fault: { type: "string" },
        every: { type: "string" },
        seed: { type: "string" },
        speed: { type: "string" },
        "list-faults": { type: "boolean" },
      },
    });
    if (values.profile === undefined) return { ok: false, why: "Which device? Name a profile." };
    const number = (text: string | undefined, name: string, least: number): number | undefined => {
      if (text === undefined) return undefined;
      const value = Number(text);
      if (text.trim() === "" || !Number.isFinite(value) || value < least)
        throw new Error(`--${name} needs a number from ${least}.`);
      return value;
    };
    return {
      ok: true,
      value: {
        profile: values.profile,
        pty: at < 0 ? undefined : path,
        fault: values.fault,
        everyS: number(values.every, "every", 0),
        seed: number(values.seed, "seed", 0),
        speed: number(values.speed, "speed", 0.01) ?? 1,
        listFaults: values["list-faults"] ?? false,
      },
    };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
