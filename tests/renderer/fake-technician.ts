import { implement, ORPCError } from "@orpc/server";
import { technicianContract } from "../../core/contract/technician.ts";
import type { TechnicianDevice, TechnicianView } from "../../core/contract/technician-devices.ts";
import type { DoctorEvent } from "../../core/contract/technician-doctor.ts";
import type { LineEvent } from "../../core/contract/technician-line.ts";
import type { WorkLog, WorkLogLine } from "../../core/contract/technician-log.ts";
import type { Staff } from "../../core/contract/technician-staff.ts";
import type { FakeVoice } from "./fake-voice.ts";
import { feedOf, type Source } from "./feed-of.ts";

/** Staff, devices, doctor and live view of an invented station, for looking at every page of the technician's place. */

export const specimenPin = "480215";

export const fakeStaff: readonly Staff[] = [
  {
    id: "018f0000-0000-7000-8000-0000000000f1",
    name: "技术员（演示）",
    role: "technician",
    certifiedUntil: "2030-01-01",
    specimen: true,
    specimenPin,
  },
  {
    id: "018f0000-0000-7000-8000-0000000000f2",
    name: "值班员（演示）",
    role: "operator",
    certifiedUntil: "2030-01-01",
    specimen: true,
    specimenPin: "730164",
  },
];

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const hour = 3_600_000;

const base: Omit<TechnicianDevice, "id" | "profile" | "maker" | "model" | "measures" | "taken" | "port" | "state"> = {
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1 },
  settings: {},
  reasons: [],
  withdrawn: false,
  simulated: true,
  canSetClock: false,
  actuates: false,
};

export const fakeDevices: readonly TechnicianDevice[] = [
  {
    ...base,
    id: "cuff",
    name: "1号血压计",
    profile: "fake-cuff",
    maker: "Fake",
    model: "Cuff 100",
    measures: ["bloodPressure"],
    taken: { by: "staff", name: "技术员（演示）", at: ago(90 * 24 * hour) },
    port: "/dev/ttyUSB0",
    alias: "/dev/serial/by-id/usb-fake_cuff_0001",
    usb: { vendorId: 0x10c4, productId: 0xea60, serialNumber: "0001" },
    settings: { polarity: "normal" },
    state: "ready",
    lastGoodAt: ago(0.4 * hour),
    serialNumber: "BP-2031-0007",
    firmware: "2.14",
    actuates: true,
  },
  {
    ...base,
    id: "meter",
    profile: "fake-meter",
    maker: "Fake",
    model: "Meter SN",
    measures: ["glucose"],
    taken: { by: "usb" },
    port: "/dev/ttyUSB1",
    usb: { vendorId: 0x1a86, productId: 0x7523 },
    state: "out",
    reasons: [{ code: "gate.deviceNotReady", since: ago(2 * hour) }],
    lastGoodAt: ago(20 * hour),
    clockOffsetMs: -5_400_000,
    clockMaxOffsetMs: 300_000,
    serialNumber: "GM-88123",
    firmware: "1.02",
    canSetClock: true,
  },
  {
    ...base,
    id: "panel",
    profile: "fake-panel",
    maker: "Fake",
    model: "Panel P",
    measures: ["lipids"],
    taken: { by: "settings" },
    port: "/dev/ttyS2",
    state: "away",
    reasons: [{ code: "device.portMissing", since: ago(0.2 * hour) }],
    clockOffsetMs: 4_000,
    clockMaxOffsetMs: 300_000,
  },
];

const profile = (id: string, maker: string, model: string, measures: TechnicianDevice["measures"]) => ({
  id,
  maker,
  model,
  measures: [...measures],
  settings: [],
  from: "shipped" as const,
});

export const fakeTechnicianView: TechnicianView = {
  devices: [...fakeDevices],
  freePorts: [
    { path: "/dev/ttyUSB2", usb: { vendorId: 0x0403, productId: 0x6001 }, claimedBy: ["fake-scale", "fake-oximeter"] },
  ],
  profiles: [
    {
      ...profile("fake-cuff", "Fake", "Cuff 100", ["bloodPressure"]),
      settings: [
        {
          name: "polarity",
          says: { zh: "袖带接口极性", en: "Polarity of the cuff's plug" },
          choices: [
            { name: "normal", says: { zh: "正接", en: "Normal" } },
            { name: "inverted", says: { zh: "反接", en: "Inverted" } },
          ],
          usual: "normal",
        },
      ],
    },
    profile("fake-meter", "Fake", "Meter SN", ["glucose"]),
    profile("fake-panel", "Fake", "Panel P", ["lipids"]),
    {
      ...profile("fake-scale", "Fake", "Scale XK", ["body"]),
      settings: [
        {
          name: "speed",
          says: { zh: "速率", en: "Speed" },
          choices: [{ name: "9600" }, { name: "4800" }, { name: "2400" }],
          usual: "9600",
        },
      ],
    },
    profile("fake-oximeter", "Fake", "Oximeter V7", ["oximetry"]),
    { ...profile("fake-thermometer", "Fake", "Thermo B", ["temperature"]), from: "folder" },
  ],
  refusedProfiles: [
    {
      file: "old-meter.json",
      problems: [
        { line: 14, path: "frames.result.fields.glucose", reason: { zh: "没有这个单位", en: "There is no such unit" } },
        { line: 31, reason: { zh: "少一个逗号", en: "A comma is missing" } },
      ],
    },
  ],
  tasks: [{ id: "t1", code: "device.portMissing", device: "panel", since: ago(0.2 * hour) }],
  residentPresent: false,
};

