import { useEffect, useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Choice, Choices } from "../board.tsx";
import { NumberPad } from "../number-pad.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { Says } from "../voice/says.tsx";

type State = Extract<KioskState, { readonly at: "link" }>;

const phoneDigits = 11;

/** Coming without the card the next time: asked of a newcomer once, after everything else. */
export function Link({ screen }: { readonly screen: State }) {
  const engine = useEngine();
  switch (screen.step) {
    case "ask":
      return <Asked title="kiosk.link.title" what="kiosk.link.what" yes="kiosk.link.yes" no="kiosk.link.no" />;
    case "way":
      return <Way wrong={screen.wrong} />;
    case "phone":
      return <TypedPhone onTyped={(phone) => void engine.link.phone(phone)} />;
    case "code":
      return <ShownCode wait={engine.link.code} onOther={() => engine.send({ kind: "back" })} />;
    case "done":
      return <Asked title="kiosk.link.done" what="kiosk.link.doneWhat" yes="kiosk.link.on" />;
  }
}

type Words = Extract<MessageKey, `kiosk.link.${string}`>;

function Asked({ title, what, yes, no }: Readonly<Record<"title" | "what" | "yes", Words>> & { readonly no?: Words }) {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="link"
      step={title}
      title={text.of(title, {})}
      says={[{ key: title }, { key: what }]}
      actions={
        <>
          {no !== undefined && (
            <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="link-no">
              <Icon name="no" />
              {text.of(no, {})}
            </Press>
          )}
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="link-yes">
            <Icon name="yes" />
            {text.of(yes, {})}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="phone" className="state-picture" />
        <p className="lead">{text.of(what, {})}</p>
      </div>
    </Screen>
  );
}

function Way({ wrong }: { readonly wrong: FaultCode | undefined }) {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="link"
      step={`way ${wrong ?? ""}`}
      title={text("kiosk.link.way")}
      says={[...(wrong === undefined ? [] : [{ key: `fault.${wrong}` } as const]), { key: "kiosk.link.way" }]}
      actions={
        <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="link-no">
          <Icon name="no" />
          {text("kiosk.link.no")}
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
          onPress={() => engine.send({ kind: "phone" })}
          testId="link-phone"
        >
          {text("kiosk.noCard.phone")}
        </Choice>
        <Choice
          picture="layCode"
          what={text("kiosk.link.codeWhat")}
          onPress={() => engine.send({ kind: "code" })}
          testId="link-code"
        >
          {text("kiosk.link.code")}
        </Choice>
      </Choices>
    </Screen>
  );
}

/** The card's last four were read from the card itself; they are the second thing the next time. */
export function TypedPhone({ onTyped }: { readonly onTyped: (phone: string) => void }) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const done = () => {
    setBusy(true);
    onTyped(typed);
  };
  return (
    <Screen
      name="phone"
      step="link"
      title={text("kiosk.phone.number")}
      says={[{ key: "kiosk.phone.number" }, { key: "kiosk.link.phoneWhat" }]}
      note={<p className="lead">{text("kiosk.link.phoneWhat")}</p>}
      actions={
        <Press kind="main" onPress={done} disabled={typed.length < phoneDigits || busy} testId="link-done">
          {text("kiosk.phone.look")}
          <Icon name="yes" />
        </Press>
      }
    >
      {busy && (
        <p className="lead" role="status" data-testid="link-keeping">
          {text("kiosk.link.keeping")}
          <Says says={[{ key: "kiosk.link.keeping" }]} step="keeping" />
        </p>
      )}
      <NumberPad value={typed} length={phoneDigits} withX={false} groups={[3, 4, 4]} onType={setTyped} />
    </Screen>
  );
}

/** `wait`: begins to wait for a code; what it answers with ends that. It stays the same one. */
export function ShownCode({ wait, onOther }: { readonly wait: () => () => void; readonly onOther: () => void }) {
  const text = useText();
  useEffect(() => wait(), [wait]);
  return (
    <Screen
      name="link"
      step="code"
      title={text("kiosk.who.layCode")}
      says={[{ key: "kiosk.who.layCode" }]}
      actions={
        <Press kind="second" onPress={onOther} testId="link-back">
          <Icon name="back" />
          {text("kiosk.link.other")}
        </Press>
      }
    >
      <div className="lay">
        <figure className="show-picture">
          <Picture name="layCode" says={text("kiosk.who.picture")} />
        </figure>
        <p className="lead lay-state" role="status">
          {text("kiosk.link.waiting")}
        </p>
      </div>
    </Screen>
  );
}
