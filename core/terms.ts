/**
 * One word per idea, the same in code, tables, screens, logs and talk. `not`: words that mean something else here, or
 * nothing. Screens and printed forms take their words from this table.
 */
export interface Term {
  readonly zh: string;
  readonly means: string;
  readonly inCode: readonly string[];
  readonly not: readonly string[];
}

export const terms = {
  station: {
    zh: "站点",
    means: "one kiosk at one place, with its devices and its journal",
    inCode: ["StationId", "station/"],
    not: ["terminal", "client", "machine"],
  },
  shell: {
    zh: "外壳",
    means: "what starts the host and shows the page: Electron or loopback",
    inCode: ["electron/", "station/loopback/"],
    not: ["platform", "app"],
  },
  resident: {
    zh: "居民",
    means: "the person being cared for",
    inCode: ["ResidentId", "residents"],
    not: ["patient", "user", "member"],
  },
  operator: { zh: "站点人员", means: "staff at the station", inCode: ["OperatorId"], not: ["user", "admin"] },
  clinician: {
    zh: "医生",
    means: "the doctor at the far end of a consult",
    inCode: ["ClinicianId"],
    not: ["expert", "user"],
  },
  visit: {
    zh: "到访",
    means: "one stay of one resident at one station, from identification to leaving",
    inCode: ["VisitId", "visits"],
    not: ["session", "就诊"],
  },
  device: {
    zh: "设备",
    means: "one physical unit with a serial number",
    inCode: ["DeviceId", "devices"],
    not: ["instrument", "peripheral"],
  },
  profile: {
    zh: "接入配置",
    means: "our description of one device model as data: how it is recognized, what its bytes mean, what is said to it",
    inCode: ["drivers/<id>.ts"],
    not: ["driver", "plugin", "adapter", "档案"],
  },
  channel: {
    zh: "通道",
    means: "one open byte link to one device",
    inCode: ["station/channels/"],
    not: ["port", "connection"],
  },
  gate: {
    zh: "关口",
    means: "the only door by which a number becomes a measurement",
    inCode: ["station/gate/"],
    not: ["filter", "validator"],
  },
  reading: {
    zh: "读数",
    means: "one number with its quantity and unit, as the device gave it",
    inCode: ["Reading"],
    not: ["value", "result"],
  },
  measurement: {
    zh: "测量",
    means: "one act of measuring one resident in one visit: readings, doubts, times, device, raw bytes",
    inCode: ["MeasurementId", "measurements"],
    not: ["reading", "test", "exam"],
  },
  doubt: {
    zh: "存疑标记",
    means: "a reason to be careful with a measurement",
    inCode: ["Doubt"],
    not: ["flag", "warning"],
  },
  fault: {
    zh: "故障",
    means: "a declared way in which something did not work",
    inCode: ["FaultCode"],
    not: ["error"],
  },
  assessment: {
    zh: "评估",
    means: "what a clinical rule says of a measurement; a reference for a doctor",
    inCode: ["Assessment", "core/rules/"],
    not: ["diagnosis"],
  },
  calibration: {
    zh: "校准",
    means: "adjusting or checking a device against a standard, with a due date",
    inCode: ["Calibration", "calibrations"],
    not: ["检定", "zeroing"],
  },
  verification: {
    zh: "检定",
    means: "what a legal metrology body does, with a certificate and a day it ends; ours cannot replace it",
    inCode: ["verification.recorded"],
    not: ["calibration"],
  },
  "quality control": {
    zh: "质控",
    means: "a run on a control material; never belongs to a resident",
    inCode: ["QcRun", "qc_runs"],
    not: ["measurement", "calibration"],
  },
  consult: {
    zh: "远程问诊",
    means: "resident and clinician about one visit, live or store-and-forward",
    inCode: ["consult/"],
    not: ["chat", "咨询"],
  },
  conference: {
    zh: "多学科会诊",
    means: "a consult of three or more",
    inCode: ["conference/"],
    not: ["meeting", "room"],
  },
  call: {
    zh: "通话",
    means: "one live connection within a consult; a visit survives any number of them",
    inCode: ["CallId", "calls"],
    not: ["consult", "session"],
  },
  opinion: {
    zh: "会诊意见",
    means: "what the clinician wrote after a consult; signed, never edited, only followed by another",
    inCode: ["OpinionId", "opinions"],
    not: ["advice", "diagnosis", "report"],
  },
  referral: {
    zh: "转诊",
    means: "sending the resident to another institution, up or down",
    inCode: ["ReferralId", "referrals"],
    not: ["transfer"],
  },
  "follow-up": {
    zh: "随访",
    means: "a planned later contact, with a date and a reason",
    inCode: ["FollowUpId", "follow_ups"],
    not: ["revisit", "reminder"],
  },
  journal: {
    zh: "流水账",
    means: "the append-only chain of entries of one station or hub; what is not yet acknowledged is its tail",
    inCode: ["core/journal/", "entries"],
    not: ["outbox", "queue", "sync", "cache", "log"],
  },
  entry: {
    zh: "条目",
    means: "one fact in a journal, with its sequence number and hash",
    inCode: ["EntryId", "Entry"],
    not: ["event", "record", "row"],
  },
  hub: { zh: "中心", means: "the server stations report to", inCode: ["hub/"], not: ["cloud", "backend"] },
  contract: {
    zh: "契约",
    means: "the listed calls and feeds between two programs",
    inCode: ["core/contract/"],
    not: ["API", "IPC"],
  },
} as const satisfies Readonly<Record<string, Term>>;

export type TermName = keyof typeof terms;
