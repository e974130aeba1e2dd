import type { ReactNode } from "react";
import { contractTerms } from "../../../core/care/contract-act.ts";
import type { TeamMember } from "../../../core/contract/hub-contracts.ts";
import type { DoctorContract } from "../../../core/contract/visit-doctor.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText, type Text } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import type { Spoken } from "../voice/voice.tsx";

/** One thing about the doctor: a picture, words, and at most two things to do. */
function DoctorScreen(props: {
  readonly step: string;
  readonly title: MessageKey;
  readonly says: readonly Spoken[];
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  const text = useText();
  return (
    <Screen
      name="mine"
      of="doctor"
      step={props.step}
      title={text.of(props.title, {})}
      says={props.says}
      actions={props.actions}
    >
      <div className="state" data-testid={`doctor-${props.step}`}>
        <Picture name="doctor" className="state-picture" />
        {props.children}
      </div>
    </Screen>
  );
}

function Named({ name, org }: { readonly name: string; readonly org: string }) {
  return (
    <p className="title" translate="no">
      <span data-testid="doctor-name">{name}</span> · {org}
    </p>
  );
}

/** While the host is asked. */
export function DoctorComes() {
  const text = useText();
  return (
    <DoctorScreen step="comes" title="kiosk.mine.doctor" says={[{ key: "kiosk.mine.doctor" }]}>
      <p className="lead">{text("kiosk.services.wait")}</p>
    </DoctorScreen>
  );
}

/** No doctor yet, or none any more; `declined`: why the one who was asked said no. */
export function DoctorNone({
  declined,
  onChoose,
}: {
  readonly declined: DoctorContract | undefined;
  readonly onChoose: () => void;
}) {
  const text = useText();
  const why = declined === undefined ? "kiosk.doctor.none" : declinedKey(declined);
  return (
    <DoctorScreen
      step={declined === undefined ? "none" : "declined"}
      title="kiosk.mine.doctor"
      says={[{ key: why }, { key: "sign.contract" }]}
      actions={
        <Press kind="main" onPress={onChoose} testId="doctor-choose">
          {text("kiosk.doctor.choose")}
        </Press>
      }
    >
      <p className="lead">{text.of(why, {})}</p>
      <p className="lead">{text("sign.contract")}</p>
    </DoctorScreen>
  );
}

const reasons = {
  full: "kiosk.doctor.full",
  elsewhere: "kiosk.doctor.elsewhere",
  meetFirst: "kiosk.doctor.meetFirst",
} as const satisfies Record<string, MessageKey>;
const isReason = (reason: string | undefined): reason is keyof typeof reasons =>
  reason !== undefined && Object.hasOwn(reasons, reason);
const declinedKey = ({ reason }: DoctorContract): MessageKey =>
  isReason(reason) ? reasons[reason] : "kiosk.doctor.unknown";

/** One of those who can be chosen, by name and house. */
export function OneDoctor(props: {
  readonly one: TeamMember;
  readonly more: boolean;
  readonly onMore: () => void;
  readonly onThis: () => void;
}) {
  const text = useText();
  const { one, more } = props;
  return (
    <DoctorScreen
      key={one.id}
      step={`one-${one.id}`}
      title="kiosk.doctor.this"
      says={[{ key: "kiosk.doctor.this" }]}
      actions={
        <>
          {more && (
            <Press kind="second" onPress={props.onMore} testId="doctor-more">
              {text("kiosk.doctor.other")}
            </Press>
          )}
          <Press kind="main" onPress={props.onThis} testId="doctor-this">
            {text("kiosk.doctor.take")}
          </Press>
        </>
      }
    >
      <Named name={one.name} org={one.orgName} />
    </DoctorScreen>
  );
}

/** What both owe, read out; then the person's own yes. */
export function DoctorTerms(props: {
  readonly one: TeamMember;
  readonly onNo: () => void;
  readonly onYes: () => void;
}) {
  const text = useText();
  return (
    <Screen
      name="mine"
      of="doctor"
      step="terms"
      title={text("kiosk.doctor.terms")}
      note={
        <p className="lead" translate="no">
          {props.one.name} · {props.one.orgName}
        </p>
      }
      says={[{ key: "kiosk.doctor.terms" }, ...contractTerms.map((key) => ({ key }))]}
      actions={
        <>
          <Press kind="second" onPress={props.onNo} testId="doctor-not-now">
            <Icon name="no" />
            {text("kiosk.doctor.notNow")}
          </Press>
          <Press kind="main" onPress={props.onYes} testId="doctor-sign">
            <Icon name="yes" />
            {text("kiosk.doctor.sign")}
          </Press>
        </>
      }
    >
      <ul className="show-words" data-testid="doctor-terms">
        {contractTerms.map((key) => (
          <li key={key} className="lead" data-key={key}>
            {text.of(key, {})}
          </li>
        ))}
      </ul>
    </Screen>
  );
}

/** Asked, and the doctor has not answered yet. */
export function DoctorWaits({ asked, onLeave }: { readonly asked: DoctorContract; readonly onLeave: () => void }) {
  const text = useText();
  return (
    <DoctorScreen
      step="asked"
      title="kiosk.mine.doctor"
      says={[{ key: "kiosk.doctor.waits" }]}
      actions={
        <Press kind="second" onPress={onLeave} testId="doctor-take-back">
          {text("kiosk.doctor.takeBack")}
        </Press>
      }
    >
      <Named {...asked.doctor} />
      <p className="lead">{text("kiosk.doctor.waits")}</p>
    </DoctorScreen>
  );
}

const endWords = (text: Text, instant: string): string =>
  new Intl.DateTimeFormat(text.language, { year: "numeric", month: "short", day: "numeric" }).format(new Date(instant));

/** Whose resident one is, who else helps, and the two things to do: call them, or change. */
export function DoctorHas(props: {
  readonly active: DoctorContract;
  readonly asked: DoctorContract | undefined;
  readonly team: readonly TeamMember[];
  readonly onCall: () => void;
  readonly onLeave: () => void;
}) {
  const text = useText();
  const { active, asked, team } = props;
  const others = team.filter(({ id }) => id !== active.doctor.id).slice(0, 3);
  return (
    <DoctorScreen
      step="has"
      title="kiosk.mine.doctor"
      says={[{ key: "kiosk.doctor.has" }]}
      actions={
        <>
          <Press kind="second" onPress={props.onLeave} testId="doctor-change">
            {text("kiosk.doctor.change")}
          </Press>
          <Press kind="main" onPress={props.onCall} testId="doctor-call">
            <Icon name="call" />
            {text("kiosk.doctor.call")}
          </Press>
        </>
      }
    >
      <Named {...active.doctor} />
      {active.until !== undefined && (
        <p className="quiet">{text("kiosk.doctor.until", { date: endWords(text, active.until) })}</p>
      )}
      {asked?.state === "asked" && (
        <p className="lead" data-testid="doctor-asked">
          {text("kiosk.doctor.waits.other")} <span translate="no">{asked.doctor.name}</span>
        </p>
      )}
      {others.length > 0 && (
        <p className="quiet" data-testid="doctor-team">
          {text("kiosk.doctor.team")} <span translate="no">{others.map(({ name }) => name).join(" · ")}</span>
        </p>
      )}
    </DoctorScreen>
  );
}

/** Leaving is always two touches away, and never asked why. `onOther`: choosing another in their place. */
export function ReallyLeave(props: {
  readonly doctor: DoctorContract["doctor"];
  readonly onKeep: () => void;
  readonly onLeave: () => void;
  readonly onOther: (() => void) | undefined;
}) {
  const text = useText();
  const { onOther } = props;
  const title = onOther === undefined ? "kiosk.doctor.leave.asked" : "kiosk.doctor.leave";
  return (
    <DoctorScreen
      step="leave"
      title={title}
      says={[{ key: title }, { key: "kiosk.doctor.leave.what" }]}
      actions={
        <>
          <Press kind="second" onPress={props.onLeave} testId="doctor-end">
            {text(onOther === undefined ? "kiosk.doctor.takeBack" : "kiosk.doctor.end")}
          </Press>
          <Press
            kind="main"
            onPress={onOther ?? props.onKeep}
            testId={onOther === undefined ? "doctor-keep" : "doctor-swap"}
          >
            {text(onOther === undefined ? "kiosk.doctor.keep" : "kiosk.doctor.swap")}
          </Press>
        </>
      }
    >
      <Named {...props.doctor} />
      <p className="lead">{text("kiosk.doctor.leave.what")}</p>
    </DoctorScreen>
  );
}

const instead: Readonly<Partial<Record<FaultCode, MessageKey>>> = {
  "identify.notFound": "kiosk.doctor.guest",
  "care.unknown": "kiosk.doctor.nobody",
};

/** Why it is not possible now, and what to do about it. */
export function DoctorFault({ code, onOn }: { readonly code: FaultCode; readonly onOn?: () => void }) {
  const text = useText();
  const key = instead[code];
  return (
    <DoctorScreen
      step={`fault-${code}`}
      title="kiosk.mine.doctor"
      says={[{ key: key ?? `fault.${code}` }]}
      actions={
        onOn !== undefined && (
          <Press kind="main" onPress={onOn} testId="doctor-on">
            {text("kiosk.doctor.on")}
          </Press>
        )
      }
    >
      <p className="lead" role="alert" data-testid="doctor-fault" data-code={code}>
        {key === undefined ? text.fault(code) : text.of(key, {})}
      </p>
    </DoctorScreen>
  );
}
