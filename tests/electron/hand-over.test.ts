import { MessageChannel, type MessagePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { expect, onTestFinished, test } from "vitest";
import { faultOf } from "../../core/contract/line.ts";
import { handOver, type PortAsker } from "../../electron/hand-over.ts";
import { relayPort, type PageMessage } from "../../electron/relay.ts";
import { lineOverPort } from "../../renderer/station.ts";
import { createTrial, type trialContract } from "../contract/trial.ts";

function shell() {
  const trial = createTrial();
  const turnedAway: string[] = [];
  const page: string[] = [];
  const given: MessagePort[] = [];
  const door = handOver<MessagePort>({
    router: trial.router,
    window: () => 7,
    channel: () => {
      const { port1, port2 } = new MessageChannel();
      onTestFinished(() => {
        port1.close();
        port2.close();
      });
      return { host: port1, page: port2 };
    },
    page: { here: () => page.push("here"), gone: () => page.push("gone") },
    news: { bug: () => undefined, refused: () => undefined, turnedAway: (why) => turnedAway.push(why) },
  });
  const asker: PortAsker<MessagePort> = {
    contents: 7,
    frame: { url: "app://station/", isMain: true, give: (port) => given.push(port) },
  };
  return { trial, door, asker, given, turnedAway, page };
}

function clientOver(port: MessagePort | undefined): ContractRouterClient<typeof trialContract> {
  if (port === undefined) throw new Error("no port was given");
  const line = lineOverPort(port);
  port.on("close", () => line.cut());
  return createORPCClient(line);
}

test("the page gets a port over which the host answers", async () => {
  const { door, asker, given, page } = shell();
  door.ask(asker);
  expect(await clientOver(given[0]).echo({ text: "你好" })).toEqual({ text: "你好" });
  expect(page).toEqual(["here"]);
});

const frame = { url: "app://station/", isMain: true };
test.each([
  ["another window", { contents: 8, frame }, "contents"],
  ["a frame that is gone", { contents: 7, frame: null }, "frame"],
  ["a frame inside the page", { contents: 7, frame: { ...frame, isMain: false } }, "frame"],
  ["another site", { contents: 7, frame: { ...frame, url: "https://example.org/" } }, "origin"],
  ["an empty address", { contents: 7, frame: { ...frame, url: "" } }, "origin"],
  ["a blank page", { contents: 7, frame: { ...frame, url: "about:blank" } }, "origin"],
  ["a look-alike", { contents: 7, frame: { ...frame, url: "app://station@example.org/" } }, "origin"],
])("%s gets no port", (_, { contents, frame: asking }, why) => {
  const { door, given, turnedAway, page } = shell();
  door.ask({ contents, frame: asking && { ...asking, give: (port) => given.push(port) } });
  expect(given).toEqual([]);
  expect(turnedAway).toEqual([why]);
  expect(page).toEqual([]);
});

test("a page that was reloaded gets a new port, and the old one answers nothing more", async () => {
  const { door, asker, given, trial, page } = shell();
  door.ask(asker);
  const old = clientOver(given[0]);
  const waiting = old.wait({}).catch((error: unknown) => faultOf(error));
  await trial.happened("wait begun");
  door.ask(asker);
  expect(await waiting).toBe("wire.closed");
  await trial.happened("wait over");
  expect(await clientOver(given[1]).echo({ text: "new" })).toEqual({ text: "new" });
  expect(page).toEqual(["here", "here"]);
});

test("the host hears when the page is gone", async () => {
  const { door, asker, given, page } = shell();
  door.ask(asker);
  const gone = new Promise((done) => given[0]?.once("close", done));
  given[0]?.close();
  await gone;
  await expect.poll(() => page).toEqual(["here", "gone"]);
});

function fakePage() {
  let hear: (event: PageMessage) => void = () => undefined;
  const posted: { readonly message: string; readonly origin: string; readonly ports: readonly unknown[] }[] = [];
  const edge = {
    location: { origin: "app://station" },
    addEventListener: (_event: "message", listener: (event: PageMessage) => void) => (hear = listener),
    postMessage: (message: string, origin: string, ports: readonly unknown[]) =>
      posted.push({ message, origin, ports }),
  };
  return { edge, posted, say: (event: PageMessage) => hear(event) };
}

test("the preload passes the page's wish on, and the port back, and nothing else", () => {
  const { edge, posted, say } = fakePage();
  const sent: string[] = [];
  let answer: (event: { readonly ports: readonly globalThis.MessagePort[] }) => void = () => undefined;
  relayPort(edge, { send: (channel) => sent.push(channel), on: (_channel, hear) => (answer = hear) });
  say({ source: edge, origin: "app://station", data: "health-station-port-wanted" });
  expect(sent).toEqual(["health-station-port"]);
  const port = {} as globalThis.MessagePort;
  answer({ ports: [port] });
  expect(posted).toEqual([{ message: "health-station-port", origin: "app://station", ports: [port] }]);
});

test.each([
  ["from another window", { source: {}, origin: "app://station", data: "health-station-port-wanted" }],
  ["from another origin", { source: "page", origin: "https://example.org", data: "health-station-port-wanted" }],
  ["with other words", { source: "page", origin: "app://station", data: "give me everything" }],
])("the preload does not hear a message %s", (_, { source, origin, data }) => {
  const { edge, say } = fakePage();
  const sent: string[] = [];
  relayPort(edge, { send: (channel) => sent.push(channel), on: () => undefined });
  say({ source: source === "page" ? edge : source, origin, data });
  expect(sent).toEqual([]);
});