const wait = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

const findings: readonly DoctorEvent[] = [
  { kind: "looking", step: "plug", latestMs: 2_000 },
  { kind: "finding", finding: { step: "plug", state: "ok", code: "plug.ok", values: { port: "/dev/ttyUSB1" } } },
  { kind: "looking", step: "port", latestMs: 2_000 },
  { kind: "finding", finding: { step: "port", state: "ok", code: "port.ok", values: { port: "/dev/ttyUSB1" } } },
  { kind: "finding", finding: { step: "permission", state: "ok", code: "permission.ok", values: {} } },
  { kind: "looking", step: "speed", latestMs: 10_000 },
  {
    kind: "finding",
    finding: {
      step: "speed",
      state: "bad",
      code: "speed.other",
      fault: "device.garbled",
      number: 204,
      values: { found: "4800 8N1", set: "9600 8N1" },
    },
  },
  { kind: "finding", finding: { step: "silence", state: "unknown", code: "silence.unknown", values: {} } },
  { kind: "finding", finding: { step: "checksum", state: "unknown", code: "checksum.unknown", values: {} } },
  { kind: "finding", finding: { step: "clock", state: "unknown", code: "clock.unknown", values: {} } },
  {
    kind: "finding",
    finding: {
      step: "driver",
      state: "unknown",
      code: "driver.doubtful",
      values: { profile: "fake-meter", other: "fake-panel" },
    },
  },
];

const lines: readonly LineEvent[] = [
  {
    kind: "state",
    open: true,
    serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1 },
    residentPresent: false,
    recording: "off",
  },
  ...(
    [
      ["out", "aa5502010054", "start", "", undefined],
      ["in", "aa550602", undefined, "", undefined],
      ["in", "a000450000ed", "cuff", "pressure 160 mmHg", undefined],
      ["in", "ff00137e", undefined, "", "noise"],
      ["in", "aa55060380005200470225", undefined, "", "checksum"],
      ["in", "aa55060380005200470224", "result", "systolic 128 mmHg · diastolic 82 mmHg · pulse 71 /min", undefined],
    ] as const
  ).map(([direction, hex, frame, values, discarded], index): LineEvent => ({
    kind: "bytes",
    seq: index + 1,
    at: new Date().toISOString(),
    ms: 214 * index + 12,
    direction,
    sizeBytes: hex.length / 2,
    hex,
    withheld: false,
    heard:
      discarded !== undefined
        ? [{ sizeBytes: hex.length / 2, values: [], discarded }]
        : frame === undefined
          ? []
          : [
              {
                frame,
                sizeBytes: hex.length / 2,
                values:
                  values === ""
                    ? []
                    : values.split(" · ").map((one) => {
                        const [field = "", ...rest] = one.split(" ");
                        return { field, value: rest.join(" ") };
                      }),
              },
            ],
  })),
];

export interface FakeTechnician {
  readonly view: Source<TechnicianView>;
  readonly staff: Staff[];
  /** Nobody is a technician here yet. */
  setUp: boolean;
  /** Ends every session, as the station does after ten minutes. */
  end(): void;
}

const fail = (code: string, more: object = {}) =>
  new ORPCError("FAULT", { status: 409, data: { code, ...more }, defined: true });

