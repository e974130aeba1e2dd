import type { LiveMessage } from "../../../core/contract/live.ts";
import { noCall, openCall, type Call, type ConsultKit } from "../call.ts";
import type { Base } from "./shown.ts";

/** The call with a doctor: at most one, and it outlives the screens. */
export function createCalling({ door, newId, show, send, tell }: Base, loadKit: () => Promise<ConsultKit>) {
  let call: { readonly id: string; readonly line: Call } | undefined;

  function close(): void {
    call?.line.close();
    call = undefined;
    show({ call: noCall });
  }

  return {
    isOpen: () => call !== undefined,
    sendLive: (message: LiveMessage) => call?.line.sendLive(message),
    close,
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
        show: (shown) => {
          if (call?.id !== id) return;
          show({ call: shown });
          if (shown.view?.state === "ringing" || shown.view?.state === "active") send({ kind: "callTaken" });
        },
        over: (fault) => {
          if (call?.id !== id) return;
          close();
          show({ call: { ...noCall, fault } });
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
