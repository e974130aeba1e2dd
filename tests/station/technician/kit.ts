import { v7 as newId } from "uuid";
import { ORPCError } from "@orpc/client";
import type { TechnicianDevice, TechnicianView } from "../../../core/contract/technician-devices.ts";
import type { StaffRole } from "../../../core/contract/technician-staff.ts";
import type { StationParts } from "../../../station/station.ts";
import { specimenStaff } from "../../../station/technician/specimen-staff.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { FakeClock, until } from "../fakes/clock.ts";
import { startStation, tempFolder, type Started, type StationClient } from "../fakes/station.ts";

export const cuffId = "raycome-rbp-9000c";
export const meterId = "lifescan-onetouch-ultraeasy";
export const labelId = "pts-cardiochek-pa";

export interface Desk extends Started {
  readonly clock: FakeClock;
  readonly channels: FakeChannels;
}

/** A simulated station (its specimen staff can sign in), unless the parts say otherwise. */
export async function deskWith(
  devices: readonly { readonly profile: string; readonly port: string }[] = [],
  parts: Partial<Pick<StationParts, "folder" | "profiles" | "setupCode" | "log" | "specimenQuality">> & {
    readonly simulated?: boolean;
    readonly channels?: FakeChannels;
    readonly clock?: FakeClock;
  } = {},
): Promise<Desk> {
  const { simulated = true, channels = new FakeChannels(), clock = new FakeClock(), ...rest } = parts;
  for (const { port } of devices) if (!channels.ports.has(port)) channels.plug(port);
  const settings = { simulated, devices: [...devices] };
  const started = await startStation({ folder: tempFolder(), ...rest, clock, channels, settings });
  return { ...started, clock, channels };
}

export async function signIn(client: StationClient, role: StaffRole = "technician"): Promise<string> {
  const specimen = specimenStaff.find((each) => each.role === role);
  if (specimen === undefined) throw new Error(role);
  const { session } = await client.technician.staff.signIn({ operator: specimen.staff, pin: specimen.pin });
  return session;
}

/** The data of the declared error that a call ends with; undefined when it was answered. */
export async function faultDataOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof ORPCError && error.defined) return error.data;
    throw error;
  }
}

/** What the technician's page shows now, and after every change. */
export async function watchDesk(
  client: StationClient,
  session: string,
): Promise<{ readonly views: TechnicianView[]; readonly over: Promise<void>; device(id: string): TechnicianDevice }> {
  const views: TechnicianView[] = [];
  const feed = await client.technician.devices.watch({ session });
  const over = (async () => {
    for await (const view of feed) views.push(view);
  })();
  await until(() => views.length > 0, "the first view");
  return {
    views,
    over,
    device(id) {
      const found = views.at(-1)?.devices.find((each) => each.id === id);
      if (found === undefined) throw new Error(`no device ${id}`);
      return found;
    },
  };
}

export { newId };
