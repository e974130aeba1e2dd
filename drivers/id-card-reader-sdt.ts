// Resident ID card readers with the SAM_V module on a serial port (居民身份证阅读器: 东信, 华视, 新中新, 神思, ZKTeco and many boards).
// Source: dossier id-card-reader-sdt-samv.md; "D §" points into it. The fingerprint command (30 10) is not here and must never
// be; the photo is not decoded, and nothing of a card is ever logged.
import { defineProfile } from "./kit/index.ts";

// D §2 and §3: preamble, length of what follows (two bytes), XOR of everything from the length on.
const sdt = {
  kind: "binary",
  head: "aaaaaa9669",
  length: { at: 5, size: 2, order: "be", plus: 7 },
  check: { kind: "xor8", from: 5 },
} as const;
const command = (is: string) => ({ to: "device", size: 10, match: [{ at: 7, is }], fields: {} }) as const;
/** D §5: text and photo, 256 and 1024 bytes. §7: the record begins at offset 14 of the frame, its type stands at 248 of the record. */
const reply = (type: string) =>
  ({
    to: "host",
    size: 1_295,
    match: [
      { at: 7, is: "00009001000400" },
      { at: 262, is: type },
    ],
  }) as const;
const text = (at: number, size: number) => ({ type: "utf16le", at: 14 + at, size }) as const;
const photo = { type: "raw", at: 270, size: 1_024 } as const;
/** D §7.1 and §7.2. */
const citizen = {
  name: text(0, 30),
  sex: text(30, 2),
  birthDate: text(36, 16),
  address: text(52, 70),
  number: text(122, 36),
  authority: text(158, 30),
  validFrom: text(188, 16),
  validTo: text(204, 16),
  photo,
} as const;
const told = {
  name: "name",
  sex: "sex",
  birthDate: "birthDate",
  address: "address",
  number: "number",
  authority: "authority",
  validFrom: "validFrom",
  validTo: "validTo",
} as const;
const white = "00".repeat(1_024);
const specimen = {
  name: "样本甲",
  sex: "1",
  birthDate: "19500101",
  address: "样本省样本县样本村1号",
  number: "00000019500101001X",
  authority: "样本公安局",
  validFrom: "20200101",
  validTo: "长期",
  photo: white,
} as const;
const reading = {
  steps: [
    // D §8: find until a card lies there, select right after it, then read; each reading needs a fresh find and select.
    {
      do: "poll",
      phase: "waiting",
      send: "find",
      everyMs: 500,
      until: ["found"],
      silenceMs: 2_000,
      withinMs: 60_000,
      late: "device.noCard",
    },
    { do: "ask", phase: "reading", send: "select", expect: ["selected"], withinMs: 1_000, tries: 2 },
    { do: "ask", phase: "reading", send: "read", expect: ["card", "permit", "foreigner"], withinMs: 3_000, tries: 1 },
  ],
  totalMs: 70_000,
  gapMs: 200,
} as const;
const find = [
  { send: "notFound", values: {}, afterMs: 40, times: [1, 2] },
  { send: "found", values: { iin: "00000000" }, afterMs: 40, times: [3, 1_000] },
] as const;
/** D §8: after a good reading it is found again only once it was lifted; laid down again it is another start of the simulator. */
const lies = [
  { send: "notFound", values: {}, afterMs: 40, times: [1, 2] },
  { send: "found", values: { iin: "00000000" }, afterMs: 40, times: [3, 1_000], until: "read" },
  { send: "notFound", values: {}, afterMs: 40, times: [3, 100_000], once: "read" },
] as const;
const select = [{ send: "selected", values: { serial: "0000000000000000" }, afterMs: 40 }] as const;

