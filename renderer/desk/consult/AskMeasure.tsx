import { isVoiceKind } from "../../../core/domain/asking.ts";
import { offeredKinds } from "../../../core/domain/outcome.ts";
import { useText, type Text } from "../../parts/language.tsx";
import type { AskShown } from "../call.ts";
import type { DeskCall } from "../call.ts";

/** The doctor asks for a measurement or a picture, sees whether the resident agrees, and may take it back. */
export function AskMeasure({ call, ask }: { readonly call: DeskCall; readonly ask: AskShown | undefined }) {
  const text = useText();
  if (ask === undefined || ask.state === "declined")
    return (
      <div className="ask" data-testid="ask">
        {ask !== undefined && (
          <p role="status" data-testid="ask-state">
            {words(text, ask)}
          </p>
        )}
        <p className="hint">{text("desk.ask.lead")}</p>
        <div className="ask-kinds">
          {offeredKinds.map((of) => (
            <button
              key={of}
              type="button"
              className="second small"
              data-testid={`ask-${of}`}
              onClick={() => call.askFor(of)}
            >
              {text(`desk.of.${of}`)}
            </button>
          ))}
          <button
            type="button"
            className="second small"
            data-testid="ask-still"
            title="F8"
            onClick={() => call.askFor("still")}
          >
            {text("desk.blob.ask")}
          </button>
        </div>
      </div>
    );
  return (
    <div className="ask" role="status" data-testid="ask">
      <p data-testid="ask-state">
        <strong>{words(text, ask)}</strong>
      </p>
      {ask.state === "asked" && isVoiceKind(ask.of) && (
        <button
          type="button"
          className="second small"
          data-testid="ask-heard"
          title="F9"
          onClick={() => call.heardYes()}
        >
          {text("desk.ask.heardYes")}
        </button>
      )}
      <StopAsk call={call} />
    </div>
  );
}

const words = (text: Text, { of, state }: AskShown): string =>
  of === "still" ? text(`desk.ask.still.${state}`) : text(`desk.ask.${state}`, { of: text(`desk.of.${of}`) });

export function StopAsk({ call }: { readonly call: DeskCall }) {
  const text = useText();
  return (
    <button type="button" className="stop small" data-testid="ask-stop" onClick={() => call.stopAsk()}>
      {text("desk.ask.stop")}
    </button>
  );
}
