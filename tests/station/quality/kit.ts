import { v7 as newId } from "uuid";
import type { ControlEvent, DeviceQuality, QualityView } from "../../../core/contract/quality.ts";
import type { SimulatorOptions } from "../../../drivers/kit/index.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, type StationClient } from "../fakes/station.ts";
import { deskWith, signIn, type Desk } from "../technician/kit.ts";

export { newId, signIn };

export const meterId = "lifescan-onetouch-ultraeasy";
export const cuffId = "raycome-rbp-9000c";
export const meterDevice = `${meterId}@/dev/meter`;
export const cuffDevice = `${cuffId}@/dev/cuff`;
const ports = { [meterId]: "/dev/meter", [cuffId]: "/dev/cuff" } as const;

/** A simulated station in order, with a meter or a cuff behind its port. */
export async function stationOf(
  profile: keyof typeof ports,
  options: SimulatorOptions = {},
  parts: Parameters<typeof deskWith>[1] = {},
): Promise<Desk> {
  const port = ports[profile];
  const desk = await deskWith([{ profile, port }], parts);
  plug(desk, profile, options);
  return desk;
}

/** What stands behind the port from now on. */
export function plug({ channels, clock }: Desk, profile: keyof typeof ports, options: SimulatorOptions = {}): void {
  const found = findProfile(profile);
  const port = channels.ports.get(ports[profile]);
  if (found === undefined || port === undefined) throw new Error(profile);
  simulated(port, found, clock, options);
}

/** The technician's view of quality now. */
export async function qualityOf(client: StationClient, session: string): Promise<QualityView> {
  for await (const view of await client.quality.watch({ session })) return view;
  throw new Error("no view");
}

export async function deviceOf(client: StationClient, session: string, id: string): Promise<DeviceQuality> {
  const found = (await qualityOf(client, session)).devices.find(({ device }) => device === id);
  if (found === undefined) throw new Error(id);
  return found;
}

export async function codesOf(client: StationClient, session: string, id: string): Promise<readonly string[]> {
  return (await deviceOf(client, session, id)).gate.conditions.map(({ code }) => code);
}

/** Every event of a control run on the device, up to its end. */
export async function runControl(
  { client, clock }: Pick<Desk, "client" | "clock">,
  session: string,
  level: "L1" | "L2" = "L1",
  id: string = newId(),
): Promise<ControlEvent[]> {
  await client.quality.control.start({
    session,
    id,
    device: meterDevice,
    analyte: "glucose",
    level,
    lot: `SPECIMEN-${level}`,
  });
  const events: ControlEvent[] = [];
  const over = (async () => {
    for await (const event of await client.quality.control.watch({ session, id })) events.push(event);
  })();
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end of the control", 60_000);
  await over;
  return events;
}

/** A control read off the display. */
export function enterControl(client: StationClient, session: string, value: number, level: "L1" | "L2" = "L1") {
  const lot = `SPECIMEN-${level}`;
  const said = { device: meterDevice, analyte: "glucose", level, lot, value, unit: "mmol/L" } as const;
  return client.quality.control.enter({ session, id: newId(), ...said });
}

/** One glucose of a guest, from the visit's opening to the last event; answers the measurement's id. */
export async function measureGlucose({ client, clock }: Pick<Desk, "client" | "clock">): Promise<string> {
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id, visit, of: "glucose", context: { meal: "fasting" } });
  let ended = false;
  const over = (async () => {
    for await (const { kind } of await client.measure.watch({ id })) ended ||= kind === "ended";
  })();
  await advanceUntil(clock, () => ended, "the end of the measurement", 30_000);
  await over;
  await client.visit.leave({ visit, reason: "left" });
  return id;
}
