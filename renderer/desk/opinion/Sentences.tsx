import { useState } from "react";
import {
  groupOf,
  saidWord,
  sentenceGroups,
  sentenceKeys,
  valuesOf,
  type SentenceKey,
} from "../../../core/care/sentences.ts";
import { languages } from "../../../core/i18n/language.ts";
import { typeset, useText } from "../../parts/language.tsx";
import { DayPicker } from "../pages/DayPicker.tsx";
import { useToday } from "../pages/work-kit.ts";
import { isFilled, withSentence, type Chosen, type Draft } from "../draft.ts";

/**
 * What the resident is told, put together from sentences of the catalogue, with a preview as it will be read in both languages.
 * Nothing is added by the mere walk of a key through the list: that takes the button, or Enter.
 */
export function Sentences(props: {
  readonly draft: Draft;
  readonly disabled: boolean;
  readonly change: (draft: Draft) => void;
}) {
  const text = useText();
  const { draft, change } = props;
  const [picked, setPicked] = useState<SentenceKey | "">("");
  const add = () => {
    if (picked === "") return;
    change(withSentence(draft, picked));
    setPicked("");
  };
  const remove = (key: SentenceKey) =>
    change({ ...draft, sentences: draft.sentences.filter((one) => one.key !== key) });
  const put = (key: SentenceKey, values: Chosen["values"]) =>
    change({
      ...draft,
      sentences: draft.sentences.map((one) => (one.key === key ? { key, values: { ...one.values, ...values } } : one)),
    });
  const isThere = (key: SentenceKey) => draft.sentences.some((one) => one.key === key);
  return (
    <fieldset className="said" disabled={props.disabled}>
      <legend>{text("desk.soap.villager")}</legend>
      <div className="said-pick">
        <select
          data-testid="sentence-pick"
          aria-label={text("desk.soap.add")}
          value={picked}
          onChange={(event) => setPicked(sentenceKeys.find((key) => key === event.target.value) ?? "")}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            add();
          }}
        >
          <option value="">{text("desk.soap.choose")}</option>
          {sentenceGroups.map((group) => (
            <optgroup key={group} label={text(`desk.soap.group.${group}`)}>
              {sentenceKeys
                .filter((key) => groupOf(key) === group && !isThere(key))
                .map((key) => (
                  <option key={key} value={key}>
                    {preview(text.language, { key, values: {} })}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <button
          type="button"
          className="second small"
          data-testid="sentence-add"
          disabled={picked === ""}
          onClick={add}
        >
          {text("desk.soap.add")}
        </button>
      </div>
      {draft.sentences.length > 0 && (
        <ol className="said-list">
          {draft.sentences.map((one) => (
            <li key={one.key} data-testid="sentence" data-fit={isFilled(one)}>
              <div>
                {languages.map((language) => (
                  <p key={language} lang={language}>
                    {preview(language, one)}
                  </p>
                ))}
              </div>
              <Values chosen={one} put={(values) => put(one.key, values)} />
              <button
                type="button"
                className="quiet said-remove"
                data-testid="sentence-remove"
                aria-label={text("desk.soap.remove")}
                title={text("desk.soap.remove")}
                onClick={() => remove(one.key)}
              >
                ×
              </button>
            </li>
          ))}
        </ol>
      )}
    </fieldset>
  );
}

/** What a sentence needs: a number of days, a day of the calendar. */
function Values({ chosen, put }: { readonly chosen: Chosen; readonly put: (values: Chosen["values"]) => void }) {
  const text = useText();
  const today = useToday();
  return valuesOf(chosen.key).map((name) =>
    name === "days" ? (
      <label key={name}>
        <input
          type="number"
          min={1}
          max={90}
          data-testid="sentence-days"
          aria-label={text("desk.soap.days")}
          value={chosen.values.days ?? ""}
          onChange={({ target: { value } }) => put({ days: value === "" ? undefined : Number(value) })}
        />
        <span aria-hidden="true">{text("desk.soap.days")}</span>
      </label>
    ) : (
      <DayPicker
        key={name}
        testId="sentence-date"
        compact
        label={text("desk.soap.date")}
        value={chosen.values.date ?? ""}
        first={today}
        choose={(day) => put({ date: day === "" ? undefined : day })}
      />
    ),
  );
}

/** As it will be read; a blank where a value is still to come. */
function preview(language: (typeof languages)[number], { key, values: { days, date } }: Chosen): string {
  const blank = "__";
  return typeset(language, saidWord(language, { key, values: { days: days ?? blank, date: date || blank } }));
}
