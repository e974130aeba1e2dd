import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { fromHex } from "../../../drivers/kit/index.ts";
import { createLogger } from "../../../station/log/logger.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { codeOf, startStation } from "../fakes/station.ts";
import { as, scanned } from "../identify/kit.ts";
import { planted, secretsIn, type Planted } from "./planted.ts";

/** Alternating residents with planted secrets, at a real host with a real store: what is left of them when they have left. */
const visits = Number(process.env.PRIVACY_VISITS ?? 200);

const profiles = { card: "id-card-reader-sdt", scanner: "scanner-plain", printer: "printer-escpos" } as const;

async function openPlace() {
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const logged: string[] = [];
  const log = createLogger({ level: "debug", to: { write: (line) => void logged.push(line) } });
  const devices = Object.entries(profiles).map(([name, profile]) => ({ profile, port: `/dev/${name}` }));
  for (const { port } of devices) channels.plug(port);
  const started = await startStation({ clock, channels, log, settings: { simulated: true, devices } });
  const port = (name: keyof typeof profiles) => {
    const found = channels.ports.get(`/dev/${name}`);
    if (found === undefined) throw new Error(`nothing is plugged for ${name}`);
    return found;
  };
  const profileOf = (name: keyof typeof profiles) => {
    const found = findProfile(profiles[name]);
    if (found === undefined) throw new Error(`no profile for ${name}`);
    return found;
  };
  const lay = (name: "card" | "printer", values: Readonly<Record<string, string>> = {}) =>
    simulated(port(name), profileOf(name), clock, name === "card" ? { values: { card: values } } : {});
  lay("printer");
  const takeCard = () => simulated(port("card"), profileOf("card"), clock, { fault: "noCard" });
  takeCard();
  return { ...started, clock, logged, port, lay, takeCard };
}
type Place = Awaited<ReturnType<typeof openPlace>>;

async function until<T>({ clock }: Place, fact: () => T | undefined | false, what: string): Promise<T> {
  for (let turn = 0; turn < 400; turn++) {
    const found = fact();
    if (found !== undefined && found !== false) return found;
    await clock.advance(100);
    // The disk takes real time.
    await new Promise((wake) => setTimeout(wake, 1));
  }
  throw new Error(`never happened: ${what}`);
}

/** How somebody comes; everybody after the one before in another way. */
const ways = ["card", "cardNotKept", "phone", "code", "cardAgain"] as const;

/** Everything that the page was told during a visit. */
async function come(place: Place, who: Planted, way: (typeof ways)[number]): Promise<readonly unknown[]> {
  const { client } = place;
  const told: unknown[] = [];
  const feed = await client.identify.listen();
  const listening = (async () => {
    for await (const event of feed) told.push(event);
  })();
  const heard = (kind: string) => told.some((event) => (event as { readonly kind: string }).kind === kind);
  await until(place, () => heard("ready"), "ready");
  const visit = newId();
  if (way === "phone")
    told.push(await codeOf(client.identify.phone({ phone: who.phone, second: who.number.slice(-4) })));
  if (way === "code") {
    await until(place, () => place.port("scanner").openChannels > 0, "the scanner listens");
    place.port("scanner").say(scanned(who.code));
    await until(place, () => heard("fault"), "the code is unknown");
  }
  if (way === "phone" || way === "code") told.push(await client.visit.open({ id: visit, who: { kind: "guest" } }));
  else {
    place.lay("card", { name: who.name, number: who.number });
    const found = await until(
      place,
      () =>
        told
          .flatMap((event) =>
            "found" in (event as object) ? [(event as { readonly found: Parameters<typeof as>[0] }).found] : [],
          )
          .at(-1),
      "the card is read",
    );
    const consents = Object.fromEntries(found.ask.map((scope) => [scope, way !== "cardNotKept"]));
    told.push(await client.visit.open({ id: visit, who: as(found, consents, "fish") }));
  }
  await feed.return(undefined);
  await listening;
  await client.visit.answer({ id: newId(), visit, answers: { symptoms: [], smoker: false } });
  await client.visit.enter({
    id: newId(),
    visit,
    of: "body",
    readings: [{ quantity: "body.height", value: 160, unit: "cm" }],
  });
  for await (const view of await client.visit.watch({ visit })) {
    told.push(view);
    break;
  }
  told.push(await client.visit.code({ id: newId(), visit, language: "zh-CN" }));
  let printed = false;
  const printing = codeOf(client.visit.print({ id: newId(), visit, language: "zh-CN" })).finally(
    () => (printed = true),
  );
  await until(place, () => printed, "paper");
  told.push(await printing);
  await client.visit.leave({ visit, reason: "left" });
  await client.visit.cleared({ visit });
  place.takeCard();
  return told;
}

