import { expect, test } from "vitest";
import type { hubContract } from "../../../core/contract/hub.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { allows, rights, type Operation } from "../../../core/rights.ts";
import { specimenStaff } from "../../../station/technician/specimen-staff.ts";
import { codeOf, type StationClient } from "../fakes/station.ts";
import { cuffId, deskWith, newId, signIn } from "./kit.ts";

/** What is asked at the station's own door, behind a session of its staff. A new one without a case does not compile. */
type StationOperation = Exclude<Operation, `${keyof typeof hubContract}.${string}`>;

const [operator, technician] = specimenStaff;
const device = `${cuffId}@/dev/a`;
const lot = {
  kind: "control",
  device,
  lot: "L1",
  expiry: "2031-01-01",
  openedOn: "2026-01-01",
  openDays: 90,
  analyte: "glucose",
  level: "L1",
  range: { low: 4, high: 6 },
  unit: "mmol/L",
} as const;
const control = { device, analyte: "glucose", level: "L1", lot: "L1" } as const;
const manifest = {
  id: "own",
  name: { zh: "样本", en: "Specimen" },
  language: "cmn-CN",
  page: "zh-CN",
  speaker: "Specimen",
  synthetic: true,
  madeBy: "Specimen",
  licence: "CC0",
  format: "WAV",
} as const;
const certificate = {
  device,
  number: "N1",
  issuer: "Specimen",
  issued: "2026-01-01",
  validUntil: "2027-01-01",
  serialNumber: "S1",
  items: ["pressure"],
};
const pairs = Array.from({ length: 5 }, () => ({ analyte: "glucose", device: 5, laboratory: 5 }));
const write = () => ({ id: newId(), device });

const asked: Readonly<Record<StationOperation, (client: StationClient, session: string) => Promise<unknown>>> = {
  "staff.add": ({ technician: { staff } }, session) =>
    staff.add({ id: newId(), session, name: "样本", role: "operator", pin: "280913" }),
  // Somebody else's: one's own is everybody's.
  "staff.changePin": ({ technician: { staff } }, session) =>
    staff.changePin({ id: newId(), session, staff: newId(), old: technician.pin, pin: "790214" }),
  "staff.retire": ({ technician: { staff } }, session) => staff.retire({ id: newId(), session, staff: newId() }),
  "devices.watch": ({ technician: { devices } }, session) => devices.watch({ session }),
  "devices.assign": ({ technician: { devices } }, session) =>
    devices.assign({ id: newId(), session, port: "/dev/a", profile: cuffId, settings: {} }),
  "devices.rename": ({ technician: { devices } }, session) => devices.rename({ ...write(), session, name: "甲" }),
  "devices.forget": ({ technician: { devices } }, session) => devices.forget({ ...write(), session }),
  "devices.withdraw": ({ technician: { devices } }, session) =>
    devices.withdraw({ ...write(), session, reason: "Specimen" }),
  "devices.restore": ({ technician: { devices } }, session) => devices.restore({ ...write(), session }),
  "devices.setClock": ({ technician: { devices } }, session) => devices.setClock({ ...write(), session }),
  "devices.addProfile": ({ technician: { devices } }, session) =>
    devices.addProfile({ id: newId(), session, file: "a.json", text: "{}" }),
  "doctor.run": ({ technician: { doctor } }, session) => doctor.run({ session, device }),
  "doctor.report": ({ technician: { doctor } }, session) => doctor.report({ session, device }),
  "line.watch": ({ technician: { line } }, session) => line.watch({ session, device }),
  "line.record": ({ technician: { line } }, session) => line.record({ ...write(), session, on: true }),
  "line.captures": ({ technician: { line } }, session) => line.captures({ session }),
  "line.capture": ({ technician: { line } }, session) => line.capture({ session, name: "a.json" }),
  "voice.describe": ({ technician: { voice } }, session) => voice.describe({ id: newId(), session, manifest }),
  "voice.keep": ({ technician: { voice } }, session) =>
    voice.keep({ id: newId(), session, pack: "own", file: "a.wav", base64: "AAAA" }),
  "voice.choose": ({ technician: { voice } }, session) =>
    voice.choose({ id: newId(), session, page: "zh-CN", pack: "own" }),
  "offers.look": ({ technician: { offers } }, session) => offers.look({ session }),
  "offers.keep": ({ technician: { offers } }, session) =>
    offers.keep({ id: newId(), session, kind: "hospital", text: "{}", first: false }),
  "offers.remove": ({ technician: { offers } }, session) =>
    offers.remove({ id: newId(), session, kind: "hospital", item: "none" }),
  "offers.setAside": ({ technician: { offers } }, session) =>
    offers.setAside({ id: newId(), session, file: "none.json" }),
  "log.day": ({ technician: { log } }, session) => log.day({ session }),
  "log.paper": ({ technician: { log } }, session) => log.paper({ session, day: "2026-03-02" }),
  "log.remark": ({ technician: { log } }, session) =>
    log.remark({ id: newId(), session, day: "2026-03-02", text: "Specimen" }),
  "quality.watch": ({ quality }, session) => quality.watch({ session }),
  "quality.lots.open": ({ quality }, session) => quality.lots.open({ session, id: newId(), lot }),
  "quality.lots.close": ({ quality }, session) =>
    quality.lots.close({ ...write(), session, kind: "control", lot: "L1" }),
  "quality.control.start": ({ quality }, session) => quality.control.start({ session, id: newId(), ...control }),
  "quality.control.watch": ({ quality }, session) => quality.control.watch({ session, id: newId() }),
  "quality.control.stop": ({ quality }, session) => quality.control.stop({ session, id: newId() }),
  "quality.control.enter": ({ quality }, session) =>
    quality.control.enter({ session, id: newId(), ...control, value: 5, unit: "mmol/L" }),
  "quality.control.chart": ({ quality }, session) =>
    quality.control.chart({ session, device, analyte: "glucose", level: "L1" }),
  "quality.control.review": ({ quality }, session) => quality.control.review({ ...write(), session, month: "2026-03" }),
  "quality.cleaning.record": ({ quality }, session) => quality.cleaning.record({ ...write(), session }),
  "quality.override.use": ({ quality }, session) => quality.override.use({ ...write(), session, reason: "Specimen" }),
  "quality.certificate": ({ quality }, session) => quality.certificate({ session, kind: "calibration", id: newId() }),
  "quality.calibration.record": ({ quality }, session) =>
    quality.calibration.record({ ...write(), session, values: { kind: "clock", driftSeconds: 0 } }),
  "quality.verification.record": ({ quality }, session) =>
    quality.verification.record({ session, id: newId(), certificate }),
  "quality.comparison.record": ({ quality }, session) => quality.comparison.record({ ...write(), session, pairs }),
  "quality.training.record": ({ quality }, session) =>
    quality.training.record({
      session,
      id: newId(),
      operator: { id: operator.staff, name: operator.name, role: "operator" },
      of: "bloodPressure",
      validUntil: "2027-01-01",
    }),
  "quality.release": ({ quality }, session) => quality.release({ ...write(), session, reason: "Specimen" }),
};

