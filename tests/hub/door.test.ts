import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { v7 as uuidv7 } from "uuid";
import { codeOf, openLine, opinionWish, PersonParty, StationParty, Town, until, UpgradeRefused } from "./parties.ts";
import { messageBytes } from "../../core/contract/hub.ts";
import { fakeClock } from "./fake-clock.ts";

let town: Town;
beforeEach(async () => {
  town = await Town.open();
});
afterEach(() => town.end());

const statusOf = async (line: Promise<unknown>) => {
  try {
    await line;
    return 101;
  } catch (error) {
    if (error instanceof UpgradeRefused) return error.status;
    throw error;
  }
};

test("nobody gets a socket without credentials", async () => {
  expect(await statusOf(openLine(town.hub.address, {}))).toBe(401);
});

test("only /wire speaks WebSocket", async () => {
  const station = await town.station();
  const socket = new WebSocket(`${town.hub.address.replace("http", "ws")}/other`, {
    headers: { authorization: `Bearer ${await station.token()}` },
  });
  const status = await new Promise((resolve) => {
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.on("error", () => {});
  });
  expect(status).toBe(404);
  socket.terminate();
});

const strangerKey = generateKeyPairSync("ed25519").privateKey;
const tokens: readonly {
  readonly name: string;
  readonly make: (station: StationParty) => Promise<string>;
  readonly status: number;
}[] = [
  { name: "a good one", make: (station) => station.token(), status: 101 },
  { name: "a clock that is 20 s behind", make: (station) => station.token({ ageSeconds: 80 }), status: 101 },
  { name: "another audience", make: (station) => station.token({ aud: "elsewhere" }), status: 401 },
  { name: "an expired one", make: (station) => station.token({ ageSeconds: 200 }), status: 401 },
  { name: "one that lives too long", make: (station) => station.token({ seconds: 3_600 }), status: 401 },
  { name: "one from the future", make: (station) => station.token({ ageSeconds: -300 }), status: 401 },
  { name: "another's key", make: (station) => station.token({ key: strangerKey }), status: 401 },
  { name: "a station nobody enrolled", make: (station) => station.token({ iss: uuidv7() }), status: 401 },
  {
    name: "no signature",
    make: async (station) => `${(await station.token()).split(".").slice(0, 2).join(".")}.`,
    status: 401,
  },
  { name: "noise", make: async () => "a.b.c", status: 401 },
];
test.each(tokens)("station token, $name: $status", async ({ make, status }) => {
  const station = await town.station();
  const line = openLine(town.hub.address, { authorization: `Bearer ${await make(station)}` });
  expect(await statusOf(line)).toBe(status);
});

const origins = [
  { name: "the hub's own", origin: (address: string) => address, status: 101 },
  { name: "another site", origin: () => "http://evil.example", status: 401 },
  { name: "the same host on another port", origin: () => "http://127.0.0.1:1", status: 401 },
  { name: "the opaque one", origin: () => "null", status: 401 },
  { name: "none at all", origin: () => undefined, status: 401 },
] as const;
test.each(origins)("a doctor's session with origin $name: $status", async ({ origin, status }) => {
  const doctor = await town.person("li");
  const from = origin(town.hub.address);
  expect(
    await statusOf(
      openLine(town.hub.address, { cookie: doctor.cookie, ...(from === undefined ? {} : { origin: from }) }),
    ),
  ).toBe(status);
});

test("a station behind a foreign origin is refused, too", async () => {
  const station = await town.station();
  expect(
    await statusOf(
      openLine(town.hub.address, { authorization: `Bearer ${await station.token()}`, origin: "http://evil.example" }),
    ),
  ).toBe(401);
});

test("a made-up session is refused", async () => {
  expect(await statusOf(openLine(town.hub.address, { cookie: "hub_session=abc", origin: town.hub.address }))).toBe(401);
});

