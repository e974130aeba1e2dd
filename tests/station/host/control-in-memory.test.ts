import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import type { Profile } from "../../../drivers/kit/index.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, follow, stationWith } from "../fakes/station.ts";

/** A meter that remembers what was put on its strips, control solution as well as blood. */
const meter = findProfile("lifescan-onetouch-ultra2")!;
const day = 86_400_000;

/** The meter with these records, the newest first: how old, and whether it was control solution. */
function remembering(...records: readonly { readonly agoMs: number; readonly control: boolean }[]): Profile {
  const scripted = meter.simulate.answers["askRecords"] ?? [];
  const [header, record] = scripted;
  if (header === undefined || record === undefined || !("send" in header) || !("send" in record))
    throw new Error("the script of the meter has changed");
  const lines = records.map(({ agoMs, control }, i) => ({
    ...record,
    values: { ...record.values, time: { agoMs }, mark: control ? " C" : " " },
    afterMs: 200 + 60 * i,
  }));
  const askRecords = [{ ...header, values: { ...header.values, count: records.length } }, ...lines];
  return { ...meter, simulate: { ...meter.simulate, answers: { ...meter.simulate.answers, askRecords } } };
}

async function measure(profile: Profile) {
  const { client, clock, channels, journal } = await stationWith([{ profile: meter.id, port: "/dev/meter" }]);
  simulated(channels.ports.get("/dev/meter")!, profile, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(30_000);
  await client.measure.start({ id, visit, of: "glucose", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 60_000);
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  return { events, accepted };
}

test("a control of another day in the memory is nobody's business", async () => {
  const { events, accepted } = await measure(
    remembering({ agoMs: 5_000, control: false }, { agoMs: day, control: true }, { agoMs: 2 * day, control: false }),
  );
  expect(accepted).toHaveLength(1);
  expect(events.filter(({ kind }) => kind === "fault")).toEqual([]);
  expect(events.at(-1)).toEqual({ kind: "ended", how: "finished" });
});

test("control solution put on the strip during the visit is told, and is no result", async () => {
  const { events, accepted } = await measure(
    remembering({ agoMs: 5_000, control: true }, { agoMs: day, control: false }),
  );
  expect(accepted).toEqual([]);
  expect(events).toContainEqual({ kind: "fault", code: "gate.control" });
});
