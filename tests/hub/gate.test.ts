import { expect, test } from "vitest";
import { Gate } from "../../hub/wire/gate.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("no more than so many are inside at once, everybody gets in, in the order of coming", async () => {
  const gate = new Gate(3);
  let inside = 0;
  let most = 0;
  const began: number[] = [];
  const work = async (nth: number) => {
    began.push(nth);
    inside += 1;
    most = Math.max(most, inside);
    await turn();
    inside -= 1;
    return nth;
  };
  const numbers = Array.from({ length: 20 }, (_, nth) => nth);
  expect(await Promise.all(numbers.map((nth) => gate.pass(() => work(nth))))).toEqual(numbers);
  expect(most).toBe(3);
  expect(began).toEqual(numbers);
});

test("who fails leaves their place to the next", async () => {
  const gate = new Gate(1);
  const first = gate.pass(() => Promise.reject(new Error("refused")));
  const second = gate.pass(() => Promise.resolve("in"));
  await expect(first).rejects.toThrow("refused");
  expect(await second).toBe("in");
});

test("what is due comes between two who wait", async () => {
  const gate = new Gate(1);
  const heard: string[] = [];
  const one = (name: string) => gate.pass(async () => void heard.push(name));
  const all = Promise.all([one("a"), one("b"), one("c")]);
  setImmediate(() => heard.push("due"));
  await all;
  expect(heard.indexOf("due")).toBeLessThan(heard.indexOf("c"));
});
