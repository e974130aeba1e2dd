import { randomUUID } from "node:crypto";
import { createRouterClient, implement } from "@orpc/server";
import { onTestFinished, expect, test } from "vitest";
import { stationContract } from "../../../core/contract/station.ts";
import { consultHandlers } from "../../../station/consult/consult.ts";
import { asking } from "./asking.ts";
import { bench } from "./kit.ts";

/** A doctor who hung up would like to speak again: what the station shows of it, and what it answers. */

async function station() {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up", "up");
  const gist = asking();
  const changed: string[] = [];
  const desk = {
    find: (visit: string) => (visit === gist.visit ? gist : undefined),
    changed: (visit: string) => void changed.push(visit),
    news: () => undefined,
  };
  const consult = consultHandlers(link, desk, it.store, it.clock);
  onTestFinished(() => consult.close());
  const page = createRouterClient(implement(stationContract).consult.router(consult.handlers));
  const call = randomUUID();
  const ring = (visit: string) => it.hub.ringBacks.set([{ call, visit, clinician: { id: "li", name: "Dr li" } }]);
  const shown = () => consult.ringBackOf(gist.visit);
  return { it, consult, page, call, gist, changed, ring, shown };
}

test("the open visit says who asks, until it is not asked any more", async () => {
  const { it, call, gist, changed, ring, shown } = await station();
  ring(gist.visit);
  await it.passing(() => shown() !== undefined, "asked");
  expect(shown()).toEqual({ call, name: "Dr li" });
  expect(changed).toEqual([gist.visit]);
  it.hub.ringBacks.set([]);
  await it.passing(() => shown() === undefined, "not asked");
  expect(changed).toEqual([gist.visit, gist.visit]);
  expect(it.hub.notNow).toEqual([]);
});

test("not now is told to the hub, and gone from the page at once", async () => {
  const { it, page, call, gist, ring, shown } = await station();
  ring(gist.visit);
  await it.passing(() => shown() !== undefined, "asked");
  await page.notNow({ call });
  expect(shown()).toBeUndefined();
  expect(it.hub.notNow).toEqual([{ call, why: "refused" }]);
});

test("whoever asks for somebody who is not here any more hears so", async () => {
  const { it, call, ring, shown } = await station();
  ring(randomUUID());
  await it.passing(() => it.hub.notNow.length === 1, "answered");
  expect(it.hub.notNow).toEqual([{ call, why: "gone" }]);
  expect(shown()).toBeUndefined();
});

test("the visit ends under the question", async () => {
  const { it, consult, call, gist, ring, shown } = await station();
  ring(gist.visit);
  await it.passing(() => shown() !== undefined, "asked");
  await consult.leave(gist.visit);
  expect(it.hub.notNow).toEqual([{ call, why: "gone" }]);
  expect(shown()).toBeUndefined();
});

test("without a line nobody is asked; on the next one the hub says it anew", async () => {
  const { it, gist, ring, shown } = await station();
  ring(gist.visit);
  await it.passing(() => shown() !== undefined, "asked");
  it.hub.cutLines();
  await it.passing(() => shown() === undefined, "not asked");
  await it.passing(() => shown() !== undefined, "asked again");
});