export function fakeTechnician(voice: FakeVoice) {
  const view = feedOf<TechnicianView>(structuredClone(fakeTechnicianView));
  const sessions = new Map<string, Staff>();
  let wrong = 0;
  const world: FakeTechnician = {
    view,
    staff: [...fakeStaff],
    setUp: false,
    end: () => sessions.clear(),
  };
  const os = implement(technicianContract);
  const open = (person: Staff) => {
    const session = crypto.randomUUID();
    sessions.set(session, person);
    return {
      session,
      staff: person.id,
      name: person.name,
      role: person.role,
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    };
  };
  const held = (session: string): Staff => {
    const person = sessions.get(session);
    if (person === undefined) throw fail("staff.signedOut");
    return person;
  };
  const change = (id: string, to: Partial<TechnicianDevice>) => {
    if (view.value)
      view.set({ ...view.value, devices: view.value.devices.map((one) => (one.id === id ? { ...one, ...to } : one)) });
  };
  const line = feedOf<readonly LineEvent[]>(lines);
  let captures = [{ name: "fake-cuff-2026-11-20.jsonl", device: "cuff", at: ago(48 * hour), sizeBytes: 4_182 }];
  const remarks: WorkLogLine[] = [];
  const router = os.router({
    voice: {
      describe: os.voice.describe.handler(({ input }) => voice.describe(input.manifest)),
      keep: os.voice.keep.handler(({ input }) => voice.keep(input.pack, input.file)),
      choose: os.voice.choose.handler(({ input }) => voice.choose(input.page, input.pack)),
    },
    log: {
      day: os.log.day.handler(({ input }) => {
        held(input.session);
        const today = ago(0).slice(0, 10);
        const own = input.day ?? today;
        return { day: own, today, lines: own === today ? workLines() : [], remarks: [...remarks], counts: workCounted };
      }),
      paper: os.log.paper.handler(({ input }) => ({ name: `work-log-${input.day}.pdf`, pdf: "JVBERi0xLjMK" })),
      remark: os.log.remark.handler(({ input }) => {
        const person = held(input.session);
        const said = { text: input.text };
        remarks.push({ entry: input.id, at: ago(0), kind: "day.remarked", who: person.name, values: said });
        return {};
      }),
    },
    staff: {
      list: os.staff.list.handler(() => ({ staff: [...world.staff], setUp: world.setUp })),
      signIn: os.staff.signIn.handler(({ input }) => {
        const person = world.staff.find(({ id }) => id === input.operator);
        if (person === undefined || person.specimenPin !== input.pin) {
          wrong += 1;
          throw wrong < 3 ? fail("staff.wrongPin") : fail("staff.locked", { waitSeconds: 30 });
        }
        wrong = 0;
        return open(person);
      }),
      setUp: os.staff.setUp.handler(({ input }) => {
        if (input.code !== "setup-1") throw fail("staff.setupCode");
        world.setUp = false;
        const person: Staff = { id: input.id, name: input.name, role: "technician", specimen: false };
        world.staff.push(person);
        return open(person);
      }),
      signOut: os.staff.signOut.handler(({ input }) => {
        sessions.delete(input.session);
        return {};
      }),
      stay: os.staff.stay.handler(({ input }) => ({ ...open(held(input.session)), session: input.session })),
      add: os.staff.add.handler(({ input }) => {
        held(input.session);
        world.staff.push({ id: input.id, name: input.name, role: input.role, specimen: false });
        return {};
      }),
      changePin: os.staff.changePin.handler(() => ({})),
      retire: os.staff.retire.handler(({ input }) => {
        world.staff.splice(
          world.staff.findIndex(({ id }) => id === input.staff),
          1,
        );
        return {};
      }),
    },
    devices: {
      watch: os.devices.watch.handler(({ input, signal }) => {
        held(input.session);
        return view.follow(signal);
      }),
      assign: os.devices.assign.handler(({ input }) => {
        held(input.session);
        const found = view.value?.profiles.find(({ id }) => id === input.profile);
        if (view.value === undefined || found === undefined) throw fail("technician.noProfile");
        const device: TechnicianDevice = {
          ...base,
          id: input.port,
          ...(input.name === undefined ? {} : { name: input.name }),
          profile: found.id,
          maker: found.maker,
          model: found.model,
          measures: found.measures,
          taken: { by: "staff", name: "技术员（演示）", at: new Date().toISOString() },
          port: input.port,
          settings: input.settings,
          state: "ready",
          reasons: [],
        };
        view.set({
          ...view.value,
          devices: [...view.value.devices.filter(({ port }) => port !== input.port), device],
          freePorts: view.value.freePorts.filter(({ path }) => path !== input.port),
        });
        return { device: device.id };
      }),
      rename: os.devices.rename.handler(({ input }) => {
        change(input.device, { name: input.name });
        return {};
      }),
      forget: os.devices.forget.handler(({ input }) => {
        if (view.value)
          view.set({ ...view.value, devices: view.value.devices.filter(({ id }) => id !== input.device) });
        return {};
      }),
      withdraw: os.devices.withdraw.handler(({ input }) => {
        change(input.device, {
          withdrawn: true,
          state: "out",
          reasons: [
            {
              code: "technician.withdrawn",
              since: new Date().toISOString(),
              by: held(input.session).name,
              text: input.reason,
            },
          ],
        });
        return {};
      }),
      restore: os.devices.restore.handler(({ input }) => {
        change(input.device, { withdrawn: false, state: "ready", reasons: [] });
        return {};
      }),
      setClock: os.devices.setClock.handler(({ input }) => {
        change(input.device, { clockOffsetMs: 0 });
        return {};
      }),
      addProfile: os.devices.addProfile.handler(({ input }) => {
        held(input.session);
        try {
          const read = JSON.parse(input.text) as { id?: string; maker?: string; model?: string };
          const id = read.id ?? input.file;
          if (view.value)
            view.set({
              ...view.value,
              profiles: [
                ...view.value.profiles,
                { ...profile(id, read.maker ?? "Fake", read.model ?? id, ["glucose"]), from: "folder" },
              ],
            });
          return { kept: true, profile: id };
        } catch {
          return {
            kept: false,
            refused: {
              file: input.file,
              problems: [{ line: 3, reason: { zh: "这里不是JSON", en: "This is not JSON here" } }],
            },
          };
        }
      }),
    },
    doctor: {
      run: os.doctor.run.handler(async function* ({ input }) {
        held(input.session);
        for (const event of findings) {
          await wait(15);
          yield event;
        }
        const bad = findings.find((event) => event.kind === "finding" && event.finding.state === "bad");
        yield { kind: "verdict", state: "bad", ...(bad?.kind === "finding" ? { first: bad.finding } : {}) };
      }),
      report: os.doctor.report.handler(() => ({
        text: "program 0.1.0\nport /dev/ttyUSB1 9600 8N1\nspeed: bad 204 found 4800 8N1\nsilence: unknown\n",
      })),
    },
    line: {
      watch: os.line.watch.handler(async function* ({ signal }) {
        let told = 0;
        for await (const all of line.follow(signal)) {
          for (; told < all.length; told++) {
            const event = all[told];
            if (event) yield event;
          }
        }
      }),
      record: os.line.record.handler(({ input }) => {
        const name = "fake-cuff-now.jsonl";
        const [state] = lines;
        if (state?.kind === "state")
          line.set([
            ...(line.value ?? []),
            { ...state, recording: input.on ? "on" : "off", ...(input.on ? { capture: name } : {}) },
          ]);
        if (!input.on) captures = [...captures, { name, device: "cuff", at: new Date().toISOString(), sizeBytes: 812 }];
        return { name };
      }),
      captures: os.line.captures.handler(() => captures),
      capture: os.line.capture.handler(({ input }) => ({
        text: `{"capture":"${input.name}"}\n{"ms":12,"dir":"tx","hex":"aa5502010054"}\n{"ms":226,"dir":"rx","hex":"aa550602"}\n`,
      })),
    },
  });
  return { router, world, held };
}

