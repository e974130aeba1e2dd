import type { ComponentType } from "react";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { ownPages, type OwnPage } from "../../../core/machine/own-pages.ts";
import { useText } from "../../parts/language.tsx";
import type { PictureName } from "../../parts/picture.tsx";
import { Board, Tile } from "../board.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { MyConsents } from "./mine-consents.tsx";
import { Family } from "./mine-family.tsx";
import { MyRecord } from "./mine-record.tsx";
import { Appointment, Learn } from "./mine-words.tsx";

interface Own {
  readonly picture: PictureName;
  readonly name: MessageKey;
  readonly Page: ComponentType;
}

/** A picture on the board, and the page behind it. */
const own: Readonly<Record<OwnPage, Own>> = {
  record: { picture: "record", name: "kiosk.mine.record", Page: MyRecord },
  learn: { picture: "learn", name: "kiosk.mine.learn", Page: Learn },
  family: { picture: "family", name: "kiosk.mine.family", Page: Family },
  consents: { picture: "consents", name: "kiosk.mine.consents", Page: MyConsents },
  appointment: { picture: "comeBack", name: "kiosk.mine.appointment", Page: Appointment },
};

/** What belongs to the person besides measuring: a board of pictures, and a page behind each. */
export function Mine({ page }: { readonly page?: OwnPage | undefined }) {
  if (page === undefined) return <OwnBoard />;
  const { Page } = own[page];
  return <Page />;
}

function OwnBoard() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen name="mine" title={text("kiosk.mine.title")} says={[{ key: "kiosk.mine.title" }]}>
      <Board label={text("kiosk.mine.title")} count={ownPages.length}>
        {ownPages.map((page) => (
          <Tile
            key={page}
            picture={own[page].picture}
            onPress={() => engine.send({ kind: "mine", page })}
            testId={`mine-${page}`}
          >
            {text.of(own[page].name, {})}
          </Tile>
        ))}
      </Board>
    </Screen>
  );
}
