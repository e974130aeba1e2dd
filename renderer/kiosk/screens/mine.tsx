import type { OwnPage } from "../../../core/machine/kiosk.ts";
import { ownPages } from "../../../core/machine/kiosk.ts";
import { useText } from "../../parts/language.tsx";
import type { PictureName } from "../../parts/picture.tsx";
import { Board, Tile } from "../board.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { MyConsents } from "./mine-consents.tsx";
import { Family } from "./mine-family.tsx";
import { MyRecord } from "./mine-record.tsx";
import { Appointment, Learn } from "./mine-words.tsx";

const pictures: Readonly<Record<OwnPage, PictureName>> = {
  record: "record",
  consents: "consents",
  learn: "learn",
  family: "family",
  appointment: "comeBack",
};
export const ownNames = {
  record: "kiosk.mine.record",
  consents: "kiosk.mine.consents",
  learn: "kiosk.mine.learn",
  family: "kiosk.mine.family",
  appointment: "kiosk.mine.appointment",
} as const satisfies Record<OwnPage, string>;

/** What belongs to the person besides measuring: a board of pictures, and a page behind each. */
export function Mine({ page }: { readonly page?: OwnPage | undefined }) {
  switch (page) {
    case undefined:
      return <OwnBoard />;
    case "record":
      return <MyRecord />;
    case "consents":
      return <MyConsents />;
    case "learn":
      return <Learn />;
    case "family":
      return <Family />;
    case "appointment":
      return <Appointment />;
  }
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
            picture={pictures[page]}
            onPress={() => engine.send({ kind: "mine", page })}
            testId={`mine-${page}`}
          >
            {text(ownNames[page])}
          </Tile>
        ))}
      </Board>
    </Screen>
  );
}
