import { useEffect, useRef } from "react";
import { useText } from "../parts/language.tsx";
import type { PageEntry } from "./pages.ts";

/** Every key of the desk on one sheet. */
export function HelpSheet({ tabs, close }: { readonly tabs: readonly PageEntry[]; readonly close: () => void }) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const rows: readonly (readonly [string, string])[] = [
    ...tabs.map(({ shortcut, title }) => [`Alt + ${String(shortcut)}`, text.of(title, {})] as const),
    ["F2", text("desk.key.accept")],
    ["F4", text("desk.key.mute")],
    ["Ctrl + Enter", text("desk.key.send")],
    ["Esc", text("desk.key.back")],
    ["Tab", text("desk.key.tab")],
    ["?", text("desk.key.help")],
  ];
  return (
    <dialog ref={dialog} className="proof help-sheet" data-testid="help" onClose={close} aria-label={text("desk.help")}>
      <h2>{text("desk.help")}</h2>
      <dl>
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="main" autoFocus onClick={() => dialog.current?.close()}>
        {text("desk.proof.close")}
      </button>
    </dialog>
  );
}
