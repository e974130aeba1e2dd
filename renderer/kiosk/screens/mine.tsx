import type { ComponentType } from "react";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { ownPages, servicePages, type OwnPage } from "../../../core/machine/own-pages.ts";
import { useText } from "../../parts/language.tsx";
import type { PictureName } from "../../parts/picture.tsx";
import { Board, Tile } from "../board.tsx";
import { Appointment } from "../own/appointment.tsx";
import { Guidance, HospitalWay, Registration } from "../own/hospitals.tsx";
import { Medicines } from "../own/medicines.tsx";
import { Packages } from "../own/packages.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { MyConsents } from "./mine-consents.tsx";
import { MyDoctor } from "./mine-doctor.tsx";
import { Family } from "./mine-family.tsx";
import { MyRecord } from "./mine-record.tsx";
import { Learn } from "./mine-words.tsx";

interface Own {
  readonly picture: PictureName;
  readonly name: MessageKey;
  readonly Page: ComponentType;
}

/** A picture on the board, and the page behind it. */
const own: Readonly<Record<OwnPage, Own>> = {
  record: { picture: "record", name: "kiosk.mine.record", Page: MyRecord },
  doctor: { picture: "doctor", name: "kiosk.mine.doctor", Page: MyDoctor },
  medicines: { picture: "medicine", name: "kiosk.mine.medicines", Page: Medicines },
  appointment: { picture: "comeBack", name: "kiosk.mine.appointment", Page: Appointment },
  family: { picture: "family", name: "kiosk.mine.family", Page: Family },
  consents: { picture: "consents", name: "kiosk.mine.consents", Page: MyConsents },
  packages: { picture: "packages", name: "kiosk.services.packages", Page: Packages },
  guidance: { picture: "guidance", name: "kiosk.services.guidance", Page: Guidance },
  registration: { picture: "registration", name: "kiosk.services.registration", Page: Registration },
  hospital: { picture: "hospital", name: "kiosk.services.hospital", Page: HospitalWay },
  learn: { picture: "learn", name: "kiosk.mine.learn", Page: Learn },
};

/** What belongs to the person besides measuring: a board of pictures, and a page behind each. */
export function Mine({ menu, page }: { readonly menu?: "services" | undefined; readonly page?: OwnPage | undefined }) {
  if (page === undefined) return menu === "services" ? <ServicesBoard /> : <OwnBoard />;
  const { Page } = own[page];
  return <Page />;
}

function PageTile({ page }: { readonly page: OwnPage }) {
  const text = useText();
  const engine = useEngine();
  const { picture, name } = own[page];
  return (
    <Tile picture={picture} onPress={() => engine.send({ kind: "mine", page })} testId={`mine-${page}`}>
      {text.of(name, {})}
    </Tile>
  );
}

function OwnBoard() {
  const text = useText();
  return (
    <Screen name="mine" title={text("kiosk.mine.title")} says={[{ key: "kiosk.mine.title" }]}>
      <Board label={text("kiosk.mine.title")} count={ownPages.length}>
        {ownPages.map((page) => (
          <PageTile key={page} page={page} />
        ))}
      </Board>
    </Screen>
  );
}

/** What can be done for anybody; asking a doctor is the call or the message that is there. */
function ServicesBoard() {
  const text = useText();
  const engine = useEngine();
  const { screen } = useShown();
  const inCall = "visit" in screen && screen.visit.call !== "none";
  return (
    <Screen
      name="mine"
      of="services"
      step="services"
      title={text("kiosk.services.title")}
      says={[{ key: "kiosk.services.title" }]}
    >
      <Board label={text("kiosk.services.title")} count={servicePages.length + (inCall ? 0 : 1)}>
        {!inCall && (
          <Tile picture="doctor" onPress={() => engine.send({ kind: "callDoctor" })} testId="mine-consult">
            {text("kiosk.services.consult")}
          </Tile>
        )}
        {servicePages.map((page) => (
          <PageTile key={page} page={page} />
        ))}
      </Board>
    </Screen>
  );
}
