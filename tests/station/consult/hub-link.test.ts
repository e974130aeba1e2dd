import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { redialDelayMs } from "../../../station/consult/hub-link.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import type { Shipped } from "../../../core/journal/withheld.ts";
import type { MessageLeft } from "../../../core/care/messages.ts";
import { aMessage } from "../store/kit.ts";
import {} from "./fake-hub.ts";
import { opinionEntry } from "./opinion-entry.ts";
import { bench, fact, facts, type Bench } from "./kit.ts";

const typeOf = (one: Shipped | undefined): string | undefined => (one && "type" in one ? one.type : undefined);

/** What the hub holds is what the station has: same entries, same last hash. */
async function expectSame({ hub, store }: Bench): Promise<void> {
  const own = await store.tail(0, 100_000);
  expect(hub.held.map(({ seq }) => seq)).toEqual(own.map(({ seq }) => seq));
  expect(hub.held.at(-1)?.hash).toBe((await store.head()).hash);
}

test("a hub that is away at start holds nobody up, and has everything once it is there", async () => {
  const it = await bench();
  await it.hub.kill();
  const link = it.link();
  expect(link.state).toBe("away");
  expect((await it.store.append(facts(3))).ok).toBe(true);
  link.kick();
  await it.passing(() => link.unsent === 3, "unsent counted");
  await it.hub.start();
  await it.passing(() => link.state === "up" && link.unsent === 0, "shipped");
  await expectSame(it);
  expect(it.errors).toEqual([]);
});

test("a station is enrolled once: the second start needs no code", async () => {
  const it = await bench();
  const first = it.link();
  await it.passing(() => first.unsent === 0 && first.state === "up", "up");
  await first.close();
  const second = it.link(undefined);
  await it.passing(() => second.state === "up", "up again");
  expect(it.hub.asked.filter((call) => call === "enrol")).toHaveLength(1);
});

test("a wrong enrolment code is told, and not tried over and over", async () => {
  const it = await bench();
  const link = it.link("WRONG");
  await it.passing(() => link.trouble === "station.enrolCode", "told");
  await it.clock.advance(60_000);
  expect(it.hub.asked).toEqual(["enrol"]);
  expect(link.state).toBe("away");
});

test("a hub that lost its memory is given a new code and the whole journal", async () => {
  const it = await bench();
  const first = it.link();
  await it.store.append(facts(2));
  await it.passing(() => first.unsent === 0 && first.state === "up", "shipped");
  await first.close();
  it.hub.forget();
  const second = it.link();
  await it.passing(() => second.state === "up" && second.unsent === 0, "shipped again");
  await expectSame(it);
  expect(it.hub.asked.filter((call) => call === "enrol")).toHaveLength(2);
});

test("a station whose clock is wrong by ten minutes finds its hub", async () => {
  const it = await bench();
  it.hub.clockAheadMs = 600_000;
  const link = it.link();
  await it.passing(() => link.state === "up", "up");
  expect(it.hub.refusals).toHaveLength(1);
  expect(link.trouble).toBeUndefined();
});

test.each([
  ["held", "before"],
  ["held", "after"],
  ["ship", "before"],
  ["ship", "after"],
] as const)("a line cut at %s, %s it is done, loses and doubles nothing", async (call, when) => {
  const it = await bench();
  await it.store.append(facts(5));
  it.hub.cutAt = { call, when };
  const link = it.link();
  await it.passing(() => it.hub.cutAt === undefined, "cut");
  await it.store.append(facts(2));
  link.kick();
  await it.passing(() => link.state === "up" && link.unsent === 0, "shipped");
  await expectSame(it);
});

test("a long journal goes in batches, and goes on after a cut between them", async () => {
  const it = await bench();
  await it.store.append(facts(1_000));
  const link = it.link();
  await it.passing(() => it.hub.held.length > 0, "first batch");
  it.hub.cutLines();
  await it.passing(() => link.state === "up" && link.unsent === 0, "shipped");
  await expectSame(it);
  expect(it.hub.asked.filter((call) => call === "ship").length).toBeGreaterThan(2);
});

test("new entries are shipped when the journal is kicked", async () => {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  await it.store.append([fact()]);
  link.kick();
  await it.passing(() => typeOf(it.hub.held.at(-1)) === "device.faulted", "shipped");
  await expectSame(it);
});

