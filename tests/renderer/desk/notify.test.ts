import { expect, test } from "vitest";
import { newlyUrgent, urgentNow } from "../../../renderer/desk/notify.ts";
import { calls, invitation, waitingRoom } from "./specimens.ts";

const quiet = { alarms: [], queue: [], invitations: [] };
const [urgent, second] = waitingRoom();
if (!urgent || !second) throw new Error("the specimens have no two waiting calls");

test("an urgent one is told once, and once more when it waits too long", () => {
  const onTime = urgentNow({ ...quiet, queue: [{ ...urgent, late: false }, second] });
  expect(onTime).toEqual([{ id: calls.first, kind: "urgent", place: "槐树村站" }]);
  const told = new Set(onTime.map(({ id }) => id));
  expect(newlyUrgent(told, onTime)).toEqual([]);
  expect(newlyUrgent(told, urgentNow({ ...quiet, queue: [urgent, second] }))).toEqual([
    { id: `${calls.first}-late`, kind: "late", place: "槐树村站" },
  ]);
});

test.each([
  ["one's own call", { mine: true }],
  ["one that was passed on", { declined: true }],
  ["one that is not urgent", { severity: 2 }],
])("%s is not told", (_, change) => {
  expect(urgentNow({ ...quiet, queue: [{ ...urgent, ...change }] })).toEqual([]);
});

test("no resident is named: who stands by reads along", () => {
  const alarm = { alarm: "a", visit: "v", reason: "asked", at: "", station: urgent.station } as const;
  const all = urgentNow({ alarms: [alarm], queue: [urgent], invitations: [invitation()] });
  expect(all.map(({ kind }) => kind)).toEqual(["alarm", "urgent", "late", "invitation"]);
  expect(JSON.stringify(all)).not.toMatch(/王|孙/u);
});
