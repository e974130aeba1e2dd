import type { Malformed } from "./requests.ts";

type Random = () => number;
const below = (random: Random, most: number) => Math.floor(random() * most);
const oneOf = <T>(random: Random, all: readonly [T, ...T[]]): T => all[below(random, all.length)] ?? all[0];
const noise = (random: Random, bytes: number) => Buffer.from(Array.from({ length: bytes }, () => below(random, 256)));

interface Head {
  /** First byte: FIN, three reserved bits, opcode. */
  readonly first: number;
  readonly masked?: boolean;
  /** Said length, where it is another than the payload's. */
  readonly said?: bigint;
}

/** One frame of RFC 6455, right or wrong as told. */
function frame({ first, masked = true, said }: Head, payload: Buffer | string, random: Random): Buffer {
  const body = Buffer.from(payload);
  const length = said ?? BigInt(body.length);
  const flag = masked ? 0x80 : 0;
  const wide = length > 0xffffn;
  const head = Buffer.alloc(length < 126n ? 2 : wide ? 10 : 4);
  head[0] = first;
  head[1] = flag | (length < 126n ? Number(length) : wide ? 127 : 126);
  if (wide) head.writeBigUInt64BE(length, 2);
  else if (length >= 126n) head.writeUInt16BE(Number(length), 2);
  if (!masked) return Buffer.concat([head, body]);
  const mask = noise(random, 4);
  return Buffer.concat([head, mask, body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

const say = (of: string | Buffer, random: Random) => frame({ first: 0x81 }, of, random);
const ask = (path: string, body: string, random: Random) => say(`{"i":"1","p":{"u":"${path}","b":${body}}}`, random);
const id = "00000000-0000-7000-8000-000000000000";

const kinds: readonly [string, (random: Random) => Buffer | { readonly half: Buffer }][] = [
  ["noise", (random) => Buffer.concat([Buffer.from([0xf3]), noise(random, 1 + below(random, 200))])],
  ["reserved bits", (random) => frame({ first: 0x81 | (0x10 << below(random, 3)) }, "{}", random)],
  [
    "reserved opcodes",
    (random) => frame({ first: 0x80 | oneOf(random, [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }, "{}", random),
  ],
  ["no mask", (random) => frame({ first: 0x81, masked: false }, "{}", random)],
  ["a length of 2^63", (random) => frame({ first: 0x81, said: 2n ** 63n }, "{}", random)],
  ["a length of 2^64-1", (random) => frame({ first: 0x82, said: 2n ** 64n - 1n }, "{}", random)],
  [
    "more than a page may",
    (random) => frame({ first: 0x81, said: 65_537n + BigInt(below(random, 1e9)) }, "{}", random),
  ],
  [
    "fragments that grow",
    (random) =>
      Buffer.concat([
        frame({ first: 0x01 }, "x".repeat(40_000), random),
        frame({ first: 0x00 }, "x".repeat(40_000), random),
      ]),
  ],
  ["a continuation of nothing", (random) => frame({ first: 0x80 }, "{}", random)],
  [
    "a beginning in a fragment",
    (random) => Buffer.concat([frame({ first: 0x01 }, "{", random), frame({ first: 0x81 }, "{}", random)]),
  ],
  ["a fragmented ping", (random) => frame({ first: 0x09 }, "x", random)],
  ["a ping that is too long", (random) => frame({ first: 0x89, said: 200n }, "x".repeat(200), random)],
  ["a deflate bomb", (random) => frame({ first: 0xc1 }, noise(random, 2_000), random)],
  ["no UTF-8", (random) => say(Buffer.from([0xc3, 0x28, 0xff, 0xfe, below(random, 256) | 0x80]), random)],
  ["a close code", (random) => frame({ first: 0x88 }, Buffer.from([0, below(random, 250)]), random)],
  ["a close of one byte", (random) => frame({ first: 0x88 }, Buffer.from([3]), random)],
  ["binary", (random) => frame({ first: 0x82 }, noise(random, 60), random)],
  ["no JSON", (random) => say(noise(random, 40).toString("latin1"), random)],
  [
    "no message",
    (random) =>
      say(
        oneOf(random, ["null", "[]", "1", "{}", '"x"', '{"i":1}', '{"i":"1","t":9}', '{"p":{"u":"/me/whoami"}}']),
        random,
      ),
  ],
  ["deep", (random) => say(`${"[".repeat(10_000)}${"]".repeat(10_000)}`, random)],
  ["deep in a call", (random) => ask("/call/watch", `{"json":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`, random)],
  [
    "prototypes",
    (random) =>
      ask("/call/watch", `{"json":{"__proto__":{"call":"${id}"},"constructor":{"prototype":{"x":1}}}}`, random),
  ],
  [
    "prototypes in the description of types",
    (random) =>
      ask("/call/watch", `{"json":{"call":"${id}"},"meta":[[1,"__proto__","polluted"],[3,"constructor"]]}`, random),
  ],
  [
    "numbers",
    (random) =>
      ask(
        "/blob/get",
        `{"json":{"blob":"${id}","offset":${oneOf(random, ["1e400", "-1", "-0.5", "9".repeat(200)])},"length":1}}`,
        random,
      ),
  ],
  [
    "a path to elsewhere",
    (random) =>
      ask(
        oneOf(random, [
          "/constructor",
          "/__proto__/x",
          "/call/__proto__",
          "/toString",
          "/call",
          "/call/watch/x",
          "/../me/whoami",
          "/me%2fwhoami",
          "/ME/WHOAMI",
        ]),
        '{"json":{}}',
        random,
      ),
  ],
  ["another method", (random) => say(`{"i":"1","p":{"u":"/me/whoami","m":"GET","b":{}}}`, random)],
  [
    "a bad argument",
    (random) =>
      ask(
        oneOf(random, ["/call/accept", "/opinion/sign", "/room/watch", "/prescription/sign", "/blob/begin"]),
        oneOf(random, ['{"json":{}}', '{"json":null}', '{"json":{"call":"x"}}', '{"json":[1]}', "{}"]),
        random,
      ),
  ],
  [
    "what a doctor may not",
    (random) =>
      ask(
        oneOf(random, ["/journal/held", "/queue/leave", "/alarm/raise", "/prescription/review"]),
        '{"json":{}}',
        random,
      ),
  ],
  ["half a frame", (random) => ({ half: say("x".repeat(300), random).subarray(0, 2 + below(random, 200)) })],
];

export function malformedFrame(random: Random): Malformed {
  const [kind, make] = kinds[below(random, kinds.length)] ?? oneOf(random, [["noise", () => noise(random, 9)]]);
  const made = make(random);
  return "half" in made ? { kind, bytes: made.half, half: true } : { kind, bytes: made };
}
