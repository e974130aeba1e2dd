import type { Drug } from "../../../core/care/drugs.ts";
import { useText } from "../../parts/language.tsx";
import { usePinyin } from "../pinyin.ts";
import { Combo } from "./Combo.tsx";
import { doseRules, drugName, found, type DrugList } from "./drug-words.ts";

/** Typed by generic name. Shows what the list says of each drug's doses before it is taken. */
export function DrugSearch(props: {
  readonly list: DrugList | undefined;
  readonly full: boolean;
  readonly take: (drug: Drug) => void;
}) {
  const text = useText();
  const sounds = usePinyin();
  const { list } = props;
  if (props.full) return <p className="hint">{text("work.rx.full")}</p>;
  return (
    <Combo
      testId="drug-search"
      rowTestId="drug-row"
      label={text("work.rx.search")}
      placeholder={text("work.rx.search.hint")}
      find={(typed) => (list ? found(list, typed, sounds) : [])}
      keyOf={({ id }) => id}
      take={props.take}
      show={(drug) => (
        <>
          <strong>{drugName(text.language, drug)}</strong>{" "}
          <span className="tag">{text(`work.release.${drug.release}`)}</span>
          <br />
          <span className="hint">{doseRules(text, drug).slice(0, 2).join(" · ")}</span>
        </>
      )}
    />
  );
}