test("an enrolment code works once, and again only for the very same station", async () => {
  const code = await town.hub.newEnrolCode();
  const first = new StationParty(town, "first");
  const second = new StationParty(town, "second");
  const answers = [
    await first.enrol("AAAA-BBBB-CCCC"),
    await first.enrol(code),
    await second.enrol(code),
    await first.enrol(` ${code.toLowerCase()} `),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([409, 200, 409, 200]);
  expect(await answers[1]?.json()).toEqual({ hub: town.hub.id, hubPublicKey: town.hub.publicKey });
  expect(await answers[2]?.json()).toEqual({ code: "station.enrolCode" });
  expect(await statusOf(first.connect())).toBe(101);
  expect(await statusOf(second.connect())).toBe(401);
});

test("a station's key is not replaced by another code", async () => {
  const station = await town.station();
  const code = await town.hub.newEnrolCode();
  const taken = await town.post("/api/enrol", {
    code,
    station: station.id,
    name: "X",
    place: "Y",
    publicKey: new StationParty(town, "x").publicKey,
  });
  expect(taken.status).toBe(409);
});

test("an enrolment code ends after a day", async () => {
  const code = await town.hub.newEnrolCode();
  town.clock.advance(24 * 3_600_000);
  expect((await new StationParty(town, "late").enrol(code)).status).toBe(409);
});

test("sign-in answers name, role and end, and a cookie no script can read", async () => {
  const doctor = await town.person("li");
  const response = await doctor.signIn();
  expect(await response.json()).toEqual({ name: "Dr li", role: "doctor", expiresAt: "2026-03-02T08:30:00.000Z" });
  expect(response.headers.get("set-cookie")).toMatch(
    /^hub_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  );
});

test("after five wrong passwords the door stays shut for a while, also for the right one", async () => {
  const doctor = await town.person("li");
  const wrong = () => town.post("/api/sign-in", { account: "li", password: "guess" });
  const statuses: number[] = [];
  for (let nth = 0; nth < 6; nth += 1) statuses.push((await wrong()).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  const shut = await doctor.signIn();
  expect([shut.status, await shut.json()]).toEqual([429, { code: "account.tooMany" }]);
  town.clock.advance(30_000);
  expect((await doctor.signIn()).status).toBe(200);
});

test("tries that run side by side are counted from their beginning", async () => {
  await town.person("li");
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => town.post("/api/sign-in", { account: "li", password: "guess" })),
  );
  expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5);
});

test("an unknown account is answered as a wrong password", async () => {
  const answer = await town.post("/api/sign-in", { account: "nobody", password: "guess" });
  expect([answer.status, await answer.json()]).toEqual([401, { code: "account.wrong" }]);
});

test("no password, token or typed name reaches the log or the journal", async () => {
  const doctor = await town.person("li");
  await town.post("/api/sign-in", { account: "canary-account", password: "canary-password" });
  await town.post("/api/sign-in", { account: "li", password: "canary-password" });
  await town.post("/api/sign-in", { account: ["canary-shape"], password: "canary-password" });
  const code = await town.hub.newEnrolCode();
  await town.post("/api/enrol", {
    code: "CANARY-CODE",
    station: "x",
    name: "canary-name",
    place: "",
    publicKey: "canary-key",
  });
  const line = await doctor.connect();
  await codeOf(
    line.client.opinion.sign(
      opinionWish(uuidv7(), {
        soap: { subjective: "", objective: "", assessment: "canary-text", plan: "canary-plan" },
      }),
    ),
  );
  await line.client.me.whoami();
  const kept = town.log.join("") + JSON.stringify(town.hub.journal.entriesAfter(0, 1_000));
  expect(kept).toContain("signInRefused");
  expect(kept).not.toMatch(/canary/i);
  for (const secret of [doctor.password, doctor.cookie.slice(12), code]) expect(kept).not.toContain(secret);
});

test("a session slides with use, ends by itself after half an hour, and its socket with it", async () => {
  const doctor = await town.person("li");
  const line = await doctor.connect();
  town.clock.advance(29 * 60_000);
  expect((await line.client.me.whoami()).expiresAt).toBe("2026-03-02T08:59:00.000Z");
  town.clock.advance(30 * 60_000);
  expect(await codeOf(line.client.me.whoami())).toBe("account.signedOut");
  expect(await statusOf(doctor.connect())).toBe(401);
});

