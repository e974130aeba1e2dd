import { lazy, Suspense } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { dayWords } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

const QrPicture = lazy(async () => ({ default: (await import("../qr-picture.tsx")).QrPicture }));

/** Paper or a code to take along. Asked, never by itself; paper that ran out leaves the code. */
export function TakeAway({
  as,
  wrong,
}: {
  readonly as: "ask" | "paper" | "code";
  readonly wrong?: FaultCode | undefined;
}) {
  if (as === "paper") return <Printing />;
  return as === "code" ? <Code /> : <Ask wrong={wrong} />;
}

function Ask({ wrong }: { readonly wrong: FaultCode | undefined }) {
  const text = useText();
  const engine = useEngine();
  const { station, visit } = useShown();
  const printer = station?.printer ?? "none";
  const notice =
    printer === "paperOut" || wrong === "device.paperOut"
      ? text("kiosk.take.noPaper")
      : wrong === undefined
        ? undefined
        : text.fault(wrong);
  const step = visit?.nextStep;
  return (
    <Screen
      name="take"
      step={wrong ?? "ask"}
      title={text("kiosk.take.title")}
      says={[...(printer === "paperOut" ? [{ key: "kiosk.take.noPaper" } as const] : []), { key: "kiosk.take.title" }]}
      note={
        step?.due !== undefined && (
          <p className="lead" data-testid="next-kept">
            {text("kiosk.next.kept", { what: text("kiosk.next.by", { date: dayWords(text, step.due) }) })}
          </p>
        )
      }
      actions={
        <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="take-no">
          {text("kiosk.take.no")}
        </Press>
      }
    >
      <div className="taking">
        {notice !== undefined && (
          <p className="notice lead" role="status" data-testid="take-fault" data-code={wrong}>
            {notice}
          </p>
        )}
        <div className="answers">
          {printer !== "none" && (
            <Press
              kind="card"
              className="answer"
              disabled={printer === "paperOut"}
              onPress={() => engine.send({ kind: "takeAway", as: "paper" })}
              testId="take-paper"
            >
              <Picture name="paper" />
              <span className="answer-name">{text("kiosk.take.paper")}</span>
            </Press>
          )}
          <Press
            kind="card"
            className="answer"
            onPress={() => engine.send({ kind: "takeAway", as: "code" })}
            testId="take-code"
          >
            <Picture name="code" />
            <span className="answer-name">{text("kiosk.take.code")}</span>
          </Press>
        </div>
        {printer === "none" && <p className="quiet">{text("kiosk.take.noPrinter")}</p>}
      </div>
    </Screen>
  );
}

function Printing() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="take"
      of="paper"
      step="paper"
      title={text("kiosk.take.printing")}
      says={[{ key: "kiosk.take.printing" }]}
      actions={
        <Press kind="second" onPress={() => engine.send({ kind: "next" })} testId="take-next">
          {text("kiosk.go")}
          <Icon name="next" />
        </Press>
      }
    >
      <div className="state" role="status">
        <Picture name="paper" className="state-picture" />
      </div>
    </Screen>
  );
}

function Code() {
  const text = useText();
  const engine = useEngine();
  const { code } = useShown();
  return (
    <Screen
      name="take"
      of="code"
      step={code === undefined ? "making" : "code"}
      title={text("kiosk.take.scan")}
      says={[{ key: code === undefined ? "kiosk.take.making" : "kiosk.take.scan" }]}
      actions={
        <Press kind="main" onPress={() => engine.send({ kind: "next" })} testId="take-next">
          {text("kiosk.take.done")}
          <Icon name="next" />
        </Press>
      }
    >
      <div className="code">
        {code === undefined ? (
          <p className="title" role="status">
            {text("kiosk.take.making")}
          </p>
        ) : (
          <>
            <Suspense fallback={<p className="title">{text("kiosk.take.making")}</p>}>
              <QrPicture words={code.text} says={text("kiosk.take.picture")} />
            </Suspense>
            <p className="lead">{text(code.how === "summary" ? "kiosk.take.summary" : "kiosk.take.link")}</p>
          </>
        )}
      </div>
    </Screen>
  );
}
