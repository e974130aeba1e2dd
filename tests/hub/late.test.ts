import { expect, test } from "vitest";
import { Late, perTurn } from "../../hub/wire/late.ts";
import { Turns } from "../../hub/wire/turns.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A line whose clock the test moves. */
function line() {
  const heard: string[] = [];
  const timers: { at: number; wake: () => void }[] = [];
  const at = { now: 0, over: false, awake: 0 };
  const late = new Late({
    now: () => at.now,
    after: (ms, wake) => timers.push({ at: at.now + ms, wake }),
    awake: () => (at.awake += 1),
    take: (text) => heard.push(text ?? ""),
    isOver: () => at.over,
  });
  const goTo = (now: number) => {
    at.now = now;
    for (const timer of timers.splice(0)) {
      if (timer.at <= now) timer.wake();
      else timers.push(timer);
    }
  };
  return { late, heard, at, timers, goTo };
}

test("what is too much for one turn is heard in the next ones, a few in each, in order", async () => {
  const { late, heard } = line();
  const all = Array.from({ length: 2 * perTurn + 1 }, (_, n) => `${n}`);
  for (const text of all) late.add(text, 0);
  expect(heard).toEqual([]);
  await turn();
  expect(heard).toEqual(all.slice(0, perTurn));
  await turn();
  expect(heard).toEqual(all.slice(0, 2 * perTurn));
  await turn();
  expect(heard).toEqual(all);
  expect(late.isEmpty).toBe(true);
});

test("what came too fast is heard when it is due, and nothing that came later overtakes it", async () => {
  const { late, heard, goTo, at } = line();
  late.add("slow", 20);
  late.add("slower", 40);
  late.add("quick", 0);
  await turn();
  goTo(19);
  expect(heard).toEqual([]);
  goTo(20);
  expect(heard).toEqual(["slow"]);
  expect(at.awake).toBe(1);
  goTo(40);
  expect(heard).toEqual(["slow", "slower", "quick"]);
});

test("much that is due at once because the loop was held up still takes turns", async () => {
  const { late, heard, goTo } = line();
  for (let n = 0; n < 2 * perTurn; n += 1) late.add(`${n}`, n);
  await turn();
  goTo(10_000);
  expect(heard.length).toBeLessThanOrEqual(perTurn + 1);
  await turn();
  await turn();
  expect(heard).toHaveLength(2 * perTurn);
});

test("nothing of a line that has ended is heard", async () => {
  const { late, heard, at } = line();
  late.add("a", 0);
  late.add("b", 0);
  at.over = true;
  await turn();
  expect(heard).toEqual([]);
  expect(late.isEmpty).toBe(true);
});

test("a turn is counted only when the loop has gone round", async () => {
  const turns = new Turns();
  const first = turns.now;
  expect(turns.now).toBe(first);
  await turn();
  expect(turns.now).toBe(first + 1);
});
