import { useText } from "../../parts/language.tsx";
import { Board, Tile } from "../board.tsx";
import { Screen } from "../screen.tsx";
import { signPictures, signs } from "../signs.ts";
import { useEngine } from "../use-kiosk.ts";

/** A newcomer chooses a picture that will say "it is you" the next time. */
export function Sign() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="sign"
      title={text("kiosk.sign.title")}
      says={[{ key: "kiosk.sign.title" }, { key: "kiosk.sign.what" }]}
      note={<p className="lead">{text("kiosk.sign.what")}</p>}
    >
      <Board label={text("kiosk.sign.title")} count={signs.length}>
        {signs.map((sign) => (
          <Tile
            key={sign}
            picture={signPictures[sign]}
            onPress={() => engine.send({ kind: "sign", sign })}
            testId={`sign-${sign}`}
          >
            {text(`kiosk.sign.${sign}`)}
          </Tile>
        ))}
      </Board>
    </Screen>
  );
}
