import { useState, type KeyboardEvent } from "react";
import type { Drug } from "../../../core/care/drugs.ts";
import { useText } from "../../parts/language.tsx";
import { usePinyin } from "../pinyin.ts";
import { doseRules, drugName, found, type DrugList } from "./drug-words.ts";

/** Typed by generic name; arrows choose, Enter takes. Shows what the list says of each drug's doses before it is taken. */
export function DrugSearch(props: {
  readonly list: DrugList | undefined;
  readonly full: boolean;
  readonly take: (drug: Drug) => void;
}) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const sounds = usePinyin();
  const rows = props.list ? found(props.list, typed, sounds) : [];
  const present = rows[Math.min(at, rows.length - 1)];
  const take = (drug: Drug) => {
    props.take(drug);
    setTyped("");
    setAt(0);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, Math.max(0, rows.length - 1)));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && present && !event.ctrlKey) take(present);
    else if (event.key === "Escape" && typed !== "") setTyped("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (props.full) return <p className="hint">{text("work.rx.full")}</p>;
  return (
    <div className="drug-search">
      <input
        role="combobox"
        aria-label={text("work.rx.search")}
        aria-expanded={rows.length > 0}
        aria-controls="drug-rows"
        aria-activedescendant={present && `drug-${present.id}`}
        autoComplete="off"
        data-testid="drug-search"
        placeholder={text("work.rx.search.hint")}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      {typed.trim() !== "" && (
        <ul id="drug-rows" role="listbox" className="drug-rows" aria-label={text("work.rx.search")}>
          {rows.length === 0 && <li className="hint">{text("work.rx.search.none")}</li>}
          {rows.map((drug) => (
            <li
              key={drug.id}
              id={`drug-${drug.id}`}
              role="option"
              aria-selected={drug.id === present?.id}
              data-testid="drug-row"
              onMouseDown={(event) => {
                event.preventDefault();
                take(drug);
              }}
            >
              <strong>{drugName(text.language, drug)}</strong>{" "}
              <span className="tag">{text(`work.release.${drug.release}`)}</span>
              <br />
              <span className="hint">{doseRules(text, drug).slice(0, 2).join(" · ")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
