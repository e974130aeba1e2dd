import { boards, triageBoards, type BoardSymptom, type TriageBoard } from "../../../core/machine/boards.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { Board, Tile } from "../board.tsx";
import { Screen } from "../screen.tsx";
import { symptomLooks } from "../symptoms.ts";
import { useEngine } from "../use-kiosk.ts";

/** One board of symptoms. Each picture is one touch; nothing here has to be read. */
export function Triage({ board, named }: { readonly board: TriageBoard; readonly named: readonly string[] }) {
  const text = useText();
  const engine = useEngine();
  const symptoms: readonly BoardSymptom[] = boards[board];
  const some = symptoms.some(([code]) => named.includes(code));
  // Before everything the shortest question; its answer is a touch.
  const question = board === "emergency" ? "kiosk.triage.ask" : "sx.ask";
  return (
    <Screen
      name="triage"
      step={board}
      of={board}
      title={text(question)}
      says={[{ key: question }, ...symptoms.map(([code]) => ({ key: symptomLooks[code].key }))]}
      note={
        <p className="quiet">
          {text("kiosk.triage.step", { n: triageBoards.indexOf(board) + 1, of: triageBoards.length })}
        </p>
      }
      actions={
        <Press kind="main" onPress={() => engine.send({ kind: some ? "next" : "no" })} testId="triage-next">
          <Icon name={some ? "next" : "yes"} />
          {text(some ? "kiosk.triage.these" : "sx.none")}
        </Press>
      }
    >
      <Board label={text(question)} count={symptoms.length}>
        {symptoms.map((codes) => (
          <Tile
            key={codes[0]}
            picture={symptomLooks[codes[0]].picture}
            chosen={named.includes(codes[0])}
            onPress={() => engine.send(...codes.map((symptom) => ({ kind: "symptom", symptom }) as const))}
            testId={`symptom-${codes[0]}`}
          >
            {text(symptomLooks[codes[0]].key)}
          </Tile>
        ))}
      </Board>
    </Screen>
  );
}