/** A morning of the work log, one line of each length. */
function workLines(): WorkLogLine[] {
  const who = "演示技术员";
  const line = (hoursAgo: number, kind: WorkLogLine["kind"], values: WorkLogLine["values"], more: object = {}) => ({
    entry: `${kind}-${hoursAgo}`,
    at: ago(hoursAgo * hour),
    kind,
    values,
    ...more,
  });
  return [
    line(3, "station.started", { program: "0.1.0" }),
    line(2.9, "staff.signedIn", {}, { who }),
    line(2.8, "gate.changed", { state: "blocked", condition: "controlMissing" }, { device: "诊台血糖仪" }),
    line(2.7, "lot.opened", { lotKind: "strip", lot: "S26-104", expiry: "2027-03-31" }, { who, device: "诊台血糖仪" }),
    line(
      2.6,
      "control.run",
      { analyte: "glucose", level: "L1", value: 5.1, unit: "mmol/L", verdict: "passed", lot: "C26-11" },
      { who, device: "诊台血糖仪" },
    ),
    line(2.5, "gate.cleared", { state: "ready" }, { device: "诊台血糖仪" }),
    line(1.5, "device.faulted", { code: "device.cuffLoose" }, { device: "Raycome RBP-9000c" }),
    line(1.2, "device.withdrawn", { reason: "袖带破了,等新的" }, { who, device: "Raycome RBP-9000c" }),
    line(0.2, "staff.signedOut", { how: "idle" }, { who }),
  ];
}

const workCounted: WorkLog["counts"] = {
  visits: 14,
  guests: 3,
  measured: { bloodPressure: 19, glucose: 8, lipids: 2, oximetry: 0, temperature: 0, body: 0, chemistry: 0 },
  refused: 2,
  consults: 3,
  opinions: 3,
};
