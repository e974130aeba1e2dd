import { v7 as newId } from "uuid";
import { expect } from "vitest";
import type { VisitView } from "../../../core/contract/views.ts";
import type { Answers } from "../../../core/journal/visit-bodies.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, follow, stationWith, type StationClient, type Started } from "../fakes/station.ts";
import type { FakeChannels } from "../fakes/channels.ts";
import type { FakeClock } from "../fakes/clock.ts";

export const cuff = findProfile("raycome-rbp-9000c")!;

export type Place = Started & { readonly clock: FakeClock; readonly channels: FakeChannels };
export const dm = "018f0000-0000-7000-8000-0000000000a2";

/** A simulated station with a cuff, and an open visit. */
export async function visitAt(
  settings: Parameters<typeof stationWith>[1] = {},
  resident?: string,
): Promise<Place & { readonly visit: string }> {
  const place = await stationWith([{ profile: cuff.id, port: "/dev/cuff" }], { simulated: true, ...settings });
  simulated(place.channels.ports.get("/dev/cuff")!, cuff, place.clock);
  return { ...place, visit: await open(place.client, resident) };
}

export async function open(client: StationClient, resident?: string): Promise<string> {
  const visit = newId();
  const who = resident === undefined ? ({ kind: "guest" } as const) : ({ kind: "specimen", resident } as const);
  await client.visit.open({ id: visit, who });
  return visit;
}

export async function viewOf(client: StationClient, visit: string): Promise<VisitView> {
  for await (const view of await client.visit.watch({ visit })) return view;
  throw new Error("no view");
}

export async function answer(client: StationClient, visit: string, answers: Answers): Promise<void> {
  await client.visit.answer({ id: newId(), visit, answers });
}

/** One pressure of the simulated cuff, confirmed by eye. */
export async function pressure(
  { client, clock, visit }: Place & { readonly visit: string },
  context: Measurement["context"] = {},
): Promise<string> {
  const id = newId();
  await client.measure.start({ id, visit, of: "bloodPressure", context });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.measure.confirm({ id, same: true });
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "finished" });
  return id;
}
