import { useState, type ReactNode } from "react";
import type { Agreement } from "../../../core/care/agreement.ts";
import { contractTerms } from "../../../core/care/contract-act.ts";
import { feeOf, type ServicePackage } from "../../../core/care/packages.ts";
import type { TeamMember } from "../../../core/contract/hub-contracts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { feeSentences, termSentences, type Sentence } from "../../../core/i18n/agreement-words.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText, type Text } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { dayWords } from "../judged.ts";
import type { DoctorActs, Drawn } from "../my-doctor.ts";
import { packagePictures } from "../own/package-pictures.ts";
import { OwnPage, Specimen } from "../own/own-page.tsx";
import { packageNames } from "../own/said-names.ts";
import { Screen } from "../screen.tsx";
import type { Spoken } from "../voice/voice.tsx";
import { DoctorFault } from "./mine-doctor-parts.tsx";

/** The agreement, page by page, each read out; then the person's own yes. Nothing is signed before the last page. */
export function SignDoctor(props: {
  readonly doctor: TeamMember;
  readonly renews: string | undefined;
  readonly packages: readonly ServicePackage[];
  readonly acts: DoctorActs;
  readonly onNo: () => void;
  readonly onSign: (drawn: Drawn) => void;
}) {
  const { doctor, renews, packages, acts, onNo } = props;
  const [nth, setNth] = useState(0);
  const [drawn, setDrawn] = useState<Drawn>();
  const [isLast, setLast] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const pack = packages[nth % Math.max(packages.length, 1)];
  const draw = async (of: string) => {
    const answer = await acts.draw(doctor.id, of, renews);
    if (answer.ok) setDrawn(answer.value);
    else setFault(answer.code);
  };
  if (fault !== undefined || pack === undefined) return <DoctorFault code={fault ?? "care.unknown"} onOn={onNo} />;
  if (drawn === undefined)
    return (
      <Pack
        pack={pack}
        onOther={packages.length > 1 ? () => setNth(nth + 1) : undefined}
        onNo={onNo}
        onThis={() => void draw(pack.id)}
      />
    );
  if (!isLast) return <Whom agreement={drawn.agreement} onNo={onNo} onNext={() => setLast(true)} />;
  return <Duties agreement={drawn.agreement} onNo={onNo} onYes={() => props.onSign(drawn)} />;
}

function Part(props: {
  readonly step: string;
  readonly title: MessageKey;
  readonly says: readonly Spoken[];
  readonly picture: PictureName;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}) {
  const text = useText();
  return (
    <OwnPage
      of="doctor"
      step={props.step}
      title={text.of(props.title, {})}
      says={[{ key: props.title }, ...props.says]}
      picture={<Picture name={props.picture} />}
      actions={props.actions}
    >
      {props.children}
    </OwnPage>
  );
}

const sideOf = (text: Text) => (text.language === "en" ? "en" : "zh");
const shown = (text: Text, { key, values }: Sentence): string => {
  const { date, ...rest } = values ?? {};
  return text.of(key, date === undefined ? rest : { ...rest, date: dayWords(text, String(date)) });
};

/** What is agreed to, what it costs and who pays. */
function Pack(props: {
  readonly pack: ServicePackage;
  readonly onOther: (() => void) | undefined;
  readonly onNo: () => void;
  readonly onThis: () => void;
}) {
  const text = useText();
  const { pack, onOther } = props;
  const fee = feeOf(pack);
  const costs = fee === undefined ? [] : feeSentences({ fee });
  const [picture, group] = packagePictures[pack.group];
  return (
    <Part
      key={pack.id}
      step={`package ${pack.id}`}
      title="kiosk.contract.package"
      says={[{ key: group }, ...packageNames(text, pack), ...costs]}
      picture={picture}
      actions={
        <>
          {onOther === undefined ? (
            <No onNo={props.onNo} />
          ) : (
            <Press kind="second" onPress={onOther} testId="doctor-other-package">
              {text("kiosk.contract.other")}
            </Press>
          )}
          <Press kind="main" onPress={props.onThis} testId="doctor-package-this">
            {text("kiosk.contract.take")}
          </Press>
        </>
      }
    >
      <p className="own-name">{pack.name[sideOf(text)]}</p>
      <ul className="own-lines">
        {pack.contains.map(({ timesAYear, ...what }) => (
          <li key={what.en}>
            {what[sideOf(text)]}
            {timesAYear !== undefined && <b> {text("kiosk.package.times", { n: timesAYear })}</b>}
          </li>
        ))}
      </ul>
      <p className="lead" data-testid="doctor-fee">
        {costs.map((one) => shown(text, one)).join(text.language === "en" ? " " : "")}
        {pack.price.kind === "paid" && ` ${pack.price.says[sideOf(text)]}`}
      </p>
      <Specimen is={pack.specimen} />
    </Part>
  );
}

/** With whom, where to call, from when and how long. */
function Whom(props: { readonly agreement: Agreement; readonly onNo: () => void; readonly onNext: () => void }) {
  const text = useText();
  const { doctor, team } = props.agreement;
  const terms = termSentences(props.agreement);
  return (
    <Part
      step="whom"
      title="kiosk.contract.who"
      says={[{ key: "kiosk.contract.names" }, ...terms]}
      picture="doctor"
      actions={
        <>
          <No onNo={props.onNo} />
          <Press kind="main" onPress={props.onNext} testId="doctor-next">
            {text("kiosk.contract.next")}
            <Icon name="next" />
          </Press>
        </>
      }
    >
      <p className="own-name" translate="no" data-testid="doctor-whom">
        {doctor.name} · {doctor.org}
      </p>
      {team.length > 0 && (
        <p className="lead">
          {text("kiosk.doctor.team")} <span translate="no">{team.map(({ name }) => name).join(" · ")}</span>
        </p>
      )}
      {terms.map((one) => (
        <p key={one.key} className="lead" data-testid={one.key}>
          {shown(text, one)}
        </p>
      ))}
    </Part>
  );
}

/** What both owe, out of the agreement; then the act. */
function Duties(props: { readonly agreement: Agreement; readonly onNo: () => void; readonly onYes: () => void }) {
  const text = useText();
  const { doctor, words } = props.agreement;
  return (
    <Screen
      name="mine"
      of="doctor"
      step="terms"
      title={text("kiosk.doctor.terms")}
      note={
        <p className="lead" translate="no">
          {doctor.name} · {doctor.org}
        </p>
      }
      says={[{ key: "kiosk.doctor.terms" }, ...contractTerms.map((key) => ({ key }))]}
      actions={
        <>
          <No onNo={props.onNo} />
          <Press kind="main" onPress={props.onYes} testId="doctor-sign">
            <Icon name="yes" />
            {text("kiosk.doctor.sign")}
          </Press>
        </>
      }
    >
      <ul className="show-words" data-testid="doctor-terms">
        {words.map((one) => (
          <li key={one.en} className="lead">
            {one[sideOf(text)]}
          </li>
        ))}
      </ul>
    </Screen>
  );
}

function No({ onNo }: { readonly onNo: () => void }) {
  const text = useText();
  return (
    <Press kind="second" onPress={onNo} testId="doctor-not-now">
      <Icon name="no" />
      {text("kiosk.doctor.notNow")}
    </Press>
  );
}
