import { spawn, type ChildProcess } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const readySchema = z.object({
  ready: z.literal(true),
  address: z.string(),
  enrolCode: z.string(),
  demo: z.object({ account: z.string(), password: z.string() }).optional(),
  demoAccounts: z
    .array(z.object({ account: z.string(), password: z.string(), role: z.string(), secret: z.string() }))
    .optional(),
});

export interface HubProcess {
  readonly child: ChildProcess;
  readonly ready: z.infer<typeof readySchema>;
  /** Everything it wrote to standard error so far. */
  readonly said: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export type Started = HubProcess | { readonly refused: number | null; readonly sentence: string };

const top = resolve(import.meta.dirname, "../..");

/** Runs `hub/main.ts` until it says that it is ready, or ends without. The caller ends it. */
export async function startHub(...args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, ["hub/main.ts", "--log", "debug", ...args], {
    cwd: top,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
    child.on("close", (code, signal) => done({ code, signal })),
  );
  const line = new Promise<string>((done) => createInterface({ input: child.stdout }).once("line", done));
  const first = await Promise.race([line, ended]);
  if (typeof first !== "string") return { refused: first.code, sentence: said };
  return { child, ready: readySchema.parse(JSON.parse(first)), said: () => said, ended };
}

export function running(started: Started): HubProcess {
  if ("refused" in started) throw new Error(`the hub did not start: ${started.sentence}`);
  return started;
}
