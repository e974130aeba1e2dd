import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log.ts";
import type { CareStore } from "../ports/care.ts";

/** Often enough for the shortest wait, one minute. */
const lookMs = 30_000;

/** Lets time work on what is owed for as long as the hub runs. The answer ends it. */
export function startCareClock({
  clock,
  care,
  log,
}: {
  readonly clock: Clock;
  readonly care: Pick<CareStore, "age">;
  readonly log: Logger;
}): () => void {
  let closed = false;
  let cancel = () => {};
  const look = () => {
    if (closed) return;
    cancel = clock.after(lookMs, look);
    care.age(clock.now()).catch((error: unknown) => {
      if (!closed) log.error("careFailed", { stack: error instanceof Error ? error.stack : String(error) });
    });
  };
  look();
  return () => {
    closed = true;
    cancel();
  };
}
