import { next, welcome, type KioskInput, type KioskState, type KioskVisit } from "../../../core/machine/kiosk.ts";

/** Every kind of input the page and the host can give, each with values that matter to the machine. */
const checks = ["bloodPressure", "glucose", "body"] as const;
const recognized = (known: boolean, ask: readonly ("keep" | "send")[]) =>
  ({ kind: "found", found: { token: "planted-secret", known, resumes: false, ask } }) as const;

export const inputs: readonly KioskInput[] = [
  { kind: "start" },
  { kind: "helper", helper: "relative" },
  { kind: "helper", helper: undefined },
  { kind: "guest" },
  { kind: "specimen", id: "planted-secret" },
  recognized(false, ["keep", "send"]),
  recognized(true, []),
  { kind: "found", found: { token: "planted-secret", known: true, resumes: false, ask: [], unclaimed: true } },
  { kind: "held", token: "planted-secret" },
  { kind: "code" },
  { kind: "linked" },
  { kind: "keep" },
  { kind: "notFound", code: "identify.notFound" },
  { kind: "noCard" },
  { kind: "phone" },
  { kind: "typed" },
  { kind: "yes" },
  { kind: "no" },
  { kind: "sign", sign: "sun" },
  { kind: "opened", resumed: false, send: true, done: [], answers: {}, nearest: "oximetry" },
  { kind: "opened", resumed: false, send: true, done: [], answers: {}, reads: true },
  { kind: "opened", resumed: false, send: true, done: [], answers: {}, takes: [{ prescription: "p", drug: "d" }] },
  { kind: "taken", taken: "taken" },
  { kind: "mine", page: "medicines" },
  { kind: "opened", resumed: true, send: true, done: ["glucose"], symptoms: [], answers: {} },
  { kind: "symptom", symptom: "SX_CHEST_PAIN" },
  { kind: "symptom", symptom: "SX_VOMIT" },
  { kind: "next" },
  ...checks.map((check) => ({ kind: "pick", check }) as const),
  { kind: "enter", check: "body" },
  { kind: "answers", answers: { cuff: "standard", arm: "left" } },
  { kind: "meal", meal: "fasting" },
  { kind: "go" },
  { kind: "again" },
  { kind: "skip" },
  { kind: "ready" },
  { kind: "measured", confirm: false },
  { kind: "measured", confirm: true },
  { kind: "judged", severity: 2 },
  { kind: "judged", severity: 4 },
  { kind: "refused", code: "gate.stale" },
  { kind: "fault", code: "device.silent" },
  { kind: "same", same: true },
  { kind: "same", same: false },
  { kind: "mine" },
  { kind: "mine", page: "record" },
  { kind: "mine", menu: "services" },
  { kind: "finish" },
  { kind: "choose", choice: "book" },
  { kind: "takeAway", as: "paper" },
  { kind: "takeAway", as: "code" },
  { kind: "printed" },
  { kind: "rate", rating: 3 },
  { kind: "someoneIsHere" },
  { kind: "fetch" },
  { kind: "mistake" },
  { kind: "callDoctor" },
  { kind: "callTaken" },
  { kind: "callEnded" },
  { kind: "opinion" },
  { kind: "doctorAsks", check: "bloodPressure" },
  { kind: "doctorAsks", check: "still" },
  { kind: "say" },
  { kind: "shown" },
  { kind: "doctorStops", check: "bloodPressure" },
  { kind: "saidYes" },
  { kind: "counted" },
  { kind: "leaveMessage" },
  { kind: "messageKept" },
  { kind: "showResults" },
  { kind: "back" },
  { kind: "stop" },
  { kind: "home" },
  { kind: "help" },
  { kind: "leave" },
  { kind: "idle" },
  { kind: "hostLost" },
  { kind: "hostBack" },
];

/** What is still to be asked matters by its sort: boards (and whether something was told already), other questions, nothing. */
const owedSort = ({ owed, symptoms }: KioskVisit): string => {
  if (owed.length === 0) return "";
  if (owed.includes("medicines")) return owed.length > 1 ? "boards and medicines" : "medicines";
  const boards = owed.some((one) => one === "warning" || one === "minor");
  return !boards ? "others" : symptoms === undefined ? "boards" : "boards anew";
};
const visitSort = (visit: KioskVisit) => {
  const { call, send, rested, failures, urgent, done, pricked, link, keeping, reads } = visit;
  return [
    link === true,
    keeping === "unasked" && reads === true,
    call,
    send,
    rested,
    failures,
    urgent,
    done.length > 0,
    pricked !== undefined,
    owedSort(visit),
  ].join();
};

/** States that differ only in what the machine carries along and never looks at count as one. */
export function sortOf(state: KioskState): string {
  const within = "then" in state ? sortOf(state.then) : "";
  const visit = "visit" in state ? visitSort(state.visit) : "";
  const own = Object.fromEntries(
    Object.entries(state).filter(([name]) => !["visit", "then", "named", "found", "wrong", "code"].includes(name)),
  );
  return JSON.stringify([
    own,
    visit,
    within,
    "found" in state && [state.found.known, state.found.ask, state.found.unclaimed],
    state.at === "triage" && state.visit.nearest,
  ]);
}

/** One state of every sort that any sequence of inputs can reach. */
export function everySort(): readonly KioskState[] {
  const seen = new Map([[sortOf(welcome), welcome]]);
  const open: KioskState[] = [welcome];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const input of inputs) {
      const { state: reached } = next(state, input);
      const sort = sortOf(reached);
      if (seen.has(sort)) continue;
      seen.set(sort, reached);
      open.push(reached);
    }
  }
  return [...seen.values()];
}

export const run = (start: KioskState, ...all: readonly KioskInput[]): KioskState =>
  all.reduce((state, input) => next(state, input).state, start);

export const kinds = (start: KioskState, ...all: readonly KioskInput["kind"][]): KioskState =>
  run(start, ...all.map((kind) => ({ kind }) as KioskInput));
export const told = (state: KioskState, input: KioskInput): readonly string[] =>
  next(state, input).effects.map(({ kind }) => kind);
export const visitOf = (state: KioskState): KioskVisit | undefined =>
  "then" in state ? visitOf(state.then) : "visit" in state ? state.visit : undefined;
