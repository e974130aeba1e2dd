import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRouterClient, type RouterClient } from "@orpc/server";
import { ORPCError } from "@orpc/client";
import { onTestFinished } from "vitest";
import type { MeasureEvent, StationView } from "../../../core/contract/views.ts";
import type { Clock } from "../../../core/domain/time.ts";
import type { Entry } from "../../../core/journal/entry.ts";
import { createStation } from "../../../station/host.ts";
import type { Station, StationParts } from "../../../station/station.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { openStore } from "../../../station/store/store.ts";
import { stationSettings } from "../../../station/settings.ts";
import { FakeChannels } from "./channels.ts";
import { FakeClock, until } from "./clock.ts";

export const testKey = new Uint8Array(32).fill(7);

export type StationClient = RouterClient<Station["router"]>;

export interface Started {
  readonly station: Station;
  readonly client: StationClient;
  readonly folder: string;
  /** Closes the station and reads its journal from the disk. */
  readonly journal: () => Promise<readonly Entry[]>;
}

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "station-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real station on a real journal, over the given channels and clock. */
export async function startStation(
  parts: Partial<Omit<StationParts, "settings">> &
    Pick<StationParts, "clock" | "channels"> & { readonly settings?: Partial<StationParts["settings"]> },
): Promise<Started> {
  const folder = parts.folder ?? tempFolder();
  const started = await createStation({
    key: testKey,
    log: silentLogger,
    // Devices in order, as at a station that was commissioned; a test of the gate says otherwise.
    specimenQuality: true,
    ...parts,
    folder,
    settings: stationSettings({ program: "test", ...parts.settings }),
  });
  if (!started.ok) throw new Error(`the station did not start: ${started.code}`);
  const { station } = started;
  const close = (): Promise<void> => closeOn(parts.clock, station);
  onTestFinished(close);
  const client = createRouterClient(station.router);
  return {
    station,
    client,
    folder,
    journal: async () => {
      await close();
      return readJournal(folder);
    },
  };
}

/** Closing waits for devices to acknowledge their stop: on a fake clock, time must go on for that. */
async function closeOn(clock: Clock, station: Station): Promise<void> {
  let closed = false;
  const closing = station.close().finally(() => (closed = true));
  if (clock instanceof FakeClock) await advanceUntil(clock, () => closed, "the station's closing");
  await closing;
}

export async function readJournal(folder: string): Promise<readonly Entry[]> {
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  const entries = await opened.store.tail(0, 10_000);
  await opened.store.close();
  return entries;
}

/** A station with one device per profile on fake ports, on a fake clock. */
export async function stationWith(
  devices: readonly { readonly profile: string; readonly port: string }[],
  settings: Partial<StationParts["settings"]> = {},
): Promise<Started & { readonly clock: FakeClock; readonly channels: FakeChannels }> {
  const clock = new FakeClock();
  const channels = new FakeChannels();
  for (const { port } of devices) channels.plug(port);
  const started = await startStation({ clock, channels, settings: { ...settings, devices: [...devices] } });
  return { ...started, clock, channels };
}

/** Follows one measurement's events as they come. */
export function follow(
  client: StationClient,
  id: string,
): { readonly events: MeasureEvent[]; readonly over: Promise<MeasureEvent[]> } {
  const events: MeasureEvent[] = [];
  const over = (async () => {
    for await (const event of await client.measure.watch({ id })) events.push(event);
    return events;
  })();
  return { events, over };
}

/** The code of the declared error a call ends with; undefined when it was answered. */
export async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof ORPCError && error.defined) return (error.data as { readonly code: string }).code;
    throw error;
  }
}

/** Advances the fake clock step by step until something is so. */
export async function advanceUntil<T>(
  clock: FakeClock,
  fact: () => T | undefined | false,
  what: string,
  mostMs = 400_000,
): Promise<T> {
  for (let passed = 0; passed <= mostMs; passed += 100) {
    const found = fact();
    if (found !== undefined && found !== false) return found;
    await clock.advance(100);
    // The disk takes real time: give it some, so that the fake clock does not run away from it.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  // What is left may be waiting for the disk, not for the clock.
  return until(fact, what, 2_000);
}

export function deviceState(view: StationView, profile: string): string | undefined {
  return view.devices.find((device) => device.profile === profile)?.state;
}
