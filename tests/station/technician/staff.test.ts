import { expect, test } from "vitest";
import { allows } from "../../../core/rights.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { createLogger } from "../../../station/log/logger.ts";
import { specimenStaff } from "../../../station/technician/specimen-staff.ts";
import { FakeClock } from "../fakes/clock.ts";
import { codeOf, tempFolder } from "../fakes/station.ts";
import { cuffId, deskWith, faultDataOf, newId, signIn, watchDesk } from "./kit.ts";

const [operator, technician] = specimenStaff;

test("a simulated station brings specimen staff along, whose PINs are shown; both can sign in", async () => {
  const { client, journal } = await deskWith();
  const { staff, setUp } = await client.technician.staff.list();
  expect([setUp, staff.map(({ name, role, specimenPin }) => [name, role, specimenPin])]).toEqual([
    false,
    [
      ["演示村医", "operator", operator.pin],
      ["演示技术员", "technician", technician.pin],
    ],
  ]);
  await signIn(client, "operator");
  await signIn(client);
  const entries = await journal();
  expect(entries.filter(({ type }) => type === "staff.signedIn").map(({ actor }) => actor)).toEqual([
    { role: "operator", id: operator.staff },
    { role: "technician", id: technician.staff },
  ]);
});

test("in earnest nobody is brought along, not even by a folder that was simulated once", async () => {
  const folder = tempFolder();
  const first = await deskWith([], { folder });
  await first.station.close();
  const { client, station } = await deskWith([], { folder, simulated: false, setupCode: "20301122" });
  expect([await client.technician.staff.list(), station.setupCode]).toEqual([{ staff: [], setUp: true }, "20301122"]);
  expect(await codeOf(client.technician.staff.signIn({ operator: technician.staff, pin: technician.pin }))).toBe(
    "staff.wrongPin",
  );
});

test("the setup code makes the first technician, and no second one", async () => {
  const folder = tempFolder();
  const { client, station } = await deskWith([], { folder, simulated: false, setupCode: "20301122" });
  const wang = { name: "样本技术员", pin: "280913" };
  const setUp = client.technician.staff.setUp;
  expect(await codeOf(setUp({ id: newId(), code: "20301123", ...wang }))).toBe("staff.setupCode");
  expect(await codeOf(setUp({ id: newId(), code: "20301122", name: "样本", pin: "111111" }))).toBe("staff.weakPin");
  expect(await setUp({ id: newId(), code: "20301122", ...wang })).toMatchObject({
    name: "样本技术员",
    role: "technician",
  });
  expect([station.setupCode, await codeOf(setUp({ id: newId(), code: "20301122", ...wang }))]).toEqual([
    undefined,
    "staff.setupCode",
  ]);
  await station.close();
  const again = await deskWith([], { folder, simulated: false, setupCode: "20301122" });
  expect(again.station.setupCode).toBeUndefined();
  expect(await codeOf(again.client.technician.staff.setUp({ id: newId(), code: "20301122", ...wang }))).toBe(
    "staff.setupCode",
  );
  const [first] = (await again.client.technician.staff.list()).staff;
  expect(
    await codeOf(again.client.technician.staff.signIn({ operator: first?.id ?? "", pin: wang.pin })),
  ).toBeUndefined();
});

test("two who use the setup code at the same moment: one is technician", async () => {
  const { client } = await deskWith([], { simulated: false, setupCode: "20301122" });
  const setUp = (name: string) =>
    codeOf(client.technician.staff.setUp({ id: newId(), code: "20301122", name, pin: "280913" }));
  expect((await Promise.all([setUp("甲样本"), setUp("乙样本")])).sort()).toEqual(["staff.setupCode", undefined]);
  expect((await client.technician.staff.list()).staff).toHaveLength(1);
});

