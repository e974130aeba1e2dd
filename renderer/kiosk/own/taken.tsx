import type { MedicineView } from "../../../core/care/medicine.ts";
import { medicineSentences } from "../../../core/i18n/medicine-words.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { nthAsked } from "../../../core/machine/medicines-asked.ts";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Screen } from "../screen.tsx";
import { YesAndNo } from "../screens/answer-card.tsx";
import type { Question } from "../screens/questions.ts";
import { useEngine, useShown } from "../use-kiosk.ts";
import { nameOfDrug } from "./said-names.ts";
import { whenPictures } from "./when-pictures.ts";
import "./own.css";

const whether: Question = {
  title: "kiosk.medicine.taken",
  yes: { picture: "medicineTaken", words: "kiosk.medicine.taken.yes" },
  no: { picture: "medicineNone", words: "kiosk.medicine.taken.no" },
};
/** A no may mean two things, and a doctor reads them apart. */
const which: Question = {
  title: "kiosk.medicine.doubt",
  yes: { picture: "medicineNone", words: "kiosk.medicine.doubt.not" },
  no: { picture: "medicineUnsure", words: "kiosk.medicine.doubt.unsure" },
};
/** Told elsewhere, and no help in knowing it again. */
const besides: readonly MessageKey[] = ["kiosk.medicine.until", "kiosk.medicine.over"];

/** Was this medicine taken today? One medicine a screen, known by its name, by how much and when. */
export function Taken({ screen }: { readonly screen: Extract<KioskState, { readonly at: "owed" }> }) {
  const text = useText();
  const engine = useEngine();
  const { visit } = useShown();
  const nth = nthAsked(screen);
  const asked = screen.visit.takes?.[nth];
  const one = visit?.takes?.find((each) => each.prescription === asked?.prescription && each.drug === asked.drug);
  const of = screen.visit.takes?.length ?? 0;
  const doubt = screen.doubt === true;
  const question = doubt ? which : whether;
  const how = one === undefined ? [] : medicineSentences(one).filter(({ key }) => !besides.includes(key));
  return (
    <Screen
      name="prepare"
      of="taken"
      step={`${nth} ${doubt ? "doubt" : ""}`}
      title={text.of(question.title, {})}
      note={one !== undefined && <Which one={one} nth={nth} of={of} />}
      says={
        doubt
          ? [{ key: question.title }, { key: which.yes.words }, { key: which.no.words }]
          : [
              ...(of > 1 ? [{ key: "kiosk.medicine.nth", values: { n: nth + 1, of } } as const] : []),
              ...(one === undefined ? [] : [nameOfDrug(text, one)]),
              ...how,
              { key: question.title },
            ]
      }
    >
      <YesAndNo
        question={question}
        onAnswer={(yes) =>
          engine.send(
            doubt
              ? { kind: "taken", taken: yes ? "notTaken" : "notSure" }
              : yes
                ? { kind: "taken", taken: "taken" }
                : { kind: "no" },
          )
        }
      />
    </Screen>
  );
}

/** The medicine itself: its name, how much of it, and when, as pictures. */
function Which({ one, nth, of }: { readonly one: MedicineView; readonly nth: number; readonly of: number }) {
  const text = useText();
  const when = whenPictures(one);
  const much = medicineSentences(one)[1];
  return (
    <div className="asked-medicine" data-testid="asked-medicine">
      <span className="asked-when">
        {when.map(([picture, word]) => (
          <Picture key={word} name={picture} says={text.of(word, {})} />
        ))}
      </span>
      <p>
        <b className="own-name">{text.language === "en" ? one.en : one.zh}</b>
        {much !== undefined && <span className="lead"> {text.of(much.key, much.values)}</span>}
        {of > 1 && <span className="quiet"> {text("kiosk.medicine.nth", { n: nth + 1, of })}</span>}
      </p>
    </div>
  );
}