test("a session ends after twelve hours however busy", async () => {
  const doctor = await town.person("li");
  const line = await doctor.connect();
  for (let nth = 0; nth < 35; nth += 1) {
    town.clock.advance(20 * 60_000);
    await line.client.me.whoami();
  }
  expect((await line.client.me.whoami()).expiresAt).toBe("2026-03-02T20:00:00.000Z");
  town.clock.advance(20 * 60_000);
  expect(await codeOf(line.client.me.whoami())).toBe("account.signedOut");
});

test("a demonstration session ends with the demonstration", async () => {
  await town.stop();
  await town.start({ demo: true });
  const { account = "", password = "", secret = "" } = town.hub.demo[0] ?? {};
  const doctor = new PersonParty(town, "demo", account, password, secret);
  expect((await doctor.signIn()).status).toBe(200);
  expect(await statusOf(doctor.connect())).toBe(101);
  await town.stop();
  await town.start();
  expect(await statusOf(doctor.connect())).toBe(401);
});

test("signing out closes the socket of the session", async () => {
  const doctor = await town.person("li");
  const line = await doctor.connect();
  await town.post("/api/sign-out", {}, { cookie: doctor.cookie, origin: town.hub.address });
  expect(await line.closed).toBe(4401);
  expect(await statusOf(doctor.connect())).toBe(401);
});

test("a form of another site can neither sign in nor sign out", async () => {
  const doctor = await town.person("li");
  const out = await town.post("/api/sign-out", {}, { cookie: doctor.cookie, origin: "http://evil.example" });
  expect([out.status, await out.json()]).toEqual([403, { code: "wire.forbidden" }]);
  expect(await statusOf(doctor.connect())).toBe(101);
});

test("a station's newer socket replaces its older one without the station being away", async () => {
  const station = await town.station();
  const older = await station.connect();
  const changes: boolean[] = [];
  town.hub.parts.presence.onChange((_line, here) => changes.push(here));
  const newer = await station.connect();
  expect(await older.closed).toBe(4409);
  expect((await newer.client.journal.held()).seq).toBe(0);
  expect(changes).toEqual([]);
});

const messages: readonly { readonly name: string; readonly data: string | Buffer; readonly close: number }[] = [
  { name: "no JSON", data: "{", close: 1007 },
  { name: "JSON that is no message", data: "null", close: 1007 },
  { name: "a message without a path", data: '{"i":"1"}', close: 1007 },
  { name: "a message without a number", data: '{"p":{"u":"/me/whoami","b":{}}}', close: 1007 },
  { name: "a path to elsewhere", data: '{"i":"1","p":{"u":"http://evil.example/","b":{}}}', close: 1007 },
  { name: "binary", data: Buffer.from([1, 2, 255, 3]), close: 1007 },
  {
    name: "an oversized one",
    data: JSON.stringify({ i: "1", p: { u: "/me/whoami", b: "x".repeat(messageBytes.page) } }),
    close: 1009,
  },
];
test.each(messages)("a socket that sends $name is closed, others are not", async ({ data, close }) => {
  const doctor = await town.person("li");
  const other = await doctor.connect();
  const line = await doctor.connect();
  line.socket.send(data);
  expect(await line.closed).toBe(close);
  expect((await other.client.me.whoami()).id).toBe(doctor.id);
});

test("an unknown call, and a call with bad input, get an answer", async () => {
  const line = await (await town.person("li")).connect();
  const heard: string[] = [];
  line.socket.on("message", (data: Buffer) => heard.push(data.toString("utf8")));
  line.socket.send('{"i":"901","p":{"u":"/constructor/call","b":{"json":{}}}}');
  line.socket.send('{"i":"902","p":{"u":"/queue/__proto__","b":{"json":{}}}}');
  expect(await codeOf(line.client.call.accept({ call: "no uuid" }))).toBe("wire.badInput");
  expect(await codeOf(line.client.call.accept({ call: uuidv7(), more: 1 } as never))).toBe("wire.badInput");
  expect(heard.filter((text) => text.includes('"s":404'))).toHaveLength(2);
});

