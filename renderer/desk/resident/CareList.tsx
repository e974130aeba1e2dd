import { useState } from "react";
import type { InCare } from "../../../core/contract/hub-history.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { rowKeys } from "../pages/work-kit.ts";
import { usePinyin } from "../pinyin.ts";
import { SearchField } from "../SearchField.tsx";

/** Everybody in one's care, found by name, by its sound, or by year of birth; above them the one of the call. */
export function CareList(props: {
  readonly residents: readonly InCare[] | undefined;
  readonly fault: FaultCode | undefined;
  /** Whom the call is with, whether on the list or not. */
  readonly inCall: { readonly id: string; readonly name: string } | undefined;
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
}) {
  const text = useText();
  const sounds = usePinyin();
  const [typed, setTyped] = useState("");
  const { residents, fault, inCall, chosen, choose } = props;
  const shown = (residents ?? []).filter(
    ({ name, birthYear }) => typed.trim() === "" || sounds(name, typed) || String(birthYear).startsWith(typed.trim()),
  );
  return (
    <section className="pane work-side" aria-label={text("desk.care.title")} data-testid="care-list">
      <h2>
        {text("desk.care.title")} <span className="count">{residents?.length ?? 0}</span>
      </h2>
      <SearchField words={text("desk.care.search")} value={typed} change={setTyped} testId="care-search" />
      {inCall && (
        <button
          type="button"
          className="work-row care-call"
          data-testid="care-in-call"
          aria-current={inCall.id === chosen}
          onClick={() => choose(inCall.id)}
        >
          <strong>{text("desk.care.inCall", { name: inCall.name })}</strong>
        </button>
      )}
      <Fault code={fault} />
      {residents === undefined && fault === undefined && <p className="hint">{text("desk.resident.loading")}</p>}
      {residents?.length === 0 && !inCall && <p className="calm">{text("desk.care.empty")}</p>}
      {residents !== undefined && residents.length > 0 && shown.length === 0 && (
        <p className="hint">{text("desk.care.noMatch")}</p>
      )}
      <ol onKeyDown={rowKeys}>
        {shown.map(({ id, name, birthYear, sex, contracted, open }) => (
          <li key={id}>
            <button
              type="button"
              data-row
              data-testid="care-row"
              className="work-row"
              aria-current={id === chosen}
              onClick={() => choose(id)}
            >
              <span className="work-row-top">
                <strong>{name}</strong>
                <span className="work-age">
                  {text(sex === "female" ? "desk.resident.female" : "desk.resident.male")} ·{" "}
                  {text("desk.resident.born", { year: birthYear })}
                </span>
              </span>
              {(contracted || open > 0) && (
                <span className="work-row-line">
                  {contracted && <span className="tag tag-fact">{text("desk.care.contracted")}</span>}
                  {open > 0 && <span className="tag">{text("desk.care.open", { n: open })}</span>}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
