import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { createHmacTurn } from "../../hub/embedded/hmac-turn.ts";
import { fakeClock } from "./fake-clock.ts";
import { freeUdpPort } from "./free-port.ts";
import { Town, until } from "./parties.ts";
import { askRelay } from "./turn-client.ts";

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
  let open = 0;

  /** With both secrets, the new one and the one before. */
  async function relay(conf: readonly string[]): Promise<number> {
    const port = await freeUdpPort();
    const child = spawn(
      "turnserver",
      [
        ...conf,
        ...["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", `--listening-port=${port}`, "--no-tls", "--no-dtls"],
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
    shipped = await relay(["-c", resolve(import.meta.dirname, "../../resources/turnserver.conf")]);
    open = await relay(["-n", "--use-auth-secret", "--fingerprint", "--allow-loopback-peers"]);
  });
  afterAll(async () => {
    for (const { child } of relays) child.kill();
    await Promise.all(relays.map(({ over }) => over));
    rmSync(folder, { recursive: true, force: true });
  });

  const credentials = async (begunAt: number, secret?: string) =>
    (await issuerAt(begunAt, secret).iceServers(call(begunAt), "station"))[0] ?? {};

  test.each(["new", "before"])("credentials under the secret %s get a relay", async (secret) => {
    expect(await askRelay(shipped, await credentials(Date.now(), secret))).toEqual([0]);
  });

  test("expired credentials, and those under another secret, get none", async () => {
    expect(await askRelay(shipped, await credentials(Date.now() - minutes(16)))).toEqual([401]);
    expect(await askRelay(shipped, await credentials(Date.now(), "stranger's"))).toEqual([401]);
  });

  test.each(["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "192.168.1.1", "172.16.0.9", "0.0.0.0"])(
    "as shipped, nothing is relayed to %s",
    async (peer) => {
      expect(await askRelay(shipped, await credentials(Date.now()), [peer])).toEqual([0, 403]);
    },
  );

  test("the open network is allowed as shipped, and loopback where a test asks for it", async () => {
    expect(await askRelay(shipped, await credentials(Date.now()), ["9.9.9.9"])).toEqual([0, 0]);
    expect(await askRelay(open, await credentials(Date.now()), ["127.0.0.1"])).toEqual([0, 0]);
  });
});
