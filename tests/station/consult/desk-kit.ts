import { randomUUID } from "node:crypto";
import { createRouterClient, implement } from "@orpc/server";
import { onTestFinished } from "vitest";
import { faultOf } from "../../../core/contract/line.ts";
import { stationContract, type ConsultView } from "../../../core/contract/station.ts";
import type { Signal, SignalBody } from "../../../core/contract/views.ts";
import { consultHandlers } from "../../../station/consult/consult.ts";
import type { HubLink } from "../../../station/consult/hub-link.ts";
import type { VisitGist } from "../../../station/consult/visit-desk.ts";
import { bench, type Bench } from "./kit.ts";

export const candidate = (text: string): SignalBody => ({
  kind: "candidate",
  candidate: text,
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
});

export const sent = {
  version: "2026-11",
  entry: "018f0000-0000-7000-8000-00000000c0c0",
  at: "2026-11-02T01:00:00.000Z",
};
export const maySend = { send: { ...sent, given: true } };

/** The station's side of calls over a real socket to a hub that remembers and breaks off. */
export interface Desk {
  readonly it: Bench;
  readonly link: HubLink;
  readonly visit: string;
  readonly changed: string[];
  readonly consult: ReturnType<typeof consultHandlers>;
  readonly page: ReturnType<typeof pageOf>;
  setGist(change: Partial<VisitGist> | undefined): void;
}

export function pageOf(consult: ReturnType<typeof consultHandlers>) {
  return createRouterClient(implement(stationContract).consult.router(consult.handlers));
}

export async function desk(): Promise<Desk> {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  const visit = randomUUID();
  let gist: VisitGist | undefined = {
    visit,
    subject: null,
    shownName: "王*",
    severity: 3,
    worst: "BP_GRADE2",
    knownDiagnosis: false,
    consents: maySend,
  };
  const changed: string[] = [];
  const consult = consultHandlers(
    link,
    { find: (id) => (id === visit ? gist : undefined), changed: (id) => changed.push(id), news: () => undefined },
    it.store,
    it.clock,
  );
  onTestFinished(() => consult.close());
  return {
    it,
    link,
    visit,
    changed,
    consult,
    page: pageOf(consult),
    setGist: (change) => (gist = change && gist && { ...gist, ...change }),
  };
}

/** Reads a feed in the background; keeps everything. */
export function reading<T>(feed: Promise<AsyncIterable<T>>): { readonly items: T[]; over: boolean } {
  const read = { items: [] as T[], over: false };
  void (async () => {
    for await (const item of await feed) read.items.push(item);
    read.over = true;
  })().catch(() => (read.over = true));
  return read;
}

export async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => faultOf(error),
  );
}

export async function typesOf({ it }: Desk): Promise<readonly string[]> {
  return (await it.store.tail(0, 1_000)).map(({ type }) => type).filter((type) => type.startsWith("consult"));
}

/** A call that a doctor has taken; both feeds are read as a page does. */
export async function callUp(at: Desk) {
  const call = randomUUID();
  await at.page.request({ call, visit: at.visit });
  const views = reading<ConsultView>(at.page.watch({ call }));
  const signals = reading<Signal>(at.page.signals({ call, after: 0 }));
  at.it.hub.show(call, {
    state: "ringing",
    clinician: { id: "d", name: "Dr. Example" },
    peer: "here",
    ticket: "ticket-1",
    iceServers: [{ urls: ["stun:hub.example"] }],
  });
  await at.it.passing(() => at.it.hub.asked.includes("signals"), "signals asked for");
  return { call, views, signals, last: () => views.items.at(-1) };
}
