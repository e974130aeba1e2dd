/** What is written to a fresh TCP connection of the hub's HTTP door, and is no request anybody may succeed with. */
export interface Malformed {
  readonly kind: string;
  readonly bytes: Buffer;
  /** Left unfinished on purpose: nobody waits for an answer. */
  readonly half?: boolean;
}
type Random = () => number;

const json = "content-type: application/json";
const below = (random: Random, most: number) => Math.floor(random() * most);
const oneOf = <T>(random: Random, all: readonly [T, ...T[]]): T => all[below(random, all.length)] ?? all[0];
const noise = (random: Random, bytes: number) => Buffer.from(Array.from({ length: bytes }, () => below(random, 256)));
const text = (...lines: readonly string[]) => Buffer.from(lines.join("\r\n"), "latin1");
const post = (body: string | Buffer, ...headers: readonly string[]): Buffer =>
  Buffer.concat([
    text("POST /api/sign-in HTTP/1.1", "host: h", "connection: close", ...headers, "", ""),
    Buffer.from(body),
  ]);
const sized = (body: string | Buffer, ...headers: readonly string[]) =>
  post(body, json, `content-length: ${Buffer.byteLength(body)}`, ...headers);
const get = (path: string, ...headers: readonly string[]) =>
  text(`GET ${path} HTTP/1.1`, "host: h", "connection: close", ...headers, "", "");
/** Would succeed if it were ever taken for a request of its own. */
const hidden = "GET /api/health HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n";

