import { useText } from "../../parts/language.tsx";
import { usePinyin } from "../pinyin.ts";
import { Combo } from "./Combo.tsx";
import { wordOf, type ListWord } from "./list-words.ts";

const shown = 6;

/**
 * What the checks compare, chosen from the catalogue's own words. Something else can be kept as it was typed, and is marked: no
 * check can know it.
 */
export function ListPick(props: {
  readonly name: "taking" | "allergies" | "conditions";
  readonly words: readonly ListWord[];
  readonly value: readonly string[];
  readonly change: (value: readonly string[]) => void;
}) {
  const text = useText();
  const sounds = usePinyin();
  const { name, words, value, change } = props;
  const find = (typed: string): readonly ListWord[] => {
    const wanted = typed.trim();
    const fits = words
      .filter(({ id, word }) => !value.includes(id) && (sounds(word, wanted) || sounds(id, wanted)))
      .slice(0, shown);
    const isThere = value.includes(wanted) || fits.some(({ id, word }) => id === wanted || word === wanted);
    return isThere ? fits : [...fits, { id: wanted, word: text("work.pick.add", { what: wanted }) }];
  };
  return (
    <div className="list-pick" role="group" aria-label={text(`work.${name}.title`)} data-testid={`pick-${name}`}>
      <span className="list-pick-name">{text(`work.${name}.title`)}</span>
      <span className="list-picked">
        {value.length === 0 && <span className="hint">{text("work.pick.none")}</span>}
        {value.map((id) => {
          const word = wordOf(words, id);
          const what = word ?? id;
          return (
            <span key={id} className={word === undefined ? "tag tag-warn" : "tag tag-fact"} data-testid="picked">
              {word ?? text("work.pick.unknown", { what: id })}
              <button
                type="button"
                className="pick-remove"
                aria-label={text("work.pick.remove", { what })}
                onClick={() => change(value.filter((one) => one !== id))}
              >
                ×
              </button>
            </span>
          );
        })}
      </span>
      <Combo
        testId={`patient-${name}`}
        rowTestId={`${name}-row`}
        label={text(`work.${name}.title`)}
        placeholder={text(`work.${name}.hint`)}
        find={find}
        keyOf={({ id }) => id}
        show={({ word }) => word}
        take={({ id }) => change([...value, id])}
      />
    </div>
  );
}
