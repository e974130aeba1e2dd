import { expect, test, vi } from "vitest";
import { foundOf, readyEvent } from "./fake-visit.ts";
import { answerBoards, at, measure, openKiosk, openVisit, ready, until } from "./kiosk-under-test.ts";
import type { FakeOptions } from "./fake-world.ts";

const { token } = foundOf();

/** A guest with a temperature, at what comes after taking along; the readers had said what they can. */
async function going(card: boolean, options: FakeOptions = {}) {
  const kiosk = await ready(options);
  const { engine, station } = kiosk;
  station.lay({ ...readyEvent, card, code: false } as typeof readyEvent);
  engine.send({ kind: "start" });
  await until(engine, ({ listening }) => listening.ways?.card === card);
  engine.send({ kind: "guest" });
  await until(engine, ({ visit }) => visit !== undefined);
  engine.send({ kind: "no" }, { kind: "home" });
  measure(engine, "temperature");
  await at(engine, "result");
  engine.send({ kind: "showResults" });
  answerBoards(engine);
  return kiosk;
}
const onward = [{ kind: "finish" }, { kind: "no" }, { kind: "no" }] as const;

test("a guest is asked on going; the card that is laid then goes to the host with the visit, and nothing is offered again", async () => {
  const { engine, station } = await going(true);
  engine.send(...onward);
  expect(engine.shown().screen).toMatchObject({ at: "keep", step: "ask" });
  engine.send({ kind: "yes" });
  const heard: unknown[] = [];
  const leave = engine.family.await((answer) => heard.push(answer));
  station.lay({ kind: "found", found: foundOf({ shownName: "planted-secret" }) });
  await vi.waitFor(() => expect(heard).toMatchObject([{ found: { token } }]));
  leave();
  expect(await engine.link.keepUnder(token)).toBeUndefined();
  engine.send({ kind: "next" });
  expect(engine.shown().screen).toMatchObject({ at: "rate", visit: { keeping: "asked" } });
  expect(station.inputs("visit.keepUnder")).toMatchObject([{ visit: engine.shown().visit?.id, token }]);
  expect(JSON.stringify(engine.shown())).not.toContain("planted-secret");
});

test("where no card can be read a guest is not asked", async () => {
  const { engine } = await going(false);
  engine.send(...onward);
  expect(engine.shown().screen.at).toBe("rate");
});

test("what the host refuses is said, and the results are kept under nobody's name", async () => {
  const { engine } = await going(true, { linkFails: "identify.expired" });
  engine.send(...onward, { kind: "yes" });
  expect(await engine.link.keepUnder(token)).toBe("identify.expired");
  expect(engine.shown().screen).toMatchObject({ at: "keep", step: "card", visit: { keeping: "asked" } });
});

test("the ways in are shown as the host has them; one taken away is gone", async () => {
  const { engine, station } = openKiosk();
  await openVisit(engine);
  const before = await engine.link.ways();
  expect(before).toMatchObject({ byCard: true, links: [{ way: "card" }, { way: "phone" }] });
  const phone = before?.links.find(({ way }) => way === "phone")?.id ?? "";
  expect(await engine.link.remove(phone)).toBe(true);
  expect((await engine.link.ways())?.links.map(({ way }) => way)).toEqual(["card"]);
  expect(station.inputs("visit.unlink")).toMatchObject([{ visit: engine.shown().visit?.id, link: phone }]);
});

test("one more way: a number that is typed is kept nowhere here, and a refusal is an answer", async () => {
  const kiosk = openKiosk();
  await openVisit(kiosk.engine);
  expect(await kiosk.engine.link.add({ phone: "13900000000" })).toBeUndefined();
  expect(kiosk.station.inputs("visit.linkPhone")).toMatchObject([{ phone: "13900000000" }]);
  expect(JSON.stringify(kiosk.engine.shown())).not.toContain("13900000000");
  const refused = openKiosk({ linkFails: "identify.expired" });
  await openVisit(refused.engine);
  expect(await refused.engine.link.add({ phone: "13900000000" })).toBe("identify.expired");
});

test("a code is awaited until its page is left", async () => {
  const { engine, station } = openKiosk();
  await openVisit(engine);
  const gone = new AbortController();
  const added = engine.link.add({ signal: gone.signal });
  await vi.waitFor(() => expect(station.heard).toContain("visit.linkCode"));
  gone.abort();
  expect(await added).toBeDefined();
});

test("without a visit nothing is asked of the host", async () => {
  const { engine, station } = openKiosk();
  const { link } = engine;
  expect([
    await link.ways(),
    await link.remove("l"),
    await link.add({ phone: "1" }),
    await link.keepUnder(token),
  ]).toEqual([undefined, false, "visit.closed", "visit.closed"]);
  expect(station.heard.filter((call) => /link|keep/u.test(call))).toEqual([]);
});

test("a card that still lies there from before is told of, until it is taken", async () => {
  const { engine, station } = openKiosk();
  await openVisit(engine);
  const lies: boolean[] = [];
  const leave = engine.family.await(
    () => undefined,
    (one) => lies.push(one),
  );
  station.lay({ kind: "left" });
  await vi.waitFor(() => expect(lies.at(-1)).toBe(true));
  station.lay({ kind: "waiting" });
  await vi.waitFor(() => expect(lies.at(-1)).toBe(false));
  leave();
});
