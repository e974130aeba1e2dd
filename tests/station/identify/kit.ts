import { onTestFinished } from "vitest";
import { v7 as newId } from "uuid";
import type { Found, IdentifyEvent, Who } from "../../../core/contract/visit-parts.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import type { Profile } from "../../../drivers/kit/index.ts";
import type { StationParts } from "../../../station/station.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil, startStation, type StationClient } from "../fakes/station.ts";

export const reader = findProfile("id-card-reader-sdt")!;
export const scanner = findProfile("scanner-plain")!;
/** What stands on the simulated card. */
export const specimenCard = { name: "样本甲", number: "00000019500101001X" };
/** The whole of a scan, as the plain scanner sends it. */
export const scanned = (text: string): string => Buffer.from(`${text}\r`).toString("hex");

export interface ReadersRoom extends Awaited<ReturnType<typeof startStation>> {
  readonly clock: FakeClock;
  readonly channels: FakeChannels;
}

/** The card lies there for one reading, however long the station then looks for its holder while the clock goes on. */
const takenAfterOne: Profile = {
  ...reader,
  simulate: {
    ...reader.simulate,
    answers: {
      ...reader.simulate.answers,
      find: [
        { send: "notFound", values: {}, afterMs: 40, times: [1, 2] },
        { send: "found", values: { iin: "00000000" }, afterMs: 40, times: [3, 3] },
        { send: "notFound", values: {}, afterMs: 40, times: [4, 1_000] },
      ],
    },
  },
};

/**
 * A station with a card reader and a scanner. The card lies there from the third look on and stays; `card` says otherwise:
 * "taken" is taken away once it was read, false is none, all else is a fault of the reader.
 */
export async function readersRoom(
  more: Partial<Omit<StationParts, "settings">> & { readonly card?: string | false; readonly real?: boolean } = {},
): Promise<ReadersRoom> {
  const { card, real, ...parts } = more;
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const port = channels.plug("/dev/card");
  channels.plug("/dev/scanner");
  if (card === "taken") simulated(port, takenAfterOne, clock);
  else if (card !== false) simulated(port, reader, clock, card === undefined ? {} : { fault: card });
  const devices = [
    { profile: reader.id, port: "/dev/card" },
    { profile: scanner.id, port: "/dev/scanner" },
  ];
  const settings = { simulated: real !== true, devices };
  const started = await startStation({ clock, channels, specimenQuality: true, ...parts, settings });
  return { ...started, clock, channels };
}

export interface Listening {
  readonly events: IdentifyEvent[];
  readonly found: () => Found | undefined;
  readonly over: () => boolean;
  readonly leave: () => Promise<void>;
}

export async function listening(client: StationClient): Promise<Listening> {
  const events: IdentifyEvent[] = [];
  let over = false;
  const feed = await client.identify.listen();
  void (async () => {
    for await (const event of feed) events.push(event);
    over = true;
  })();
  const leave = async (): Promise<void> => {
    await feed.return(undefined);
  };
  onTestFinished(leave);
  return {
    events,
    found: () => events.flatMap((event) => (event.kind === "found" ? [event.found] : [])).at(-1),
    over: () => over,
    leave,
  };
}

/** The card is laid and read; who left it there takes it and lays it down again. */
export async function byCard({ client, clock, channels }: ReadersRoom): Promise<Found> {
  const heard = await listening(client);
  const lies = (): boolean => heard.events.at(-1)?.kind === "left";
  await advanceUntil(clock, () => heard.found() !== undefined || lies(), "the card is looked at", 20_000);
  const port = channels.ports.get("/dev/card");
  if (heard.found() === undefined && port !== undefined) {
    simulated(port, reader, clock, { fault: "noCard" });
    await advanceUntil(clock, () => !lies(), "the card is taken", 20_000);
    simulated(port, reader, clock);
  }
  const found = await advanceUntil(clock, heard.found, "the card is recognized", 20_000);
  await heard.leave();
  return found;
}

export const as = (
  found: Found,
  consents: Record<string, boolean> = { keep: true, send: true },
  sign?: string,
): Who => ({ kind: "found", token: found.token, consents, way: "touch", ...(sign === undefined ? {} : { sign }) });

/** Comes by card and agrees to everything that is asked. */
export async function comes(room: ReadersRoom, consents?: Record<string, boolean>) {
  const found = await byCard(room);
  const id = newId();
  return { found, id, view: await room.client.visit.open({ id, who: as(found, consents) }) };
}
