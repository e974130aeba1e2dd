import { useEffect, useRef } from "react";
import type { Contract } from "../../../core/care/contract.ts";
import { useText } from "../../parts/language.tsx";
import { useNow } from "../use-shown.ts";
import { AgreementPaper } from "./Agreement.tsx";

/** The contract of one resident, to be read and printed. */
export function AgreementDialog(props: {
  readonly contract: Contract;
  readonly name: string;
  readonly close: () => void;
}) {
  const text = useText();
  const now = useNow();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="proof agreement-dialog"
      data-testid="agreement-dialog"
      aria-label={text("work.contract.paper")}
      onClose={props.close}
    >
      <AgreementPaper contract={props.contract} name={props.name} now={now} />
      <div className="work-foot">
        <PrintAgreement />
        <button type="button" className="main" data-testid="agreement-close" onClick={props.close}>
          {text("work.contract.close")}
        </button>
      </div>
    </dialog>
  );
}

/** The page of the document alone; the style sheet keeps everything else off the paper. */
export function PrintAgreement() {
  const text = useText();
  return (
    <button type="button" className="second" data-testid="agreement-print" onClick={() => window.print()}>
      {text("work.contract.print")}
    </button>
  );
}
