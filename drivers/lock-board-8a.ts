// Cabinet lock boards "8A / 80 / 90" on RS-485 (硕铭 and rebrands). Source: dossier lock-board-8a-xor.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Checksum: XOR of everything before.
const bus = { kind: "binary", head: "", check: { kind: "xor8", from: 0 } } as const;
const board = { type: "u8", at: 1, min: 1, max: 32 } as const;
const channel = { type: "u8", at: 2, min: 1, max: 50 } as const;
const contact = { type: "code", size: 1, at: 3, known: [0x00, 0x11] } as const;
/** D §Reply meaning: never as many bytes as there are channels; an 8-channel board answers three. The last one is channels 1 to 8. */
const all = (bytes: number) =>
  ({
    to: "host",
    size: bytes + 4,
    match: [
      { at: 0, is: "80" },
      { at: bytes + 2, is: "33" },
    ],
    fields: { board, contacts: { type: "raw", at: 2, size: bytes } },
  }) as const;
const here = { board: 1, channel: 1 } as const;

export default defineProfile({
  id: "lock-board-8a",
  aliases: ["lock-board-8a-xor"],
  model: { maker: "Shuoming", name: "8A lock board" },
  source: "Vendor page, nine public programs, real frames of two boards, see dossier",
  dossier: "lock-board-8a-xor.md",
  measures: [],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial
  check: "xor8",
  confirm: "none",
  actuates: false,
  push: false,
  settings: {
    feedback: {
      says: { zh: "锁的反馈触点", en: "Feedback contact of the lock" },
      default: "closedWhenLocked",
      choices: {
        closedWhenLocked: { says: { zh: "上锁短路", en: "Closed when locked" }, set: [] },
        closedWhenOpen: {
          says: { zh: "开锁短路", en: "Closed when open" },
          set: [{ path: "tasks.open.steps.2.until.0.when.contact.0", to: 0x11 }],
        },
      },
    },
  },
  envelopes: { host: bus, device: bus },
  frames: {
    // D §Commands. Channel 0 would open every door at once: it is outside the range.
    open: {
      to: "device",
      size: 5,
      match: [
        { at: 0, is: "8a" },
        { at: 3, is: "11" },
      ],
      fields: { board, channel },
    },
    readAll: {
      to: "device",
      size: 5,
      match: [
        { at: 0, is: "80" },
        { at: 2, is: "0033" },
      ],
      fields: { board },
    },
    readOne: {
      to: "device",
      size: 5,
      match: [
        { at: 0, is: "80" },
        { at: 3, is: "33" },
      ],
      fields: { board, channel },
    },

    opened: { to: "host", size: 5, match: [{ at: 0, is: "8a" }], fields: { board, channel, contact } },
    state: {
      to: "host",
      size: 5,
      match: [
        { at: 0, is: "80" },
        { at: 3, any: [0x00, 0x11] },
      ],
      fields: { board, channel, contact },
    },
    allOf24: all(3),
    allOf32: all(4),
    allOf50: all(7),
  },
  meaning: {
    // D §State machine: the answer to "open" is no proof that the door is open; the state comes only from reading it.
    opened: {
      kind: "information",
      about: "openAnswered",
      values: { board: "board", channel: "channel", contact: "contact" },
    },
    state: {
      kind: "information",
      about: "lock",
      values: { board: "board", channel: "channel", contact: "contact" },
    },
    allOf24: { kind: "information", about: "locks", values: { board: "board", contacts: "contacts" } },
    allOf32: { kind: "information", about: "locks", values: { board: "board", contacts: "contacts" } },
    allOf50: { kind: "information", about: "locks", values: { board: "board", contacts: "contacts" } },
  },
  // Is it there? Reading moves nothing.
  session: {
    steps: [
      {
        do: "ask",
        phase: "contacting",
        send: "readAll",
        values: { board: 1 },
        expect: ["allOf24", "allOf32", "allOf50"],
        withinMs: 500,
        tries: 3,
      },
    ],
    totalMs: 3_000,
    gapMs: 50,
  },
  tasks: {
    status: {
      steps: [
        {
          do: "ask",
          phase: "contacting",
          send: "readOne",
          values: { board: { from: "board" }, channel: { from: "channel" } },
          expect: ["state"],
          withinMs: 500,
          tries: 3,
        },
      ],
      totalMs: 3_000,
      gapMs: 50,
    },
    open: {
      steps: [
        {
          do: "ask",
          phase: "contacting",
          send: "readOne",
          values: { board: { from: "board" }, channel: { from: "channel" } },
          expect: ["state"],
          withinMs: 500,
          tries: 3,
        },
        {
          do: "ask",
          phase: "measuring",
          send: "open",
          values: { board: { from: "board" }, channel: { from: "channel" } },
          acts: true,
          expect: ["opened"],
          withinMs: 500,
          tries: 1,
        },
        {
          do: "poll",
          phase: "reading",
          send: "readOne",
          values: { board: { from: "board" }, channel: { from: "channel" } },
          everyMs: 300,
          until: [{ frame: "state", when: { contact: [0x00] } }],
          silenceMs: 1_000,
          withinMs: 3_000,
          late: "device.doorShut",
        },
      ],
      totalMs: 8_000,
      gapMs: 50,
    },
  },
  forbidden: [{ name: "hold the power on", at: 0, is: "9a" }],
  simulate: {
    answers: {
      readAll: [{ send: "allOf24", values: { board: 1, contacts: "000001" }, afterMs: 30 }],
      readOne: [
        { send: "state", values: { ...here, contact: 0x11 }, afterMs: 30, until: "open" },
        { send: "state", values: { ...here, contact: 0x00 }, afterMs: 30, once: "open" },
      ],
      open: [{ send: "opened", values: { ...here, contact: 0x00 }, afterMs: 30 }],
    },
    faults: {
      stuck: {
        answers: {
          readOne: [{ send: "state", values: { ...here, contact: 0x11 }, afterMs: 30 }],
          open: [{ send: "opened", values: { ...here, contact: 0x11 }, afterMs: 30 }],
        },
      },
    },
  },
});
