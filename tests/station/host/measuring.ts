import type { MeasureEvent } from "../../../core/contract/views.ts";
import { findProfile } from "../../../drivers/find-profile.ts";

/** The devices that the tests of measuring have on their ports. */
export const cuff = findProfile("raycome-rbp-9000c")!;
export const meter = findProfile("lifescan-onetouch-ultraeasy")!;
export const lipids = findProfile("pts-cardiochek-pa")!;
export const cuffPort = { profile: cuff.id, port: "/dev/cuff" };
export const meterPort = { profile: meter.id, port: "/dev/meter" };
export const lipidPort = { profile: lipids.id, port: "/dev/lipids" };

export const kinds = (events: readonly MeasureEvent[]): string[] => [...new Set(events.map(({ kind }) => kind))];
export const stopFrame = "cc80030301030002";
export const startFrame = "cc80030301020003";

export async function first<T>(feed: Promise<AsyncIterable<T>>): Promise<T | undefined> {
  for await (const value of await feed) return value;
  return undefined;
}