test("countersignatures are kept once a day, not once a batch", async () => {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  for (let round = 1; round <= 3; round++) {
    const before = it.hub.held.length;
    await it.store.append([fact()]);
    link.kick();
    await it.passing(() => it.hub.held.length > before && link.unsent === 0, `round ${round}`);
  }
  const kept = (await it.store.tail(0, 1_000)).filter(({ type }) => type === "head.countersigned");
  expect(kept).toHaveLength(1);
  expect(await it.store.heldByHub()).toBe(kept[0]?.body.seq);
});

test("another hash under the same number is told, and nothing is sent over it", async () => {
  const it = await bench();
  await it.store.append(facts(3));
  const [first, second] = await it.store.tail(0, 2);
  it.hub.held.push(first!, { ...second!, hash: "f".repeat(64) });
  const link = it.link();
  await it.passing(() => link.proof === "broken", "told");
  await it.store.append([fact()]);
  link.kick();
  await it.passing(() => link.unsent >= 3, "counted");
  expect(it.hub.asked).not.toContain("ship");
  expect(it.errors).toContainEqual({
    event: "journal differs from the hub's copy",
    fields: { code: "store.broken", seq: 2, why: "the hub holds another entry under this number" },
  });
});

test("a hub that holds more than the station has is told", async () => {
  const it = await bench();
  await it.store.append(facts(2));
  it.hub.held.push(...(await it.store.tail(0, 2)));
  it.hub.held.push({ ...it.hub.held[1]!, seq: 90 });
  const link = it.link();
  await it.passing(() => link.proof === "broken", "told");
  expect(it.hub.asked).not.toContain("ship");
});

test("a countersignature by another key is told", async () => {
  const it = await bench();
  it.hub.saysKey = it.store.publicKey;
  await it.store.append(facts(2));
  const link = it.link();
  await it.passing(() => link.proof === "broken", "told");
  expect(it.errors.map(({ fields }) => fields?.why)).toContain("the hub's countersignature is not its own");
});

test("an opinion is kept once, however often the hub tells it", async () => {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up", "up");
  const visit = randomUUID();
  const heard: string[] = [];
  link.onKept((entry) => heard.push(entry.type));
  const written = it.hub.write(opinionEntry(it.hub, it.store.owner, visit, randomUUID()));
  await it.passing(() => heard.length === 1, "heard");
  // The same again, as after a restart without a cursor.
  it.hub.pushRaw(written);
  await it.passing(() => heard.length === 2, "heard again");
  it.hub.cutLines();
  await it.passing(() => link.state === "away", "cut");
  const later = it.hub.write(opinionEntry(it.hub, it.store.owner, visit, randomUUID()));
  await it.passing(() => heard.length === 3, "heard the next one");
  const kept = (await it.store.tail(0, 1_000)).filter(({ type }) => type === "opinion.received");
  expect(kept.map(({ body }) => [body.hubSeq, body.hubHash])).toEqual([
    [written.seq, written.hash],
    [later.seq, later.hash],
  ]);
  await it.passing(() => link.state === "up" && link.unsent === 0, "shipped");
  await expectSame(it);
});

test("a message to a resident is kept once under its name; not for another station, nor for who no longer agrees", async () => {
  const it = await bench();
  const link = it.link();
  const [resident, gone] = [randomUUID(), randomUUID()];
  const about = { actor: { role: "resident", id: gone }, subject: gone, visit: null };
  const no = { scope: "keep", version: "2026-11", way: "touch" } as const;
  await it.store.append([{ ...about, id: randomUUID(), type: "consent.withdrawn", body: no }]);
  await it.passing(() => link.state === "up", "up");
  const heard: string[] = [];
  link.onKept((entry) => heard.push(entry.type));
  const leave = (message: MessageLeft) =>
    it.hub.write({
      id: message.id,
      type: "message.left",
      actor: { role: "hub", id: it.hub.id },
      subject: message.resident,
      visit: null,
      body: message,
    });
  const message = aMessage(resident, { station: it.store.owner });
  const written = leave(message);
  it.hub.pushRaw(written);
  leave(aMessage(resident, { station: "another" }));
  leave(aMessage(gone, { station: it.store.owner }));
  await it.passing(() => heard.length === 4, "heard");
  const kept = (await it.store.tail(0, 1_000)).filter(({ type }) => type === "message.received");
  expect(kept.map(({ subject, body }) => ({ subject, body }))).toEqual([
    { subject: resident, body: { message, hubSeq: written.seq, hubHash: written.hash } },
  ]);
  expect(await it.store.messagesFor(resident)).toEqual([message]);
});

