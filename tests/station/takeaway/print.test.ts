import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, fromHex, toHex, withSettings } from "../../../drivers/kit/index.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, codeOf, stationWith, type Started } from "../fakes/station.ts";
import type { FakeClock } from "../fakes/clock.ts";
import { dm, open } from "../visits/kit.ts";

const printer = findProfile("printer-escpos")!;
const port = "/dev/printer";

async function place(fault?: string, name = "红星村") {
  const started = await stationWith([{ profile: printer.id, port }], { simulated: true, name });
  const paper = started.channels.ports.get(port)!;
  simulated(paper, printer, started.clock, fault === undefined ? {} : { fault });
  const visit = await open(started.client, dm);
  const readings = [{ quantity: "body.height", value: 160, unit: "cm" }];
  await started.client.visit.enter({ id: newId(), visit, of: "body", readings });
  return { ...started, paper, visit };
}

/** Asks for paper and lets the clock go on until there is an answer. */
async function printed(
  { client, clock }: Started & { readonly clock: FakeClock },
  visit: string,
  id = newId(),
  drawn?: readonly { readonly text: string; readonly dots: string }[],
) {
  let over = false;
  const asked = { id, visit, language: "zh-CN", ...(drawn === undefined ? {} : { drawn: [...drawn] }) } as const;
  const call = codeOf(client.visit.print(asked)).finally(() => (over = true));
  await advanceUntil(clock, () => over, "paper", 40_000);
  return call;
}
const line = (text: string): string => toHex(encode(printer, "line", { text }));

test("the slip comes out whole, once, and that is kept", async () => {
  const at = await place();
  await at.clock.advance(2_000);
  expect(at.station.view().printer).toBe("ready");
  const id = newId();
  expect(await printed(at, at.visit, id)).toBeUndefined();
  const sent = at.paper.sent.length;
  expect(await printed(at, at.visit, id)).toBeUndefined();
  expect(at.paper.sent.length).toBe(sent);
  expect(at.paper.sent).toContain(line("红星村"));
  expect(at.paper.sent.filter((hex) => hex === toHex(encode(printer, "cut", {})))).toHaveLength(1);
  const name = "样本·李大爷";
  expect(Buffer.concat(at.paper.sent.map((hex) => fromHex(hex))).toString("hex")).not.toContain(
    line(name).slice(0, -2),
  );
  const kept = (await at.journal()).flatMap((entry) => bodyOf(entry, "slip.printed") ?? []);
  expect(kept).toEqual([{ how: "printed" }]);
});

test.each([
  ["paperOut", "device.paperOut", "paperOut"],
  ["runsOut", "device.paperOut", "paperOut"],
  ["coverOpen", "device.printerStopped", "none"],
  ["silent", "device.silent", "none"],
] as const)("a printer that is %s is told of, and nothing is called printed", async (fault, code, state) => {
  const at = await place(fault);
  expect(await printed(at, at.visit)).toBe(code);
  expect(at.station.view().printer).toBe(state);
  const kept = (await at.journal()).flatMap((entry) => bodyOf(entry, "slip.printed") ?? []);
  expect(kept).toEqual([{ how: "failed", code }]);
});

test("what found no paper is forgotten by the printer, too, and nothing of it comes out on the next person's", async () => {
  const at = await place("runsOut");
  expect(await printed(at, at.visit)).toBe("device.paperOut");
  const lines = at.paper.sent.lastIndexOf(line("红星村"));
  expect(at.paper.sent.lastIndexOf(toHex(encode(printer, "forget", {})))).toBeGreaterThan(lines);
  await at.client.visit.leave({ visit: at.visit, reason: "left" });
  at.paper.sent.length = 0;
  simulated(at.paper, printer, at.clock);
  await at.clock.advance(60_000);
  expect(at.station.view().printer).toBe("ready");
  expect(at.paper.sent.filter((hex) => !["100402", "100403", "100404"].includes(hex))).toEqual([]);
});

test("with new paper it is seen to be ready, and the whole slip is printed anew", async () => {
  const at = await place("runsOut");
  expect(await printed(at, at.visit)).toBe("device.paperOut");
  simulated(at.paper, printer, at.clock);
  await at.clock.advance(12_000);
  expect(at.station.view().printer).toBe("ready");
  at.paper.sent.length = 0;
  expect(await printed(at, at.visit)).toBeUndefined();
  expect(at.paper.sent).toContain(line("红星村"));
});

test("a line that no printer has is drawn by the page, at the width of the paper", async () => {
  const at = await place(undefined, "㐀村");
  await at.clock.advance(2_000);
  const text = `${" ".repeat(14)}㐀村`;
  const asked = await at.client.visit.print({ id: newId(), visit: at.visit, language: "zh-CN" });
  expect(asked).toEqual({ draw: { columns: 32, lines: [text] } });
  expect(at.paper.sent).not.toContain(toHex(encode(printer, "cut", {})));
  const bytes = Buffer.alloc(32 * 36, 0x0a);
  expect(await printed(at, at.visit, newId(), [{ text, dots: bytes.toString("base64") }])).toBeUndefined();
  // ESC * 33, 384 columns of dots; a line's end inside of the picture is one dot more.
  expect(at.paper.sent).toContain(`1b2a218001${"0b".repeat(1_152)}0a`);
  expect(at.paper.sent).toContain(toHex(encode(printer, "cut", {})));
});

test("a picture of another size is no picture", async () => {
  const at = await place(undefined, "㐀村");
  await at.clock.advance(2_000);
  const drawn = [{ text: `${" ".repeat(14)}㐀村`, dots: Buffer.alloc(100).toString("base64") }];
  expect(await printed(at, at.visit, newId(), drawn)).toBeUndefined();
  expect(at.paper.sent).toContain(line("〓村"));
});

test("wider paper is a setting of the printer", () => {
  const wide = withSettings(printer, { paper: "80" });
  expect(wide.ok && wide.profile.paper?.columns).toBe(48);
  const picture = wide.ok && toHex(encode(wide.profile, "drawn", { dots: " ".repeat(48 * 36) }));
  expect(picture).toBe(`1b2a214002${"20".repeat(1_728)}0a`);
});

test("a printer that is not there is none, and a station without one says so", async () => {
  const { client, station, channels } = await place();
  channels.unplug(port);
  expect(station.view().printer).toBe("none");
  const visit = await open(client);
  expect(await codeOf(client.visit.print({ id: newId(), visit, language: "en" }))).toBe("device.portMissing");
  const bare = await stationWith([]);
  const other = await open(bare.client);
  expect(await codeOf(bare.client.visit.print({ id: newId(), visit: other, language: "en" }))).toBe("device.noDevice");
});

test("a code holds the summary itself, and that it was shown is kept", async () => {
  const at = await place();
  const { text, how } = await at.client.visit.code({ id: newId(), visit: at.visit, language: "zh-CN" });
  expect(how).toBe("summary");
  expect(text).toContain("红星村");
  expect(text).not.toContain("李");
  await at.client.visit.leave({ visit: at.visit, reason: "left" });
  expect(await codeOf(at.client.visit.code({ id: newId(), visit: at.visit, language: "zh-CN" }))).toBe("visit.closed");
  expect(await codeOf(at.client.visit.print({ id: newId(), visit: at.visit, language: "zh-CN" }))).toBe("visit.closed");
  const kept = (await at.journal()).flatMap((entry) => bodyOf(entry, "slip.shown") ?? []);
  expect(kept).toEqual([{ how: "summary" }]);
});
