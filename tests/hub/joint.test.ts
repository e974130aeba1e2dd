import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { jointKind } from "../../core/care/joint.ts";
import { daysLater } from "../../core/care/schedule.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import { kindOf, signedParts } from "../../core/care/opinion.ts";
import { checkSignature } from "../../core/care/signed.ts";
import type { JointView } from "../../core/contract/hub-joint.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { PersonRole } from "../../hub/ports/directory.ts";
import { verifyText } from "../../hub/store/secrets.ts";
import { contractedWith } from "./contracts-kit.ts";
import { codeOf, openKey, opinionWish, Town, until, visitEntries, type Line, type PersonParty } from "./parties.ts";

/** A 会诊 of five: the station, the responsible doctor, a second doctor, a specialist, and the village doctor. */
const people = [
  ["li", "doctor"],
  ["wang", "doctor"],
  ["sun", "specialist"],
  ["zhao", "villageDoctor"],
] as const satisfies readonly (readonly [string, PersonRole])[];
type Name = (typeof people)[number][0];

let town: Town;
let kiosk: Line;
let call: string;
let resident: string;
const lines = new Map<Name, Line>();
const parties = new Map<Name, PersonParty>();
const at = (name: Name): Line => {
  const line = lines.get(name);
  if (!line) throw new Error(name);
  return line;
};
const idOf = (name: Name): string => parties.get(name)?.id ?? "";

beforeEach(async () => {
  town = await Town.open();
  const station = await town.station();
  kiosk = await station.connect();
  for (const [name, role] of people) {
    const practice = { org: name, orgName: `Specimen ${name}`, tier: "county", licence: `SPECIMEN-${name}` } as const;
    const person = await town.person(name, role, practice);
    const line = await person.connect();
    parties.set(name, person);
    lines.set(name, line);
    await openKey(line, person);
  }
  const visit = uuidv7();
  resident = uuidv7();
  station.write(...visitEntries(visit, resident));
  await kiosk.client.journal.ship(station.shipment());
  call = uuidv7();
  await kiosk.client.queue.join({ call, visit, shownName: "S**", severity: 2 });
  await at("li").client.call.accept({ call });
  for (const name of ["wang", "sun", "zhao"] as const) {
    await at("li").client.call.invite({ call, person: idOf(name) });
    await at(name).client.call.accept({ call });
  }
});
afterEach(() => town.end());

const draft = (joint: string, version: number, plan = "Specimen plan", by: Name = "li") =>
  at(by).client.joint.draft({ joint, call, version, assessment: "Specimen assessment", plan });
const sign = (name: Name, joint: string, version: number) => at(name).client.joint.sign({ call, joint, version });
const seen = async (name: Name, fits: (view: JointView) => boolean = () => true): Promise<JointView> => {
  const feed = await at(name).client.joint.watch({ call });
  const [view] = await until(feed, ([first]) => first !== undefined && fits(first));
  if (!view) throw new Error("no joint opinion");
  return view;
};
const signersOf = ({ versions }: JointView) =>
  versions.map(({ signatures }) => signatures.map(({ signature, verdict }) => `${signature.by.id} ${verdict}`));
const conclude = (joint: string, version: number, by: Name = "li") =>
  at(by).client.opinion.sign(opinionWish(call, { joint: { as: "conclusion", joint, version } }));

test("everybody signs exactly the same text, and the check says who", async () => {
  const joint = uuidv7();
  await draft(joint, 1);
  expect((await seen("zhao")).owing).toEqual(["li", "wang", "sun", "zhao"].map((name) => idOf(name as Name)));
  for (const [name] of people) await sign(name, joint, 1);
  const view = await seen("sun", ({ owing }) => owing.length === 0);
  expect(signersOf(view)).toEqual([people.map(([name]) => `${idOf(name)} valid`)]);
  const [version] = view.versions;
  const keys = new Set(version?.signatures.map(({ signature }) => signature.publicKey));
  expect(keys.size, "each with a key of their own").toBe(4);
  const changed = { ...version?.text, plan: "another plan" };
  const verdicts = version?.signatures.map(({ signature }) =>
    checkSignature({ of: jointKind, document: changed, signature }, { [town.hub.id]: town.hub.publicKey }, verifyText),
  );
  expect(verdicts).toEqual(["changed", "changed", "changed", "changed"]);
});

test("a changed text is signed anew by everybody; who signs the outdated one is told; the old one stays with its signatures", async () => {
  const joint = uuidv7();
  await draft(joint, 1);
  await sign("li", joint, 1);
  await sign("wang", joint, 1);
  await draft(joint, 2, "Another plan");
  expect(await codeOf(sign("sun", joint, 1))).toBe("care.changed");
  await sign("sun", joint, 2);
  await sign("sun", joint, 2);
  const view = await seen("li", ({ owing }) => owing.length === 3);
  expect(signersOf(view)).toEqual([[`${idOf("li")} valid`, `${idOf("wang")} valid`], [`${idOf("sun")} valid`]]);
  expect(view.versions.map(({ text }) => text.plan)).toEqual(["Specimen plan", "Another plan"]);
});

