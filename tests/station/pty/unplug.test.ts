import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { Channel } from "../../../station/channels/channel.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { createSimulator } from "../../../drivers/kit/index.ts";
import { seededRandom } from "../../../drivers/kit/sample.ts";
import { serialChannels } from "../../../station/channels/serial.ts";
import { systemClock } from "../../../station/clock.ts";
import { until } from "../fakes/clock.ts";
import { codeOf, deviceState, follow, startStation, tempFolder } from "../fakes/station.ts";

/**
 * The plug is pulled after every byte of a session, in seeded order, over real pseudo-terminals: the device must be back
 * within two seconds of coming back, no number may stand with another measurement, and no handle may be left.
 * Full count in CI; fewer at the desk, where somebody waits. `UNPLUGS` says how many.
 */
const unplugs = Number(process.env["UNPLUGS"] ?? (process.env["CI"] === undefined ? 80 : 1_000));
const lanes = 8;
const backWithinMs = 2_000;

const kinds = [
  { profile: "raycome-rbp-9000c", of: "bloodPressure" },
  { profile: "lifescan-onetouch-ultraeasy", of: "glucose" },
] as const;

/** Two terminals back to back and the device's end of them, played here so that bytes can be counted. */
async function plugIn(folder: string, profileId: string, cutAfter: number, seed: number) {
  const profile = findProfile(profileId);
  if (profile === undefined) throw new Error(`no profile ${profileId}`);
  const [host, device] = [join(folder, "host"), join(folder, "device")];
  const child: ChildProcess = spawn("socat", [`PTY,rawer,link=${host}`, `PTY,rawer,link=${device}`], {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await until(() => existsSync(host) && existsSync(device), "both terminals");
  const opened = await serialChannels({ clock: systemClock, configured: [] }).open(device, {
    baudRate: 9_600,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
  });
  if (!opened.ok) throw new Error(opened.code);
  const { channel }: { readonly channel: Channel } = opened;
  let moved = 0;
  let out: Promise<void> | undefined;
  const pull = (): Promise<void> => {
    out ??= (async () => {
      child.kill("SIGKILL");
      await ended;
      rmSync(host, { force: true });
      rmSync(device, { force: true });
      await channel.close();
    })();
    return out;
  };
  const simulator = createSimulator(profile, { speed: 40, seed, wallOffsetMs: 0 });
  const pass = (count: number): boolean => {
    moved += count;
    if (moved >= cutAfter) void pull();
    return moved < cutAfter;
  };
  channel.onBytes((bytes) => {
    if (!pass(bytes.length)) return;
    for (const { bytes: answer, afterMs } of simulator.hear(bytes, Date.now()))
      systemClock.after(afterMs, () => {
        // The last bytes before the pull go out one by one: the cut falls inside frames as often as between them.
        const room = Math.max(0, Math.min(answer.length, cutAfter - moved));
        if (out === undefined && room > 0) void channel.write(answer.subarray(0, room)).then(() => pass(answer.length));
      });
  });
  return { host, pull, moved: () => moved };
}

const openHandles = (): number => readdirSync("/proc/self/fd").length;

/** One lane: a station of its own whose only device is pulled out again and again. */
async function lane(index: number): Promise<{ readonly rounds: number; readonly late: readonly number[] }> {
  const kind = kinds[index % kinds.length] as (typeof kinds)[number];
  const folder = tempFolder();
  const path = join(folder, "host");
  const random = seededRandom(1_000 + index);
  const { client, station, journal } = await startStation({
    clock: systemClock,
    channels: serialChannels({ clock: systemClock, configured: [path] }),
    settings: { devices: [{ profile: kind.profile, port: path }], simulated: true },
  });
  const late: number[] = [];
  const outcomes = new Map<string, string>();
  const rounds = Math.ceil(unplugs / lanes);
  for (let round = 0; round < rounds; round++) {
    const cutAfter = 1 + ((round * lanes + index + Math.floor(random() * 7)) % 420);
    const plugged = await plugIn(folder, kind.profile, cutAfter, round + 1);
    const since = Date.now();
    await until(() => deviceState(station.view(), kind.profile) === "ready", "ready after coming back", 10_000);
    late.push(Date.now() - since);
    const [visit, id] = [newId(), newId()];
    await client.visit.open({ id: visit, who: { kind: "guest" } });
    const refused = await codeOf(client.measure.start({ id, visit, of: kind.of, context: {} }));
    if (refused === undefined) {
      const { events, over } = follow(client, id);
      const asks = (): boolean => events.some(({ kind: what }) => what === "confirm" || what === "ended");
      await until(asks, "an end", 30_000);
      if (events.some(({ kind: what }) => what === "confirm")) await codeOf(client.measure.confirm({ id, same: true }));
      await over;
      const end = events.at(-1);
      outcomes.set(id, end?.kind === "ended" ? `${end.how} ${end.code ?? ""}` : "none");
    } else {
      // The stop that was still owed used up this round's bytes: it was pulled out before anybody could start.
      expect(["device.portMissing", "device.busy"]).toContain(refused);
    }
    await plugged.pull();
    await until(() => deviceState(station.view(), kind.profile) === "away", "away", 10_000);
  }
  for (const entry of await journal()) {
    const body = bodyOf(entry, "measurement.accepted");
    if (body === undefined) continue;
    expect([body.of, body.visit === entry.visit, outcomes.get(body.id)?.startsWith("finished")]).toEqual([
      kind.of,
      true,
      true,
    ]);
  }
  const ends = new Set([...outcomes.values()].map((end) => end.split(" ")[1]));
  for (const code of ends)
    expect(["", "device.unplugged", "device.silent", "device.noRecord", "gate.stale"]).toContain(code);
  return { rounds, late };
}

test(`unplugged at every byte of a session, ${unplugs} times`, { timeout: 900_000 }, async () => {
  const before = openHandles();
  const told = await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  const late = told.flatMap((each) => each.late).sort((a, b) => a - b);
  const count = told.reduce((sum, { rounds }) => sum + rounds, 0);
  console.log(
    `unplugged ${count} times: back after ${late[Math.floor(late.length / 2)] ?? 0} ms (median), ${late.at(-1) ?? 0} ms (longest)`,
  );
  expect(count).toBeGreaterThanOrEqual(unplugs);
  expect(late.at(-1)).toBeLessThan(backWithinMs);
  await until(() => openHandles() <= before + 2, "every handle given back", 10_000);
});
