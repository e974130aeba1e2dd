import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import type { IceServer } from "../../hub/ports/turn-issuer.ts";
import { fakeClock, type FakeClock } from "../hub/fake-clock.ts";
import { freeUdpPort } from "../hub/free-port.ts";
import { Town } from "../hub/parties.ts";
import { servePeerPage } from "./peer-stage.ts";

/**
 * A call that has nothing but the relay: a real coturn as shipped, except that it may reach this machine, and credentials as
 * the hub gives them to the two parties of a call.
 */
declare global {
  interface Window {
    readonly peers: readonly RTCPeerConnection[];
  }
}

const missing = spawnSync("turnserver", ["--version"]).error === undefined ? undefined : "there is no turnserver here";
const secret = "of the test";
const validMs = 15 * 60_000;
const renewMs = 10 * 60_000;

const folder = mkdtempSync(join(tmpdir(), "relay-e2e-"));
const relays: ChildProcess[] = [];
let stage: Awaited<ReturnType<typeof servePeerPage>>;

async function startRelay(port: number): Promise<ChildProcess> {
  const child = spawn(
    "turnserver",
    [
      ...["-c", resolve(import.meta.dirname, "../../resources/turnserver.conf")],
      ...["--allow-loopback-peers", "--allowed-peer-ip=127.0.0.1"],
      ...["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", `--listening-port=${port}`, "--no-tls", "--no-dtls"],
      ...["--realm=test", `--static-auth-secret=${secret}`, "--log-file=stdout"],
      ...[`--pidfile=${folder}/${port}.pid`, `--userdb=${folder}/${port}.db`],
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  relays.push(child);
  // It writes a first line when it begins; a page that asks too early asks again.
  await once(child.stdout, "data");
  child.stdout.resume();
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

test.beforeAll(async () => {
  if (missing === undefined) stage = await servePeerPage();
});
test.afterAll(async () => {
  await Promise.all(relays.map(kill));
  if (missing === undefined) await stage.close();
  rmSync(folder, { recursive: true, force: true });
});
test.skip(missing !== undefined, missing);

type Name = "desk" | "station";

const addressOf = (port: number): string => `turn:127.0.0.1:${port}?transport=udp`;

/** The two parties of one call at a hub, and each one's servers as the hub tells them. */
async function openCall(ports: readonly number[], clock: FakeClock) {
  const town = await Town.open({ turn: { urls: ports.map(addressOf), secret }, clock });
  const kiosk = (await (await town.station()).connect()).client;
  const doctor = (await (await town.person("li")).connect()).client;
  const call = uuidv7();
  await kiosk.queue.join({ call, visit: uuidv7(), shownName: "S* One", severity: 2 });
  await doctor.call.accept({ call });
  const told: Record<Name, readonly IceServer[]> = { desk: [], station: [] };
  const follow = async (name: Name, client: typeof kiosk) => {
    for await (const { iceServers } of await client.call.watch({ call })) told[name] = iceServers;
  };
  // Both end with the town.
  follow("desk", doctor).catch(() => undefined);
  follow("station", kiosk).catch(() => undefined);
  await expect.poll(() => told.desk.length * told.station.length).toBe(1);
  return { town, told };
}

async function relayOnly(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const peers: RTCPeerConnection[] = [];
    const Plain = window.RTCPeerConnection;
    class RelayOnly extends Plain {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: "relay" });
        peers.push(this);
      }
    }
    Object.assign(window, { peers, RTCPeerConnection: RelayOnly });
  });
  await page.goto(stage.address);
  await page.waitForFunction(() => "rig" in window);
}

const open = (page: Page, servers: Readonly<Record<Name, readonly IceServer[]>>) =>
  page.evaluate(async ({ desk, station }) => {
    await window.rig.open("station", true, station);
    await window.rig.open("desk", true, desk);
  }, servers);

/** What one of the two open connections, in the order of their making, has received. */
const bytes = (page: Page, end: 0 | 1) =>
  page.evaluate(async (index) => {
    const own = window.peers.filter((peer) => peer.connectionState !== "closed")[index];
    let total = 0;
    ((await own?.getStats()) ?? new Map<string, RTCStats>()).forEach((row: RTCStats & { bytesReceived?: number }) => {
      if (row.type === "inbound-rtp") total += row.bytesReceived ?? 0;
    });
    return total;
  }, end);

/** Media that arrives on both sides now, whichever connection carries it. */
async function flows(page: Page, timeout: number): Promise<void> {
  await Promise.all(
    ([0, 1] as const).map(async (end) => {
      let before = await bytes(page, end);
      await expect
        .poll(
          async () => {
            const now = await bytes(page, end);
            const more = now - before;
            before = now;
            return more;
          },
          { message: `media arrives at end ${end}`, timeout, intervals: [500] },
        )
        .toBeGreaterThan(500);
    }),
  );
}

/** Bytes that come to the first end in so many milliseconds. */
async function arrivesIn(page: Page, ms: number): Promise<number> {
  const before = await bytes(page, 0);
  await page.evaluate((later) => new Promise((passed) => setTimeout(passed, later)), ms);
  return (await bytes(page, 0)) - before;
}

