import { useEffect, useRef } from "react";
import { useText } from "../../parts/language.tsx";
import { untilWords } from "./Lists.tsx";
import type { OnceCode } from "./shape.ts";

/** A code that is shown once, large enough to be read out across a table: it stays until somebody says that they have it. */
export function CodeCard({ once, noted }: { readonly once: OnceCode; readonly noted: () => void }) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const word = useRef<HTMLParagraphElement>(null);
  const isNoted = useRef(false);
  useEffect(() => {
    dialog.current?.showModal();
    // Not on a key: the Enter that asked for the code may come twice.
    word.current?.focus();
  }, []);
  const { person, code, until } = once;
  const title = person ? text("desk.staff.code.title", { name: person.name }) : text("desk.staff.code.station");
  const address = location.origin;
  const steps = person
    ? [
        text("desk.staff.code.open", { address: `${location.origin}${location.pathname}` }),
        text("desk.staff.code.press", { account: person.account }),
        text("desk.staff.code.set"),
      ]
    : [text("desk.staff.code.start"), text("desk.staff.code.hub", { address }), text("desk.staff.code.older")];
  return (
    <dialog
      ref={dialog}
      className="proof staff-code"
      data-testid="code-card"
      aria-label={title}
      // Gone is gone: no key closes it in passing, and if a browser does, it comes again.
      onClose={() => (isNoted.current ? noted() : dialog.current?.showModal())}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === "Escape" && event.preventDefault()}
    >
      <h2>{title}</h2>
      <p ref={word} tabIndex={-1} className="staff-code-word" data-testid="once-code">
        {code}
      </p>
      <p>{text("desk.staff.code.until", untilWords(until))}</p>
      <ol className="staff-code-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="staff-code-once">{text(person ? "desk.staff.code.once" : "desk.staff.code.onceStation")}</p>
      <div className="work-foot">
        <button type="button" className="second" data-testid="code-print" onClick={() => print()}>
          {text("desk.staff.code.print")}
        </button>
        <span className="spread" />
        <button
          type="button"
          className="main"
          data-testid="code-noted"
          onClick={() => {
            isNoted.current = true;
            dialog.current?.close();
          }}
        >
          {text("desk.staff.code.noted")}
        </button>
      </div>
    </dialog>
  );
}
