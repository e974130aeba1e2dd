import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { agreementHash } from "../../../core/care/agreement.ts";
import { askedIn } from "../../../core/care/contract-proof.ts";
import type { TeamMember } from "../../../core/contract/hub-contracts.ts";
import type { Entry, NewEntry } from "../../../core/journal/entry.ts";
import { specimenPhone } from "../../../station/identify/specimens.ts";
import { sha256 } from "../../../station/store/identity.ts";
import { openStore } from "../../../station/store/store.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, toHex, type Profile } from "../../../drivers/kit/index.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil, codeOf, startStation, tempFolder, testKey } from "../fakes/station.ts";
import { VisitStory } from "../store/kit.ts";
import { dm, open } from "./kit.ts";

// Shipped, and so there.
const printer = findProfile("printer-escpos") as Profile;
const port = "/dev/printer";
const member = (id: string, role: TeamMember["role"] = "doctor"): TeamMember => ({
  id,
  name: `样本${id}`,
  role,
  org: "township",
  orgName: "样本卫生院",
  tier: "township",
  phone: "0500-1000002",
});
const team = [member("li"), member("wang"), member("cun", "villageDoctor")];

/** A simulated station without a line, whose hub told it once who works there. */
async function place(...entries: readonly NewEntry[]) {
  const folder = tempFolder();
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  await opened.store.putTeam(team);
  await opened.store.append(entries);
  await opened.store.close();
  return startStation({ folder, clock: new FakeClock(), channels: new FakeChannels(), settings: { simulated: true } });
}
const touch = { act: "touch", language: "zh-CN" } as const;
type Client = Awaited<ReturnType<typeof place>>["client"];

/** Drawn up, read out, and signed; answers the contract. */
async function signs(client: Client, visit: string, doctor = "li", renews?: string): Promise<string> {
  const id = newId();
  const { packages } = await client.familyDoctor.view({ visit });
  const [pack] = packages;
  if (!pack) throw new Error("no package");
  const of = { id, visit, doctor, package: pack.id, ...(renews === undefined ? {} : { renews }) };
  const { hash } = await client.familyDoctor.draw(of);
  await client.familyDoctor.explained({ visit, hash });
  await client.familyDoctor.choose({ id, visit, hash, ...touch });
  return id;
}
const factsOf = (journal: readonly Entry[]) =>
  journal.flatMap(({ type, actor, subject, visit, body }) =>
    type === "contract.asked" || type === "contract.ended" ? [{ type, actor, subject, visit, body }] : [],
  );

test("whoever sits here signs by their own hand, without a line; the act says who, whom, how and to which text", async () => {
  const { client, journal } = await place();
  const visit = await open(client, dm);
  const { packages, ...before } = await client.familyDoctor.view({ visit });
  expect(before).toEqual({ team, mayChoose: true });
  expect(packages.map(({ group }) => group)).toContain("everybody");
  const id = newId();
  const drawn = await client.familyDoctor.draw({ id, visit, doctor: "li", package: "general" });
  expect(drawn.agreement).toMatchObject({
    contract: id,
    resident: dm,
    doctor: { id: "li", name: "样本li", org: "样本卫生院" },
    team: [{ name: "样本wang" }, { name: "样本cun", role: "villageDoctor" }],
    phone: "0500-1000002",
    package: { id: "general", type: "everybody" },
    fee: { yuan: 0, payer: "publicHealth" },
    months: 12,
    text: "2026-11-22",
  });
  expect(drawn.hash).toBe(agreementHash(drawn.agreement, sha256));
  await client.familyDoctor.explained({ visit, hash: drawn.hash });
  await client.familyDoctor.choose({ id, visit, hash: drawn.hash, ...touch });
  await client.familyDoctor.choose({ id, visit, hash: drawn.hash, ...touch });
  const { asked, active } = await client.familyDoctor.view({ visit });
  expect([active, asked]).toMatchObject([
    undefined,
    { id, state: "asked", stage: "signed", doctor: { id: "li" }, agreement: drawn.agreement },
  ]);
  const actor = { role: "resident", id: dm };
  expect(factsOf(await journal())).toMatchObject([
    {
      type: "contract.asked",
      actor,
      subject: dm,
      visit,
      body: {
        contract: id,
        doctor: { id: "li", name: "样本li", org: "样本卫生院" },
        act: "touch",
        identity: "specimen",
        text: "2026-11-22",
        language: "zh-CN",
        agreement: drawn.agreement,
        hash: drawn.hash,
      },
    },
  ]);
});

test("what the act says is what the hub finds: its own proof agrees with the station", async () => {
  const { client, journal } = await place();
  const visit = await open(client, dm);
  const contract = await signs(client, visit);
  const entries = await journal();
  const act = entries.find(({ id }) => id === contract);
  if (!act) throw new Error("no act");
  expect(askedIn(entries, act, sha256)).toMatchObject({ contract, resident: dm });
});

