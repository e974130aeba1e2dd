import type { RingBack } from "../../../core/contract/hub-calls.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText, type Text } from "../../parts/language.tsx";
import type { CallShown, DeskCall } from "../call.ts";

/** Whether this doctor, who sees a talk that was hung up, may ask to speak again. */
export function mayRingBack({ view, media, over }: CallShown): boolean {
  if (over !== undefined || media !== "off" || view?.state !== "finished") return false;
  const isOwn = view.clinician?.id === view.you && view.mode !== "doctors" && view.mode !== "stored";
  return isOwn && view.ringBack?.state !== "gone" && view.ringBack?.state !== "taken";
}

/** Where the asking stands. Undefined: nobody asked. */
export function ringBackWords(
  text: Text,
  ringBack: RingBack | undefined,
  fault: FaultCode | undefined,
): { readonly main: string; readonly hint?: string } | undefined {
  const state = fault === "visit.closed" ? "gone" : ringBack?.state;
  if (fault !== undefined && state !== "gone") return { main: text.fault(fault), hint: text("desk.call.hungUp.hint") };
  if (state === undefined) return undefined;
  return { main: text(`desk.ringBack.${state}`), hint: text(`desk.ringBack.${state}.hint`) };
}

/** Asks the resident to speak again; while they are asked it takes that back. */
export function RingBackKey(props: {
  readonly call: DeskCall;
  readonly shown: CallShown;
  readonly failed: (code: FaultCode | undefined) => void;
}) {
  const text = useText();
  const waits = props.shown.view?.ringBack?.state === "asked";
  const ask = async () => {
    const done = await props.call.ringBack(waits);
    props.failed(done.ok ? undefined : done.code);
  };
  return (
    <button
      type="button"
      className={waits ? "second small" : "main small"}
      data-testid={waits ? "ring-back-over" : "ring-back"}
      onClick={() => void ask()}
    >
      <Icon name={waits ? "no" : "call"} />
      {text(waits ? "desk.ringBack.over" : "desk.ringBack")}
    </button>
  );
}
