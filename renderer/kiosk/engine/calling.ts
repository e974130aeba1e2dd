import type { LiveMessage } from "../../../core/contract/live.ts";
import type { AskSignal } from "../../../core/contract/views.ts";
import { isVoiceKind } from "../../../core/domain/asking.ts";
import type { ConsentWay } from "../../../core/domain/consent.ts";
import type { GuestSaying, GuestScope } from "../../../core/domain/guests.ts";
import { offeredKinds, type OfferedKind } from "../../../core/domain/outcome.ts";
import { noCall, openCall, type Call, type ConsultKit } from "../call.ts";
import type { Carried } from "./message.ts";
import type { Base } from "./shown.ts";

/** The call with a doctor: at most one, and it outlives the screens. */
export function createCalling({ door, newId, shown, show, send, tell }: Base, loadKit: () => Promise<ConsultKit>) {
  let call: { readonly id: string; readonly line: Call } | undefined;
  /** The doctor's last wish. */
  let asked: { readonly ask: string; readonly of: OfferedKind | "still" } | undefined;
  /** What the person has agreed to, until it is begun. */
  let agreed: { readonly ask: string; readonly of: OfferedKind; readonly by: "touch" | "voice" } | undefined;

  function close(): void {
    call?.line.close();
    call = undefined;
    asked = undefined;
    agreed = undefined;
    show({ call: noCall });
  }

  function hearAsk(ask: AskSignal): void {
    if (ask.kind === "askStop") {
      if (asked?.ask === ask.ask) send({ kind: "doctorStops", check: asked.of });
      return;
    }
    if (ask.kind === "askSaid") {
      if (asked?.ask === ask.ask && isVoiceKind(asked.of)) send({ kind: "saidYes" });
      return;
    }
    // Sent again after a lost answer, it is the same wish.
    if (ask.kind !== "askMeasure" || asked?.ask === ask.ask) return;
    const of = ask.of === "still" ? ask.of : offeredKinds.find((kind) => kind === ask.of);
    const { station, call: now } = shown();
    const ready =
      ask.of === "still"
        ? now.camera === "on"
        : station?.devices.some(({ measures, state }) => measures.some((one) => one === ask.of) && state === "ready");
    if (of === undefined || ready !== true || !now.sends)
      return call?.line.sendAsk({ kind: "askAnswer", ask: ask.ask, agreed: false });
    asked = { ask: ask.ask, of };
    send({ kind: "doctorAsks", check: of });
  }

  return {
    isOpen: () => call !== undefined,
    sendLive: (message: LiveMessage) => call?.line.sendLive(message),
    close,
    answerAsk(yes: boolean, by: "touch" | "voice"): void {
      if (asked === undefined) return;
      const { ask, of } = asked;
      agreed = yes && of !== "still" ? { ask, of, by } : undefined;
      call?.line.sendAsk({ kind: "askAnswer", ask, agreed: yes });
    },
    /** That the person agreed to this kind, for the measurement that begins now. */
    begun(of: OfferedKind) {
      if (agreed?.of !== of) return undefined;
      const { ask, by } = agreed;
      agreed = undefined;
      return { ask, by };
    },
    setSends: (sends: boolean) => call?.line.setSends(sends),
    mute: (muted: boolean) => call?.line.mute(muted),
    guest(ask: string | undefined, scope: GuestScope, said: GuestSaying, way: ConsentWay): void {
      if (ask !== undefined) show({ guestsAnswered: [...shown().guestsAnswered, ask] });
      if (call) tell(door.client.consult.guest({ call: call.id, ask: ask ?? newId(), scope, said, way }));
    },
    heard: (note: string) => call?.line.heard(note),
    takeStill: async () => (await call?.line.takeStill()) ?? ({ ok: false, code: "consult.camera" } as const),
    /** To the doctor, over the talk. Without it the person showed nothing, or there is no talk to carry it any more. */
    hand(handed: Carried | undefined): void {
      const gone = handed !== undefined && call?.line.hand({ id: newId(), ...handed }) === true;
      send({ kind: gone ? "shown" : "no" });
    },
    /** `agreed`: the consent that this call rests on is kept. */
    request(visit: string, agreed: Promise<unknown>): void {
      const id = newId();
      close();
      const line = openCall({
        door,
        call: id,
        visit,
        agreed,
        loadKit,
        onAsk: (ask) => {
          if (call?.id === id) hearAsk(ask);
        },
        show: (now) => {
          if (call?.id !== id) return;
          show({ call: now });
          if (now.view?.state === "ringing" || now.view?.state === "active") send({ kind: "callTaken" });
        },
        over: (fault) => {
          if (call?.id !== id) return;
          close();
          show({ call: { ...noCall, fault } });
          // The host knows better than the screen what was agreed to: the next wish asks for it.
          if (fault === "consent.notGiven") send({ kind: "sends", given: false });
          send({ kind: "callEnded" });
        },
      });
      call = { id, line };
      show({ call: noCall });
    },
    end(): void {
      if (call) tell(door.client.consult.cancel({ call: call.id }));
      close();
    },
  };
}
