import type { TechnicianDevice, TechnicianView } from "../../core/contract/technician-devices.ts";
import type { DoctorEvent } from "../../core/contract/technician-doctor.ts";
import type { LineEvent } from "../../core/contract/technician-line.ts";
import type { WorkLog, WorkLogLine } from "../../core/contract/technician-log.ts";
import type { Staff } from "../../core/contract/technician-staff.ts";

/** Staff, devices, findings, bytes and a morning's work of an invented station. */

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

export const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
export const hour = 3_600_000;

/** What the devices of this station have in common. */
export const baseDevice: Omit<
  TechnicianDevice,
  "id" | "profile" | "maker" | "model" | "measures" | "taken" | "port" | "state"
> = {
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1 },
  settings: {},
  reasons: [],
  withdrawn: false,
  simulated: true,
  canSetClock: false,
  actuates: false,
};

const fakeDevices: readonly TechnicianDevice[] = [
  {
    ...baseDevice,
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
    ...baseDevice,
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
    ...baseDevice,
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

export const profile = (id: string, maker: string, model: string, measures: TechnicianDevice["measures"]) => ({
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

export const findings: readonly DoctorEvent[] = [
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

export const lines: readonly LineEvent[] = [
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

/** A morning of the work log, one line of each length. */
export function workLines(): WorkLogLine[] {
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

export const workCounted: WorkLog["counts"] = {
  visits: 14,
  guests: 3,
  measured: { bloodPressure: 19, glucose: 8, lipids: 2, oximetry: 0, temperature: 0, body: 0, chemistry: 0 },
  refused: 2,
  consults: 3,
  opinions: 3,
};
