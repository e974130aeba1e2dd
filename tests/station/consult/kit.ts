import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { NewEntry } from "../../../core/journal/entry.ts";
import { openHubLink, type HubLink } from "../../../station/consult/hub-link.ts";
import { silentLogger, type LogFields, type Logger } from "../../../station/log/logger.ts";
import { openStore, type Store } from "../../../station/store/store.ts";
import { FakeClock } from "../fakes/clock.ts";
import { tempFolder, testKey } from "../fakes/station.ts";
import { FakeHub } from "./fake-hub.ts";

export interface Bench {
  readonly hub: FakeHub;
  readonly store: Store;
  readonly clock: FakeClock;
  readonly errors: { readonly event: string; readonly fields: LogFields | undefined }[];
  /** A link with the enrolment code, unless told otherwise. */
  link(...enrolCode: readonly [(string | undefined)?]): HubLink;
  /** Lets the fake clock run beside the real sockets until something is so. */
  passing<T>(fact: () => T | undefined | false, what: string): Promise<T>;
}

/** A hub that is up, a real journal, and a clock in our hands. */
export async function bench(): Promise<Bench> {
  const hub = new FakeHub();
  const clock = new FakeClock();
  hub.nowMs = () => clock.now();
  await hub.start();
  onTestFinished(() => hub.kill());
  const opened = await openStore({ folder: tempFolder(), key: testKey, clock });
  if (!opened.ok) throw new Error(opened.code);
  const { store } = opened;
  onTestFinished(() => store.close());
  const errors: Bench["errors"] = [];
  const log: Logger = {
    ...silentLogger,
    error: (event, fields) => errors.push({ event, fields }),
    with: () => log,
  };
  return {
    hub,
    store,
    clock,
    errors,
    link(...given) {
      const enrolCode = given.length === 0 ? hub.enrolCode : given[0];
      const link = openHubLink({
        address: hub.address,
        enrolCode,
        store,
        clock,
        log,
        name: "E站",
        place: "村口",
        random: () => 0.5,
      });
      onTestFinished(() => link.close());
      return link;
    },
    passing: (fact, what) => passing(clock, fact, what),
  };
}

/** Slow enough (25 ms per look) that a dial over real sockets does not run into its own time limit. */
async function passing<T>(clock: FakeClock, fact: () => T | undefined | false, what: string): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = fact();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
    await clock.advance(25);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Some fact about nobody. */
export function fact(): NewEntry {
  return {
    id: randomUUID(),
    type: "device.faulted",
    actor: { role: "station", id: "host" },
    subject: null,
    visit: null,
    body: { device: "cuff", code: "device.silent" },
  };
}

export function facts(count: number): readonly NewEntry[] {
  return Array.from({ length: count }, fact);
}
