import { z } from "zod";
import type { BrowserPipe } from "./browser-pipe.ts";

const targetsSchema = z.object({ targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })) });
const processesSchema = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.int().positive() })) });
const sessionSchema = z.object({ sessionId: z.string() });

/**
 * Takes the page away and loads it anew in the same window, also where its script never ends: such a page answers nothing
 * and closes only after half a second of waiting for it, so its process is ended from outside. Answers when the old
 * document is gone and the new one is on its way; false: the browser itself does not answer.
 */
export async function takeAway(pipe: BrowserPipe, address: string, kill: (pid: number) => void): Promise<boolean> {
  const targets = targetsSchema.safeParse(await pipe.ask("Target.getTargets"));
  const processes = processesSchema.safeParse(await pipe.ask("SystemInfo.getProcessInfo"));
  const page = targets.success ? targets.data.targetInfos.find(({ type }) => type === "page") : undefined;
  if (page === undefined || !processes.success) return false;
  const { targetId } = page;
  const crashed = pipe.event("Target.targetCrashed", (params) => params["targetId"] === targetId);
  // The window shows one page; what else has a process of this kind is a spare one.
  for (const { type, id } of processes.data.processInfo) if (type === "renderer") kill(id);
  await crashed;
  const attached = sessionSchema.safeParse(await pipe.ask("Target.attachToTarget", { targetId, flatten: true }));
  if (!attached.success) return false;
  const { sessionId } = attached.data;
  const load = async (): Promise<boolean> => {
    const loaded = await pipe.ask("Page.navigate", { url: address }, sessionId);
    return loaded !== undefined && loaded["errorText"] === undefined;
  };
  // The process that was ready for the next page may have been ended with the others.
  const loaded = (await load()) || (await load());
  await pipe.ask("Target.detachFromTarget", { sessionId });
  return loaded;
}