test("nothing is signed that was not read out, that was drawn up anew, or that was never drawn up", async () => {
  const { client, journal } = await place();
  const visit = await open(client, dm);
  const id = newId();
  const draw = () => client.familyDoctor.draw({ id, visit, doctor: "li", package: "general" });
  const sign = (hash: string, of = id) => codeOf(client.familyDoctor.choose({ id: of, visit, hash, ...touch }));
  expect(await sign("0".repeat(64))).toBe("care.changed");
  const first = await draw();
  expect(await sign(first.hash)).toBe("care.changed");
  await client.familyDoctor.explained({ visit, hash: first.hash });
  const second = await client.familyDoctor.draw({ id, visit, doctor: "wang", package: "general" });
  expect(await sign(first.hash)).toBe("care.changed");
  expect(await sign(second.hash)).toBe("care.changed");
  expect(await codeOf(client.familyDoctor.explained({ visit, hash: first.hash }))).toBe("care.changed");
  await client.familyDoctor.explained({ visit, hash: second.hash });
  expect(await sign(second.hash, newId())).toBe("care.changed");
  expect(factsOf(await journal())).toEqual([]);
});

test("a text drawn up for one person is gone with their visit", async () => {
  const { client } = await place();
  const visit = await open(client, dm);
  const id = newId();
  const { hash } = await client.familyDoctor.draw({ id, visit, doctor: "li", package: "general" });
  await client.familyDoctor.explained({ visit, hash });
  await client.visit.leave({ visit, reason: "left" });
  const next = await open(client, dm);
  expect(await codeOf(client.familyDoctor.choose({ id, visit: next, hash, ...touch }))).toBe("care.changed");
});

test.each([
  ["thirty-one days before its end it simply stands", 31, "active"],
  ["thirty days before its end it is to be renewed", 30, "renewalDue"],
])("%s", async (_what, days, stage) => {
  const before = new VisitStory(dm);
  const contract = newId();
  const clock = new FakeClock();
  const until = new Date(clock.now() + days * 86_400_000).toISOString();
  const { client } = await place(
    before.opened(),
    before.choseDoctor(contract, "li"),
    before.heardOfDoctor(contract, "active", 95, until),
    before.closed(),
  );
  const visit = await open(client, dm);
  expect((await client.familyDoctor.view({ visit })).active).toMatchObject({ id: contract, stage });
  const drawn = client.familyDoctor.draw({ id: newId(), visit, doctor: "li", package: "general", renews: contract });
  if (stage === "active") expect(await codeOf(drawn)).toBe("care.unknown");
  else expect((await drawn).agreement.renews).toBe(contract);
  const strange = { id: newId(), visit, doctor: "wang", package: "general", renews: contract };
  expect(await codeOf(client.familyDoctor.draw(strange))).toBe("care.unknown");
});

test("renewing is the person's own act again; the one before stands until the doctor answers", async () => {
  const before = new VisitStory(dm);
  const contract = newId();
  const until = new Date(new FakeClock().now() + 86_400_000 * 10).toISOString();
  const { client } = await place(
    before.opened(),
    before.choseDoctor(contract, "li"),
    before.heardOfDoctor(contract, "active", 95, until),
    before.closed(),
  );
  const visit = await open(client, dm);
  const renewed = await signs(client, visit, "li", contract);
  const { active, asked } = await client.familyDoctor.view({ visit });
  expect([active?.id, asked?.id, asked?.agreement?.renews]).toEqual([contract, renewed, contract]);
});

test("whose time is over is nobody's contract, also where no line has said so yet", async () => {
  const before = new VisitStory(dm);
  const contract = newId();
  const { client } = await place(
    before.opened(),
    before.choseDoctor(contract, "li"),
    before.heardOfDoctor(contract, "active", 95, new Date(new FakeClock().now()).toISOString()),
    before.closed(),
  );
  const visit = await open(client, dm);
  const { active, over } = await client.familyDoctor.view({ visit });
  expect([active, over?.id, over?.stage]).toEqual([undefined, contract, "ended"]);
});

test("who was answered by the doctor is shown whose resident they are, and leaves at once", async () => {
  const before = new VisitStory(dm);
  const contract = newId();
  const { client, journal } = await place(
    before.opened(),
    before.choseDoctor(contract),
    before.heardOfDoctor(contract, "active"),
    before.closed(),
  );
  const visit = await open(client, dm);
  expect((await client.familyDoctor.view({ visit })).active).toMatchObject({ id: contract, state: "active" });
  const left = { id: newId(), visit, contract, act: "key" as const };
  await client.familyDoctor.end(left);
  await client.familyDoctor.end(left);
  expect((await client.familyDoctor.view({ visit })).active).toBeUndefined();
  expect(await codeOf(client.familyDoctor.end({ ...left, id: newId() }))).toBe("care.unknown");
  expect(factsOf(await journal()).filter(({ type }) => type === "contract.ended")).toMatchObject([
    { subject: dm, visit, body: { contract, act: "key" } },
  ]);
});

