import { useCallback, useEffect, useState } from "react";
import type { LinksView } from "../../../core/contract/visit-parts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import type { IdentityWay } from "../../../core/journal/visit-bodies.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Choice, Choices } from "../board.tsx";
import { dayWords } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { ShownCode, TypedPhone } from "./link.tsx";

const names = {
  card: "kiosk.ways.card",
  phone: "kiosk.ways.phone",
  code: "kiosk.ways.code",
  specimen: "kiosk.ways.card",
} as const satisfies Record<IdentityWay, MessageKey>;
const pictures: Readonly<Record<IdentityWay, PictureName>> = {
  card: "layCard",
  phone: "phone",
  code: "layCode",
  specimen: "layCard",
};

type Step = { readonly at: "list" | "phone" | "code" } | { readonly at: "add"; readonly wrong?: FaultCode };

/** By which ways the person is known: one more, or one less. */
export function MyWays({ onBack }: { readonly onBack: () => void }) {
  const engine = useEngine();
  const [step, setStep] = useState<Step>({ at: "list" });
  const answered = useCallback((wrong: FaultCode | undefined) => {
    setStep(wrong === undefined ? { at: "list" } : { at: "add", wrong });
  }, []);
  const wait = useCallback(() => {
    const gone = new AbortController();
    void engine.link.add({ signal: gone.signal }).then((wrong) => {
      if (!gone.signal.aborted) answered(wrong);
    });
    return () => gone.abort();
  }, [engine, answered]);
  switch (step.at) {
    case "list":
      return <Known onBack={onBack} onAdd={() => setStep({ at: "add" })} />;
    case "add":
      return <Add wrong={step.wrong} onWay={(at) => setStep({ at })} onBack={() => setStep({ at: "list" })} />;
    case "phone":
      return <TypedPhone onTyped={(phone) => void engine.link.add({ phone }).then(answered)} />;
    case "code":
      return <ShownCode wait={wait} onOther={() => setStep({ at: "add" })} />;
  }
}

function Known({ onBack, onAdd }: { readonly onBack: () => void; readonly onAdd: () => void }) {
  const text = useText();
  const engine = useEngine();
  const [known, setKnown] = useState<LinksView>();
  useEffect(() => {
    let left = false;
    void engine.link.ways().then((ways) => {
      if (!left) setKnown(ways);
    });
    return () => {
      left = true;
    };
  }, [engine]);
  const remove = async (link: string) => {
    await engine.link.remove(link);
    setKnown(await engine.link.ways());
  };
  const byCard = known?.byCard === true;
  const what = byCard ? "kiosk.ways.what" : "kiosk.ways.needsCard";
  return (
    <Screen
      name="mine"
      of="consents"
      step={known === undefined ? "ways" : what}
      title={text("kiosk.ways.title")}
      note={known !== undefined && <p className="lead">{text(what)}</p>}
      says={known === undefined ? [] : [{ key: "kiosk.ways.title" }, { key: what }]}
      actions={
        <>
          <Press kind="second" onPress={onBack} testId="ways-back">
            <Icon name="back" />
            {text("kiosk.ways.back")}
          </Press>
          {byCard && (
            <Press kind="main" onPress={onAdd} testId="ways-add">
              {text("kiosk.ways.add")}
              <Icon name="next" />
            </Press>
          )}
        </>
      }
    >
      <ul className="consent-rows" data-testid="ways">
        {known?.links.map(({ id, way, at }) => (
          <li key={id} data-testid={`way-${way}`}>
            <Picture name={pictures[way]} />
            <div>
              <p className="answer-name">{text(names[way])}</p>
              <p className="quiet">{text("kiosk.ways.since", { day: dayWords(text, at) })}</p>
            </div>
            {way !== "card" && (
              <Press
                kind="second"
                onPress={() => void remove(id)}
                label={`${text(names[way])}: ${text("kiosk.ways.remove")}`}
                testId={`way-${way}-remove`}
              >
                {text("kiosk.ways.remove")}
              </Press>
            )}
          </li>
        ))}
      </ul>
    </Screen>
  );
}

function Add(props: {
  readonly wrong: FaultCode | undefined;
  readonly onWay: (way: "phone" | "code") => void;
  readonly onBack: () => void;
}) {
  const text = useText();
  const { wrong, onWay, onBack } = props;
  return (
    <Screen
      name="link"
      step={`add ${wrong ?? ""}`}
      title={text("kiosk.link.way")}
      says={[...(wrong === undefined ? [] : [{ key: `fault.${wrong}` } as const]), { key: "kiosk.link.way" }]}
      actions={
        <Press kind="second" onPress={onBack} testId="ways-no">
          <Icon name="back" />
          {text("kiosk.ways.back")}
        </Press>
      }
    >
      {wrong !== undefined && (
        <p className="notice lead" role="alert" data-testid="wrong" data-code={wrong}>
          {text.fault(wrong)}
        </p>
      )}
      <Choices>
        <Choice
          picture="phone"
          what={text("kiosk.noCard.phone.what")}
          onPress={() => onWay("phone")}
          testId="ways-phone"
        >
          {text("kiosk.noCard.phone")}
        </Choice>
        <Choice picture="layCode" what={text("kiosk.link.codeWhat")} onPress={() => onWay("code")} testId="ways-code">
          {text("kiosk.link.code")}
        </Choice>
      </Choices>
    </Screen>
  );
}
