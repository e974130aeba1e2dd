import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DirectoryView } from "../../core/contract/hub-directory.ts";
import { codeAt } from "../../hub/http/second-factor.ts";
import { codeOf, StationParty, Town, type HubClient, type Line, type PersonParty } from "./parties.ts";

const password = "qingxi-2026-spring";

let town: Town;
let boss: PersonParty;
let line: Line;
let client: HubClient;
beforeEach(async () => {
  town = await Town.open();
  boss = await town.person("boss", "manager");
  line = await boss.connect();
  ({ client } = line);
});
afterEach(() => town.end());

const township = async () => (await client.directory.putOrg({ name: "Specimen township", tier: "township" })).id;
const doctor = async (account = "zhao", org?: string) =>
  client.directory.invite({
    account,
    name: "Dr Zhao",
    role: "doctor",
    practice: { org: org ?? (await township()), licence: "specimen-1" },
  });
const take = async (code: string, account = "zhao", chosen = password) => {
  const answer = await town.post("/api/invited", { account, code, password: chosen });
  return [answer.status, await answer.json()] as const;
};
const wrong = [409, { code: "account.invitation" }] as const;

/** What the page is shown next. */
async function seen(): Promise<DirectoryView> {
  for await (const whole of await client.directory.watch()) return whole;
  throw new Error("the feed ended");
}
const stateOf = async (account: string) => (await seen()).accounts.find((one) => one.account === account);

async function signIn(account = "zhao") {
  const answer = await town.post("/api/sign-in", { account, password });
  return { status: answer.status, ...((await answer.json()) as { readonly step?: string; readonly secret?: string }) };
}
/** Through both steps; the cookie of the session. */
async function comeIn(account = "zhao"): Promise<string> {
  const { step, secret = "" } = await signIn(account);
  const answer = await town.post("/api/sign-in/code", { step, code: codeAt(secret, town.now()) });
  expect(answer.status).toBe(200);
  return answer.headers.get("set-cookie") ?? "";
}

describe("an invitation", () => {
  test("brings a person in, with a password of their own and a second factor, and is good once", async () => {
    const { code, until, id } = await doctor();
    expect(await stateOf("zhao")).toMatchObject({ id, state: "invited", invitedUntil: until, factor: false });
    expect((await signIn()).status, "nobody signs in without a password").toBe(401);
    expect((await town.post("/api/sign-in", { account: "zhao", password: "" })).status).toBe(400);

    expect(await take(` ${code.toLowerCase()} `)).toEqual([200, {}]);
    await comeIn();
    expect(await stateOf("zhao")).toMatchObject({
      state: "active",
      factor: true,
      practice: { orgName: "Specimen township", tier: "township" },
    });
    expect(await take(code, "zhao", "another-password")).toEqual(wrong);
    expect((await signIn()).status).toBe(200);
  });

  test.each([
    ["of another account", async () => take((await doctor()).code, "boss")],
    ["that was guessed", async () => (await doctor(), take("AAAA-AAAA-AAAA"))],
    [
      "older than three days",
      async () => {
        const { code } = await doctor();
        town.clock.advance(72 * 3_600_000);
        return take(code);
      },
    ],
    [
      "in whose place another was made",
      async () => {
        const { code, id } = await doctor();
        await client.directory.inviteAgain({ id });
        return take(code);
      },
    ],
    [
      "of an account that has ended",
      async () => {
        const { code, id } = await doctor();
        await client.directory.retire({ id });
        return take(code);
      },
    ],
  ])("%s is refused, and says no more than that", async (_, tried) => {
    expect(await tried()).toEqual(wrong);
  });

  test("that two spend at once is spent once", async () => {
    const { code } = await doctor();
    const answers = await Promise.all([take(code), take(code, "zhao", "another-password")]);
    expect(answers.map(([status]) => status).toSorted()).toEqual([200, 409]);
  });

  test("is not spent by a password that is too easy", async () => {
    const { code } = await doctor();
    expect(await take(code, "zhao", "short")).toEqual([409, { code: "account.password" }]);
    expect(await take(code)).toEqual([200, {}]);
  });

  test("is not guessed: the sixth try waits", async () => {
    await doctor();
    for (let tried = 0; tried < 5; tried++) expect((await take("guess"))[0]).toBe(409);
    expect(await take("guess")).toEqual([429, { code: "account.tooMany" }]);
  });

  test("of one name by two managers at once is one account", async () => {
    const org = await township();
    const other = (await (await town.person("boss2", "manager")).connect()).client;
    const wish = { account: "zhao", name: "Dr", role: "doctor", practice: { org, licence: "s" } } as const;
    const answers = await Promise.all([client, other].map((one) => codeOf(one.directory.invite(wish))));
    expect(answers.toSorted()).toEqual(["account.taken", "ok"].toSorted());
  });

  test("reaches neither log nor journal", async () => {
    const { code } = await doctor();
    await take(code);
    const kept = town.log.join("") + JSON.stringify(town.hub.journal.entriesAfter(0, 1_000));
    expect(kept).toContain("account.joined");
    for (const word of [code, code.replaceAll("-", ""), password]) expect(kept).not.toContain(word);
  });
});

