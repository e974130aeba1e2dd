import { lazy, Suspense, useState, type ReactNode } from "react";
import { complaints, departmentFor, type Complaint, type Hospital } from "../../../core/domain/hospitals.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { hospitalLines } from "../../../core/voice/names.ts";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Board, Tile } from "../board.tsx";
import { Screen } from "../screen.tsx";
import type { Spoken } from "../voice/voice.tsx";
import { OwnPage, OwnState, PrintKey, Specimen, useOneByOne } from "./own-page.tsx";
import { hospitalWords, nameOfDepartment, nameOfHospital } from "./said-names.ts";
import { useServices, type Services } from "./use-services.ts";

const QrPicture = lazy(async () => ({ default: (await import("../qr-picture.tsx")).QrPicture }));

interface Line {
  readonly key: MessageKey;
  readonly words: string;
}
const linesOf = (hospital: Hospital, side: "zh" | "en") =>
  ({
    address: { key: "kiosk.hospital.address", words: hospital.address[side] },
    way: { key: "kiosk.hospital.way", words: hospital.way[side] },
    hours: { key: "kiosk.hospital.hours", words: hospital.hours[side] },
    phone: { key: "kiosk.hospital.phone", words: hospital.telephone },
  }) as const satisfies Record<string, Line>;

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const text = useText();
  return (
    <ul className="own-lines">
      {lines.map(({ key, words }) => (
        <li key={key}>
          <b>{text.of(key, {})}</b> {words}
        </li>
      ))}
    </ul>
  );
}

/** The page of one hospital after the other. */
function Each(props: {
  readonly of: "hospital" | "registration" | "guidance";
  readonly title: MessageKey;
  readonly picture: PictureName;
  /** Said before the first one. */
  readonly says: readonly Spoken[];
  /** Said of each, after its name. */
  readonly tells: (hospital: Hospital) => readonly Spoken[];
  readonly show: (hospital: Hospital, side: "zh" | "en") => { readonly picture?: ReactNode; readonly words: ReactNode };
  readonly first?: (services: Services) => ReactNode;
}) {
  const text = useText();
  const services = useServices();
  const { of, title, picture } = props;
  const { at, one, key } = useOneByOne(services.view?.hospitals ?? []);
  if (services.view === undefined)
    return <OwnState of={of} title={title} picture={picture} says="kiosk.services.wait" fault={services.fault} />;
  if (one === undefined) return <OwnState of={of} title={title} picture={picture} says="kiosk.services.none" />;
  const side = text.language === "en" ? "en" : "zh";
  const shown = props.show(one, side);
  return (
    <OwnPage
      of={of}
      step={at}
      title={text.of(title, {})}
      says={[...(at === 0 ? props.says : []), nameOfHospital(text, one), ...props.tells(one)]}
      picture={shown.picture ?? <Picture name={picture} />}
      actions={
        <>
          {props.first?.(services)}
          {key}
        </>
      }
    >
      <p className="own-name">{one.name[side]}</p>
      {shown.words}
      <Specimen is={one.specimen} />
    </OwnPage>
  );
}

const call = ({ telephone: phone }: Hospital): Spoken => ({ key: "kiosk.contract.phone", values: { phone } });

/** The way there, hours and telephone; on paper, too. */
export function HospitalWay() {
  const text = useText();
  return (
    <Each
      of="hospital"
      title="kiosk.services.hospital"
      picture="hospital"
      says={[{ key: "kiosk.services.hospital" }, { key: "kiosk.hospital.what" }]}
      tells={(hospital) => [...hospitalWords(text, hospital, hospitalLines), call(hospital)]}
      show={(hospital, side) => ({ words: <Lines lines={Object.values(linesOf(hospital, side))} /> })}
      first={(services) => <PrintKey services={services} page="hospitals" />}
    />
  );
}

/** A link for one's own phone, and the telephone: nothing is booked here. */
export function Registration() {
  const text = useText();
  return (
    <Each
      of="registration"
      title="kiosk.services.registration"
      picture="registration"
      says={[{ key: "kiosk.services.registration" }, { key: "kiosk.registration.what" }]}
      tells={(hospital) => [...hospitalWords(text, hospital, ["hours"]), call(hospital)]}
      show={(hospital, side) => {
        const { hours, phone } = linesOf(hospital, side);
        return {
          picture: (
            <Suspense fallback={<Picture name="registration" />}>
              <QrPicture words={hospital.registration} says={text("kiosk.registration.what")} />
            </Suspense>
          ),
          words: (
            <>
              <p className="lead">{text("kiosk.registration.what")}</p>
              <Lines lines={[hours, phone]} />
            </>
          ),
        };
      }}
    />
  );
}

const pictures: Readonly<Record<Complaint, PictureName>> = {
  heart: "sxChest",
  pressure: "bloodPressure",
  sugar: "glucose",
  breath: "sxDyspnea",
  head: "sxHeadache",
  stomach: "sxAbdominal",
  bones: "sxBack",
  eyes: "sxVision",
  other: "sxOther",
};

/** Which department sees to it, by what troubles one; whatever is urgent goes to 120 and not to a page. */
export function Guidance() {
  const text = useText();
  const [complaint, setComplaint] = useState<Complaint>();
  if (complaint !== undefined)
    return (
      <Each
        of="guidance"
        title="kiosk.services.guidance"
        picture={pictures[complaint]}
        says={[{ key: "kiosk.guidance.go" }]}
        tells={(hospital) => {
          const department = departmentFor(hospital, complaint);
          return [
            department === undefined ? { key: "kiosk.services.none" } : nameOfDepartment(text, department),
            ...hospitalWords(text, hospital, ["hours"]),
            call(hospital),
            { key: "kiosk.guidance.bring" },
            { key: "kiosk.guidance.urgent" },
          ];
        }}
        show={(hospital, side) => {
          const { hours, phone } = linesOf(hospital, side);
          const department = departmentFor(hospital, complaint);
          return {
            words: (
              <>
                <p className="lead" data-testid="guidance-department">
                  {department?.[side] ?? text("kiosk.services.none")}
                </p>
                <Lines lines={[hours, phone]} />
                <p>{text("kiosk.guidance.bring")}</p>
                <p className="notice">{text("kiosk.guidance.urgent")}</p>
              </>
            ),
          };
        }}
        first={() => (
          <Press kind="second" onPress={() => setComplaint(undefined)} testId="guidance-again">
            {text("kiosk.guidance.ask")}
          </Press>
        )}
      />
    );
  return (
    <Screen
      name="mine"
      of="guidance"
      step="ask"
      title={text("kiosk.guidance.ask")}
      says={[{ key: "kiosk.guidance.ask" }, { key: "kiosk.guidance.urgent" }]}
    >
      <Board label={text("kiosk.guidance.ask")} count={complaints.length}>
        {complaints.map((one) => (
          <Tile key={one} picture={pictures[one]} onPress={() => setComplaint(one)} testId={`complaint-${one}`}>
            {text(`kiosk.complaint.${one}`)}
          </Tile>
        ))}
      </Board>
    </Screen>
  );
}