export default defineProfile({
  id: "id-card-reader-sdt",
  aliases: ["id-card-reader-sdt-samv"],
  model: { maker: "Many", name: "ID card reader, SDT/SAM_V" },
  source: "Makers' pages with commands and replies, six public programs with the same literals, see dossier",
  dossier: "id-card-reader-sdt-samv.md",
  measures: [],
  serial: {
    baudRate: 115_200,
    baudChoices: [115_200, 57_600, 38_400, 19_200, 9_600],
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [],
  },
  check: "xor8",
  confirm: "none",
  actuates: false,
  push: false,
  envelopes: { host: sdt, device: sdt },
  frames: {
    // D §4. The speed (60 nn) is not changed by the station.
    reset: command("10ff"),
    status: command("11ff"),
    find: command("2001"),
    select: command("2002"),
    read: command("3001"),

    // D §5 and §6: SW1 SW2 SW3; SW3 is the reader's own word.
    ready: { to: "host", size: 11, match: [{ at: 7, is: "000090" }], fields: {} },
    notFound: { to: "host", size: 11, match: [{ at: 9, is: "80" }], fields: {} },
    failed: {
      to: "host",
      size: 11,
      fields: {
        card: { type: "raw", at: 7, size: 2 },
        status: {
          type: "code",
          size: 1,
          at: 9,
          known: [0x10, 0x11, 0x21, 0x24, 0x31, 0x32, 0x33, 0x40, 0x41, 0x47, 0x60, 0x66, 0x81, 0x91],
          open: true,
        },
      },
    },
    found: {
      to: "host",
      size: 15,
      match: [{ at: 7, is: "00009f" }],
      fields: { iin: { type: "raw", at: 10, size: 4 } },
    },
    selected: {
      to: "host",
      size: 19,
      match: [{ at: 7, is: "000090" }],
      fields: { serial: { type: "raw", at: 10, size: 8 } },
    },
    card: { ...reply("2000"), fields: { ...citizen, nation: text(32, 4) } },
    // D §7.2: residents of Hong Kong, Macao and Taiwan have no nation and a travel permit.
    permit: { ...reply("4a00"), fields: { ...citizen, permitNumber: text(220, 18) } },
    // D §7.3, the layout of 2017. Any other type is not supported, and says so.
    foreigner: {
      ...reply("4900"),
      fields: {
        name: text(0, 120),
        sex: text(120, 2),
        number: text(122, 30),
        nationality: text(152, 6),
        chineseName: text(158, 30),
        validFrom: text(188, 16),
        validTo: text(204, 16),
        birthDate: text(220, 16),
        photo,
      },
    },
    unsupported: {
      to: "host",
      size: 1_295,
      match: [{ at: 7, is: "00009001000400" }],
      fields: { record: { type: "raw", at: 14, size: 256 }, photo },
    },
  },
  meaning: {
    ready: { kind: "information", about: "ready", values: {} },
    notFound: { kind: "information", about: "noCard", values: {}, link: true },
    failed: {
      kind: "fault",
      by: "status",
      codes: {
        [0x31]: "device.cardUnreadable",
        [0x32]: "device.cardUnreadable",
        [0x33]: "device.cardUnreadable",
        [0x40]: "device.cardUnreadable",
        [0x41]: "device.cardUnreadable",
        [0x47]: "device.cardUnreadable",
        [0x81]: "device.noCard",
        [0x91]: "device.cardUnreadable",
        [0x10]: "device.garbled",
        [0x11]: "device.garbled",
      },
      otherwise: "device.unknown",
    },
    found: { kind: "information", about: "found", values: {}, link: true },
    selected: { kind: "information", about: "selected", values: {}, link: true },
    card: { kind: "identity", card: { ...told, nation: "nation" } },
    permit: { kind: "identity", card: { ...told, permitNumber: "permitNumber" } },
    foreigner: {
      kind: "identity",
      card: {
        name: "name",
        sex: "sex",
        number: "number",
        nationality: "nationality",
        chineseName: "chineseName",
        validFrom: "validFrom",
        validTo: "validTo",
        birthDate: "birthDate",
      },
    },
    unsupported: { kind: "fault", code: "device.cardUnreadable" },
  },
  session: reading,
  tasks: {
    readCard: reading,
    status: {
      steps: [{ do: "ask", phase: "contacting", send: "status", expect: ["ready"], withinMs: 1_000, tries: 3 }],
      totalMs: 5_000,
      gapMs: 200,
    },
  },
  forbidden: [
    { name: "read the fingerprint", at: 7, is: "3010" },
    { name: "change the speed", at: 7, is: "60" },
  ],
  simulate: {
    answers: {
      reset: [{ send: "ready", values: {}, afterMs: 40 }],
      status: [{ send: "ready", values: {}, afterMs: 40 }],
      find,
      select,
      read: [{ send: "card", values: { ...specimen, nation: "01" }, afterMs: 250 }],
    },
    faults: {
      lies: {
        answers: { find: lies, select, read: [{ send: "card", values: { ...specimen, nation: "01" }, afterMs: 250 }] },
      },
      noCard: { answers: { find: [{ send: "notFound", values: {}, afterMs: 40 }] } },
      unreadable: {
        answers: { find, select, read: [{ send: "failed", values: { card: "0000", status: 0x41 }, afterMs: 250 }] },
      },
      permit: {
        answers: {
          find,
          select,
          read: [{ send: "permit", values: { ...specimen, permitNumber: "样本00001" }, afterMs: 250 }],
        },
      },
      unsupported: {
        answers: {
          find,
          select,
          read: [{ send: "unsupported", values: { record: "20".repeat(256), photo: white }, afterMs: 250 }],
        },
      },
    },
  },
});
