import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { YesAndNo } from "./answer-card.tsx";
import { questions } from "./questions.ts";

/** Needle and strip in their boxes, before anybody goes on. `again`: the picture of where they go is shown large. */
export function PutAway({ again }: { readonly again: boolean }) {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="putAway"
      step={again ? "again" : "first"}
      title={text("kiosk.ask.sharps")}
      note={
        <div className="result-note">
          {again && <Picture name="sharps" />}
          <p className="lead">{text("prep.sharps")}</p>
        </div>
      }
      says={[...(again ? [] : [{ key: "kiosk.ask.sharps" } as const]), { key: "prep.sharps" }]}
    >
      <YesAndNo question={questions.sharps} onAnswer={(yes) => engine.send({ kind: yes ? "yes" : "no" })} />
    </Screen>
  );
}
