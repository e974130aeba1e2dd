import { useState, type ReactNode } from "react";
import type { TeamMember } from "../../../core/contract/hub-contracts.ts";
import type { DoctorContract, ShownContract } from "../../../core/contract/visit-doctor.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText, type Text } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { nameOfPackage } from "../own/said-names.ts";
import { Screen } from "../screen.tsx";
import { useShown } from "../use-kiosk.ts";
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

/** No doctor yet, or none any more; `declined`: why the one who was asked said no; `over`: one whose time is over. */
export function DoctorNone({
  declined,
  over,
  onChoose,
}: {
  readonly declined: DoctorContract | undefined;
  readonly over: DoctorContract | undefined;
  readonly onChoose: () => void;
}) {
  const text = useText();
  const none = over === undefined ? "kiosk.doctor.none" : "kiosk.doctor.over";
  const why = declined === undefined ? none : declinedKey(declined);
  return (
    <DoctorScreen
      step={declined !== undefined ? "declined" : over === undefined ? "none" : "over"}
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

/** Signed, and the doctor has not answered yet. */
export function DoctorWaits(props: {
  readonly asked: ShownContract;
  readonly onLeave: () => void;
  readonly onPrint: () => Promise<FaultCode | undefined>;
}) {
  const text = useText();
  const { asked } = props;
  return (
    <DoctorScreen
      step="asked"
      title="kiosk.mine.doctor"
      says={[{ key: "kiosk.doctor.waits" }]}
      actions={
        <>
          <Press kind="second" onPress={props.onLeave} testId="doctor-take-back">
            {text("kiosk.doctor.takeBack")}
          </Press>
          {asked.agreement !== undefined && <PrintAgreement onPrint={props.onPrint} />}
        </>
      }
    >
      <Named {...asked.doctor} />
      <p className="lead">{text("kiosk.doctor.waits")}</p>
    </DoctorScreen>
  );
}

/** Nothing where there is no printer. */
function PrintAgreement({ onPrint }: { readonly onPrint: () => Promise<FaultCode | undefined> }) {
  const text = useText();
  const { station } = useShown();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const printer = station?.printer ?? "none";
  if (printer === "none") return null;
  const print = async () => {
    setBusy(true);
    setFault(await onPrint());
    setBusy(false);
  };
  const words = text(
    printer === "paperOut" ? "kiosk.take.noPaper" : busy ? "kiosk.take.printing" : "kiosk.services.print",
  );
  return (
    <Press kind="main" disabled={busy || printer === "paperOut"} onPress={() => void print()} testId="doctor-print">
      {fault === undefined ? words : text.fault(fault)}
    </Press>
  );
}

/** The day on the wall of this station, as the voice takes it. */
const isoDay = (instant: string): string => new Intl.DateTimeFormat("sv-SE").format(new Date(instant));
const endWords = (text: Text, instant: string): string =>
  new Intl.DateTimeFormat(text.language, { year: "numeric", month: "short", day: "numeric" }).format(new Date(instant));

/** Whose resident one is, who else helps, and the two things to do: call them, or change; near the end, go on, or change. */
export function DoctorHas(props: {
  readonly active: ShownContract;
  readonly asked: ShownContract | undefined;
  readonly team: readonly TeamMember[];
  readonly onCall: () => void;
  readonly onLeave: () => void;
  readonly onRenew: () => void;
}) {
  const text = useText();
  const { active, asked, team } = props;
  const others = team.filter(({ id }) => id !== active.doctor.id).slice(0, 3);
  const { agreement, until } = active;
  const waits = asked?.stage === "signed" ? asked : undefined;
  const isDue = active.stage === "renewalDue" && until !== undefined && waits === undefined;
  const waitsKey = waits?.agreement?.renews === active.id ? "kiosk.doctor.waits.renew" : "kiosk.doctor.waits.other";
  return (
    <DoctorScreen
      step={isDue ? "due" : "has"}
      title="kiosk.mine.doctor"
      says={[
        { key: "kiosk.doctor.has" },
        ...(waits !== undefined || agreement === undefined
          ? []
          : [
              nameOfPackage(text, agreement.package),
              { key: "kiosk.contract.phone", values: { phone: agreement.phone } } as const,
            ]),
        ...(isDue ? [{ key: "kiosk.doctor.due", values: { date: isoDay(until) } } as const] : []),
        ...(waits === undefined ? [] : [{ key: waitsKey } as const]),
      ]}
      actions={
        <>
          <Press kind="second" onPress={props.onLeave} testId="doctor-change">
            {text("kiosk.doctor.change")}
          </Press>
          {isDue ? (
            <Press kind="main" onPress={props.onRenew} testId="doctor-renew">
              <Icon name="yes" />
              {text("kiosk.doctor.renew")}
            </Press>
          ) : (
            <Press kind="main" onPress={props.onCall} testId="doctor-call">
              <Icon name="call" />
              {text("kiosk.doctor.call")}
            </Press>
          )}
        </>
      }
    >
      <Named {...active.doctor} />
      {waits === undefined && agreement !== undefined && (
        <p className="quiet" data-testid="doctor-package">
          {agreement.package.name[text.language === "en" ? "en" : "zh"]} · {agreement.phone}
        </p>
      )}
      {isDue ? (
        <p className="lead" data-testid="doctor-due">
          {text("kiosk.doctor.due", { date: endWords(text, until) })}
        </p>
      ) : (
        waits === undefined &&
        until !== undefined && <p className="quiet">{text("kiosk.doctor.until", { date: endWords(text, until) })}</p>
      )}
      {waits !== undefined && (
        <p className="lead" data-testid="doctor-asked">
          {text.of(waitsKey, {})} <span translate="no">{waits.doctor.name}</span>
        </p>
      )}
      {/* One line of the two: the team stands in the agreement. */}
      {waits === undefined && agreement === undefined && others.length > 0 && (
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
  "care.changed": "kiosk.contract.changed",
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
