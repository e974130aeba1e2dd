// Vending control boards "FA FB" (VMC to upper computer, RS-232). Source: dossier vending-vmc-fafb.md; "D §" points into it.
// A dispense that did not end in the board's own "success" has an unknown outcome: stock stays, nobody tries again alone.
import { defineProfile } from "./kit/index.ts";

// D §Frame: FA FB, command, length of the payload, payload (pack number first), XOR of everything before.
const bus = { kind: "binary", head: "fafb", length: { at: 3, plus: 5 }, check: { kind: "xor8", from: 0 } } as const;
const pack = { type: "u8", at: 4, min: 1, max: 255 } as const;
/** D §Commands: the text does not say which byte comes first; a slot report of a known slot settles it. */
const selection = (at: number) => ({ type: "u16be", at, min: 0, max: 9_999 }) as const;
const state = (codes: readonly number[]) => ({ type: "code", size: 1, at: 5, known: codes, open: true }) as const;
const polls = { stream: "poll", values: {}, everyMs: 200, afterMs: 200 } as const;
const asked = { pack: 1, selection: 12 } as const;

export default defineProfile({
  id: "vending-fafb",
  aliases: ["vending-vmc-fafb"],
  model: { maker: "XY-Vending", name: "FA-FB vending board" },
  source: "Copy of the vendor's protocol text, poll and acknowledgement as bytes, see dossier",
  dossier: "vending-vmc-fafb.md",
  measures: [],
  serial: { baudRate: 57_600, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial
  check: "xor8",
  confirm: "none",
  actuates: false,
  push: true,
  settings: {
    byteOrder: {
      says: { zh: "两字节数的顺序", en: "Order of two-byte numbers" },
      default: "highFirst",
      choices: {
        highFirst: { says: { zh: "高字节在前", en: "High byte first" }, set: [] },
        lowFirst: {
          says: { zh: "低字节在前", en: "Low byte first" },
          set: [
            { path: "frames.check.fields.selection.type", to: "u16le" },
            { path: "frames.drive.fields.selection.type", to: "u16le" },
            { path: "frames.selectionState.fields.selection.type", to: "u16le" },
            { path: "frames.dispense.fields.selection.type", to: "u16le" },
            { path: "frames.slot.fields.selection.type", to: "u16le" },
          ],
        },
      },
    },
  },
  envelopes: { host: bus, device: bus },
  frames: {
    // D §Commands for dispensing. Prices, menus, payment and microwave are not here.
    acknowledge: { to: "device", size: 5, match: [{ at: 2, is: "42" }], fields: {} },
    askMachine: { to: "device", size: 6, match: [{ at: 2, is: "53" }], fields: { pack } },
    check: { to: "device", size: 8, match: [{ at: 2, is: "01" }], fields: { pack, selection: selection(5) } },
    drive: {
      to: "device",
      size: 10,
      match: [{ at: 2, is: "06" }],
      fields: {
        pack,
        dropSensor: { type: "code", size: 1, at: 5, known: [0, 1] },
        lift: { type: "code", size: 1, at: 6, known: [0, 1] },
        selection: selection(7),
      },
    },

    poll: { to: "host", size: 5, match: [{ at: 2, is: "41" }], fields: {} },
    acknowledged: { to: "host", size: 5, match: [{ at: 2, is: "42" }], fields: {} },
    machine: { to: "host", size: 7, match: [{ at: 2, is: "54" }], fields: { pack, state: state([0, 1, 2, 3, 4]) } },
    selectionState: {
      to: "host",
      size: 9,
      match: [{ at: 2, is: "02" }],
      fields: { pack, state: state([1, 2, 3, 4, 5, 6, 7, 8]), selection: selection(6) },
    },
    dispense: {
      to: "host",
      size: 9,
      match: [{ at: 2, is: "04" }],
      fields: { pack, state: state([1, 2, 3, 4, 6, 7, 0x10, 0x11, 0x12, 0x13, 0xff]), selection: selection(6) },
    },
    slot: {
      to: "host",
      size: 17,
      match: [{ at: 2, is: "11" }],
      fields: {
        pack,
        selection: selection(5),
        price: { type: "raw", at: 7, size: 4 },
        stock: { type: "u8", at: 11, min: 0, max: 255 },
        capacity: { type: "u8", at: 12, min: 0, max: 255 },
        product: { type: "raw", at: 13, size: 2 },
        state: { type: "code", size: 1, at: 15, known: [0, 1], open: true },
      },
    },
  },
  meaning: {
    poll: { kind: "information", about: "poll", values: {}, link: true },
    acknowledged: { kind: "information", about: "acknowledged", values: {}, link: true },
    // D §Commands: 00 all right, 01 something lies in the lift, 02 door not closed, 03 and 04 the lift.
    machine: [
      { kind: "fault", by: "state", ok: [0], codes: { "1": "device.outcomeUnknown" }, otherwise: "device.unknown" },
      { kind: "information", about: "machine", values: { state: "state" } },
    ],
    // D §Commands, status A.
    selectionState: [
      {
        kind: "fault",
        by: "state",
        ok: [1],
        codes: {
          "2": "device.outOfStock",
          "3": "device.outOfStock",
          "4": "device.outOfStock",
          "5": "device.outcomeUnknown",
        },
        otherwise: "device.unknown",
      },
      { kind: "information", about: "selection", values: { selection: "selection" } },
    ],
    // D §Commands, status B: 01 under way, 02 done, 10 and 11 the lift moves; everything else is an unknown outcome.
    dispense: [
      { kind: "fault", by: "state", ok: [0x01, 0x02, 0x10, 0x11], codes: {}, otherwise: "device.outcomeUnknown" },
      { kind: "information", about: "dispense", values: { selection: "selection", state: "state" } },
    ],
    slot: {
      kind: "information",
      about: "slot",
      values: { selection: "selection", stock: "stock", capacity: "capacity" },
    },
  },
  // D §Roles: the board is master; the station speaks only in answer to a poll.
  session: {
    steps: [
      {
        do: "ask",
        phase: "contacting",
        send: "askMachine",
        values: { pack: 1 },
        after: "poll",
        expect: ["machine"],
        withinMs: 3_000,
        tries: 5,
      },
    ],
    replies: { poll: { send: "acknowledge" }, machine: { send: "acknowledge" } },
    totalMs: 20_000,
    gapMs: 100,
  },
  tasks: {
    dispense: {
      steps: [
        {
          do: "ask",
          phase: "contacting",
          send: "check",
          values: { pack: { from: "pack" }, selection: { from: "selection" } },
          after: "poll",
          expect: ["selectionState"],
          withinMs: 3_000,
          tries: 5,
        },
        {
          do: "ask",
          phase: "measuring",
          send: "drive",
          // D §Infrared drop detection: the sensor is always on, so that "success" means something fell.
          values: {
            pack: { from: "nextPack" },
            dropSensor: 1,
            lift: { from: "lift" },
            selection: { from: "selection" },
          },
          acts: true,
          after: "poll",
          expect: [{ frame: "dispense", when: { state: [0x02] } }],
          withinMs: 60_000,
          tries: 1,
        },
      ],
      replies: {
        poll: { send: "acknowledge" },
        selectionState: { send: "acknowledge" },
        dispense: { send: "acknowledge" },
        slot: { send: "acknowledge" },
      },
      totalMs: 90_000,
      gapMs: 100,
    },
  },
  forbidden: [],
  simulate: {
    answers: {
      askMachine: [{ send: "machine", values: { pack: 1, state: 0 }, afterMs: 40 }, polls],
      check: [{ send: "selectionState", values: { ...asked, state: 1 }, afterMs: 40 }, polls],
      drive: [
        { send: "acknowledged", values: {}, afterMs: 20 },
        { send: "dispense", values: { ...asked, state: 1 }, afterMs: 200 },
        { send: "dispense", values: { ...asked, state: 2 }, afterMs: 4_000 },
        polls,
      ],
    },
    onOpen: [{ ...polls, afterMs: 0 }],
    faults: {
      empty: { answers: { check: [{ send: "selectionState", values: { ...asked, state: 2 }, afterMs: 40 }, polls] } },
      jammed: {
        answers: {
          drive: [
            { send: "acknowledged", values: {}, afterMs: 20 },
            { send: "dispense", values: { ...asked, state: 1 }, afterMs: 200 },
            { send: "dispense", values: { ...asked, state: 3 }, afterMs: 4_000 },
            polls,
          ],
        },
      },
      inLift: { answers: { askMachine: [{ send: "machine", values: { pack: 1, state: 1 }, afterMs: 40 }, polls] } },
    },
  },
});
