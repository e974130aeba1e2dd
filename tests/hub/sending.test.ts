import { expect, test } from "vitest";
import { Sending } from "../../hub/wire/sending.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("whoever gathers is told once, when the turn is over, in the order in which they began", async () => {
  const sending = new Sending();
  const left: string[] = [];
  for (const name of ["a", "b"]) sending.hold({ flush: () => left.push(name) });
  expect(left).toEqual([]);
  await turn();
  expect(left).toEqual(["a", "b"]);
});

test("nothing stays behind in the next turn", async () => {
  const sending = new Sending();
  const left: string[] = [];
  for (const name of ["1", "2"]) {
    sending.hold({ flush: () => left.push(name) });
    await turn();
  }
  expect(left).toEqual(["1", "2"]);
});
