import {
  groupOf,
  saidWord,
  sentenceGroups,
  sentenceKeys,
  valuesOf,
  type SentenceKey,
} from "../../../core/care/sentences.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { typeset, useText } from "../../parts/language.tsx";
import { isFilled, type Chosen } from "../draft.ts";
import { DayPicker } from "./DayPicker.tsx";
import { useToday } from "./work-kit.ts";

const blank = "__";
const mostDays = 90;
const most = 12;

/** All sentences of the catalogue at once, by what they are about: one touch each. The resident reads and hears the ticked ones. */
export function SentenceChoice(props: {
  readonly chosen: readonly Chosen[];
  readonly choose: (sentences: readonly Chosen[]) => void;
}) {
  const text = useText();
  const { chosen, choose } = props;
  const of = (key: SentenceKey) => chosen.find((one) => one.key === key);
  const toggle = (key: SentenceKey) => {
    if (of(key)) choose(chosen.filter((one) => one.key !== key));
    else if (chosen.length < most) choose([...chosen, { key, values: {} }]);
  };
  const put = (key: SentenceKey, values: Chosen["values"]) =>
    choose(chosen.map((one) => (one.key === key ? { key, values } : one)));
  const words = (key: SentenceKey) => {
    const { days = blank, date = blank } = of(key)?.values ?? {};
    return typeset(text.language, saidWord(text.language, { key, values: { days, date } }));
  };
  return (
    <div className="sentences" aria-label={text("desk.soap.villager")} role="group">
      {sentenceGroups.map((group) => (
        <fieldset key={group} className={`sentence-group ${group === "worse" ? "sentence-worse" : ""}`}>
          <legend>{text(`desk.soap.group.${group}`)}</legend>
          {sentenceKeys
            .filter((key) => groupOf(key) === group)
            .map((key) => {
              const there = of(key);
              return (
                <div key={key} className="sentence" data-fit={there === undefined || isFilled(there)}>
                  <label data-testid={key}>
                    <input type="checkbox" checked={there !== undefined} onChange={() => toggle(key)} />
                    <span>{words(key)}</span>
                  </label>
                  {there && <Values chosen={there} put={(values) => put(key, values)} />}
                </div>
              );
            })}
        </fieldset>
      ))}
    </div>
  );
}

/** What the sentence needs; never assumed. */
function Values({ chosen, put }: { readonly chosen: Chosen; readonly put: (values: Chosen["values"]) => void }) {
  const text = useText();
  const today = useToday();
  return valuesOf(chosen.key).map((name) =>
    name === "days" ? (
      <input
        key={name}
        type="number"
        min={1}
        max={mostDays}
        ref={focusNow}
        aria-label={text("desk.soap.days")}
        placeholder={text("desk.soap.days")}
        value={chosen.values.days ?? ""}
        onChange={({ currentTarget: { value } }) => put({ days: value === "" ? undefined : Number(value) })}
      />
    ) : (
      <DayPicker
        key={name}
        testId="choice-date"
        compact
        focus={focusNow}
        label={text("desk.soap.date")}
        value={chosen.values.date ?? ""}
        first={today}
        choose={(day) => put({ date: day === "" ? undefined : day })}
      />
    ),
  );
}
