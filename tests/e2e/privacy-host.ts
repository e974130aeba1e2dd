import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { findProfile } from "../../drivers/find-profile.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import { systemClock } from "../../station/clock.ts";
import { createStation } from "../../station/host.ts";
import { silentLogger } from "../../station/log/logger.ts";
import { serveLoopback } from "../../station/loopback/serve.ts";
import { stationSettings } from "../../station/settings.ts";
import { FakeChannels, simulated } from "../station/fakes/channels.ts";

/**
 * A station of its own process, with the built page, a printer, and a card reader whose card can be changed: each line in is
 * the card to lay (`{"name","number"}`) or `{}` to take it away. `PAGES`: a folder of pages built elsewhere. Prints the page's
 * address when ready; ends with its input.
 */
const [known, printer] = [findProfile("id-card-reader-sdt"), findProfile("printer-escpos")];
if (known === undefined || printer === undefined) throw new Error("there are a card reader and a printer");
// A card that lies there is found at the first look: what is looked for here does not lie in the waiting.
const find = [{ send: "found", values: { iin: "00000000" }, afterMs: 5, times: [1, 100_000] }] as const;
const reader: Profile = {
  ...known,
  simulate: { ...known.simulate, answers: { ...known.simulate.answers, find } },
};
const folder = mkdtempSync(join(tmpdir(), "privacy-"));
const channels = new FakeChannels();
const port = channels.plug("/dev/card");
const lay = (card: Readonly<Record<string, string>>) =>
  simulated(port, reader, systemClock, "number" in card ? { values: { card }, speed: 100 } : { fault: "noCard" });
lay({});
simulated(channels.plug("/dev/printer"), printer, systemClock, { speed: 20 });

const started = await createStation({
  folder,
  key: new Uint8Array(32).fill(7),
  clock: systemClock,
  channels,
  log: silentLogger,
  specimenQuality: true,
  settings: stationSettings({
    program: "test",
    simulated: true,
    devices: [
      { profile: reader.id, port: "/dev/card" },
      { profile: printer.id, port: "/dev/printer" },
    ],
  }),
});
if (!started.ok) throw new Error(started.code);
const { station } = started;
const door = await serveLoopback({
  router: station.router,
  pages: process.env.PAGES ?? resolve(import.meta.dirname, "../../out/renderer"),
  port: 0,
  page: { here: () => station.pageHere(), gone: () => station.pageGone() },
  news: { bug: (call) => process.stderr.write(`bug in ${call}\n`), refused: () => {}, turnedAway: () => {} },
});
process.stdout.write(`${door.address}\n`);

for await (const line of createInterface({ input: process.stdin }))
  lay(JSON.parse(line) as Readonly<Record<string, string>>);
await door.close();
await station.close();
rmSync(folder, { recursive: true, force: true });
