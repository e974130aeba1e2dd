import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeAt } from "../../hub/http/second-factor.ts";
import { Authenticator, codeOf, openKey, Town } from "./parties.ts";

let town: Town;
beforeEach(async () => {
  town = await Town.open();
});
afterEach(() => town.end());

const enter = (step: string, code: string) => town.post("/api/sign-in/code", { step, code });

/** The answer to the right password. */
async function passwordOf(account: string) {
  const answer = await town.post("/api/sign-in", { account, password: `password of ${account}` });
  expect(answer.headers.get("set-cookie"), "a password alone opens no session").toBeNull();
  return (await answer.json()) as {
    readonly step: string;
    readonly need: string;
    readonly secret?: string;
    readonly uri?: string;
  };
}

async function newcomer() {
  await town.hub.putAccount({ account: "li", name: "Dr li", role: "doctor", password: "password of li" });
  const { step, secret = "", ...rest } = await passwordOf("li");
  return { step, secret, ...rest };
}

async function enrolled(): Promise<string> {
  const { step, secret } = await newcomer();
  expect((await enter(step, codeAt(secret, town.clock.now()))).status).toBe(200);
  town.clock.advance(90_000);
  return secret;
}

test("who has no second factor is shown one, and has it once a code of it was right", async () => {
  const { step, secret, need, uri } = await newcomer();
  expect(need).toBe("enrol");
  expect(uri).toContain(`secret=${secret}`);
  expect((await enter(step, "000000")).status).toBe(401);
  expect((await passwordOf("li")).need).toBe("enrol");
  const again = await passwordOf("li");
  expect(again.secret, "a secret that nobody confirmed is not shown twice").not.toBe(secret);
  expect((await enter(again.step, codeAt(again.secret ?? "", town.clock.now()))).status).toBe(200);
  expect(await passwordOf("li")).toEqual({ step: expect.any(String) as string, need: "code" });
});

test.each([
  { name: "the present step", aheadMs: 0, status: 200 },
  { name: "the step before", aheadMs: -30_000, status: 200 },
  { name: "the step after", aheadMs: 30_000, status: 200 },
  { name: "two steps before", aheadMs: -60_000, status: 401 },
  { name: "two steps after", aheadMs: 60_000, status: 401 },
])("a code of $name: $status", async ({ aheadMs, status }) => {
  const secret = await enrolled();
  const { step } = await passwordOf("li");
  expect((await enter(step, codeAt(secret, town.clock.now() + aheadMs))).status).toBe(status);
});

test("a code is good once, also over a restart of the hub", async () => {
  const secret = await enrolled();
  const code = codeAt(secret, town.clock.now());
  expect((await enter((await passwordOf("li")).step, code)).status).toBe(200);
  const second = await enter((await passwordOf("li")).step, code);
  expect([second.status, await second.json()]).toEqual([401, { code: "account.codeWrong" }]);
  await town.stop();
  await town.start();
  expect((await enter((await passwordOf("li")).step, code)).status).toBe(401);
});

test("two tries with one code side by side are one sign-in", async () => {
  const secret = await enrolled();
  const code = codeAt(secret, town.clock.now());
  const steps = [(await passwordOf("li")).step, (await passwordOf("li")).step];
  const answers = await Promise.all(steps.map((step) => enter(step, code)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
});

test("after five wrong codes the door stays shut for a while, also for the right one", async () => {
  const codes = new Authenticator(await enrolled());
  const { step } = await passwordOf("li");
  const statuses: number[] = [];
  for (let nth = 0; nth < 6; nth += 1) statuses.push((await enter(step, "000000")).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  const shut = await enter(step, codes.code(town.clock.now()));
  expect([shut.status, await shut.json()]).toEqual([429, { code: "account.tooMany" }]);
  town.clock.advance(30_000);
  expect((await enter(step, codes.code(town.clock.now()))).status).toBe(200);
});

test.each([
  { name: "one that nobody was given", step: async () => "x".repeat(43) },
  {
    name: "one that was used",
    step: async (secret: string) => {
      const { step } = await passwordOf("li");
      await enter(step, codeAt(secret, town.clock.now() - 30_000));
      return step;
    },
  },
  {
    name: "one of five minutes ago",
    step: async () => {
      const { step } = await passwordOf("li");
      town.clock.advance(5 * 60_000);
      return step;
    },
  },
])("a step counts once and for five minutes: $name is over", async ({ step }) => {
  const secret = await enrolled();
  const token = await step(secret);
  const answer = await enter(token, codeAt(secret, town.clock.now()));
  expect([answer.status, await answer.json()]).toEqual([401, { code: "account.stepOver" }]);
});

test("no secret and no code reaches the log or the journal", async () => {
  const secret = await enrolled();
  const code = codeAt(secret, town.clock.now());
  await enter((await passwordOf("li")).step, code);
  const kept = town.log.join("") + JSON.stringify(town.hub.journal.entriesAfter(0, 1_000));
  expect(kept).toContain("account.signedIn");
  for (const word of [secret, `"${code}"`]) expect(kept).not.toContain(word);
});

describe("a manager resets the factor of a person", () => {
  const asManager = async () => (await (await town.person("manager", "manager")).connect()).client.people;

  test("old codes are dead and sessions end at once; the next sign-in enrols, and it is written down", async () => {
    const doctor = await town.person("li");
    const line = await doctor.connect();
    const people = await asManager();
    const { step } = await passwordOf("li");
    await people.resetFactor({ account: "li", reason: "phone lost" });

    expect(await line.closed).toBe(4401);
    await expect(doctor.connect()).rejects.toThrow("401");
    town.clock.advance(60_000);
    expect((await enter(step, doctor.code())).status, "a step begun before").toBe(401);
    const { need, step: fresh } = await passwordOf("li");
    expect(need).toBe("enrol");
    expect((await enter(fresh, doctor.code())).status, "a code of the old secret").toBe(401);
    expect((await doctor.signIn()).status).toBe(200);
    expect(town.hub.journal.entriesAfter(0, 1_000).filter(({ type }) => type === "account.factorReset")).toEqual([
      expect.objectContaining({
        actor: expect.objectContaining({ role: "manager" }) as object,
        body: { account: "li", reason: "phone lost" },
      }),
    ]);
  });

  test("what the doctor had unlocked for signing is locked", async () => {
    const doctor = await town.person("li");
    await openKey(await doctor.connect(), doctor);
    const people = await asManager();
    await people.resetFactor({ account: "li", reason: "phone lost" });
    await doctor.signIn();
    expect((await (await doctor.connect()).client.signing.state()).until).toBeUndefined();
  });

  test("not one's own", async () => {
    const people = await asManager();
    expect(await codeOf(people.resetFactor({ account: "manager", reason: "phone lost" }))).toBe("account.forbidden");
    expect((await passwordOf("manager")).need).toBe("code");
  });

  test("nobody's who is not there", async () => {
    const people = await asManager();
    expect(await codeOf(people.resetFactor({ account: "nobody", reason: "phone lost" }))).toBe("account.unknown");
  });
});