test("who asks to be talked to lets that cross; that a message was told stays where nobody agreed", async () => {
  const it = await bench();
  const resident = randomUUID();
  const told = (talk: boolean) => ({
    id: randomUUID(),
    type: "message.told" as const,
    actor: { role: "resident", id: resident },
    subject: resident,
    visit: null,
    body: { message: randomUUID(), how: ["shown" as const], ...(talk ? { talk: true as const } : {}) },
  });
  await it.store.append([told(false), told(true)]);
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "shipped");
  expect(it.hub.held.slice(0, 2).map((one) => ("withheld" in one ? "withheld" : one.type))).toEqual([
    "withheld",
    "message.told",
  ]);
});

test("an opinion for another station is not kept", async () => {
  const it = await bench();
  const link = it.link();
  const heard: string[] = [];
  link.onKept((entry) => heard.push(entry.type));
  it.hub.write(opinionEntry(it.hub, "another", randomUUID(), randomUUID()));
  await it.passing(() => heard.length === 1, "heard");
  expect((await it.store.tail(0, 100)).map(({ type }) => type)).not.toContain("opinion.received");
});

const noise = {
  of: "opinion",
  by: { id: "doctor-1", name: "Dr. Example", role: "doctor" },
  at: "2026-11-02T01:00:00.000Z",
  algorithm: "Ed25519",
  publicKey: "A".repeat(43),
  legal: "test",
  certificate: {
    hub: "hub",
    openedAt: "2026-11-02T01:00:00.000Z",
    until: "2026-11-02T01:10:00.000Z",
    signature: "A".repeat(86),
  },
  signature: "A".repeat(86),
} as const;
test.each([
  { name: "has no signature", more: { signature: undefined } },
  { name: "carries another's", more: { signature: noise } },
  { name: "says something else than was signed", more: { text: "多吃药" } },
])("an opinion that $name is neither kept nor shown", async ({ more }) => {
  const it = await bench();
  const link = it.link();
  const heard: string[] = [];
  link.onKept((entry) => heard.push(entry.type));
  const written = opinionEntry(it.hub, it.store.owner, randomUUID(), randomUUID());
  const bent = { ...written, body: { ...written.body, ...more } };
  it.hub.write(JSON.parse(JSON.stringify(bent)) as typeof written);
  await it.passing(() => it.errors.length > 0, "told");
  expect(it.errors[0]?.event).toBe("the signature of an opinion does not fit");
  expect(heard).toEqual([]);
  expect((await it.store.tail(0, 100)).map(({ type }) => type)).not.toContain("opinion.received");
});

test("an entry of the hub that does not fit its hash is not taken", async () => {
  const it = await bench();
  const link = it.link();
  const visit = randomUUID();
  const entry = it.hub.write(opinionEntry(it.hub, "another", visit, randomUUID()));
  it.hub.pushRaw({ ...entry, seq: 2, body: { ...entry.body, station: it.store.owner, text: "吃这个药" } });
  await it.passing(() => it.errors.length > 0, "told");
  expect(it.errors[0]?.event).toBe("the hub's entry does not fit its hash");
  expect((await it.store.tail(0, 100)).map(({ type }) => type)).not.toContain("opinion.received");
  expect(link.state).toBe("up");
});

test("a line that goes dead in a call is given up after three seconds of silence", async () => {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  link.inCall("call", true);
  it.hub.mute = true;
  const since = it.clock.now();
  await it.passing(() => link.state === "away", "given up");
  expect(it.clock.now() - since).toBeGreaterThanOrEqual(3_000);
  expect(it.clock.now() - since).toBeLessThan(4_500);
  it.hub.mute = false;
  await it.passing(() => link.state === "up", "back");
});

test("outside of a call a dead line is found at the next slow beat", async () => {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  it.hub.mute = true;
  await it.clock.advance(29_000);
  expect(link.state).toBe("up");
  await it.passing(() => link.state === "away", "given up");
});

