import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { createHmacTurn } from "../../hub/embedded/hmac-turn.ts";
import { fakeClock } from "./fake-clock.ts";
import { flooding } from "./floods/flooding.ts";
import { freeUdpPort } from "./free-port.ts";
import { Town, until } from "./parties.ts";
import { allocate, askRelay, type Allocation } from "./turn-client.ts";

const minutes = (count: number) => count * 60_000;
const call = (begunAt: number) => ({ id: "c", begunAt });
const issuerAt = (now: number, secret = "new") =>
  createHmacTurn({ urls: ["turn:relay:3478"], secret, clock: { now: () => now } });

test("credentials last fifteen minutes, are the same until the tenth, and then others", async () => {
  const clock = fakeClock(minutes(60));
  const turn = createHmacTurn({ urls: ["turn:relay:3478"], secret: "new", clock });
  const of = () => turn.iceServers(call(minutes(60)), "station");
  const first = await of();
  expect(first).toEqual([
    { urls: ["turn:relay:3478"], username: "4500:station.c", credential: "87jnUbnaTXbirL/Fc9Asj55Up0E=" },
  ]);
  expect(turn.renewInMs(call(minutes(60)))).toBe(minutes(10));
  clock.advance(minutes(10) - 1);
  expect(await of()).toEqual(first);
  clock.advance(1);
  expect((await of())[0]?.username).toBe("5100:station.c");
  expect(turn.renewInMs(call(minutes(60)))).toBe(minutes(10));
});

test("a running call is told its new credentials by itself, and an ended one no more", async () => {
  const town = await Town.open({ turn: { urls: ["turn:relay:3478"], secret: "new" } });
  const kiosk = await (await town.station()).connect();
  const desk = await (await town.person("li")).connect();
  const id = uuidv7();
  await kiosk.client.queue.join({ call: id, visit: uuidv7(), shownName: "S", severity: 1 });
  const accepted = await desk.client.call.accept({ call: id });
  const seen = await kiosk.client.call.watch({ call: id });
  const first = await until(seen, (view) => view.iceServers.length > 0);
  town.clock.advance(minutes(10));
  const second = await until(seen, (view) => view.iceServers[0]?.username !== first.iceServers[0]?.username);
  const expiry = (view: typeof first) => Number(view.iceServers[0]?.username?.split(":")[0]);
  expect(expiry(second) - expiry(first)).toBe(600);
  expect(second.ticket).toBe(first.ticket);
  expect(accepted.iceServers[0]?.credential).not.toBe(first.iceServers[0]?.credential);
  await desk.client.call.hangUp({ call: id });
  expect(await until(seen, (view) => view.state === "finished")).toMatchObject({ iceServers: [] });
  await town.end();
});

const isThere = spawnSync("turnserver", ["--version"]).error === undefined;

