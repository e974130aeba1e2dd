import { expect, test } from "vitest";
import { serialChannels } from "../../../station/channels/serial.ts";
import { systemClock } from "../../../station/clock.ts";
import { until } from "../fakes/clock.ts";
import { simulate } from "../fakes/pty.ts";
import { startStation } from "../fakes/station.ts";
import { listening } from "../identify/kit.ts";

const reader = "id-card-reader-sdt";
const lies = { args: ["--fault", "lies", "--speed", "10"] };

test("over a terminal, a card that was read is not seen again until it was lifted", { timeout: 30_000 }, async () => {
  const first = await simulate(reader, lies);
  const { client } = await startStation({
    clock: systemClock,
    channels: serialChannels({ clock: systemClock, configured: [first.path] }),
    settings: { devices: [{ profile: reader, port: first.path }], simulated: true },
  });
  const one = await listening(client);
  await until(() => one.found() !== undefined, "the card is read", 15_000);
  await one.leave();
  const next = await listening(client);
  await until(() => next.events.some((event) => event.kind === "waiting" && event.lift === true), "lift it", 10_000);
  expect(next.found()).toBeUndefined();
  await first.unplug();
  await simulate(reader, { ...lies, path: first.path });
  await until(() => next.found() !== undefined, "laid down again", 15_000);
  expect(next.found()).toMatchObject({ shownName: "样*甲" });
});
