import { useEffect, useRef } from "react";
import { useText } from "../parts/language.tsx";
import type { PageEntry } from "./pages.ts";

/** Every key of the desk on one sheet. */
export function HelpSheet(props: {
  readonly tabs: readonly PageEntry[];
  /** Whether a record stands open because of an alarm. */
  readonly glass: boolean;
  readonly close: () => void;
}) {
  const { tabs, close } = props;
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const rows: readonly (readonly [string, string])[] = [
    ...tabs.map(({ shortcut, title }) => [`Alt + ${String(shortcut)}`, text.of(title, {})] as const),
    ...(props.glass ? [["Alt + 0", text("desk.glass.back")] as const] : []),
    ["F2", text("desk.key.accept")],
    ["F4", text("desk.key.mute")],
    ["F8", text("desk.key.still")],
    ["F9", text("desk.key.heard")],
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
