import { useEffect, useRef, useState, type ReactNode } from "react";
import { v7 } from "uuid";
import { packageGroups, payers } from "../../../core/care/packages.ts";
import type { OfferKind, OffersView } from "../../../core/contract/technician-offers.ts";
import { Press } from "../../parts/press.tsx";
import {
  fieldsOf,
  hospitalDraft,
  hospitalText,
  noContent,
  noDepartment,
  packageDraft,
  packageText,
  problemsBy,
  type HospitalDraft,
  type PackageDraft,
  type Problem,
} from "./offer-draft.ts";
import {
  BothField,
  ComplaintsField,
  CountField,
  Rows,
  SpecimenField,
  TextField,
  WrongNote,
  WrongProvider,
} from "./offer-fields.tsx";
import { useOffers } from "./offers-view.ts";
import { Card, Choices, Data, FaultNote, Page } from "./parts.tsx";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** One hospital or package, to be changed or made. What is refused is told at its field, and what was there stays. */
export function OfferPage({ kind, item }: { readonly kind: OfferKind; readonly item: string | undefined }) {
  const tech = useTech();
  const { view, fault } = useOffers();
  const title = tech(`tech.offers.${item === undefined ? "add" : "change"}.${kind}`);
  return (
    <Page name="offer" title={title} note={tech("tech.offers.form.what")}>
      <FaultNote code={fault} />
      {view === undefined && fault === undefined && <p role="status">{tech("tech.opening")}</p>}
      {view !== undefined &&
        (kind === "hospital" ? <HospitalForm of={item} view={view} /> : <PackageForm of={item} view={view} />)}
    </Page>
  );
}

const mark = () => v7().slice(-8);

interface Of {
  readonly of: string | undefined;
  readonly view: OffersView;
}

function HospitalForm({ of, view }: Of) {
  const tech = useTech();
  const at = view.hospitals.findIndex(({ value }) => value.id === of);
  const [draft, setDraft] = useState<HospitalDraft>(() => hospitalDraft(view.hospitals[at]?.value, mark()));
  const [first, setFirst] = useState(false);
  const change = (to: Partial<HospitalDraft>) => setDraft((old) => ({ ...old, ...to }));
  return (
    <OfferForm kind="hospital" text={hospitalText(draft)} first={first}>
      <SpecimenField value={draft.specimen} onChange={(specimen) => change({ specimen })} />
      {(["name", "address"] as const).map((name) => (
        <BothField
          key={name}
          label={tech(`tech.offers.${name}`)}
          path={name}
          value={draft[name]}
          onChange={(words) => change({ [name]: words })}
        />
      ))}
      {(["way", "hours"] as const).map((name) => (
        <BothField
          key={name}
          label={tech(`tech.offers.${name}`)}
          path={name}
          value={draft[name]}
          onChange={(words) => change({ [name]: words })}
          rows={2}
        />
      ))}
      <div className="tech-both">
        {(["telephone", "registration"] as const).map((name) => (
          <TextField
            key={name}
            label={tech(`tech.offers.${name}`)}
            path={name}
            value={draft[name]}
            onChange={(words) => change({ [name]: words })}
          />
        ))}
      </div>
      {view.hospitals.length > 0 && at !== 0 && (
        <Choices
          label={tech("tech.offers.order")}
          choices={(["first", "stay"] as const).map((name) => ({ name, says: tech(`tech.offers.order.${name}`) }))}
          value={first ? "first" : "stay"}
          onChange={(name) => setFirst(name === "first")}
          testId="offer-order"
        />
      )}
      <Rows
        title="tech.offers.departments"
        one="tech.offers.department"
        path="departments"
        rows={draft.departments}
        most={40}
        empty={noDepartment}
        onChange={(departments) => change({ departments })}
      >
        {(row, path, set, label) => (
          <>
            <BothField label={label} path={path} value={row} onChange={(words) => set({ ...row, ...words })} />
            <ComplaintsField path={`${path}.for`} value={row.for} onChange={(sorts) => set({ ...row, for: sorts })} />
          </>
        )}
      </Rows>
    </OfferForm>
  );
}

