import type { OwnPage } from "../../../core/machine/kiosk.ts";
import { ownPages } from "../../../core/machine/kiosk.ts";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { MyConsents } from "./mine-consents.tsx";
import { MyRecord } from "./mine-record.tsx";
import { Appointment, Family, Learn } from "./mine-words.tsx";

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
      return <Board />;
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

function Board() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen name="mine" title={text("kiosk.mine.title")} says={[{ key: "kiosk.mine.title" }]}>
      <div className="board">
        {ownPages.map((page) => (
          <Press
            key={page}
            kind="card"
            className="tile"
            onPress={() => engine.send({ kind: "mine", page })}
            testId={`mine-${page}`}
          >
            <Picture name={pictures[page]} />
            <span className="answer-name">{text(ownNames[page])}</span>
          </Press>
        ))}
      </div>
    </Screen>
  );
}
