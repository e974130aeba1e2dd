import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Signal } from "../../../core/contract/views.ts";
import { callUp, candidate, codeOf, desk, reading } from "./desk-kit.ts";

/** What pages say to each other through station and hub, over lines that are lost and rounds that end. */

test("a page that was reloaded hears the signals after the last it had", async () => {
  const at = await desk();
  const { call, signals } = await callUp(at);
  for (const text of ["one", "two", "three"]) at.it.hub.signal(call, candidate(text));
  await at.it.passing(() => signals.items.length === 3, "three signals");
  const again = reading<Signal>(at.page.signals({ call, after: 2 }));
  await at.it.passing(() => again.items.length === 1, "the third");
  expect(again.items[0]?.seq).toBe(3);
});

test("another doctor's round begins without the signals of the last one", async () => {
  const at = await desk();
  const { call, signals, last } = await callUp(at);
  at.it.hub.signal(call, candidate("old"));
  await at.it.passing(() => signals.items.length === 1, "heard");
  at.it.hub.show(call, { state: "interrupted", ticket: undefined, clinician: undefined });
  await at.it.passing(() => last()?.state === "interrupted", "interrupted");
  at.it.hub.show(call, { state: "ringing", ticket: "ticket-2", clinician: { id: "e", name: "Dr. Other" } });
  await at.it.passing(() => last()?.state === "ringing", "ringing");
  at.it.hub.signal(call, candidate("new"));
  const fresh = reading<Signal>(at.page.signals({ call, after: 0 }));
  await at.it.passing(() => fresh.items.length > 0, "heard");
  expect(fresh.items.map(({ seq }) => seq)).toEqual([2]);
});

test.each(["before", "after"] as const)(
  "a signal whose line is cut %s the hub has it arrives once, and before the next one",
  async (when) => {
    const at = await desk();
    const { call, last } = await callUp(at);
    at.it.hub.cutAt = { call: "signal", when };
    const id = randomUUID();
    expect(await codeOf(at.page.signal({ call, id, body: candidate("one") }))).toBeUndefined();
    await at.it.passing(() => last()?.lineDown === true, "line down");
    expect(await codeOf(at.page.signal({ call, body: candidate("lost") }))).toBe("consult.hubAway");
    at.it.hub.show(call, { ticket: "ticket-2" });
    await at.it.passing(() => at.link.state === "up" && last()?.lineDown === false, "up again");
    await at.it.passing(() => at.it.hub.asked.filter((asked) => asked === "signals").length === 2, "ticket there");
    // The page may not have heard that the station took it.
    expect(await codeOf(at.page.signal({ call, id, body: candidate("one") }))).toBeUndefined();
    expect(await codeOf(at.page.signal({ call, body: candidate("two") }))).toBeUndefined();
    const { fromStation } = at.it.hub.call(call);
    await at.it.passing(() => fromStation.length >= 2, "both arrived");
    expect(fromStation.map((body) => body.kind === "candidate" && body.candidate)).toEqual(["one", "two"]);
  },
);

test("a signal is known by the id the page gave it: again is once, equal with another id is two", async () => {
  const at = await desk();
  const { call } = await callUp(at);
  const [one, two] = [randomUUID(), randomUUID()];
  await at.page.signal({ call, id: one, body: candidate("same") });
  await at.page.signal({ call, id: one, body: candidate("same") });
  await at.page.signal({ call, id: two, body: candidate("same") });
  await at.page.signal({ call, body: candidate("last") });
  const { fromStation } = at.it.hub.call(call);
  const texts = () => fromStation.map((body) => body.kind === "candidate" && body.candidate);
  await at.it.passing(() => texts().includes("last"), "the last one");
  expect(texts()).toEqual(["same", "same", "last"]);
});

test.each([
  ["when a round ended", ["interrupted", "ringing"] as const],
  ["when another doctor took the call over while the line was away", ["ringing"] as const],
])("what the hub had not heard %s is not said to the next doctor", async (_when, states) => {
  const at = await desk();
  const { call, last } = await callUp(at);
  at.it.hub.cutAt = { call: "signal", when: "before" };
  await at.page.signal({ call, body: candidate("for the first") });
  await at.it.passing(() => last()?.lineDown === true, "line down");
  for (const state of states) {
    const taken = { round: 2, ticket: "ticket-2", clinician: { id: "e", name: "Dr. Other" } };
    at.it.hub.show(call, { state, ...(state === "ringing" ? taken : { ticket: undefined, clinician: undefined }) });
    const isHere = () => (state === "ringing" ? last()?.clinician?.id === "e" : last()?.state === state);
    await at.it.passing(() => isHere() && last()?.lineDown === false, state);
  }
  await at.page.signal({ call, body: candidate("for the second") });
  const { fromStation } = at.it.hub.call(call);
  await at.it.passing(() => fromStation.length > 0, "heard");
  expect(fromStation.map((body) => body.kind === "candidate" && body.candidate)).toEqual(["for the second"]);
});

test("a signal before a doctor has taken the call has nowhere to go", async () => {
  const at = await desk();
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  expect(await codeOf(at.page.signal({ call, body: candidate("early") }))).toBe("consult.hubAway");
  expect(at.it.hub.asked).not.toContain("signal");
});