function PackageForm({ of, view }: Of) {
  const tech = useTech();
  const found = view.packages.find(({ value }) => value.id === of);
  const [draft, setDraft] = useState<PackageDraft>(() => packageDraft(found?.value, mark()));
  const change = (to: Partial<PackageDraft>) => setDraft((old) => ({ ...old, ...to }));
  return (
    <OfferForm kind="package" text={packageText(draft)} first={false}>
      <SpecimenField value={draft.specimen} onChange={(specimen) => change({ specimen })} />
      <Choices
        label={tech("tech.offers.group")}
        choices={packageGroups.map((name) => ({ name, says: tech(`tech.offers.group.${name}`) }))}
        value={draft.group}
        onChange={(group) => change({ group })}
        testId="offer-group"
      />
      <BothField
        label={tech("tech.offers.name")}
        path="name"
        value={draft.name}
        onChange={(name) => change({ name })}
      />
      <Rows
        title="tech.offers.contains"
        one="tech.offers.content"
        path="contains"
        rows={draft.contains}
        most={6}
        empty={noContent}
        onChange={(contains) => change({ contains })}
      >
        {(row, path, set, label) => (
          <>
            <BothField label={label} path={path} value={row} onChange={(words) => set({ ...row, ...words })} />
            <CountField
              label={tech("tech.offers.times")}
              path={`${path}.timesAYear`}
              value={row.timesAYear}
              onChange={(timesAYear) => set({ ...row, timesAYear })}
            />
          </>
        )}
      </Rows>
      <Choices
        label={tech("tech.offers.price")}
        choices={(["free", "paid"] as const).map((name) => ({ name, says: tech(`tech.offers.price.${name}`) }))}
        value={draft.price}
        onChange={(price) => change({ price })}
        testId="offer-price"
      />
      {draft.price === "paid" && (
        <>
          <BothField
            label={tech("tech.offers.says")}
            path="price.says"
            value={draft.says}
            onChange={(says) => change({ says })}
          />
          <CountField
            label={tech("tech.offers.yuan")}
            path="price.yuan"
            value={draft.yuan}
            onChange={(yuan) => change({ yuan })}
          />
          <Choices
            label={tech("tech.offers.payer")}
            choices={(["unsaid", ...payers] as const).map((name) => ({
              name,
              says: tech(`tech.offers.payer.${name}`),
            }))}
            value={draft.payer}
            onChange={(payer) => change({ payer })}
            testId="offer-payer"
          />
          <WrongNote path="price.payer" />
        </>
      )}
      <TextField
        label={tech("tech.offers.source")}
        path="source"
        value={draft.source}
        onChange={(source) => change({ source })}
      />
    </OfferForm>
  );
}

/** What both forms have: saving, and what was refused. */
function OfferForm(props: {
  readonly kind: OfferKind;
  readonly text: string;
  readonly first: boolean;
  readonly children: ReactNode;
}) {
  const tech = useTech();
  const { back } = usePlace();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const note = useRef<HTMLDivElement>(null);
  const { kind, text, first } = props;
  const keep = useAct((client, own) => client.technician.offers.keep({ ...own, kind, text, first }));
  const save = async () => {
    const answer = await keep.run();
    if (answer === undefined) return;
    if (answer.kept) back();
    else setProblems(answer.refused.problems);
  };
  useEffect(() => {
    if (problems.length > 0) note.current?.focus();
  }, [problems]);
  const { at, elsewhere } = problemsBy(problems, fieldsOf(text));
  return (
    <form
      className="tech-offer"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {problems.length > 0 && (
        <div className="notice" role="alert" tabIndex={-1} ref={note} data-testid="offer-refused">
          <p>{tech("tech.offers.notKept", { n: problems.length })}</p>
          <ul>
            {elsewhere.map(({ path, reason }, index) => (
              <li key={index}>
                {path !== undefined && <Data code>{path}</Data>} {tech.said(reason)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <FaultNote code={keep.fault} />
      <WrongProvider value={at}>
        <Card title={tech(`tech.offers.one.${kind}`)}>{props.children}</Card>
      </WrongProvider>
      <div className="tech-actions">
        <Press kind="main" disabled={keep.busy} onPress={() => void save()} testId="offer-save">
          {tech("tech.offers.save")}
        </Press>
        <Press kind="second" onPress={back} testId="offer-dismiss">
          {tech("tech.offers.dismiss")}
        </Press>
      </div>
      <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true" />
    </form>
  );
}