test("the sixth wrong PIN in a row has to wait, longer each time, and a restart forgets nothing", async () => {
  const folder = tempFolder();
  const clock = new FakeClock();
  const first = await deskWith([], { folder, clock });
  const guess = (client: typeof first.client, pin = "000001") =>
    faultDataOf(client.technician.staff.signIn({ operator: technician.staff, pin }));
  const wrong = { code: "staff.wrongPin" };
  expect([
    await guess(first.client),
    await guess(first.client),
    await guess(first.client),
    await guess(first.client),
    await guess(first.client),
  ]).toEqual([wrong, wrong, wrong, wrong, wrong]);
  expect(await guess(first.client, technician.pin)).toEqual({ code: "staff.locked", waitSeconds: 1 });
  await clock.advance(1_000);
  expect(await guess(first.client)).toEqual(wrong);
  await first.station.close();
  const again = await deskWith([], { folder, clock });
  expect(await guess(again.client, technician.pin)).toEqual({ code: "staff.locked", waitSeconds: 2 });
  await clock.advance(2_000);
  expect(await guess(again.client, technician.pin)).toBeUndefined();
  const refusals = (await again.journal()).flatMap((entry) => bodyOf(entry, "staff.refused") ?? []);
  expect(refusals).toEqual(Array.from({ length: 6 }, () => ({ staff: technician.staff, code: "staff.wrongPin" })));
});

test("ten minutes without a call end the session and its feeds; a call in time prolongs it", async () => {
  const { client, clock, journal } = await deskWith();
  const session = await signIn(client);
  const desk = await watchDesk(client, session);
  await clock.advance(9 * 60_000);
  const { expiresAt } = await client.technician.staff.stay({ session });
  expect(Date.parse(expiresAt)).toBe(clock.now() + 600_000);
  await clock.advance(599_999);
  expect(await codeOf(client.technician.staff.stay({ session }))).toBeUndefined();
  await clock.advance(600_000);
  await desk.over;
  expect(await codeOf(client.technician.devices.watch({ session }))).toBe("staff.signedOut");
  const ends = (await journal()).flatMap((entry) => bodyOf(entry, "staff.signedOut")?.how ?? []);
  expect(ends).toEqual(["idle"]);
});

test("who signs out is out at once", async () => {
  const { client } = await deskWith();
  const session = await signIn(client);
  await client.technician.staff.signOut({ session });
  expect(await codeOf(client.technician.staff.stay({ session }))).toBe("staff.signedOut");
});

const device = `${cuffId}@/dev/a`;
const acts = {
  "staff.add": (client, session) =>
    client.technician.staff.add({ id: newId(), session, name: "样本", role: "operator", pin: "280913" }),
  "staff.retire": (client, session) =>
    client.technician.staff.retire({ id: newId(), session, staff: technician.staff }),
  "devices.assign": (client, session) =>
    client.technician.devices.assign({ id: newId(), session, port: "/dev/a", profile: cuffId, settings: {} }),
  "devices.rename": (client, session) => client.technician.devices.rename({ id: newId(), session, device, name: "甲" }),
  "devices.forget": (client, session) => client.technician.devices.forget({ id: newId(), session, device }),
  "devices.restore": (client, session) => client.technician.devices.restore({ id: newId(), session, device }),
  "devices.setClock": (client, session) => client.technician.devices.setClock({ id: newId(), session, device }),
  "devices.addProfile": (client, session) =>
    client.technician.devices.addProfile({ id: newId(), session, file: "a.json", text: "{}" }),
  "line.watch": (client, session) => client.technician.line.watch({ session, device }),
  "line.record": (client, session) => client.technician.line.record({ id: newId(), session, device, on: true }),
  "line.captures": (client, session) => client.technician.line.captures({ session }),
  "line.capture": (client, session) => client.technician.line.capture({ session, name: "a.json" }),
} as const satisfies Record<
  string,
  (client: Awaited<ReturnType<typeof deskWith>>["client"], session: string) => Promise<unknown>
>;

