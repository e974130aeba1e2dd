import { readFileSync } from "node:fs";
import { codeAt } from "../../hub/http/second-factor.ts";
import { openLine, type Line } from "./parties.ts";
import type { HubProcess } from "./process.ts";

/** A doctor at a hub in a process of its own, who does nothing wrong and waits for answers while others do. */
export interface Bystander {
  readonly line: Line;
  readonly cookie: string;
}

/** Signs in the demonstration's first one of this role. */
export async function bystander(
  { ready: { address, demoAccounts } }: HubProcess,
  as: "doctor" | "specialist" = "doctor",
): Promise<Bystander> {
  const doctor = demoAccounts?.find(({ role }) => role === as);
  const post = (path: string, body: object) =>
    fetch(`${address}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const { account, password } = doctor ?? {};
  const { step } = (await (await post("/api/sign-in", { account, password })).json()) as { readonly step: string };
  const session = await post("/api/sign-in/code", { step, code: codeAt(doctor?.secret ?? "", Date.now()) });
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { line: await openLine(address, { cookie, origin: address }), cookie };
}

/** How long calls of somebody who does nothing wrong take while something runs, milliseconds; below the rate of a page. */
export async function timed<T>(other: Line, samples: number[], work: Promise<T>): Promise<T> {
  let over = false;
  const ending = work.finally(() => (over = true));
  while (!over) {
    const began = performance.now();
    await other.client.me.whoami();
    samples.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 22));
  }
  return ending;
}

export const slowest = (samples: readonly number[], share: number): number =>
  samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? 0;
export const shown = (samples: readonly number[]): string =>
  `${[0.5, 0.9, 0.99].map((share) => slowest(samples, share).toFixed(1)).join(" / ")} ms (half, 90 %, 99 % of ${samples.length})`;

/** What the process holds in memory, megabytes. */
export const memoryMb = ({ child }: HubProcess): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, "utf8"))?.[1]) / 1024;