/** Kinds of both ends of every pair of addresses that carries media. */
const ways = (page: Page) =>
  page.evaluate(async () => {
    const kinds = new Set<string>();
    for (const peer of window.peers) {
      const rows = new Map<string, Record<string, unknown>>();
      (await peer.getStats()).forEach((row: RTCStats) => rows.set(row.id, { ...row }));
      for (const row of rows.values())
        if (row.type === "candidate-pair" && row.state === "succeeded")
          for (const end of [row.localCandidateId, row.remoteCandidateId])
            kinds.add(String(rows.get(String(end))?.candidateType));
    }
    return [...kinds];
  });

/** The address of the relay that the first end's media goes through. */
const relayInUse = (page: Page) =>
  page.evaluate(async () => {
    const own = window.peers.find((peer) => peer.connectionState !== "closed");
    const rows = new Map<string, Record<string, unknown>>();
    ((await own?.getStats()) ?? new Map<string, RTCStats>()).forEach((row: RTCStats) => rows.set(row.id, { ...row }));
    const transport = [...rows.values()].find(({ type }) => type === "transport");
    const pair = rows.get(String(transport?.selectedCandidatePairId));
    return String(rows.get(String(pair?.localCandidateId))?.url);
  });

test("a call through the relay alone: it outlives the relay's death", async ({ page }) => {
  const port = await freeUdpPort();
  const relay = await startRelay(port);
  const { town, told } = await openCall([port], fakeClock(Date.now()));
  try {
    await relayOnly(page);
    const openedAt = performance.now();
    await open(page, told);
    await flows(page, 20_000);
    console.log(`relay: media after ${Math.round(performance.now() - openedAt)} ms (load ${loadavg()[0]?.toFixed(1)})`);
    expect(await ways(page)).toEqual(["relay"]);

    await kill(relay);
    expect(await arrivesIn(page, 2_000), "nothing comes without the relay").toBeLessThan(5_000);
    await startRelay(port);
    const againAt = performance.now();
    await flows(page, 60_000);
    console.log(`relay: killed; back ${Math.round(performance.now() - againAt)} ms after its return`);
    expect(await ways(page)).toEqual(["relay"]);
  } finally {
    await page.close();
    await town.end();
  }
});

test("where there are two relays, a call goes on without the one that died", async ({ page }) => {
  const ports = [await freeUdpPort(), await freeUdpPort()];
  const relays = new Map<string, ChildProcess>();
  for (const port of ports) relays.set(addressOf(port), await startRelay(port));
  const { town, told } = await openCall(ports, fakeClock(Date.now()));
  try {
    await relayOnly(page);
    await open(page, told);
    await flows(page, 20_000);
    const first = await relayInUse(page);
    const relay = relays.get(first);
    if (!relay) throw new Error(`${first} is none of the two`);

    await kill(relay);
    const killedAt = performance.now();
    await expect.poll(() => relayInUse(page), { timeout: 60_000, intervals: [200] }).not.toBe(first);
    await flows(page, 60_000);
    console.log(`relay: one of two killed; over the other after ${Math.round(performance.now() - killedAt)} ms`);
    expect([...relays.keys()]).toContain(await relayInUse(page));
  } finally {
    await page.close();
    await town.end();
  }
});

test("credentials that are renewed in the running call keep it beyond their end; old ones get nothing any more", async ({
  page,
  browser,
}) => {
  const port = await freeUdpPort();
  const relay = await startRelay(port);
  const leftMs = 12_000;
  // The hub's clock is behind, so that what it issues ends soon by the relay's.
  const clock = fakeClock(Date.now() + leftMs - validMs);
  const { town, told } = await openCall([port], clock);
  const unrenewed = await browser.newPage();
  try {
    const endsAt = performance.now() + leftMs;
    await Promise.all([relayOnly(page), relayOnly(unrenewed)]);
    await Promise.all([open(page, told), open(unrenewed, told)]);
    await Promise.all([flows(page, 20_000), flows(unrenewed, 20_000)]);
    const first = told.station[0]?.username;
    clock.advance(renewMs);
    await expect.poll(() => [told.desk, told.station].every(([one]) => one?.username !== first)).toBe(true);
    await page.evaluate(({ desk, station }) => {
      window.rig.setIceServers("desk", desk);
      window.rig.setIceServers("station", station);
    }, told);
    await expect.poll(() => performance.now(), { timeout: leftMs, intervals: [200] }).toBeGreaterThan(endsAt);
    await flows(page, 5_000);
    expect(await page.evaluate(() => window.rig.facts("station").restarts), "no new connection").toBe(1);

    // The relay itself grants ten minutes at once; one that has forgotten everything asks everybody again.
    await kill(relay);
    expect(await arrivesIn(page, 2_000), "nothing comes without the relay").toBeLessThan(5_000);
    await startRelay(port);
    await flows(page, 60_000);
    expect(await arrivesIn(unrenewed, 2_000), "old credentials get nothing").toBe(0);
  } finally {
    await unrenewed.close();
    await page.close();
    await town.end();
  }
});
