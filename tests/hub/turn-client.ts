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
  relayed: 0x16,
  realm: 0x14,
  nonce: 0x15,
  transport: 0x19,
};

interface Answer {
  /** 0: granted. */
  readonly code: number;
  readonly realm?: Buffer;
  readonly nonce?: Buffer;
  readonly relayed?: Buffer;
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function message(method: number, body: Buffer, key: Buffer | undefined, id: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(method, 0);
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2);
  head.writeUInt32BE(magic, 4);
  id.copy(head, 8);
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
  const relayed = found.get(attributes.relayed);
  return { code, ...(realm ? { realm } : {}), ...(nonce ? { nonce } : {}), ...(relayed ? { relayed } : {}) };
}

export interface Credentials {
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

/** One allocation, or the refusal of one. */
export interface Allocation {
  /** 0: granted. */
  readonly code: number;
  /** Where peers reach it. */
  readonly port: number;
  /** Asks to be reached by this peer, IPv4 or IPv6; 0: granted. */
  permit(peer: string): Promise<number>;
  /** Datagrams of peers so far. */
  readonly heard: () => number;
  close(): void;
}

/** `family`: of the relayed address; absent: not asked for. */
export async function allocate(
  port: number,
  { username = "", credential = "" }: Credentials,
  family?: 4 | 6,
): Promise<Allocation> {
  const socket = createSocket("udp4");
  await new Promise<void>((bound) => socket.bind(0, "127.0.0.1", () => bound()));
  let heard = 0;
  const waiting = new Map<string, (data: Buffer) => void>();
  socket.on("message", (data) => {
    // A peer's datagram comes as an indication.
    if (data.readUInt16BE(0) === 0x0017) heard += 1;
    waiting.get(data.toString("hex", 8, 20))?.(data);
  });
  const ask = (method: number, body: Buffer, key?: Buffer, own = randomBytes(12)) =>
    new Promise<Answer>((answer) => {
      const text = message(method, body, key, own);
      const id = own.toString("hex");
      const again = setInterval(() => socket.send(text, port, "127.0.0.1"), 300);
      waiting.set(id, (data) => {
        clearInterval(again);
        waiting.delete(id);
        answer(answerOf(data));
      });
      socket.send(text, port, "127.0.0.1");
    });
  const wanted = family === undefined ? Buffer.alloc(0) : attribute(0x17, Buffer.from([family === 4 ? 1 : 2, 0, 0, 0]));
  const transport = Buffer.concat([attribute(attributes.transport, Buffer.from([17, 0, 0, 0])), wanted]);
  const { realm = Buffer.alloc(0), nonce = Buffer.alloc(0) } = await ask(methods.allocate, transport);
  const key = createHash("md5").update(`${username}:${realm.toString()}:${credential}`).digest();
  const who = Buffer.concat([
    attribute(attributes.username, Buffer.from(username)),
    attribute(attributes.realm, realm),
    attribute(attributes.nonce, nonce),
  ]);
  const { code, relayed } = await ask(methods.allocate, Buffer.concat([transport, who]), key);
  return {
    code,
    port: relayed === undefined ? 0 : relayed.readUInt16BE(2) ^ (magic >>> 16),
    permit: async (peer) => {
      const own = randomBytes(12);
      const body = Buffer.concat([attribute(attributes.peer, addressOf(peer, own)), who]);
      return (await ask(methods.permission, body, key, own)).code;
    },
    heard: () => heard,
    close: () => socket.close(),
  };
}

/** A peer's address at port 9 as an attribute writes it (RFC 8489 §14.2). */
function addressOf(peer: string, id: Buffer): Buffer {
  const parts = peer.includes(":") ? ipv6Bytes(peer) : peer.split(".").map(Number);
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(magic, 0);
  id.copy(mask, 4);
  const address = Buffer.from([
    0,
    parts.length === 4 ? 1 : 2,
    0,
    0,
    ...parts.map((byte, at) => byte ^ (mask[at] ?? 0)),
  ]);
  address.writeUInt16BE(9 ^ (magic >>> 16), 2);
  return address;
}

/** Sixteen bytes of an address in groups, with or without `::`. */
function ipv6Bytes(address: string): readonly number[] {
  const [head = "", tail] = address.split("::");
  const groups = (part: string) =>
    part
      .split(":")
      .filter(Boolean)
      .map((group) => parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return all.flatMap((group) => [group >> 8, group & 255]);
}

/** Code of the allocation, then of the permission for each peer (0: granted); peers are not asked for without an allocation. */
export async function askRelay(
  port: number,
  credentials: Credentials,
  peers: readonly string[] = [],
  family?: 4 | 6,
): Promise<readonly number[]> {
  const allocation = await allocate(port, credentials, family);
  try {
    const codes = [allocation.code];
    if (allocation.code !== 0) return codes;
    for (const peer of peers) codes.push(await allocation.permit(peer));
    return codes;
  } finally {
    allocation.close();
  }
}