test.each(Object.entries(acts))(
  "%s is the technician's: an operator is refused, and that is an entry",
  async (name, act) => {
    const { client, journal } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
    expect(allows("operator", name)).toBe("no");
    const session = await signIn(client, "operator");
    expect(await codeOf(act(client, session))).toBe("staff.forbidden");
    expect(await codeOf(act(client, "nobody's token"))).toBe("staff.signedOut");
    const decided = (await journal()).flatMap((entry) => {
      const body = bodyOf(entry, "access.decided");
      return body === undefined ? [] : [[entry.actor.id, body]];
    });
    expect(decided).toEqual([[operator.staff, { role: "operator", operation: name, allowed: false }]]);
  },
);

test("a person is added, signs in, changes the PIN, and is retired: their session ends, their PIN no longer counts", async () => {
  const { client, journal } = await deskWith();
  const session = await signIn(client);
  const id = newId();
  const add = () =>
    client.technician.staff.add({
      id,
      session,
      name: "样本护士",
      role: "operator",
      pin: "280913",
      certifiedUntil: "2027-01-31",
    });
  await add();
  await add();
  const { session: own } = await client.technician.staff.signIn({ operator: id, pin: "280913" });
  const change = { id: newId(), session: own, staff: id, old: "280913", pin: "790214" };
  expect(await codeOf(client.technician.staff.changePin({ ...change, old: "280914" }))).toBe("staff.wrongPin");
  expect(await codeOf(client.technician.staff.changePin({ ...change, staff: technician.staff }))).toBe(
    "staff.forbidden",
  );
  await client.technician.staff.changePin(change);
  expect(await codeOf(client.technician.staff.signIn({ operator: id, pin: "280913" }))).toBe("staff.wrongPin");
  const { session: later } = await client.technician.staff.signIn({ operator: id, pin: "790214" });
  await client.technician.staff.retire({ id: newId(), session, staff: id });
  expect(await codeOf(client.technician.staff.stay({ session: later }))).toBe("staff.signedOut");
  expect(await codeOf(client.technician.staff.signIn({ operator: id, pin: "790214" }))).toBe("staff.wrongPin");
  const entries = await journal();
  expect(entries.flatMap((entry) => bodyOf(entry, "staff.added") ?? []).at(-1)).toEqual({
    staff: id,
    name: "样本护士",
    role: "operator",
    certifiedUntil: "2027-01-31",
    specimen: false,
  });
  expect(entries.filter(({ type }) => type === "staff.retired").map(({ actor }) => actor.id)).toEqual([
    technician.staff,
  ]);
});

test("one technician must remain", async () => {
  const { client } = await deskWith();
  const session = await signIn(client);
  const retire = client.technician.staff.retire({ id: newId(), session, staff: technician.staff });
  expect(await codeOf(retire)).toBe("staff.lastTechnician");
});

test("a PIN of a specimen is nobody's to change", async () => {
  const { client } = await deskWith();
  const session = await signIn(client);
  const asked = { id: newId(), session, staff: operator.staff, old: technician.pin, pin: "790214" };
  expect(await codeOf(client.technician.staff.changePin(asked))).toBe("staff.forbidden");
});

test("neither a PIN nor what checks one is ever in the journal or in the log", async () => {
  const lines: string[] = [];
  const log = createLogger({ level: "debug", to: { write: (line) => void lines.push(line) } });
  const { client, journal } = await deskWith([], { log });
  const session = await signIn(client);
  const id = newId();
  await client.technician.staff.add({ id, session, name: "样本", role: "operator", pin: "280917" });
  await codeOf(client.technician.staff.signIn({ operator: id, pin: "280919" }));
  await client.technician.staff.changePin({ id: newId(), session, staff: id, old: technician.pin, pin: "790214" });
  const all = JSON.stringify(await journal()) + lines.join("");
  expect(all).toContain(id);
  expect(all).not.toMatch(/argon2|280917|280919|790214|640275/);
  expect(all).not.toContain(session);
});