describe("an account that ends", () => {
  test("is out at once, everywhere", async () => {
    const person = await town.person("li");
    const desk = await person.connect();
    await client.directory.retire({ id: person.id });
    expect(await desk.closed).toBe(4401);
    await expect(person.connect()).rejects.toThrow("401");
    expect((await town.post("/api/sign-in", { account: "li", password: "password of li" })).status).toBe(401);
    expect((await stateOf("li"))?.state).toBe("retired");
    expect(await codeOf(client.directory.retire({ id: person.id })), "once").toBe("account.unknown");
    expect(await codeOf(client.directory.inviteAgain({ id: person.id }))).toBe("account.unknown");
    expect(await codeOf(client.directory.invite({ account: "li", name: "Other", role: "auditor" }))).toBe(
      "account.taken",
    );
  });

  test("owes nothing where it worked, and is no contract's doctor any more", async () => {
    const practice = { org: "here", orgName: "Specimen", tier: "village", licence: "s" } as const;
    const { id } = await town.person("li", "doctor", practice);
    const { ladder } = town.hub.parts.care;
    expect(ladder.isActive(id, "here")).toBe(true);
    await client.directory.retire({ id });
    expect(ladder.isActive(id, "here")).toBe(false);
  });

  test("of two managers who end each other at once one stays", async () => {
    const other = await town.person("boss2", "manager");
    const theirs = (await other.connect()).client;
    const { staff } = town.hub.parts;
    const entry = { type: "account.retired" as const, actor: { role: "hub", id: "hub" }, subject: null, visit: null };
    const ended = await Promise.all(
      [boss, other].map(({ id, account }, nth) =>
        staff.retire(id, town.now(), { ...entry, id: `018f0000-0000-7000-8000-00000000000${nth}`, body: { account } }),
      ),
    );
    expect(ended.filter((sessions) => sessions === undefined)).toHaveLength(1);
    expect(await codeOf(theirs.directory.retire({ id: boss.id }))).not.toBe("ok");
  });

  test("is nobody's colleague any more", async () => {
    const [li, wang] = [await town.person("li"), await town.person("wang")];
    await client.directory.retire({ id: li.id });
    for await (const all of await (await wang.connect()).client.people.colleagues()) {
      expect(all.map(({ id }) => id)).not.toContain(li.id);
      break;
    }
  });

  test("between password and code does not come in", async () => {
    const { code, id } = await doctor();
    await take(code);
    const { step, secret = "" } = await signIn();
    await client.directory.retire({ id });
    expect((await town.post("/api/sign-in/code", { step, code: codeAt(secret, town.now()) })).status).toBe(401);
  });

  test("is never one's own, so that nobody is left without an administrator", async () => {
    expect(await codeOf(client.directory.retire({ id: boss.id }))).toBe("account.forbidden");
    expect(await codeOf(client.directory.inviteAgain({ id: boss.id }))).toBe("account.forbidden");
    expect((await stateOf("boss"))?.state).toBe("active");
  });
});

