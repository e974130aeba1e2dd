import type { ReactNode } from "react";
import type { ServicePackage } from "../../../core/care/packages.ts";
import type { OfferKind, OffersView } from "../../../core/contract/technician-offers.ts";
import type { RefusedProfile } from "../../../core/contract/technician-devices.ts";
import { mostHospitals, type Hospital } from "../../../core/domain/hospitals.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { useOffers } from "./offers-view.ts";
import { Card, Data, Facts, FaultNote, HoldPress, Mark, Page } from "./parts.tsx";
import { Refused } from "./profiles.tsx";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** Hospitals and packages as residents see them: what is real, what is a specimen, what was refused and why. */
export function OffersPage() {
  const tech = useTech();
  const { go, staff } = usePlace();
  const { view, fault, look, setView } = useOffers();
  const leads = staff.role === "technician";
  const shipped = [...(view?.hospitals ?? []), ...(view?.packages ?? [])].some(({ from }) => from === "shipped");
  return (
    <Page name="offers" title={tech("tech.offers.title")} note={tech("tech.offers.what")}>
      <FaultNote code={fault} />
      {!leads && <p className="notice">{tech("tech.offers.onlyTechnician")}</p>}
      {view === undefined && fault === undefined && <p role="status">{tech("tech.opening")}</p>}
      {view !== undefined && (
        <>
          {view.refused.length > 0 && <RefusedFiles refused={view.refused} leads={leads} onView={setView} />}
          {shipped && <p className="quiet">{tech("tech.offers.shippedWhat")}</p>}
          <Group
            title={tech("tech.offers.hospitals", { n: mostHospitals })}
            none={view.hospitals.length === 0 && tech("tech.offers.hospitals.none")}
            action={
              leads &&
              (view.hospitals.length < mostHospitals ? (
                <Press kind="second" onPress={() => go({ at: "offer", kind: "hospital" })} testId="hospital-add">
                  {tech("tech.offers.add.hospital")}
                </Press>
              ) : (
                <p className="quiet">{tech("tech.offers.full", { n: mostHospitals })}</p>
              ))
            }
          >
            {view.hospitals.map(({ value, from }) => (
              <One key={value.id} kind="hospital" value={value} from={from} leads={leads} onView={setView}>
                <HospitalFacts of={value} />
              </One>
            ))}
          </Group>
          <Group
            title={tech("tech.offers.packages")}
            none={view.packages.length === 0 && tech("tech.offers.packages.none")}
            action={
              leads && (
                <Press kind="second" onPress={() => go({ at: "offer", kind: "package" })} testId="package-add">
                  {tech("tech.offers.add.package")}
                </Press>
              )
            }
          >
            {view.packages.map(({ value, from }) => (
              <One key={value.id} kind="package" value={value} from={from} leads={leads} onView={setView}>
                <PackageFacts of={value} />
              </One>
            ))}
          </Group>
        </>
      )}
      <div className="tech-actions">
        <Press kind="quiet" onPress={look} testId="offers-reload">
          <Icon name="again" />
          {tech("tech.offers.reload")}
        </Press>
      </div>
    </Page>
  );
}

function Group(props: {
  readonly title: string;
  readonly none: string | false;
  readonly action: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="tech-offers" aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        {props.action}
      </header>
      {props.none !== false && <p>{props.none}</p>}
      <div className="tech-grid tech-grid-two">{props.children}</div>
    </section>
  );
}

function One(props: {
  readonly kind: OfferKind;
  readonly value: Hospital | ServicePackage;
  readonly from: "shipped" | "own";
  readonly leads: boolean;
  readonly onView: (view: OffersView) => void;
  readonly children: ReactNode;
}) {
  const tech = useTech();
  const { go } = usePlace();
  const { kind, value, from, leads, onView } = props;
  const item = value.id;
  const remove = useAct((client, own) => client.technician.offers.remove({ ...own, kind, item }));
  return (
    <Card
      title={<Data>{tech.said(value.name)}</Data>}
      mark={
        <Mark kind={value.specimen ? "care" : "ok"}>{tech(`tech.offers.${value.specimen ? "specimen" : "real"}`)}</Mark>
      }
      testId={`${kind}-${item}`}
      actions={
        leads && (
          <>
            <Press kind="main" onPress={() => go({ at: "offer", kind, item })} testId="offer-change">
              {tech("tech.offers.change")}
            </Press>
            <HoldPress
              disabled={remove.busy}
              onDone={() => void remove.run().then((view) => view && onView(view))}
              testId="offer-remove"
            >
              {tech("tech.offers.remove")}
            </HoldPress>
          </>
        )
      }
    >
      <p className="quiet">
        {tech(`tech.offers.${from}`)} · <Data code>{item}</Data>
      </p>
      {props.children}
      <FaultNote code={remove.fault} />
    </Card>
  );
}

function HospitalFacts({ of }: { readonly of: Hospital }) {
  const tech = useTech();
  const text = useText();
  return (
    <Facts
      rows={[
        ["tech.offers.address", tech.said(of.address)],
        ["tech.offers.way", tech.said(of.way)],
        ["tech.offers.hours", tech.said(of.hours)],
        ["tech.offers.telephone", <Data>{of.telephone}</Data>],
        ["tech.offers.registration", <Data>{of.registration}</Data>],
        [
          "tech.offers.departments",
          of.departments
            .map(({ for: sorts, ...name }) => {
              const words = sorts.map((one) => text(`kiosk.complaint.${one}`)).join(tech("tech.and"));
              return `${tech.said(name)} (${words})`;
            })
            .join("; "),
        ],
      ]}
    />
  );
}

function PackageFacts({ of }: { readonly of: ServicePackage }) {
  const tech = useTech();
  const { price } = of;
  return (
    <Facts
      rows={[
        ["tech.offers.group", tech(`tech.offers.group.${of.group}`)],
        ["tech.offers.contains", of.contains.map((one) => tech.said(one)).join("; ")],
        ["tech.offers.price", price.kind === "free" ? tech("tech.offers.price.free") : tech.said(price.says)],
        ["tech.offers.source", <Data>{of.source}</Data>],
      ]}
    />
  );
}

function RefusedFiles(props: {
  readonly refused: readonly RefusedProfile[];
  readonly leads: boolean;
  readonly onView: (view: OffersView) => void;
}) {
  const tech = useTech();
  const aside = useAct((client, own, file: string) => client.technician.offers.setAside({ ...own, file }));
  return (
    <Card title={tech("tech.offers.refused")} mark={<Mark kind="bad">{String(props.refused.length)}</Mark>} wide>
      <p>{tech("tech.offers.refusedWhat")}</p>
      {props.refused.map((one) => (
        <div key={one.file} className="tech-offer-refused" data-testid="offer-file-refused">
          <Refused refused={one} />
          {props.leads && (
            <HoldPress
              disabled={aside.busy}
              onDone={() => void aside.run(one.file).then((view) => view && props.onView(view))}
              testId="offer-aside"
            >
              {tech("tech.offers.setAside")}
            </HoldPress>
          )}
        </div>
      ))}
      <FaultNote code={aside.fault} />
    </Card>
  );
}