/** `own` at this door is one's own PIN, and the case asks for another's. */
const maysIn = (role: "operator" | "technician", operation: string) => allows(role, operation) === "any";
const operations = Object.keys(asked) as StationOperation[];

test("every row of the table that is not the hub's is asked about here", () => {
  const here = Object.keys(rights).filter((one) =>
    /^(staff|devices|doctor|line|voice|offers|log|quality)[.]/.test(one),
  );
  expect(operations.toSorted()).toEqual(here.sort());
});

/** What each is answered: refused, or anything else. */
type Cells = Readonly<Record<string, string>>;
const askers = ["nobody", "operator", "technician"] as const;
const refusals = ["staff.signedOut", "staff.forbidden"];

test("nobody, operator and technician are answered as the table says, and each no to a role is an entry", async () => {
  const { client, journal } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
  const sessions = {
    nobody: "nobody's token",
    operator: await signIn(client, "operator"),
    technician: await signIn(client),
  };
  const answered: Record<string, Cells> = {};
  const expected: Record<string, Cells> = {};
  for (const name of operations) {
    const cells: Record<string, string> = {};
    for (const asker of askers) {
      let heard: unknown;
      const code = await codeOf(asked[name](client, sessions[asker]).then((value) => (heard = value)));
      if (isFeed(heard)) await heard.return?.();
      cells[asker] = code !== undefined && refusals.includes(code) ? code : "passed";
    }
    answered[name] = cells;
    const said = (role: "operator" | "technician") => (maysIn(role, name) ? "passed" : "staff.forbidden");
    expected[name] = { nobody: "staff.signedOut", operator: said("operator"), technician: said("technician") };
  }
  expect(answered).toEqual(expected);
  const noes = (await journal()).flatMap((entry) => {
    const body = bodyOf(entry, "access.decided");
    return body?.allowed === false ? [`${entry.actor.id} ${body.role} ${body.operation}`] : [];
  });
  const wanted = operations.filter((name) => !maysIn("operator", name));
  expect(noes.toSorted()).toEqual(wanted.map((name) => `${operator.staff} operator ${name}`).sort());
});

const isFeed = (value: unknown): value is AsyncIterator<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;
