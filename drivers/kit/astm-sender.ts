import { ACK, ENQ, EOT, NAK } from "./astm-frame.ts";

/**
 * The sending end of E1381 as a pure machine: the clock is passed in, every wait has an end. Both sides may send; `role`
 * decides who gives way when both call at once (LIS01-A2: the instrument has priority).
 */
export type SenderRole = "instrument" | "host";

/** ms: the standard's values as vendors repeat them (dossier astm-e1381-e1394.md, link phases). */
export const senderWaits = {
  /** An answer to ENQ or to a frame. */
  answer: 15_000,
  /** After NAK to ENQ: the receiver is busy. */
  busy: 10_000,
  /** After both have called. */
  contention: { instrument: 1_000, host: 20_000 },
  /** A busy or silent receiver is called again that often. */
  calls: 6,
  /** One frame is refused that often before the sender gives up. */
  refusals: 6,
} as const;

/** What the sender says before each wait: the call first, then the frames. EOT is added. */
type Turns = readonly Uint8Array[];

export interface SenderState {
  readonly is: "idle" | "calling" | "waiting" | "sending";
  readonly turns: Turns;
  /** The turn that waits for its answer. */
  readonly at: number;
  /** Calls, or refusals of this frame, so far. */
  readonly tries: number;
  /** When the present wait ends; infinity when there is none. */
  readonly untilMs: number;
  readonly queue: readonly Turns[];
}
export type SenderInput =
  | { readonly kind: "say"; readonly turns: Turns }
  | { readonly kind: "heard"; readonly byte: number }
  /** The clock has come to `untilMs`. */
  | { readonly kind: "time" };
export interface SenderStep {
  readonly state: SenderState;
  readonly send: readonly Uint8Array[];
}

export const idleSender: SenderState = {
  is: "idle",
  turns: [],
  at: 0,
  tries: 0,
  untilMs: Number.POSITIVE_INFINITY,
  queue: [],
};
const end = Uint8Array.of(EOT);

const step = (state: SenderState, ...send: readonly Uint8Array[]): SenderStep => ({ state, send });

function call(state: SenderState, nowMs: number): SenderStep {
  const [turns, ...queue] = state.turns.length > 0 ? [state.turns, ...state.queue] : state.queue;
  if (turns === undefined) return step(idleSender);
  return step(
    { is: "calling", turns, at: 0, tries: state.tries + 1, untilMs: nowMs + senderWaits.answer, queue },
    turns[0] ?? end,
  );
}
/** The message is over, delivered or not; the next one of the queue follows. */
function over(state: SenderState, nowMs: number): SenderStep {
  const next = call({ ...idleSender, queue: state.queue }, nowMs);
  return step(next.state, end, ...next.send);
}
function wait(state: SenderState, untilMs: number): SenderStep {
  return state.tries >= senderWaits.calls
    ? step({ ...idleSender, queue: state.queue })
    : step({ ...state, is: "waiting", untilMs });
}

function heard(role: SenderRole, state: SenderState, byte: number, nowMs: number): SenderStep {
  switch (state.is) {
    case "idle":
    case "waiting":
      return step(state);
    case "calling":
      if (byte === ENQ) return wait(state, nowMs + senderWaits.contention[role]);
      if (byte === NAK) return wait(state, nowMs + senderWaits.busy);
      if (byte !== ACK) return step(state);
      break;
    case "sending":
      // The receiver asks the sender to stop.
      if (byte === EOT) return over(state, nowMs);
      if (byte === NAK) {
        const tries = state.tries + 1;
        if (tries >= senderWaits.refusals) return over(state, nowMs);
        return step({ ...state, tries, untilMs: nowMs + senderWaits.answer }, state.turns[state.at] ?? end);
      }
      if (byte !== ACK) return step(state);
      break;
  }
  const at = state.at + 1;
  const turn = state.turns[at];
  return turn === undefined
    ? over(state, nowMs)
    : step({ ...state, is: "sending", at, tries: 0, untilMs: nowMs + senderWaits.answer }, turn);
}

export function nextSender(role: SenderRole, state: SenderState, input: SenderInput, nowMs: number): SenderStep {
  switch (input.kind) {
    case "say": {
      const waiting = { ...state, queue: [...state.queue, input.turns] };
      return state.is === "idle" ? call(waiting, nowMs) : step(waiting);
    }
    case "heard":
      return heard(role, state, input.byte, nowMs);
    case "time":
      if (nowMs < state.untilMs) return step(state);
      // Nobody answers: a call is repeated, a frame is given up with EOT.
      if (state.is === "waiting") return call(state, nowMs);
      return state.is === "calling" && state.tries < senderWaits.calls
        ? step({ ...state, tries: state.tries + 1, untilMs: nowMs + senderWaits.answer }, end, state.turns[0] ?? end)
        : over(state, nowMs);
  }
}