const kinds: readonly [string, (random: Random) => Buffer | { readonly half: Buffer }][] = [
  ["noise", (random) => Buffer.concat([noise(random, 1 + below(random, 400)), Buffer.from("\r\n\r\n")])],
  ["method", (random) => text(`${oneOf(random, ["G ET", "get", "BREW", "\u0001GET", "CONNECT"])} /x HTTP/1.1`, "", "")],
  ["version", (random) => text(`GET /x HTTP/${oneOf(random, ["9.9", "1.1.1", "x", "2.0", ""])}`, "host: h", "", "")],
  ["preface", () => text("PRI * HTTP/2.0", "", "SM", "", "")],
  [
    "line",
    (random) =>
      text(`GET ${"/a".repeat(4_000 + below(random, 9_000))} HTTP/1.1`, "host: h", "connection: close", "", ""),
  ],
  ["header too big", (random) => get("/x", `x: ${"y".repeat(17_000 + below(random, 60_000))}`)],
  [
    "too many headers",
    (random) => get("/x", ...Array.from({ length: 500 + below(random, 3_000) }, (_, n) => `x${n}: 1`)),
  ],
  ["bytes in a header", (random) => get("/x", `x: a${oneOf(random, ["\0", "\n b", "\r", "\u007f\n"])}b`)],
  ["no colon", () => get("/x", "this is no header")],
  ["two lengths", () => post("{}", json, "content-length: 2", "content-length: 40")],
  ["length and chunks", () => post(`0\r\n\r\n${hidden}`, json, "content-length: 5", "transfer-encoding: chunked")],
  [
    "chunks and length",
    () => post(`2\r\n{}\r\n0\r\n\r\n${hidden}`, "transfer-encoding: chunked", "content-length: 4", json),
  ],
  [
    "odd encodings",
    (random) =>
      post(
        hidden,
        json,
        `transfer-encoding: ${oneOf(random, ["xchunked", "chunked, identity", "\tchunked ,x", "identity, chunked, x"])}`,
      ),
  ],
  [
    "bad chunk",
    (random) =>
      post(
        `${oneOf(random, ["-1", "FFFFFFFFFFFFFFFFF", "zz", "0x2", "2;a\n"])}\r\n{}\r\n0\r\n\r\n`,
        json,
        "transfer-encoding: chunked",
      ),
  ],
  [
    "bad length",
    (random) =>
      post("{}", json, `content-length: ${oneOf(random, ["-1", "1e3", "99999999999999999999", "0x10", "two", " "])}`),
  ],
  ["body too big", (random) => sized(`{"account":"${"x".repeat(17_000 + below(random, 20_000))}"}`)],
  ["deep", () => sized(`${"[".repeat(7_000)}${"]".repeat(7_000)}`)],
  ["deep object", () => sized(`${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}`)],
  [
    "prototype",
    (random) => sized(`{"${oneOf(random, ["__proto__", "constructor"])}":{"prototype":{"role":"doctor"}},"account":1}`),
  ],
  ["twice the key", () => sized('{"account":1,"account":{},"password":[]}')],
  [
    "numbers",
    (random) => sized(`{"account":${oneOf(random, ["1e400", "-0", "1e-999", "9".repeat(300)])},"password":null}`),
  ],
  ["no JSON", (random) => sized(noise(random, 1 + below(random, 300)))],
  ["no UTF-8", () => sized(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))],
  [
    "other types",
    (random) =>
      post(
        "a=1",
        `content-type: ${oneOf(random, ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x", "application/json;charset=utf-7"])}`,
        "content-length: 3",
      ),
  ],
  [
    "wrong shape",
    (random) =>
      sized(
        oneOf(random, [
          "null",
          "[]",
          '"x"',
          "1",
          '{"account":{"$ne":1},"password":{"$ne":1}}',
          '{"account":"","password":""}',
        ]),
      ),
  ],
  [
    "wrong code",
    (random) =>
      Buffer.concat([
        text("POST /api/sign-in/code HTTP/1.1", "host: h", "connection: close", json, "content-length: 30", "", ""),
        Buffer.from(`{"step":"x","code":"${String(below(random, 1e6)).padStart(6, "0")}"}  `.slice(0, 30).padEnd(30)),
      ]),
  ],
  [
    "wrong enrolment",
    () =>
      Buffer.concat([
        text("POST /api/enrol HTTP/1.1", "host: h", "connection: close", json, "content-length: 12", "", ""),
        Buffer.from('{"code":"A"}'),
      ]),
  ],
  [
    "wrong code of a relative",
    (random) => {
      const code = JSON.stringify({ code: String(below(random, 1e9)).padStart(10, "0") });
      const length = `content-length: ${code.length}`;
      return text("POST /api/family HTTP/1.1", "host: h", "connection: close", json, length, "", code);
    },
  ],
  [
    "upgrade as a made-up relative",
    (random) =>
      get(
        "/family/wire",
        "connection: Upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
        `cookie: hub_guest=${noise(random, 32).toString("base64url")}`,
        "origin: http://h",
      ),
  ],
  [
    "traversal",
    (random) =>
      get(
        oneOf(random, [
          "/../../etc/passwd",
          "/assets/..%2f..%2fhub.key",
          "/assets/%00",
          "/%2e%2e/hub.db",
          "/assets/....//hub.key",
          "/%c0%ae%c0%ae/hub.db",
        ]),
      ),
  ],
  [
    "percent",
    (random) => get(oneOf(random, ["/%", "/%zz", "/api/%E0%A4%A", "/api/health%00", "/api/health/%2e%2e/%"])),
  ],
  ["absolute", () => text("GET http://evil.example/api/x HTTP/1.1", "host: evil.example", "connection: close", "", "")],
  [
    "unknown path",
    (random) =>
      get(
        oneOf(random, [
          "/call/watch",
          "/rpc/me/whoami",
          "/wire/me/whoami",
          "/api",
          "/api/",
          "/api/signing",
          "//api/x",
          "/.env",
        ]),
      ),
  ],
  [
    "unknown method",
    (random) =>
      text(
        `${oneOf(random, ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])} /api/sign-in HTTP/1.1`,
        "host: h",
        "connection: close",
        "",
        "",
      ),
  ],
  ["wire without upgrade", () => get("/wire")],
  [
    "upgrade without a name",
    () =>
      get(
        "/wire",
        "connection: Upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
      ),
  ],
  [
    "upgrade with a made-up name",
    (random) =>
      get(
        "/wire",
        "connection: Upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
        `cookie: hub_session=${noise(random, 32).toString("base64url")}`,
        "origin: http://h",
      ),
  ],
  [
    "upgrade with a made-up token",
    (random) =>
      get(
        "/wire",
        "connection: Upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
        `authorization: Bearer ${[20, 60, 64].map((size) => noise(random, size).toString("base64url")).join(".")}`,
      ),
  ],
  ["half a head", (random) => ({ half: get("/api/health").subarray(0, 4 + below(random, 30)) })],
  ["half a body", () => ({ half: post('{"acc', json, "content-length: 900") })],
];

export function malformedRequest(random: Random): Malformed {
  const [kind, make] = kinds[below(random, kinds.length)] ?? oneOf(random, [["noise", () => noise(random, 9)]]);
  const made = make(random);
  return "half" in made ? { kind, bytes: made.half, half: true } : { kind, bytes: made };
}
