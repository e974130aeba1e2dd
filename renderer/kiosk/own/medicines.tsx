import { useState } from "react";
import { soonDays, type MedicineView } from "../../../core/care/medicine.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { medicineSentences } from "../../../core/i18n/medicine-words.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { dayWords } from "../judged.ts";
import { useShown } from "../use-kiosk.ts";
import { OwnPage, OwnState, PrintKey, useOneByOne } from "./own-page.tsx";
import { nameOfDrug } from "./said-names.ts";
import { useServices, type Services } from "./use-services.ts";
import { whenPictures } from "./when-pictures.ts";

/** What a doctor signed and a pharmacist checked, one medicine a screen. Whether it was taken today is asked before. */
export function Medicines() {
  const services = useServices();
  const { visit } = useShown();
  const { view, fault } = services;
  const title = "kiosk.mine.medicines";
  if (visit?.kind !== "resident")
    return <OwnState of="medicines" title={title} picture="medicine" says="kiosk.services.guest" />;
  if (view === undefined)
    return <OwnState of="medicines" title={title} picture="medicine" says="kiosk.services.wait" fault={fault} />;
  if (view.medicines.length === 0)
    return <OwnState of="medicines" title={title} picture="medicine" says="kiosk.medicine.none" />;
  return <OneByOne services={services} all={view.medicines} />;
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
  const when = whenPictures(one);
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
        nameOfDrug(text, one),
        ...medicineSentences(one),
        ...(one.note === undefined ? [] : [{ key: "kiosk.name.note" } as const]),
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