test("leaving a feed ends it at the hub and leaves the line as it was", async () => {
  const line = await (await town.person("li")).connect();
  const feed = await line.client.queue.watch();
  await feed.next();
  await feed.return(undefined);
  expect((await line.client.me.whoami()).role).toBe("doctor");
  // Many more than a connection may have open at once: each was really left.
  for (let nth = 0; nth < 100; nth += 1) {
    const again = await line.client.queue.watch();
    await again.next();
    await again.return(undefined);
  }
  expect((await line.client.me.whoami()).role).toBe("doctor");
});

test("the hub ends while feeds are open, and nothing goes wrong by it", async () => {
  const station = await town.station();
  const kiosk = await station.connect();
  const desk = await (await town.person("li")).connect();
  const queue = await desk.client.queue.watch();
  await queue.next();
  const inbox = await kiosk.client.journal.inbox({ after: 0 });
  await town.stop();
  await Promise.all([desk.closed, kiosk.closed]);
  await inbox.return(undefined).catch(() => undefined);
  expect(town.log.filter((line) => line.includes("Failed"))).toEqual([]);
});

test("a page is read at fifty messages a second and a flood ends its socket", async () => {
  const doctor = await town.person("li");
  const brisk = await doctor.connect();
  const started = performance.now();
  // Fifty at once are free, the thirty after them take their time; none is lost.
  for (let nth = 0; nth < 80; nth += 1) await brisk.client.me.whoami();
  expect(performance.now() - started).toBeGreaterThan(500);
  const flood = await doctor.connect();
  for (let nth = 0; nth < 400; nth += 1) flood.socket.send(`{"i":"${nth}","p":{"u":"/me/whoami","b":{}}}`);
  expect(await flood.closed).toBe(1008);
  expect((await brisk.client.me.whoami()).id).toBe(doctor.id);
});

test("a batch of journal entries up to a mebibyte fits through a station's socket", async () => {
  const station = await town.station();
  const line = await station.connect();
  const fill = "y".repeat(messageBytes.station - 4_096);
  station.write({
    id: uuidv7(),
    type: "device.faulted",
    actor: { role: "station", id: "s" },
    subject: null,
    visit: null,
    body: { device: "d", code: "c", detail: fill },
  });
  expect((await line.client.journal.ship(station.shipment())).seq).toBe(1);
});

test("in a call a silent line is given up within four seconds, outside within a minute", async () => {
  await town.stop();
  const lines = fakeClock();
  await town.start({ lines });
  const station = await town.station();
  const doctor = await town.person("li");
  const desk = await doctor.connect();
  const kiosk = await station.connect();
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit: "v", shownName: "S", severity: 0 });
  // A frozen program: its socket is open, its pongs do not come.
  kiosk.socket.pong = () => {};
  (kiosk.socket as unknown as { _autoPong: boolean })._autoPong = false;
  const step = async (seconds: number) => {
    for (let nth = 0; nth < seconds; nth += 1) {
      lines.advance(1_000);
      // The doctor's answer to the ping has come back when a call sent after it is answered.
      await desk.client.me.whoami();
    }
  };
  await step(10);
  expect(town.hub.parts.presence.isHere(`station:${station.id}`)).toBe(true);
  await desk.client.call.accept({ call });
  const seen = await desk.client.call.watch({ call });
  await step(4);
  // That a line is gone is seen at once, what it means for the call a moment later.
  expect(await until(seen, (view) => view.state === "reconnecting")).toMatchObject({ peer: "away" });
  expect(town.hub.parts.presence.isHere(`person:${doctor.id}`)).toBe(true);
});

test("the page and its answers carry strict headers", async () => {
  const response = await fetch(`${town.hub.address}/api/health`);
  expect(await response.json()).toEqual({ ok: true, hub: town.hub.id, now: "2026-03-02T08:00:00.000Z" });
  expect(response.headers.get("content-security-policy")).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  );
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("only a hub whose people are invented says so", async () => {
  const health = async () => (await (await fetch(`${town.hub.address}/api/health`)).json()) as unknown;
  expect(await health()).not.toHaveProperty("demo");
  await town.stop();
  await town.start({ demo: true });
  expect(await health()).toMatchObject({ demo: true });
});
