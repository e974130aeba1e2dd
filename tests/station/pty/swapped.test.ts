import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { createSimulator } from "../../../drivers/kit/index.ts";
import { serialChannels } from "../../../station/channels/serial.ts";
import { systemClock } from "../../../station/clock.ts";
import { until } from "../fakes/clock.ts";
import { codeOf, follow, startStation, tempFolder } from "../fakes/station.ts";
import { signIn } from "../technician/kit.ts";

/** Two meters of one model that tell who they are, on two real terminals, and hands that mix the cables up. */

const meter = findProfile("lifescan-onetouch-ultraeasy")!;
/** Each meter's serial number, and the only number it ever gives, in mg/dL. */
const units = { first: { serial: "AAA000001", glucose: 90 }, second: { serial: "BBB000002", glucose: 180 } } as const;
type Unit = keyof typeof units;

/** Plugs a meter in at a path. `moved`: bytes that passed. The answer's `pull` takes it out. */
async function plugIn(path: string, unit: Unit) {
  const inner = `${path}.${unit}`;
  const child = spawn("socat", [`PTY,rawer,link=${path}`, `PTY,rawer,link=${inner}`], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  await until(() => existsSync(path) && existsSync(inner), "both terminals");
  const opened = await serialChannels({ clock: systemClock, configured: [] }).open(inner, {
    baudRate: 9_600,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
  });
  if (!opened.ok) throw new Error(opened.code);
  const { serial, glucose } = units[unit];
  // Its clock shows the station's wall time.
  const wallOffsetMs = -new Date().getTimezoneOffset() * 60_000;
  const values = { serialNumber: { serial }, record: { glucose } };
  const simulator = createSimulator(meter, { values, wallOffsetMs, speed: 0.5 });
  let moved = 0;
  opened.channel.onBytes((bytes) => {
    moved += bytes.length;
    for (const { bytes: answer, afterMs } of simulator.hear(bytes, Date.now()))
      systemClock.after(afterMs, () => void opened.channel.write(answer));
  });
  return {
    moved: () => moved,
    pull: async () => {
      child.kill("SIGKILL");
      await ended;
      rmSync(path, { force: true });
      rmSync(inner, { force: true });
      await opened.channel.close();
    },
  };
}

async function stationWithTwo() {
  const folder = tempFolder();
  const ports = { left: join(folder, "left"), right: join(folder, "right") } as const;
  const idOf = (side: keyof typeof ports): string => `${meter.id}@${ports[side]}`;
  let plugged = [await plugIn(ports.left, "first"), await plugIn(ports.right, "second")] as const;
  const started = await startStation({
    clock: systemClock,
    channels: serialChannels({ clock: systemClock, configured: Object.values(ports) }),
    settings: { simulated: true, devices: Object.values(ports).map((port) => ({ profile: meter.id, port })) },
  });
  const { client, station } = started;
  const session = await signIn(client);
  const stateOf = (side: keyof typeof ports) => station.view().devices.find(({ id }) => id === idOf(side))?.state;
  const present = () => until(() => stateOf("left") !== "away" && stateOf("right") !== "away", "both there");
  await present();
  /** In a visit of its own, on the device of one side: the other one is out of use meanwhile. */
  const begin = async (side: keyof typeof ports) => {
    const other = side === "left" ? "right" : "left";
    const act = (device: string) => ({ id: newId(), session, device });
    await client.technician.devices.withdraw({ ...act(idOf(other)), reason: "样本" });
    const [visit, id] = [newId(), newId()];
    await client.visit.open({ id: visit, who: { kind: "guest" } });
    const openedAt = Date.now();
    // The meter counts whole seconds: its newest record must be of this visit.
    await until(() => Date.now() - openedAt > 1_100, "the visit is old enough");
    const refused = await codeOf(client.measure.start({ id, visit, of: "glucose", context: {} }));
    const { events, over } = refused === undefined ? follow(client, id) : { events: [], over: Promise.resolve([]) };
    const end = async (): Promise<string> => {
      await over;
      await client.visit.leave({ visit, reason: "left" });
      await client.technician.devices.restore(act(idOf(other)));
      const last = events.at(-1);
      return refused ?? (last?.kind === "ended" ? (last.code ?? last.how) : "none");
    };
    return { id, visit, events, end };
  };
  const swap = async (left: Unit, right: Unit): Promise<void> => {
    await Promise.all(plugged.map(({ pull }) => pull()));
    await until(() => stateOf("left") !== "ready" && stateOf("right") !== "ready", "both away");
    plugged = [await plugIn(ports.left, left), await plugIn(ports.right, right)];
    await present();
  };
  /** What ends it: a control run, which asks the meter who it is, and a technician who signs. */
  const putRight = async (side: keyof typeof ports): Promise<void> => {
    const id = newId();
    const lot = { device: idOf(side), analyte: "glucose", level: "L1", lot: "SPECIMEN-L1" } as const;
    await client.quality.control.start({ session, id, ...lot });
    for await (const event of await client.quality.control.watch({ session, id })) if (event.kind === "ended") break;
    await client.quality.release({ session, id: newId(), device: idOf(side), reason: "样本·放回原处" });
  };
  /** Every number that counted: which meter gave it, what it was, and in whose visit. */
  const counted = async () =>
    (await started.journal()).flatMap((entry) => {
      const body = bodyOf(entry, "measurement.accepted");
      if (body === undefined) return [];
      const [reading] = body.readings;
      return [{ serial: body.provenance.serialNumber, value: reading?.value, visits: [entry.visit, body.visit] }];
    });
  return { ...started, begin, swap, stateOf, putRight, counted, moved: () => plugged[0].moved() };
}

test("swapped at rest: neither gives a number until it is back in its place, tested, and signed for", async () => {
  const { begin, swap, stateOf, putRight, counted } = await stationWithTwo();
  const one = await begin("left");
  expect(await one.end()).toBe("finished");
  const two = await begin("right");
  expect(await two.end()).toBe("finished");

  await swap("second", "first");
  expect(await (await begin("left")).end()).toBe("gate.deviceNotReady");
  expect(await (await begin("right")).end()).toBe("gate.deviceNotReady");
  expect([stateOf("left"), stateOf("right")]).toEqual(["out", "out"]);

  await swap("first", "second");
  expect(stateOf("left")).toBe("out");
  await putRight("left");
  await until(() => stateOf("left") === "ready", "known again");
  const three = await begin("left");
  expect(await three.end()).toBe("finished");
  expect(await counted()).toEqual([
    { serial: "AAA000001", value: 90, visits: [one.visit, one.visit] },
    { serial: "BBB000002", value: 180, visits: [two.visit, two.visit] },
    { serial: "AAA000001", value: 90, visits: [three.visit, three.visit] },
  ]);
});

test("swapped while one measures: the measurement ends, and the other meter's number goes to nobody", async () => {
  const { begin, swap, counted, moved } = await stationWithTwo();
  const one = await begin("left");
  expect(await one.end()).toBe("finished");
  const before = moved();
  const cut = await begin("left");
  await until(() => moved() > before + 20, "in the middle of it");
  await swap("second", "first");
  expect(await cut.end()).toBe("device.unplugged");
  expect(await (await begin("left")).end()).toBe("gate.deviceNotReady");
  expect(await counted()).toEqual([{ serial: "AAA000001", value: 90, visits: [one.visit, one.visit] }]);
});
