import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { TeamMember } from "../../../core/contract/hub-contracts.ts";
import type { Entry, NewEntry } from "../../../core/journal/entry.ts";
import { specimenPhone } from "../../../station/identify/specimens.ts";
import { openStore } from "../../../station/store/store.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { codeOf, startStation, tempFolder, testKey } from "../fakes/station.ts";
import { VisitStory } from "../store/kit.ts";
import { dm, open } from "./kit.ts";

const member = (id: string, role: TeamMember["role"] = "doctor"): TeamMember => ({
  id,
  name: `样本${id}`,
  role,
  org: "township",
  orgName: "样本卫生院",
  tier: "township",
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
const factsOf = (journal: readonly Entry[]) =>
  journal.flatMap(({ type, actor, subject, visit, body }) =>
    type === "contract.asked" || type === "contract.ended" ? [{ type, actor, subject, visit, body }] : [],
  );

test("whoever sits here chooses by their own hand, without a line; the act says who, whom, how and to which text", async () => {
  const { client, journal } = await place();
  const visit = await open(client, dm);
  expect(await client.familyDoctor.view({ visit })).toEqual({ team, mayChoose: true });
  const contract = newId();
  await client.familyDoctor.choose({ id: contract, visit, doctor: "li", ...touch });
  await client.familyDoctor.choose({ id: contract, visit, doctor: "li", ...touch });
  const { asked, active } = await client.familyDoctor.view({ visit });
  expect([active, asked]).toMatchObject([undefined, { id: contract, state: "asked", doctor: { id: "li" } }]);
  const actor = { role: "resident", id: dm };
  expect(factsOf(await journal())).toEqual([
    {
      type: "contract.asked",
      actor,
      subject: dm,
      visit,
      body: {
        contract,
        doctor: { id: "li", name: "样本li", org: "样本卫生院" },
        act: "touch",
        identity: "specimen",
        text: "2026-11",
        language: "zh-CN",
      },
    },
  ]);
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
  await client.familyDoctor.choose({ id: newId(), visit, doctor: "li", ...touch });
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
  expect(await codeOf(client.familyDoctor.choose({ id: newId(), visit, doctor: "li", ...touch }))).toBe(
    "identify.cardNeeded",
  );
  expect(factsOf(await journal())).toEqual([]);
});

test("a guest has no family doctor", async () => {
  const { client, journal } = await place();
  const visit = await open(client);
  expect(await codeOf(client.familyDoctor.view({ visit }))).toBe("identify.notFound");
  expect(await codeOf(client.familyDoctor.choose({ id: newId(), visit, doctor: "li", ...touch }))).toBe(
    "identify.notFound",
  );
  expect(factsOf(await journal())).toEqual([]);
});

test.each(["cun", "nobody"])("who is no doctor of the team cannot be chosen: %s", async (doctor) => {
  const { client } = await place();
  const visit = await open(client, dm);
  expect(await codeOf(client.familyDoctor.choose({ id: newId(), visit, doctor, ...touch }))).toBe("care.unknown");
});

test("another person's contract is neither shown nor ended, and nothing is chosen in a visit that is over", async () => {
  const before = new VisitStory("018f0000-0000-7000-8000-0000000000a1");
  const contract = newId();
  const { client } = await place(before.opened(), before.choseDoctor(contract), before.closed());
  const visit = await open(client, dm);
  expect(await client.familyDoctor.view({ visit })).toEqual({ team, mayChoose: true });
  expect(await codeOf(client.familyDoctor.end({ id: newId(), visit, contract, act: "touch" }))).toBe("care.unknown");
  await client.visit.leave({ visit, reason: "left" });
  expect(await codeOf(client.familyDoctor.choose({ id: newId(), visit, doctor: "li", ...touch }))).toBe("visit.closed");
});
