import { createHash, createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";

/** As much of RFC 8656 as shows what a relay allows: allocate, then ask to reach a peer. Answers the relay's error codes. */
const magic = 0x2112a442;
const methods = { allocate: 0x003, permission: 0x008 } as const;
const attributes = {
  username: 0x06,
  integrity: 0x08,
  error: 0x09,
  peer: 0x12,
  realm: 0x14,
  nonce: 0x15,
  transport: 0x19,
};

interface Answer {
  /** 0: granted. */
  readonly code: number;
  readonly realm?: Buffer;
  readonly nonce?: Buffer;
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function message(method: number, body: Buffer, key: Buffer | undefined): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(method, 0);
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2);
  head.writeUInt32BE(magic, 4);
  randomBytes(12).copy(head, 8);
  const plain = Buffer.concat([head, body]);
  if (!key) return plain;
  return Buffer.concat([plain, attribute(attributes.integrity, createHmac("sha1", key).update(plain).digest())]);
}

function answerOf(data: Buffer): Answer {
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= data.length;) {
    const length = data.readUInt16BE(at + 2);
    found.set(data.readUInt16BE(at), data.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  const error = found.get(attributes.error);
  const [realm, nonce] = [found.get(attributes.realm), found.get(attributes.nonce)];
  const isError = (data.readUInt16BE(0) & 0x0110) === 0x0110;
  const code = isError && error ? (error[2] ?? 0) * 100 + (error[3] ?? 0) : 0;
  return { code, ...(realm ? { realm } : {}), ...(nonce ? { nonce } : {}) };
}

export interface Credentials {
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

/** Code of the allocation, then of the permission for each peer (0: granted); peers are not asked for without an allocation. */
export async function askRelay(
  port: number,
  { username = "", credential = "" }: Credentials,
  peers: readonly string[] = [],
): Promise<readonly number[]> {
  const socket = createSocket("udp4");
  await new Promise<void>((bound) => socket.bind(0, "127.0.0.1", () => bound()));
  const ask = (method: number, body: Buffer, key?: Buffer) =>
    new Promise<Answer>((answer) => {
      const text = message(method, body, key);
      const again = setInterval(() => socket.send(text, port, "127.0.0.1"), 300);
      socket.once("message", (data) => {
        clearInterval(again);
        answer(answerOf(data));
      });
      socket.send(text, port, "127.0.0.1");
    });
  try {
    const transport = attribute(attributes.transport, Buffer.from([17, 0, 0, 0]));
    const first = await ask(methods.allocate, transport);
    const { realm = Buffer.alloc(0), nonce = Buffer.alloc(0) } = first;
    const key = createHash("md5").update(`${username}:${realm.toString()}:${credential}`).digest();
    const who = Buffer.concat([
      attribute(attributes.username, Buffer.from(username)),
      attribute(attributes.realm, realm),
      attribute(attributes.nonce, nonce),
    ]);
    const allocated = await ask(methods.allocate, Buffer.concat([transport, who]), key);
    const codes = [allocated.code];
    if (allocated.code !== 0) return codes;
    for (const peer of peers) {
      const address = Buffer.alloc(8);
      address[1] = 1;
      address.writeUInt16BE(9 ^ (magic >>> 16), 2);
      const bytes = Buffer.from(peer.split(".").map(Number));
      address.writeUInt32BE((bytes.readUInt32BE(0) ^ magic) >>> 0, 4);
      codes.push((await ask(methods.permission, Buffer.concat([attribute(attributes.peer, address), who]), key)).code);
    }
    return codes;
  } finally {
    socket.close();
  }
}
