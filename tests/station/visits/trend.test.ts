import { expect, test } from "vitest";
import { trendOf } from "../../../station/visits/trend.ts";
import { aResident, codedBy, joined, newFolder, newId, registered, storeIn, VisitStory } from "../store/kit.ts";

const host = { role: "station", id: "host" };

test("numbers of a joined record, and of a visit that was claimed, say that they are", async () => {
  const store = await storeIn(newFolder());
  const [one, other] = [aResident("样本甲"), aResident("样本乙")];
  const [own, theirs, nameless] = [new VisitStory(one.id), new VisitStory(other.id), new VisitStory(null)];
  const kept = await store.append([
    registered(one),
    registered(other),
    ...[own, theirs, nameless].flatMap((story, day) => [
      story.opened(),
      story.accepted(story.pressure(120 + day, 80, `2026-01-0${String(day + 1)}T00:05:00.000Z`)),
      story.closed(),
    ]),
    codedBy(nameless.visit),
    {
      id: newId(),
      actor: host,
      subject: null,
      visit: null,
      type: "visit.resolved",
      body: { visit: nameless.visit, resident: one.id },
    },
    {
      id: newId(),
      actor: host,
      subject: one.id,
      visit: null,
      type: "visit.claimed",
      body: { visit: nameless.visit, mine: true },
    },
    joined(newId(), one.id, other.id),
  ]);
  expect(kept.ok).toBe(true);
  const points = await trendOf(store, one.id, "bloodPressure");
  expect(points.map(({ origin, readings }) => [origin, readings[0]?.value])).toEqual([
    ["own", 120],
    ["joined", 121],
    ["claimed", 122],
  ]);
  expect((await trendOf(store, other.id, "bloodPressure")).map(({ origin }) => origin)).toEqual([
    "joined",
    "own",
    "claimed",
  ]);
});
