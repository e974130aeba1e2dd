import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { useShown } from "../use-kiosk.ts";
import { OwnPage, OwnState, Specimen, useOneByOne } from "./own-page.tsx";
import { packagePictures } from "./package-pictures.ts";
import { packageNames } from "./said-names.ts";
import { useServices } from "./use-services.ts";

/** The packages that fit the person's own facts, one a screen; wanting one tells the practice. */
export function Packages() {
  const text = useText();
  const { visit } = useShown();
  const services = useServices();
  const { view } = services;
  const { at, one, key } = useOneByOne(view?.packages ?? []);
  const [fault, setFault] = useState<FaultCode>();
  const title = "kiosk.services.packages";
  if (view === undefined)
    return (
      <OwnState of="packages" title={title} picture="packages" says="kiosk.services.wait" fault={services.fault} />
    );
  if (one === undefined) return <OwnState of="packages" title={title} picture="packages" says="kiosk.services.none" />;
  const side = text.language === "en" ? "en" : "zh";
  const [picture, group] = packagePictures[one.group];
  const waits = view.wishes.some(
    ({ wanted, answer }) => wanted.kind === "package" && wanted.package === one.id && answer === undefined,
  );
  const want = async () => setFault(await services.ask({ kind: "package", package: one.id }));
  return (
    <OwnPage
      of="packages"
      step={`${at} ${waits ? "waits" : ""}`}
      title={text(title)}
      says={
        waits
          ? [{ key: "kiosk.services.asked" }]
          : [
              ...(at === 0 ? [{ key: "kiosk.package.what" } as const] : []),
              { key: group },
              ...packageNames(text, one),
              ...(one.price.kind === "free" ? [{ key: "kiosk.package.free" } as const] : []),
            ]
      }
      picture={<Picture name={picture} />}
      note={fault !== undefined && <p role="alert">{text.fault(fault)}</p>}
      actions={
        <>
          {visit?.kind === "resident" && !waits && (
            <Press kind="second" onPress={() => void want()} testId="package-want">
              {text("kiosk.package.want")}
            </Press>
          )}
          {key}
        </>
      }
    >
      <p className="own-name">{one.name[side]}</p>
      <ul className="own-lines">
        {one.contains.map(({ timesAYear, ...what }) => (
          <li key={what.en}>
            {what[side]}
            {timesAYear !== undefined && <b> {text("kiosk.package.times", { n: timesAYear })}</b>}
          </li>
        ))}
      </ul>
      <p className="lead">{one.price.kind === "free" ? text("kiosk.package.free") : one.price.says[side]}</p>
      {waits && (
        <p className="notice lead" data-testid="package-asked">
          {text("kiosk.services.asked")}
        </p>
      )}
      <Specimen is={one.specimen} />
    </OwnPage>
  );
}
