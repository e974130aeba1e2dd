/**
 * A program of its own: sends malformed STUN, DTLS, SRTP and RTCP to ports until it is ended. One argument: JSON of
 * `DatagramOrder`. Prints how many it has sent, once a second.
 */
import { createSocket } from "node:dgram";
import { constants, setPriority } from "node:os";
import { randomOf } from "../random.ts";

export interface DatagramOrder {
  readonly to: readonly { readonly address: string; readonly port: number }[];
  /** Of streams that run there. */
  readonly ssrcs: readonly number[];
  readonly perSecond: number;
  readonly seed: number;
}

const { to, ssrcs, perSecond, seed } = JSON.parse(process.argv[2] ?? "") as DatagramOrder;
const random = randomOf(seed);
const below = (most: number) => Math.floor(random() * most);
const noise = (size: number) => Buffer.from(Array.from({ length: size }, () => below(256)));

/** A head of RFC 8489 before `body`; `said`: another length than it has. */
function stun(type: number, body: Buffer, said = body.length): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(said & 0xffff, 2);
  head.writeUInt32BE(0x2112a442, 4);
  noise(12).copy(head, 8);
  return Buffer.concat([head, body]);
}
function attribute(type: number, value: Buffer, said = value.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(said & 0xffff, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
function rtp(type: number, size: number): Buffer {
  const packet = noise(12 + size);
  packet[0] = 0x80;
  packet[1] = type;
  packet.writeUInt32BE((ssrcs[below(Math.max(1, ssrcs.length))] ?? below(2 ** 31)) >>> 0, type > 191 ? 4 : 8);
  return packet;
}

const kinds: readonly (() => Buffer)[] = [
  () => Buffer.alloc(0),
  () => noise(1 + below(1_200)),
  () => stun(below(0x4000), noise(below(60))),
  () => stun(1, noise(4), 65_535),
  () => stun(1, noise(9), 3),
  () => stun(1, Buffer.concat(Array.from({ length: 100 }, () => attribute(0x8000 | below(0x7fff), Buffer.alloc(4))))),
  // A user name that is none, an integrity that is wrong, a length that runs out of the packet.
  () => stun(1, Buffer.concat([attribute(6, Buffer.from("a:b")), attribute(8, noise(20))])),
  () => stun(1, attribute(6, noise(8), 60_000)),
  () => stun(0x101, attribute(0x20, noise(8))),
  // TURN: allocate, refresh, channel bind, send; and data of a channel that nobody bound.
  () => stun([3, 4, 9, 0x16][below(4)] ?? 3, Buffer.concat([attribute(0x19, Buffer.from([17, 0, 0, 0])), noise(8)])),
  () => Buffer.concat([Buffer.from([0x40, 1, 0xff, 0xff]), noise(20)]),
  // DTLS: a handshake record that lies about its length, and fragments of a hello that never ends.
  () => Buffer.concat([Buffer.from([22, 254, 253, 0, 0, 0, 0, 0, 0, 0, below(256), 0xff, 0xff]), noise(40)]),
  () =>
    Buffer.concat([
      Buffer.from([
        22,
        254,
        255,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        below(256),
        0,
        37,
        1,
        0,
        255,
        255,
        0,
        below(256),
        0,
        0,
        0,
        0,
        0,
        25,
      ]),
      noise(25),
    ]),
  () => Buffer.concat([Buffer.from([21, 254, 253, 0, 1, 0, 0, 0, 0, 0, 1, 0, 2]), Buffer.from([2, 0])]),
  // SRTP of a stream that is running, with a tag that is wrong; SRTCP the same; a head that says more than is there.
  () => rtp(111, 60 + below(100)),
  () => rtp(96, 900),
  () => rtp(200 + below(7), 40),
  () => {
    const packet = rtp(111, 4);
    packet[0] = 0xbf;
    return packet;
  },
];

setPriority(constants.priority.PRIORITY_LOW);
const socket = createSocket("udp4");
// What cannot be sent is nobody's fault.
socket.on("error", () => undefined);
let [sent, ready] = [0, 0];
const began = performance.now();
const everyMs = 5;
setInterval(() => {
  const due = Math.floor(((performance.now() - began) * perSecond) / 1_000);
  // Behind by more than a moment: it is not made good, or a pause of the machine would become a burst.
  ready = Math.max(ready, due - Math.ceil((perSecond * 4 * everyMs) / 1_000));
  for (; ready < due; ready += 1) {
    const target = to[below(to.length)];
    const make = kinds[below(kinds.length)];
    if (target && make) socket.send(make(), target.port, target.address);
    sent += 1;
  }
}, everyMs);
setInterval(() => process.stdout.write(`${sent}\n`), 1_000);
