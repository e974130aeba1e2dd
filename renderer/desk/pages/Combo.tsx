import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { useText } from "../../parts/language.tsx";

/** A field whose rows appear while one types: arrows choose, Enter takes, Esc empties it. */
export function Combo<T>(props: {
  readonly testId: string;
  readonly rowTestId: string;
  readonly label: string;
  readonly placeholder: string;
  /** Nothing for an empty field. */
  readonly find: (typed: string) => readonly T[];
  readonly keyOf: (row: T) => string;
  readonly show: (row: T) => ReactNode;
  readonly take: (row: T) => void;
}) {
  const text = useText();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { keyOf } = props;
  const rows = typed.trim() === "" ? [] : props.find(typed);
  const present = rows[Math.min(at, rows.length - 1)];
  const idOf = (row: T) => `${listId}-${keyOf(row)}`;
  const take = (row: T) => {
    props.take(row);
    setTyped("");
    setAt(0);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, Math.max(0, rows.length - 1)));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && present !== undefined && !event.ctrlKey) take(present);
    else if (event.key === "Escape" && typed !== "") setTyped("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="drug-search">
      <input
        role="combobox"
        aria-label={props.label}
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-activedescendant={present === undefined ? undefined : idOf(present)}
        autoComplete="off"
        data-testid={props.testId}
        placeholder={props.placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      {typed.trim() !== "" && (
        <ul id={listId} role="listbox" className="drug-rows" aria-label={props.label}>
          {rows.length === 0 && <li className="hint">{text("work.rx.search.none")}</li>}
          {rows.map((row) => (
            <li
              key={keyOf(row)}
              id={idOf(row)}
              role="option"
              aria-selected={row === present}
              data-testid={props.rowTestId}
              onMouseDown={(event) => {
                event.preventDefault();
                take(row);
              }}
            >
              {props.show(row)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