describe.skipIf(!isThere)("at a real coturn (skipped where there is no turnserver)", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-turn-"));
  const relays: { readonly child: ChildProcess; readonly over: Promise<void> }[] = [];
  let shipped = 0;
  /** As shipped, and it finds its addresses itself. */
  let ofItself = 0;
  let floodable = 0;
  let open = 0;

  /** With both secrets, the new one and the one before. */
  async function relay(
    conf: readonly string[],
    relayIp: readonly string[] = ["--relay-ip=127.0.0.1"],
  ): Promise<number> {
    const port = await freeUdpPort();
    const child = spawn(
      "turnserver",
      [
        ...conf,
        ...relayIp,
        ...["--listening-ip=127.0.0.1", `--listening-port=${port}`, "--no-tls", "--no-dtls"],
        ...["--realm=test", "--static-auth-secret=new", "--static-auth-secret=before", "--log-file=stdout"],
        ...[`--pidfile=${folder}/${port}.pid`, `--userdb=${folder}/${port}.db`, "--no-cli"],
      ],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    relays.push({ child, over: new Promise((done) => child.once("close", () => done())) });
    child.stdout.resume();
    return port;
  }

  beforeAll(async () => {
    const conf = ["-c", resolve(import.meta.dirname, "../../resources/turnserver.conf")];
    shipped = await relay(conf);
    ofItself = await relay(conf, []);
    floodable = await relay([...conf, "--allow-loopback-peers", "--allowed-peer-ip=127.0.0.1"]);
    open = await relay(["-n", "--use-auth-secret", "--fingerprint", "--allow-loopback-peers"]);
  });
  afterAll(async () => {
    for (const { child } of relays) child.kill();
    await Promise.all(relays.map(({ over }) => over));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Of a call of its own: what others have open must not count against it. */
  const credentials = async (begunAt: number, secret?: string, id = uuidv7()) =>
    (await issuerAt(begunAt, secret).iceServers({ id, begunAt }, "station"))[0] ?? {};

  test.each(["new", "before"])("credentials under the secret %s get a relay", async (secret) => {
    expect(await askRelay(shipped, await credentials(Date.now(), secret))).toEqual([0]);
  });

  test("expired credentials, and those under another secret, get none", async () => {
    expect(await askRelay(shipped, await credentials(Date.now() - minutes(16)))).toEqual([401]);
    expect(await askRelay(shipped, await credentials(Date.now(), "stranger's"))).toEqual([401]);
  });

  const special = [
    ...["127.0.0.1", "127.255.255.254", "10.1.2.3", "169.254.169.254", "100.64.0.1", "192.168.1.1", "172.16.0.9"],
    ...["0.0.0.0", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"],
    ...["224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"],
  ];
  test.each(special)("as shipped, nothing is relayed to %s", async (peer) => {
    expect(await askRelay(shipped, await credentials(Date.now()), [peer])).toEqual([0, 403]);
  });

  /** The last four reach an IPv4 host in the clothes of an IPv6 one: mapped, translated, 6to4, Teredo. */
  const wide = [
    ...["::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "ff05::2", "100::1", "2001:db8::1"],
    ...["::ffff:7f00:1", "::ffff:a01:203", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"],
  ];
  test.each(wide)("as shipped, nothing is relayed to %s, over IPv4 or IPv6", async (peer) => {
    const [granted, permitted] = await askRelay(shipped, await credentials(Date.now()), [peer]);
    expect(granted).toBe(0);
    expect([403, 443]).toContain(permitted);
    const [wideGranted, widePermitted] = await askRelay(ofItself, await credentials(Date.now()), [peer], 6);
    expect(wideGranted === 440 || widePermitted === 403).toBe(true);
  });

  test("one user gets twelve relays of a thousand asked for, and leaves the others theirs", async () => {
    const mine = await credentials(Date.now());
    const codes: number[] = [];
    const open: Allocation[] = [];
    for (let nth = 0; nth < 1_000; nth += 1) {
      const allocation = await allocate(shipped, mine);
      codes.push(allocation.code);
      if (allocation.code === 0) open.push(allocation);
      else allocation.close();
    }
    expect(codes.filter((code) => code === 0)).toHaveLength(12);
    // 437: from a port of this machine that another test's relay is still known by.
    const refused = codes.filter((code) => code !== 0);
    expect(refused.filter((code) => code !== 486 && code !== 437)).toEqual([]);
    expect(refused).toContain(486);
    let others: readonly number[] = [437];
    for (let nth = 0; nth < 20 && others.includes(437); nth += 1)
      others = await askRelay(shipped, await credentials(Date.now()));
    expect(others).toEqual([0]);
    for (const each of open) each.close();
  });

  test("malformed and flooding STUN, TURN and media at the relay: what is relayed for others goes on", async () => {
    const talk = await allocate(floodable, await credentials(Date.now()));
    expect([talk.code, await talk.permit("127.0.0.1")]).toEqual([0, 0]);
    const peer = createSocket("udp4");
    await new Promise<void>((bound) => peer.bind(0, "127.0.0.1", () => bound()));
    /** What share of four seconds of voice comes through. */
    const share = async () => {
      const before = talk.heard();
      const began = performance.now();
      let sent = 0;
      while (sent < 200) {
        for (; sent < (performance.now() - began) / 20; sent += 1)
          peer.send(Buffer.alloc(80, sent & 255), talk.port, "127.0.0.1");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      return (talk.heard() - before) / sent;
    };
    const quiet = await share();
    const address = "127.0.0.1";
    // The peer is permitted by its host alone: what comes to the relayed port from here would be let through as its own.
    const flood = await flooding({ to: [{ address, port: floodable }], ssrcs: [], perSecond: 2_000, seed: 42 });
    const busy = await share();
    const sent = flood.sent();
    await flood.end();
    process.stdout.write(
      `relay flood: ${sent} datagrams; heard ${(100 * quiet).toFixed(1)} % in quiet, ${(100 * busy).toFixed(1)} % in flood\n`,
    );
    expect(sent).toBeGreaterThan(2_000);
    expect(quiet).toBeGreaterThan(0.97);
    expect(busy).toBeGreaterThan(0.97);
    expect(await askRelay(floodable, await credentials(Date.now()))).toEqual([0]);
    peer.close();
    talk.close();
  }, 60_000);

  test("the open network is allowed as shipped, and loopback where a test asks for it", async () => {
    expect(await askRelay(shipped, await credentials(Date.now()), ["9.9.9.9"])).toEqual([0, 0]);
    expect(await askRelay(open, await credentials(Date.now()), ["127.0.0.1"])).toEqual([0, 0]);
  });
});
