import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SignalBody } from "../../../core/contract/views.ts";
import { createOutbox } from "../../../renderer/consult/outbox.ts";

const body = (generation: number): SignalBody => ({ kind: "restart", generation });

/** A line that is up or down; what came through it, with the ids it came under. */
function line() {
  const through: { generation: number; id: string }[] = [];
  const tried: string[] = [];
  const state = { up: true };
  const outbox = createOutbox(async (signal, id) => {
    tried.push(id);
    if (!state.up) throw new Error("down");
    if (signal.kind === "restart") through.push({ generation: signal.generation, id });
  });
  return { outbox, through, tried, state, numbers: () => through.map(({ generation }) => generation) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settled = () => vi.advanceTimersByTimeAsync(0);

test("what a dead line refused goes out in order, under the same ids, when it is back", async () => {
  const { outbox, state, numbers, tried, through } = line();
  state.up = false;
  outbox.push(body(1));
  outbox.push(body(2));
  await settled();
  expect(numbers()).toEqual([]);
  state.up = true;
  outbox.kick();
  await settled();
  expect(numbers()).toEqual([1, 2]);
  expect(tried[0]).toBe(through[0]?.id);
});

test("it tries again by itself after a second", async () => {
  const { outbox, state, numbers } = line();
  state.up = false;
  outbox.push(body(1));
  await settled();
  state.up = true;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(numbers()).toEqual([1]);
});

test("what was cleared is not sent", async () => {
  const { outbox, state, numbers } = line();
  state.up = false;
  outbox.push(body(1));
  await settled();
  outbox.clear();
  outbox.push(body(2));
  state.up = true;
  outbox.kick();
  await settled();
  expect(numbers()).toEqual([2]);
});

test("nothing is sent after close", async () => {
  const { outbox, state, numbers } = line();
  state.up = false;
  outbox.push(body(1));
  await settled();
  outbox.close();
  state.up = true;
  await vi.advanceTimersByTimeAsync(5_000);
  outbox.push(body(2));
  await settled();
  expect(numbers()).toEqual([]);
});
