// KERONG (科融) CU lock controllers on RS-485 (KR-CU12, CU16). Source: dossier lock-board-kerong-cu.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Frame: 02, address (board high nibble, lock low nibble), command, data, 03, low byte of the sum of all of it.
const bus = { kind: "binary", head: "02", tail: "03", check: { kind: "sum8", from: 0 } } as const;
const address = {
  board: { type: "bits", parts: [{ at: 1, shift: 4, width: 4 }], min: 0, max: 9 },
  lock: { type: "bits", parts: [{ at: 1, shift: 0, width: 4 }], min: 0, max: 15 },
} as const;
const given = { board: { from: "board" }, lock: { from: "lock" } } as const;
export default defineProfile({
  id: "kerong-cu",
  aliases: ["lock-board-kerong-cu", "lock-board-kerong", "kr-cu16"],
  model: { maker: "KERONG", name: "KR-CU12 / KR-CU16" },
  source: "Two programs tested on a CU16, two more public programs, see dossier",
  dossier: "lock-board-kerong-cu.md",
  measures: [],
  serial: {
    baudRate: 19_200,
    baudChoices: [19_200, 9_600, 57_600, 115_200],
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [],
  },
  check: "sum8",
  confirm: "none",
  actuates: false,
  push: false,
  settings: {
    // D §Commands: two programs read 1 as closed, a third (single-lock units) reads 1 as open.
    hookBit: {
      says: { zh: "锁钩位为1表示", en: "A hook bit of 1 means" },
      default: "closed",
      choices: {
        closed: { says: { zh: "已关", en: "Closed" }, set: [] },
        open: {
          says: { zh: "已开", en: "Open" },
          set: [
            { path: "meaning.status.about", to: "locksOpen" },
            { path: "meaning.statusOfAll.about", to: "locksOpen" },
          ],
        },
      },
    },
  },
  envelopes: { host: bus, device: bus },
  frames: {
    // D §Commands. "Unlock all" (33), unlock time (37) and addresses (80, 81) are not here: no visit needs them.
    askStatus: { to: "device", size: 5, match: [{ at: 2, is: "30" }], fields: { board: address.board } },
    unlock: { to: "device", size: 5, match: [{ at: 2, is: "31" }], fields: { ...address } },

    // D §Commands: bit 0 is the first of eight; I is the infrared sensor, 1 an object seen.
    status: {
      to: "host",
      size: 9,
      match: [{ at: 2, is: "35" }],
      fields: {
        board: address.board,
        hooks: { type: "u16le", at: 3, min: 0, max: 65_535 },
        infrared: { type: "u16le", at: 5, min: 0, max: 65_535 },
      },
    },
    statusOfAll: {
      to: "host",
      size: 9,
      match: [{ at: 2, is: "36" }],
      fields: {
        board: address.board,
        hooks: { type: "u16le", at: 3, min: 0, max: 65_535 },
        infrared: { type: "u16le", at: 5, min: 0, max: 65_535 },
      },
    },
  },
  meaning: {
    status: {
      kind: "information",
      about: "locksClosed",
      values: { board: "board", hooks: "hooks", infrared: "infrared" },
    },
    statusOfAll: {
      kind: "information",
      about: "locksClosed",
      values: { board: "board", hooks: "hooks", infrared: "infrared" },
    },
  },
  // Is it there? Reading moves nothing.
  session: {
    steps: [
      {
        do: "ask",
        phase: "contacting",
        send: "askStatus",
        values: { board: 0 },
        expect: ["status"],
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
          send: "askStatus",
          values: { board: given.board },
          expect: ["status"],
          withinMs: 500,
          tries: 3,
        },
      ],
      totalMs: 3_000,
      gapMs: 50,
    },
    // D §Notes: what a board answers to 31 is not settled; whatever comes for 100 ms is let pass, then the state is read.
    open: {
      steps: [
        {
          do: "ask",
          phase: "contacting",
          send: "askStatus",
          values: { board: given.board },
          expect: ["status"],
          withinMs: 500,
          tries: 3,
        },
        { do: "send", phase: "measuring", send: "unlock", values: given, acts: true, pauseMs: 100 },
        {
          do: "ask",
          phase: "reading",
          send: "askStatus",
          values: { board: given.board },
          expect: ["status"],
          withinMs: 500,
          tries: 3,
        },
      ],
      totalMs: 6_000,
      gapMs: 50,
    },
  },
  forbidden: [
    { name: "unlock every door", at: 2, is: "33" },
    { name: "change an address", at: 2, is: "81" },
  ],
  simulate: {
    answers: {
      askStatus: [
        { send: "status", values: { board: 0, hooks: 0xffff, infrared: 0 }, afterMs: 20, until: "unlock" },
        { send: "status", values: { board: 0, hooks: 0xfffe, infrared: 0 }, afterMs: 20, once: "unlock" },
      ],
      unlock: [],
    },
    faults: {
      stuck: {
        answers: { askStatus: [{ send: "status", values: { board: 0, hooks: 0xffff, infrared: 0 }, afterMs: 20 }] },
      },
    },
  },
});
