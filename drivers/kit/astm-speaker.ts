import { EOT, turnsOf } from "./astm-frame.ts";
import { idleSender, nextSender, type SenderInput, type SenderRole, type SenderState } from "./astm-sender.ts";
import type { Timed } from "./simulator.ts";
import type { Speaker } from "./speaker.ts";

/** What waits for an answer. The sender says EOT by itself, and nothing answers it. */
const answeredTurns = (message: Uint8Array): readonly Uint8Array[] =>
  turnsOf(message).filter((turn) => turn.length !== 1 || turn[0] !== EOT);

/**
 * The sending end of the line for a simulated device. It has no clock of its own: with every answer it says what it will
 * do if nothing more is heard, and the next thing heard replaces that. `bends`: see `EnvelopeKind.speaker`.
 */
export function createAstmSpeaker(role: SenderRole, bends: number | undefined): Speaker {
  let state: SenderState = idleSender;
  let bent = false;

  /** The piece with a wrong bit, once. */
  function worn(bytes: Uint8Array): Uint8Array {
    if (bent || bends === undefined || bytes !== state.turns[bends - 1]) return bytes;
    bent = true;
    const middle = Math.floor(bytes.length / 2);
    return bytes.map((byte, at) => (at === middle ? byte ^ 1 : byte));
  }

  /** Everything that happens by itself from here on, on a copy: the real state follows when the time has come. */
  function ahead(nowMs: number): readonly Timed[] {
    const timed: Timed[] = [];
    let copy = state;
    while (copy.untilMs !== Number.POSITIVE_INFINITY) {
      const at = copy.untilMs;
      const step = nextSender(role, copy, { kind: "time" }, at);
      timed.push(...step.send.map((bytes) => ({ bytes, afterMs: at - nowMs })));
      copy = step.state;
    }
    return timed;
  }
  function catchUp(nowMs: number): void {
    while (state.untilMs <= nowMs) state = nextSender(role, state, { kind: "time" }, state.untilMs).state;
  }
  function take(inputs: readonly SenderInput[], nowMs: number): readonly Timed[] {
    catchUp(nowMs);
    const before = state;
    const sent: Uint8Array[] = [];
    for (const input of inputs) {
      const step = nextSender(role, state, input, nowMs);
      state = step.state;
      sent.push(...step.send.map(worn));
    }
    if (state === before && sent.length === 0) return [];
    const [first, ...rest] = [...sent.map((bytes) => ({ bytes, afterMs: 0 })), ...ahead(nowMs)];
    return first === undefined ? [] : [{ ...first, instead: true }, ...rest];
  }

  return {
    say: (messages, nowMs) =>
      take(
        messages.map((message) => ({ kind: "say", turns: answeredTurns(message) })),
        nowMs,
      ),
    hear: (chunk, nowMs) =>
      take(
        Array.from(chunk, (byte) => ({ kind: "heard", byte })),
        nowMs,
      ),
  };
}
