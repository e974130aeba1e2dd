import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { Sending } from "../../hub/wire/sending.ts";

/** What left together. */
function sink() {
  const left: string[] = [];
  const socket = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      left.push(chunk);
      done();
    },
    writev: (chunks, done) => {
      left.push(chunks.map(({ chunk }: { readonly chunk: unknown }) => String(chunk)).join("+"));
      done();
    },
  });
  return { left, socket };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("what is written in one turn leaves together, each socket's own in order", async () => {
  const sending = new Sending();
  const [a, b] = [sink(), sink()];
  for (const [{ socket }, text] of [
    [a, "1"],
    [b, "2"],
    [a, "3"],
  ] as const) {
    sending.hold(socket);
    socket.write(text);
  }
  expect([a.left, b.left]).toEqual([[], []]);
  await turn();
  expect([a.left, b.left]).toEqual([["1+3"], ["2"]]);
});

test("nothing stays behind in the next turn", async () => {
  const sending = new Sending();
  const { left, socket } = sink();
  for (const text of ["1", "2"]) {
    sending.hold(socket);
    socket.write(text);
    await turn();
  }
  expect(left).toEqual(["1", "2"]);
});
