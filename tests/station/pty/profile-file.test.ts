import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { serialChannels } from "../../../station/channels/serial.ts";
import { systemClock } from "../../../station/clock.ts";
import { until } from "../fakes/clock.ts";
import { simulate } from "../fakes/pty.ts";
import { deviceState, follow, startStation } from "../fakes/station.ts";
import { signIn } from "../technician/kit.ts";

/** A device without code: its profile is a JSON file that no build has ever seen. */
const file = join(import.meta.dirname, "../../drivers/profiles-as-json/toledo-continuous.json");
const text = readFileSync(file, "utf8");
const id = (JSON.parse(text) as { readonly id: string }).id;

async function stationWithScale() {
  const device = await simulate(file);
  const channels = serialChannels({ clock: systemClock, configured: [device.path] });
  const started = await startStation({ clock: systemClock, channels, settings: { devices: [], simulated: true } });
  const session = await signIn(started.client);
  const assign = () =>
    started.client.technician.devices.assign({ id: newId(), session, port: device.path, profile: id, settings: {} });
  return { ...started, device, session, assign };
}

test("a JSON file put into the folder of a running station, a port assigned: it measures", async () => {
  const { client, folder, station, device, session, assign, journal } = await stationWithScale();
  await expect(assign()).rejects.toMatchObject({ data: { code: "technician.noProfile" } });
  writeFileSync(join(folder, "profiles", "scale.json"), text);
  for await (const view of await client.technician.devices.watch({ session }))
    if (view.profiles.some((each) => each.id === id)) break;
  await assign();
  await until(() => deviceState(station.view(), id) === "ready", "ready");

  const [visit, measurement] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id: measurement, visit, of: "body", context: {} });
  const { events, over } = follow(client, measurement);
  await until(() => events.some(({ kind }) => kind === "confirm"), "a weight to compare with the display", 15_000);
  await client.measure.confirm({ id: measurement, same: true });
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "finished" });

  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted.map(({ of, readings, provenance }) => [of, readings, provenance.profile, provenance.port])).toEqual([
    ["body", [{ quantity: "body.weight", value: 72.4, unit: "kg" }], id, device.path],
  ]);
});

test("a technician adds it from the page; the file taken away leaves the device out of use, with the reason", async () => {
  const { client, folder, station, session, assign } = await stationWithScale();
  const add = (content: string) =>
    client.technician.devices.addProfile({ id: newId(), session, file: "scale.json", text: content });
  const refused = await add(text.replace('"per"', "").replace('"kg"', '"stone"'));
  expect(refused).toMatchObject({
    kept: false,
    refused: { file: "scale.json", problems: [{ path: expect.stringContaining("weight") as string }] },
  });
  expect(await add(text)).toEqual({ kept: true, profile: id });
  await assign();
  await until(() => deviceState(station.view(), id) === "ready", "ready");
  rmSync(join(folder, "profiles", "scale.json"));
  await until(() => deviceState(station.view(), id) === "out", "out of use");
  expect(station.view().devices.find((each) => each.profile === id)?.why).toBe("technician.noProfile");
});