/** Every byte of the data folder that was written since it was looked at last. */
function writtenBytes(folder: string, seen: Map<string, string>): readonly (readonly [string, Buffer])[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const path = join(folder, name);
    const file = statSync(path);
    const state = `${file.mtimeMs} ${file.size}`;
    if (!file.isFile() || seen.get(path) === state) return [];
    seen.set(path, state);
    return [[name, readFileSync(path)] as const];
  });
}

test(`after each of ${visits} visits nothing of the person is found`, { timeout: 1_800_000 }, async () => {
  const place = await openPlace();
  const seen = new Map<string, string>();
  const left: string[] = [];
  const look = (serial: number, where: string, bytes: Uint8Array | string, also: readonly string[] = []) => {
    for (const secret of secretsIn(bytes, also)) left.push(`visit ${serial}, ${where}: ${secret}`);
  };
  let [bytes, lines, slips] = [0, 0, 0];
  for (let serial = 0; serial < visits; serial++) {
    const way = ways[serial % ways.length] ?? "card";
    // Every fifth was here before.
    const who = planted(way === "cardAgain" ? serial - 4 : serial);
    const before = planted(way === "card" ? Math.max(0, serial - 5) : serial - 1);
    const told = await come(place, who, way);
    look(
      serial,
      "what the page was told",
      JSON.stringify(told),
      before.shownMark === who.shownMark ? [] : [before.shownMark],
    );
    const paper = place.port("printer").sent.splice(0);
    slips += paper.length > 2 ? 1 : 0;
    // The name in part stands on its own slip.
    look(serial, "the slip", Buffer.concat(paper.map(fromHex)));
    await place.clock.advance(500);
    look(serial, "the station's view", JSON.stringify(place.station.view()), [who.shownMark]);
    look(serial, "bytes to the printer after leaving", Buffer.concat(place.port("printer").sent.map(fromHex)), [
      who.shownMark,
    ]);
    const log = place.logged.splice(0);
    lines += log.length;
    look(serial, "the log", log.join(""), [who.shownMark]);
    for (const [name, content] of writtenBytes(place.folder, seen)) {
      bytes += content.length;
      look(serial, `the file ${name}`, content, [who.shownMark]);
    }
    if (left.length > 20) break;
  }
  process.stdout.write(
    `\nprivacy: ${visits} visits, ${slips} slips, ${lines} log lines, ${(bytes / 1e6).toFixed(0)} MB of files looked at, ${left.length} secrets left\n`,
  );
  expect(left).toEqual([]);
  expect(slips).toBe(visits);
});

test.each([
  ["UTF-8", Buffer.from(planted(7).name, "utf8")],
  ["UTF-16", Buffer.from(planted(7).name, "utf16le")],
  ["a card's bytes written out", Buffer.from(Buffer.from(planted(7).number, "utf16le").toString("hex"))],
])("a secret in %s would be found", (_form, bytes) => {
  expect(secretsIn(Buffer.concat([Buffer.from("ff00", "hex"), bytes]))).not.toEqual([]);
});