test("who is invited again is out at once, and comes in by the new code with a new second factor", async () => {
  const person = await town.person("li");
  const desk = await person.connect();
  const { code } = await client.directory.inviteAgain({ id: person.id });
  expect(await desk.closed).toBe(4401);
  expect((await town.post("/api/sign-in", { account: "li", password: "password of li" })).status).toBe(401);
  expect(await take(code, "li")).toEqual([200, {}]);
  expect((await signIn("li")).secret).toBeDefined();
});

test("an institution that is renamed is renamed where people work, and its work climbs as it is told", async () => {
  const org = await township();
  await doctor("zhao", org);
  const county = (await client.directory.putOrg({ name: "Specimen county", tier: "county" })).id;
  const renamed = { id: org, name: "Specimen township two", tier: "township", above: county, phone: "0500-1" } as const;
  await client.directory.putOrg(renamed);
  expect((await stateOf("zhao"))?.practice?.orgName).toBe("Specimen township two");
  expect(town.hub.parts.care.ladder.above(org)?.org).toBe(county);
  expect(await codeOf(client.directory.putOrg({ id: county, name: "Ring", tier: "county", above: org }))).toBe(
    "org.tier",
  );
  expect((await seen()).orgs).toEqual(expect.arrayContaining([renamed]) as object);
});

test("of two managers at once neither brings about what each alone would be refused", async () => {
  const village = { name: "Specimen village", tier: "village" } as const;
  const [org, { id }] = [await township(), await client.directory.putOrg(village)];
  const theirs = (await (await town.person("boss2", "manager")).connect()).client;
  const answers = await Promise.all([
    codeOf(client.directory.putOrg({ ...village, id, above: org })),
    codeOf(theirs.directory.putOrg({ id: org, name: "Specimen township", tier: "village" })),
  ]);
  expect(answers.toSorted()).toEqual(["ok", "org.tier"].toSorted());
});

test("an institution keeps a tier that the stations paired with it can climb from", async () => {
  const [hospital, branch] = [await township(), (await client.directory.putOrg({ name: "V", tier: "village" })).id];
  const station = await town.station("Kiosk");
  await client.directory.pairStation({ station: station.id, branch, hospital });
  const lower = { id: hospital, name: "Specimen township", tier: "village" } as const;
  expect(await codeOf(client.directory.putOrg(lower))).toBe("org.tier");
  await client.directory.pairStation({ station: station.id, branch });
  expect(await codeOf(client.directory.putOrg(lower))).toBe("ok");
});

test("who was retired in between is not changed", async () => {
  const { id } = await doctor();
  const found = await stateOf("zhao");
  await client.directory.retire({ id });
  const { staff } = town.hub.parts;
  const entry = {
    id: "018f0000-0000-7000-8000-000000000001",
    actor: { role: "hub", id: "hub" },
    subject: null,
  } as const;
  const written = { ...entry, type: "account.changed" as const, visit: null, body: { account: "zhao", name: "Other" } };
  expect(await staff.change(id, { name: "Other" }, () => undefined, written)).toBe("account.unknown");
  expect(await staff.find(id)).toMatchObject({ name: found?.name });
});

test("a person who moves works elsewhere from then on", async () => {
  const { id } = await doctor();
  const village = (await client.directory.putOrg({ name: "Specimen village", tier: "village" })).id;
  await client.directory.change({ id, name: "Dr Zhao Li", practice: { org: village, licence: "specimen-2" } });
  expect(await stateOf("zhao")).toMatchObject({ name: "Dr Zhao Li", practice: { org: village, tier: "village" } });
  expect(await codeOf(client.directory.change({ id, name: "Nowhere" }))).toBe("account.needsPractice");
});

