import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, follow, stationWith } from "../fakes/station.ts";
import { open } from "./kit.ts";

const meter = findProfile("sinocare-sn")!;

/** A meter said this, and the person was asked whether its display says the same. */
async function asked(options: Parameters<typeof simulated>[3]) {
  const place = await stationWith([{ profile: meter.id, port: "/dev/meter" }], { simulated: true });
  const used = simulated(place.channels.ports.get("/dev/meter")!, meter, place.clock, options);
  const visit = await open(place.client);
  const id = newId();
  await place.client.measure.start({ id, visit, of: "glucose", context: { meal: "random" } });
  const { events, over } = follow(place.client, id);
  await advanceUntil(
    place.clock,
    () => events.some((event) => event.kind === "phase" && event.phase === "waiting"),
    "waits",
  );
  used.press();
  await advanceUntil(place.clock, () => events.some(({ kind }) => kind === "confirm"), "confirm", 60_000);
  const raised = async () => (await place.journal()).flatMap((entry) => bodyOf(entry, "alarm.raised") ?? []);
  return { ...place, visit, id, over, raised };
}

test("who goes away from a sugar that is too high to be shown, and has not said that it is right, is looked for", async () => {
  const { clock, over, raised } = await asked({ fault: "hi" });
  let isOver = false;
  void over.then(() => (isOver = true));
  // A minute without a touch after the meter has ended, and twenty seconds to answer.
  await advanceUntil(clock, () => isOver, "the visit ends", 200_000);
  await expect.poll(raised, { timeout: 10_000 }).toHaveLength(1);
  expect(await raised()).toMatchObject([{ reason: "result", symptoms: [] }]);
});

test("the same for who leaves by the key; but nobody comes for a number like everybody's", async () => {
  const high = await asked({ fault: "hi" });
  await high.client.visit.leave({ visit: high.visit, reason: "left" });
  expect(await high.raised()).toMatchObject([{ reason: "result" }]);
  const usual = await asked({});
  await usual.client.visit.leave({ visit: usual.visit, reason: "left" });
  expect(await usual.raised()).toEqual([]);
});

test("a number that the display does not show was nobody's", async () => {
  const { client, id, visit, over, raised } = await asked({ fault: "hi" });
  await client.measure.confirm({ id, same: false });
  await over;
  await client.visit.leave({ visit, reason: "left" });
  expect(await raised()).toEqual([]);
});

test("an emergency that the page was told of, and called nobody for, is told at the end; once", async () => {
  const { client, id, visit, over, raised } = await asked({ fault: "hi" });
  await client.measure.confirm({ id, same: true });
  await over;
  await client.visit.leave({ visit, reason: "left" });
  expect((await raised()).length).toBe(1);
});

test("who was called for already is not called for again", async () => {
  const { client, id, visit, over, raised } = await asked({ fault: "hi" });
  await client.measure.confirm({ id, same: true });
  await over;
  await client.visit.alarm({ id: newId(), visit, reason: "result", symptoms: [] });
  await client.visit.alarmAnswered({ id: newId(), visit, how: "here" });
  await client.visit.leave({ visit, reason: "left" });
  expect((await raised()).length).toBe(1);
});