test("a helper who operates is in the act, and by it the person agrees that the doctor sees the results", async () => {
  const { client, journal } = await place();
  const visit = await open(client, dm);
  await client.visit.consent({ id: newId(), visit, scope: "send", given: false, way: "touch" });
  await client.visit.helper({ id: newId(), visit, helper: "relative" });
  await signs(client, visit);
  const [fact] = factsOf(await journal());
  expect(fact?.body).toMatchObject({ identity: "specimen", helper: "relative" });
  const agreed = (await journal()).findLast(({ type }) => type === "consent.given");
  expect(agreed?.body).toMatchObject({ scope: "send", way: "helper" });
});

test("whose number others know, too, is shown the way to the card, and nothing is kept", async () => {
  const { client, journal } = await place();
  const found = await client.identify.phone(specimenPhone);
  const visit = newId();
  const who = { kind: "found" as const, token: found.token, consents: { keep: true }, way: "touch" as const };
  await client.visit.open({ id: visit, who });
  expect((await client.familyDoctor.view({ visit })).mayChoose).toBe(false);
  const wish = { id: newId(), visit, doctor: "li", package: "general" };
  expect(await codeOf(client.familyDoctor.draw(wish))).toBe("identify.cardNeeded");
  expect(await codeOf(client.familyDoctor.choose({ id: newId(), visit, hash: "0".repeat(64), ...touch }))).toBe(
    "identify.cardNeeded",
  );
  expect(factsOf(await journal())).toEqual([]);
});

test("a guest has no family doctor", async () => {
  const { client, journal } = await place();
  const visit = await open(client);
  expect(await codeOf(client.familyDoctor.view({ visit }))).toBe("identify.notFound");
  const wish = { id: newId(), visit, doctor: "li", package: "general" };
  expect(await codeOf(client.familyDoctor.draw(wish))).toBe("identify.notFound");
  expect(factsOf(await journal())).toEqual([]);
});

test.each(["cun", "nobody"])("who is no doctor of the team cannot be chosen: %s", async (doctor) => {
  const { client } = await place();
  const visit = await open(client, dm);
  const wish = { id: newId(), visit, doctor, package: "general" };
  expect(await codeOf(client.familyDoctor.draw(wish))).toBe("care.unknown");
});

test("another person's contract is neither shown nor ended, and nothing is chosen in a visit that is over", async () => {
  const before = new VisitStory("018f0000-0000-7000-8000-0000000000a1");
  const contract = newId();
  const { client } = await place(before.opened(), before.choseDoctor(contract), before.closed());
  const visit = await open(client, dm);
  const { packages: _packages, ...view } = await client.familyDoctor.view({ visit });
  expect(view).toEqual({ team, mayChoose: true });
  expect(await codeOf(client.familyDoctor.end({ id: newId(), visit, contract, act: "touch" }))).toBe("care.unknown");
  await client.visit.leave({ visit, reason: "left" });
  const wish = { id: newId(), visit, doctor: "li", package: "general" };
  expect(await codeOf(client.familyDoctor.draw(wish))).toBe("visit.closed");
});

test("the agreement comes out on paper, of this person's own contract and of no other", async () => {
  const folder = tempFolder();
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  await opened.store.putTeam(team);
  await opened.store.close();
  const [clock, channels] = [new FakeClock(), new FakeChannels()];
  channels.plug(port);
  const settings = { simulated: true, devices: [{ profile: printer.id, port }] };
  const { client } = await startStation({ folder, clock, channels, settings });
  const paper = channels.ports.get(port);
  if (!paper) throw new Error("no port");
  simulated(paper, printer, clock);
  const visit = await open(client, dm);
  const contract = await signs(client, visit);
  await clock.advance(2_000);
  let over = false;
  const asked = { id: newId(), visit, language: "zh-CN" } as const;
  expect(await codeOf(client.familyDoctor.print({ ...asked, contract: newId() }))).toBe("care.unknown");
  const printed = codeOf(client.familyDoctor.print({ ...asked, contract })).finally(() => (over = true));
  await advanceUntil(clock, () => over, "paper", 60_000);
  expect(await printed).toBeUndefined();
  const line = (text: string) => toHex(encode(printer, "line", { text }));
  expect(paper.sent).toEqual(expect.arrayContaining([line("有事打电话：0500-1000002"), line("不收您的钱。")]));
});