test("who moves to an institution that is renamed at the same moment works under its new name", async () => {
  const { id } = await doctor();
  const org = (await client.directory.putOrg({ name: "Before", tier: "village" })).id;
  await Promise.all([
    client.directory.change({ id, name: "Dr Zhao", practice: { org, licence: "specimen-2" } }),
    client.directory.putOrg({ id: org, name: "After", tier: "township" }),
  ]);
  expect(await stateOf("zhao")).toMatchObject({ practice: { org, orgName: "After", tier: "township" } });
  const { staff } = town.hub.parts;
  const work = { org: "nowhere", licence: "specimen-2" };
  const written = {
    id: "018f0000-0000-7000-8000-000000000002",
    actor: { role: "hub", id: "hub" },
    subject: null,
  } as const;
  const asked = { ...written, type: "account.changed" as const, visit: null, body: { account: "zhao", name: "Other" } };
  const refuse = (orgs: readonly { readonly id: string }[]) =>
    orgs.some((one) => one.id === work.org) ? undefined : ("org.unknown" as const);
  expect(await staff.change(id, { name: "Other", practice: work }, refuse, asked)).toBe("org.unknown");
  expect(await stateOf("zhao")).toMatchObject({ name: "Dr Zhao" });
});

test("a code whose institutions were changed meanwhile pairs no station that could not climb from there", async () => {
  const [hospital, branch] = [await township(), (await client.directory.putOrg({ name: "V", tier: "village" })).id];
  const { code } = await client.directory.stationCode({ branch, hospital });
  await client.directory.putOrg({ id: hospital, name: "Specimen township", tier: "village" });
  expect((await new StationParty(town, "New").enrol(code)).status).toBe(409);
  await client.directory.putOrg({ id: hospital, name: "Specimen township", tier: "township" });
  expect((await new StationParty(town, "New").enrol(code)).status).toBe(200);
});

test("a new station stands where its code says, and is moved", async () => {
  const org = await township();
  const { code } = await client.directory.stationCode({ branch: org });
  const station = await (async () => {
    const made = await town.station("Elsewhere");
    expect((await made.enrol(code)).status, "the code of the other station made this one void").toBe(409);
    return made;
  })();
  await client.directory.pairStation({ station: station.id, branch: org });
  expect((await seen()).stations).toEqual([expect.objectContaining({ id: station.id, branch: org })]);
  expect(await codeOf(client.directory.pairStation({ station: station.id, hospital: "nowhere" }))).toBe("org.unknown");
});

test("a station that enrols by a manager's code is paired by it, and seen at once", async () => {
  const org = await township();
  const told: DirectoryView["stations"][] = [];
  const { code } = await client.directory.stationCode({ branch: org });
  const station = new StationParty(town, "New");
  for await (const { stations } of await client.directory.watch()) {
    told.push(stations);
    if (told.length > 1) break;
    expect((await station.enrol(code)).status).toBe(200);
  }
  expect(told).toEqual([[], [expect.objectContaining({ id: station.id, branch: org })]]);
});

test("every change is written down with who made it", async () => {
  const { id } = await doctor();
  await client.directory.retire({ id });
  const kinds = ["org.put", "account.invited", "account.retired"];
  const kept = town.hub.journal.entriesAfter(0, 1_000).filter(({ type }) => kinds.includes(type));
  expect(kept.map(({ type, actor }) => [type, actor])).toEqual(
    kinds.map((type) => [type, { role: "manager", id: boss.id }]),
  );
});

describe("the first manager", () => {
  test("is invited by the hub as long as there is none, and never again", async () => {
    await town.end();
    town = await Town.open();
    const first = await town.hub.firstManager();
    const second = await town.hub.firstManager();
    if (!first || !second) throw new Error("nobody was invited");
    expect(await take(first.code, first.account), "an older code").toEqual(wrong);
    expect(await take(second.code, second.account)).toEqual([200, {}]);
    await comeIn(second.account);
    expect(await town.hub.firstManager()).toBeUndefined();
    await town.stop();
    await town.start();
    expect(await town.hub.firstManager()).toBeUndefined();
  });

  test("is not asked for where there is one, but one more is invited for who lost the phone and is alone", async () => {
    expect(await town.hub.firstManager()).toBeUndefined();
    const more = await town.hub.firstManager(true);
    if (!more) throw new Error("nobody was invited");
    expect(await take(more.code, more.account)).toEqual([200, {}]);
    await comeIn(more.account);
    expect((await stateOf("boss"))?.state).toBe("active");
    expect((await town.hub.firstManager(true))?.account, "a name that nobody had").not.toBe(more.account);
  });
});
