import { once } from "node:events";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join, resolve } from "node:path";
import { v7 as newId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import type { StationView } from "../../../core/contract/views.ts";
import { lineOverSocket, stationClient } from "../../../renderer/station.ts";
import { until } from "../fakes/clock.ts";
import { simulate } from "../fakes/pty.ts";
import { codeOf, tempFolder } from "../fakes/station.ts";
import { cuffId } from "./kit.ts";

const top = resolve(import.meta.dirname, "../../..");

/** Shell B in earnest, as a person starts it: its own process, a real terminal, its real door. */
async function inEarnest(port: string) {
  const arguments_ = [
    "station/loopback/main.ts",
    "--data",
    join(tempFolder(), "data"),
    "--device",
    `${cuffId}=${port}`,
  ];
  const child = spawn(process.execPath, arguments_, { cwd: top, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  let errors = "";
  child.stderr.on("data", (part) => (errors += String(part)));
  const [ready] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { host, hash } = new URL((JSON.parse(ready) as { readonly address: string }).address);
  const socket = new WebSocket(`ws://${host}/wire`, ["health-station", hash.slice("#token=".length)], {
    headers: { origin: `http://${host}` },
  });
  onTestFinished(() => socket.terminate());
  const line = lineOverSocket(socket as unknown as globalThis.WebSocket);
  socket.on("close", () => line.cut());
  await once(socket, "open");
  const client = stationClient(line);
  const seen: { view?: StationView } = {};
  void (async () => {
    for await (const view of await client.station.watch()) seen.view = view;
  })().catch(() => undefined);
  return { client, errors: () => errors, device: () => seen.view?.devices[0] };
}

test("a new station in earnest: blocked, then commissioned step by step by its first technician, then measuring", async () => {
  const cuff = await simulate(cuffId, { args: ["--speed", "4"] });
  const { client, errors, device } = await inEarnest(cuff.path);
  await until(() => device()?.state === "out", "out of use from the first moment");
  expect(device()).toMatchObject({ why: "gate.deviceNotReady", simulated: false });
  const measure = async () => {
    const [visit, id] = [newId(), newId()];
    await client.visit.open({ id: visit, who: { kind: "guest" } });
    return { visit, id, code: await codeOf(client.measure.start({ id, visit, of: "bloodPressure", context: {} })) };
  };
  const refused = await measure();
  expect(refused.code).toBe("gate.deviceNotReady");
  await client.visit.leave({ visit: refused.visit, reason: "left" });
  // A page that does not say so is taken for one that hangs.
  await client.visit.cleared({ visit: refused.visit });

  const code = await until(() => /setup code (\d{8})/.exec(errors())?.[1], "the setup code");
  expect(await client.technician.staff.list()).toEqual({ staff: [], setUp: true });
  const { session } = await client.technician.staff.setUp({ id: newId(), code, name: "样本技术员", pin: "280913" });
  const id = device()?.id ?? "";
  const wanting = async () => {
    for await (const { devices } of await client.quality.watch({ session }))
      return devices.find((each) => each.device === id)?.gate.conditions.map((each) => each.about ?? each.code);
    return undefined;
  };
  expect(await wanting()).toEqual(["certificateMissing", "staticPressure", "leakage", "notCleaned"]);

  const [today, nextYear] = [0, 300].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
  if (today === undefined || nextYear === undefined) throw new Error("no days");
  const certificate = { device: id, number: "样本-1", issuer: "样本·计量院", issued: today, validUntil: nextYear };
  const paper = { ...certificate, serialNumber: "SPECIMEN-7", items: ["示值"] };
  await client.quality.verification.record({ session, id: newId(), certificate: paper });
  expect(await wanting()).toEqual(["staticPressure", "leakage", "notCleaned"]);
  const reference = { name: "样本", serial: "1", certificate: "样本-2", validUntil: nextYear, errorLimit: 0.5 };
  const points = (["up", "down"] as const).flatMap((direction) =>
    [0, 50, 100, 150, 200, 250].map((at) => ({ direction, reference: at, shown: at + 1 })),
  );
  const check = (values: Parameters<typeof client.quality.calibration.record>[0]["values"]) =>
    client.quality.calibration.record({ session, id: newId(), device: id, reference, values });
  await check({ kind: "staticPressure", points });
  expect(await wanting()).toEqual(["leakage", "notCleaned"]);
  await check({ kind: "leakage", points: [{ from: 250, to: 246, withCuff: true }] });
  expect(await wanting()).toEqual(["notCleaned"]);
  expect(device()?.state).toBe("out");
  await client.quality.cleaning.record({ session, id: newId(), device: id });
  await until(() => device()?.state === "ready", "ready");

  const { id: measurement, code: started } = await measure();
  expect(started).toBeUndefined();
  const kinds: string[] = [];
  for await (const event of await client.measure.watch({ id: measurement })) {
    kinds.push(event.kind);
    if (event.kind === "confirm") await client.measure.confirm({ id: measurement, same: true });
  }
  expect([kinds.includes("accepted"), kinds.at(-1)]).toEqual([true, "ended"]);
});