test("it is concluded by the responsible doctor when everybody has signed or dissented, and the station can check it all", async () => {
  const joint = uuidv7();
  await draft(joint, 1);
  for (const name of ["li", "wang", "zhao"] as const) await sign(name, joint, 1);
  expect(await codeOf(conclude(joint, 1))).toBe("care.notNow");
  const dissent = await at("sun").client.opinion.sign(
    opinionWish(call, { joint: { as: "dissent", joint, version: 1 } }),
  );
  expect((await seen("wang", ({ dissents }) => dissents.length > 0)).dissents).toEqual([dissent]);
  expect(await codeOf(conclude(joint, 1, "wang"))).toBe("care.notYours");
  const concluded = await conclude(joint, 1);
  const entry = await until(await kiosk.client.journal.inbox({ after: 0 }), ({ id }) => id === concluded.id);
  const told = bodyOf(entry, "opinion.written");
  const parts = told && signedParts(told);
  const hubs = { [town.hub.id]: town.hub.publicKey };
  expect(told && parts && checkSignature({ of: kindOf(told), ...parts }, hubs, verifyText)).toBe("valid");
  const link = told?.joint;
  if (link?.as !== "conclusion") throw new Error("no conclusion");
  expect(link.dissents).toEqual([dissent.id]);
  expect(link.signatures.map(({ by }) => by.id)).toEqual([idOf("li"), idOf("wang"), idOf("zhao")]);
  expect(
    link.signatures.map((signature) =>
      checkSignature({ of: jointKind, document: link.text, signature }, hubs, verifyText),
    ),
  ).toEqual(["valid", "valid", "valid"]);
  expect((await seen("li", ({ conclusion }) => conclusion !== undefined)).conclusion?.id).toBe(concluded.id);
});

test.each([
  { name: "by one who is not responsible", joint: 1, by: "wang", code: "consult.notYours" },
  { name: "that leaves out a version", joint: 3, by: "li", code: "care.changed" },
  { name: "of a version that is there with other words", joint: 1, by: "li", code: "care.changed" },
] as const)("a draft $name is refused", async ({ joint: version, by, code }) => {
  const joint = uuidv7();
  await draft(joint, 1);
  expect(await codeOf(draft(joint, version, "Other words", by))).toBe(code);
});

test("the same draft again is the same version", async () => {
  const joint = uuidv7();
  await draft(joint, 1);
  await draft(joint, 1);
  expect((await seen("li")).versions).toHaveLength(1);
});

test("who came after the text was drafted is in the next version", async () => {
  const late = await town.person("he", "doctor");
  const line = await late.connect();
  await openKey(line, late);
  const joint = uuidv7();
  await draft(joint, 1);
  await at("li").client.call.invite({ call, person: late.id });
  await line.client.call.accept({ call });
  expect(await codeOf(line.client.joint.sign({ call, joint, version: 1 }))).toBe("care.notYours");
  await draft(joint, 2);
  expect(await codeOf(line.client.joint.sign({ call, joint, version: 2 }))).toBe("ok");
});

test("a stranger sees, signs and drafts nothing; a shut key signs nothing", async () => {
  const joint = uuidv7();
  await draft(joint, 1);
  const stranger = await (await town.person("xu")).connect();
  const { client } = stranger;
  expect([
    await codeOf(client.joint.watch({ call })),
    await codeOf(client.joint.sign({ call, joint, version: 1 })),
    await codeOf(client.joint.draft({ joint: uuidv7(), call, version: 1, assessment: "A", plan: "P" })),
  ]).toEqual(["consult.notYours", "consult.notYours", "consult.notYours"]);
  await at("wang").client.signing.shut();
  expect(await codeOf(sign("wang", joint, 1))).toBe("sign.locked");
});

test("a dissent is from the newest version, and from a joint opinion that is there", async () => {
  const joint = uuidv7();
  await draft(joint, 1);
  await draft(joint, 2, "Another plan");
  const dissent = (of: string, version: number) =>
    at("sun").client.opinion.sign(opinionWish(call, { joint: { as: "dissent", joint: of, version } }));
  expect(await codeOf(dissent(joint, 1))).toBe("care.changed");
  expect(await codeOf(dissent(uuidv7(), 1))).toBe("care.unknown");
  expect(await codeOf(dissent(joint, 2))).toBe("ok");
});

test.each([
  ["with the contracted doctor", true, "wang"],
  ["with the responsible one where there is none", false, "li"],
] as const)("what is concluded is looked at after two and after twelve weeks, %s", async (_, contracted, owner) => {
  const { care, calendar } = town.hub.parts;
  if (contracted) await contractedWith(town.hub.parts, resident, idOf("wang"));
  const joint = uuidv7();
  await draft(joint, 1);
  for (const [name] of people) await sign(name, joint, 1);
  const planned = async () =>
    (await care.ofResident(resident))
      .flatMap(({ kind, record }) => (kind === "followUp" ? [record] : []))
      .toSorted((one, other) => one.day.localeCompare(other.day));
  expect(await planned(), "not before it is concluded").toEqual([]);
  const wish = opinionWish(call, { joint: { as: "conclusion", joint, version: 1 } });
  await at("li").client.opinion.sign(wish);
  await at("li").client.opinion.sign(wish);
  const today = dayOf(town.clock.now(), calendar.zoneMinutes);
  const check = { programmes: ["conference"], doctor: { org: owner, tier: "county", person: idOf(owner) } };
  expect(await planned()).toMatchObject([
    { ...check, state: "planned", day: daysLater(today, 14) },
    { ...check, state: "planned", day: daysLater(today, 84) },
  ]);
  const owed = (await care.tasks(owner)).filter(({ about }) => about.kind === "followUp");
  expect(owed.map(({ kind }) => kind)).toEqual(["followUp.do", "followUp.do"]);
});
