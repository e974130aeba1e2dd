import { useEffect, useRef, useState, type ReactNode } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { SignForm } from "../SignForm.tsx";
import { failing } from "./work-kit.ts";

export interface Signing {
  /** Does what needs a signature; where the key is locked it is opened first, and the work done again. */
  readonly run: (work: () => Promise<unknown>) => Promise<FaultCode | undefined>;
  /** To be placed on the page. */
  readonly dialog: ReactNode;
}

/** Signing with one's own key, which a PIN and a code open for ten minutes. */
export function useSigning(door: HubDoor): Signing {
  const [asking, setAsking] = useState<(opened: boolean) => void>();
  return {
    run: async (work) => {
      const code = await failing(work);
      if (code !== "sign.locked") return code;
      const opened = await new Promise<boolean>((answer) => setAsking(() => answer));
      setAsking(undefined);
      return opened ? failing(work) : code;
    },
    dialog: asking && <KeyDialog door={door} answer={asking} />,
  };
}

function KeyDialog({ door, answer }: { readonly door: HubDoor; readonly answer: (opened: boolean) => void }) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="proof key-dialog"
      data-testid="key-dialog"
      aria-label={text("desk.sign.title")}
      onClose={() => answer(false)}
    >
      <h2>{text("desk.sign.title")}</h2>
      <SignForm door={door} opened={() => answer(true)} cancel={() => answer(false)} />
    </dialog>
  );
}
