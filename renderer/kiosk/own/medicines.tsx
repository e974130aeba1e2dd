import { useState } from "react";
import { soonDays, type MedicineView } from "../../../core/care/medicine.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { medicineSentences } from "../../../core/i18n/medicine-words.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Choice, Choices } from "../board.tsx";
import { dayWords } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { OwnPage, OwnState, PrintKey, useOneByOne } from "./own-page.tsx";
import { useServices, type Services } from "./use-services.ts";

const whenOf: Readonly<Partial<Record<string, readonly [PictureName, MessageKey]>>> = {
  morning: ["timeMorning", "kiosk.medicine.morning"],
  noon: ["timeNoon", "kiosk.medicine.noon"],
  evening: ["timeEvening", "kiosk.medicine.evening"],
  bedtime: ["timeBedtime", "kiosk.medicine.bedtime"],
};
const mealOf: Readonly<Partial<Record<string, readonly [PictureName, MessageKey]>>> = {
  before: ["mealFasting", "kiosk.medicine.beforeMeal"],
  with: ["mealWith", "kiosk.medicine.withMeal"],
  after: ["mealAfter", "kiosk.medicine.afterMeal"],
};

/** What a doctor signed and a pharmacist checked, one medicine a screen; first, once a visit, whether it was taken today. */
export function Medicines() {
  const services = useServices();
  const { visit, screen } = useShown();
  const { view, fault } = services;
  const title = "kiosk.mine.medicines";
  if (visit?.kind !== "resident")
    return <OwnState of="medicines" title={title} picture="medicine" says="kiosk.services.guest" />;
  if (view === undefined)
    return <OwnState of="medicines" title={title} picture="medicine" says="kiosk.services.wait" fault={fault} />;
  if (view.medicines.length === 0)
    return <OwnState of="medicines" title={title} picture="medicine" says="kiosk.medicine.none" />;
  const taken = "visit" in screen ? screen.visit.answers.medicineToday : undefined;
  const takes = view.medicines.some(({ daysLeft = 0 }) => daysLeft > 0);
  return takes && taken === undefined ? <Taken /> : <OneByOne services={services} all={view.medicines} />;
}

/** Kept as an answer of the visit, where the doctor finds it. */
function Taken() {
  const text = useText();
  const engine = useEngine();
  const say = (medicineToday: boolean) => engine.send({ kind: "answers", answers: { medicineToday } });
  return (
    <Screen
      name="mine"
      of="taken"
      step="taken"
      title={text("kiosk.medicine.taken")}
      says={[{ key: "kiosk.medicine.taken" }]}
    >
      <Choices>
        <Choice picture="medicine" onPress={() => say(true)} testId="taken-yes">
          {text("kiosk.ask.medicineToday.yes")}
        </Choice>
        <Choice picture="comeBack" onPress={() => say(false)} testId="taken-no">
          {text("kiosk.ask.medicineToday.no")}
        </Choice>
      </Choices>
    </Screen>
  );
}

function OneByOne({ services, all }: { readonly services: Services; readonly all: readonly MedicineView[] }) {
  const text = useText();
  const { at, one, key } = useOneByOne(all);
  const [fault, setFault] = useState<FaultCode>();
  if (one === undefined) return null;
  const name = text.language === "en" ? one.en : one.zh;
  const soon = one.daysLeft !== undefined && one.daysLeft <= soonDays;
  const asked = services.view?.wishes.some(
    ({ wanted, answer }) =>
      wanted.kind === "refill" && wanted.prescription === one.prescription && answer === undefined,
  );
  const refill = async () => setFault(await services.ask({ kind: "refill", prescription: one.prescription }));
  const when = [
    ...(one.at ?? []).flatMap((time) => [whenOf[time] ?? []].filter(isPair)),
    ...(one.meal === undefined ? [] : [mealOf[one.meal] ?? []].filter(isPair)),
  ];
  // What a picture says is not said once more beside it.
  const pictured = new Set<MessageKey>(when.map(([, word]) => word));
  const lines = [
    ...medicineSentences(one)
      .filter(({ key: of }) => !pictured.has(of))
      .map(({ key: of, values: { date, ...values } }) =>
        text.of(of, date === undefined ? values : { ...values, date: dayWords(text, String(date)) }),
      ),
    ...(one.note === undefined ? [] : [one.note]),
  ];
  return (
    <OwnPage
      of="medicines"
      step={at}
      title={text("kiosk.mine.medicines")}
      says={[
        ...(at === 0 ? [{ key: "kiosk.medicine.what" } as const] : []),
        ...medicineSentences(one),
        ...(soon ? [{ key: "kiosk.medicine.soon" } as const] : []),
      ]}
      picture={
        when.length === 0 ? (
          <Picture name="medicine" />
        ) : (
          <div className="own-times">
            {when.map(([picture, word]) => (
              <figure key={word}>
                <Picture name={picture} />
                <figcaption>{text.of(word, {})}</figcaption>
              </figure>
            ))}
          </div>
        )
      }
      note={fault !== undefined && <p role="alert">{text.fault(fault)}</p>}
      actions={
        <>
          {soon && asked !== true ? (
            <Press kind="second" onPress={() => void refill()} testId="medicine-refill">
              {text("kiosk.medicine.refill")}
            </Press>
          ) : (
            <PrintKey services={services} page="medicines" />
          )}
          {key}
        </>
      }
    >
      <p className="own-name">{name}</p>
      <ul className="own-lines">
        {lines.map((line) => (
          <li key={line} className="lead">
            {line}
          </li>
        ))}
      </ul>
      {soon && (
        <p className="notice lead" data-testid="medicine-soon">
          {text(asked === true ? "kiosk.services.asked.before" : "kiosk.medicine.soon")}
        </p>
      )}
      <p className="quiet">{text("kiosk.medicine.what")}</p>
    </OwnPage>
  );
}

type Pair = readonly [PictureName, MessageKey];
const isPair = (found: Pair | readonly []): found is Pair => found.length === 2;