test("a live line is kept however long nobody speaks", async () => {
  const it = await bench();
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  let lost = false;
  link.onChange(() => (lost ||= link.state === "away"));
  link.inCall("call", true);
  const since = it.clock.now();
  await it.passing(() => it.clock.now() - since > 8_000, "eight seconds");
  expect(lost).toBe(false);
});

test("closing while the hub is away ends at once", async () => {
  const it = await bench();
  await it.hub.kill();
  const link = it.link();
  await link.close();
  expect(link.state).toBe("away");
});

test.each([
  [0, 0.5, 300],
  [1, 0.5, 600],
  [2, 0.5, 1_200],
  [3, 0.5, 2_400],
  [4, 0.5, 3_000],
  [60, 0.5, 3_000],
  [0, 0, 240],
  [0, 1, 360],
])("redial %i with chance %f waits %i ms", (n, random, ms) => {
  expect(redialDelayMs(n, random)).toBeCloseTo(ms, 6);
});

/** A person's visit, and what the person says about sending. */
function visitOf(subject: string | null, visit: string): NewEntry {
  const actor = { role: "resident", id: subject ?? "guest" };
  const body = { kind: subject === null ? "guest" : "resident" } as const;
  return { id: randomUUID(), type: "visit.opened", actor, subject, visit, body };
}
function said(subject: string | null, visit: string, type: "consent.given" | "consent.withdrawn"): NewEntry {
  const actor = { role: "resident", id: subject ?? "guest" };
  const body = { scope: "send", version: "1", way: "touch" } as const;
  return { id: randomUUID(), type, actor, subject, visit, body };
}
const about = (it: Bench, visit: string) => it.hub.held.filter((one) => "visit" in one && one.visit === visit);

test("what is about a person stays here until the person agrees, and is revealed then, from the first entry on", async () => {
  const it = await bench();
  const [visit, resident] = [randomUUID(), randomUUID()];
  await it.store.append([visitOf(resident, visit), fact()]);
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  await expectSame(it);
  expect(about(it, visit)).toEqual([]);
  await it.store.append([said(resident, visit, "consent.given")]);
  link.kick();
  await it.passing(() => about(it, visit).length === 2, "revealed");
  await expectSame(it);
});

test("a guest agrees for one visit; the next guest's is the next guest's", async () => {
  const it = await bench();
  const [first, second] = [randomUUID(), randomUUID()];
  await it.store.append([visitOf(null, first), said(null, first, "consent.given"), visitOf(null, second)]);
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  expect(about(it, first)).toHaveLength(2);
  expect(about(it, second)).toEqual([]);
});

test("who takes the consent back sends that and nothing more; what was sent stays", async () => {
  const it = await bench();
  const [visit, resident] = [randomUUID(), randomUUID()];
  await it.store.append([visitOf(resident, visit), said(resident, visit, "consent.given")]);
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  expect(about(it, visit)).toHaveLength(2);
  await it.store.append([said(resident, visit, "consent.withdrawn"), visitOf(resident, randomUUID())]);
  link.kick();
  await it.passing(() => it.hub.held.some((one) => "withheld" in one) && link.unsent === 0, "shipped");
  await expectSame(it);
  expect(about(it, visit).map(typeOf)).toEqual(["visit.opened", "consent.given", "consent.withdrawn"]);
});

test("taken back while the line is away, it is told when the line is back, without what was measured before it", async () => {
  const it = await bench();
  const [visit, resident] = [randomUUID(), randomUUID()];
  await it.store.append([visitOf(resident, visit), said(resident, visit, "consent.given")]);
  const link = it.link();
  await it.passing(() => link.state === "up" && link.unsent === 0, "up");
  await it.hub.kill();
  await it.passing(() => link.state === "away", "away");
  const answered: NewEntry = {
    ...visitOf(resident, visit),
    type: "visit.answered",
    body: { symptoms: [] },
  };
  await it.store.append([answered, said(resident, visit, "consent.withdrawn")]);
  link.kick();
  await it.hub.start();
  await it.passing(() => link.state === "up" && link.unsent === 0, "shipped");
  await expectSame(it);
  expect(about(it, visit).map(typeOf)).toEqual(["visit.opened", "consent.given", "consent.withdrawn"]);
});
