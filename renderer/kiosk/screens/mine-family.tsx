import { useCallback, useEffect, useState } from "react";
import type { FamilyView, Found, Relative } from "../../../core/contract/visit-parts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import type { Heard } from "../engine/family.ts";
import { useEngine, useShown } from "../use-kiosk.ts";
import { LayCard } from "./lay-card.tsx";
import { MyRecord } from "./mine-record.tsx";

/** Under this age whoever is let in is the guardian. */
const childUnder = 14;
/** As many relatives as one screen has room for, each way. */
const mostRows = 3;

type At = "list" | "card" | { readonly found: Found } | { readonly record: Relative };

/** Whom the person lets look, and at whose record the person may look. A right is given with the relative's own card. */
export function Family() {
  const engine = useEngine();
  const { visit } = useShown();
  const [at, setAt] = useState<At>("list");
  const [fault, setFault] = useState<FaultCode>();
  const [view, setView] = useState<FamilyView>();
  const read = () => void engine.family.read().then(setView);
  useEffect(read, [engine]);
  const heard = useCallback((answer: Heard) => {
    if ("fault" in answer) return setFault(answer.fault);
    // Somebody without a record here has nothing to be found by at the next visit.
    setFault(answer.found.known ? undefined : "identify.notFound");
    setAt(answer.found.known ? { found: answer.found } : "list");
  }, []);
  const guest = visit?.kind !== "resident";
  if (typeof at === "object" && "record" in at) return <MyRecord of={at.record} />;
  if (typeof at === "object") {
    const { found } = at;
    const age = new Date().getFullYear() - (visit?.resident?.birthYear ?? 0) - 1;
    const grant = async () => {
      setFault(await engine.family.grant(found.token, age < childUnder ? "guardian" : "grant"));
      setAt("list");
      read();
    };
    return <IsIt found={found} onYes={() => void grant()} onNo={() => setAt("list")} />;
  }
  if (at === "card") return <LayCard of="family" title="kiosk.family.lay" onHeard={heard} fault={fault} />;
  const end = async ({ id }: Relative) => {
    setFault(await engine.family.end(id));
    read();
  };
  return (
    <List
      view={guest ? undefined : view}
      fault={fault}
      onEnd={(relative) => void end(relative)}
      onLook={(record) => setAt({ record })}
      onAdd={
        guest
          ? undefined
          : () => {
              setFault(undefined);
              setAt("card");
            }
      }
    />
  );
}

const words = ["kiosk.mine.family.what", "kiosk.mine.family.guardian", "kiosk.mine.family.stop"] as const;

function List(props: {
  readonly view: FamilyView | undefined;
  readonly fault: FaultCode | undefined;
  readonly onAdd: (() => void) | undefined;
  readonly onEnd: (relative: Relative) => void;
  readonly onLook: (relative: Relative) => void;
}) {
  const text = useText();
  const { view, fault, onAdd, onEnd, onLook } = props;
  const { granted = [], mayLookAt = [] } = view ?? {};
  const none = granted.length + mayLookAt.length === 0;
  return (
    <Screen
      name="mine"
      of="family"
      step={fault ?? "family"}
      title={text("kiosk.mine.family")}
      says={
        fault === undefined
          ? [{ key: "kiosk.mine.family" }, ...words.map((key) => ({ key }))]
          : [{ key: `fault.${fault}` }]
      }
      note={fault !== undefined && <p role="alert">{text.fault(fault)}</p>}
      actions={
        onAdd !== undefined && (
          <Press kind="main" onPress={onAdd} testId="family-add">
            {text("kiosk.mine.familySee")}
          </Press>
        )
      }
    >
      {none ? (
        <div className="show">
          <figure className="show-picture">
            <Picture name="family" />
          </figure>
          <ul className="show-words" data-testid="family-words">
            {words.map((key) => (
              <li key={key} className="lead" data-key={key}>
                {text.of(key, {})}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <ul className="consent-rows" data-testid="family-rows">
          {granted.slice(-mostRows).map((one) => (
            <Row
              key={one.id}
              one={one}
              says="kiosk.family.sees"
              does="kiosk.mine.withdraw"
              onPress={() => onEnd(one)}
            />
          ))}
          {mayLookAt.slice(-mostRows).map((one) => (
            <Row key={one.id} one={one} says="kiosk.family.iSee" does="kiosk.family.look" onPress={() => onLook(one)} />
          ))}
        </ul>
      )}
    </Screen>
  );
}

function Row(props: {
  readonly one: Relative;
  readonly says: MessageKey;
  readonly does: MessageKey;
  readonly onPress: () => void;
}) {
  const text = useText();
  const { one, says, does, onPress } = props;
  const name = one.shownName;
  return (
    <li data-why={one.why}>
      <Picture name="family" />
      <div>
        <p className="answer-name">{name}</p>
        <p className="quiet">{text.of(says, {})}</p>
      </div>
      <Press kind="second" onPress={onPress} label={`${name}: ${text.of(does, {})}`} testId={does.replaceAll(".", "-")}>
        {text.of(does, {})}
      </Press>
    </li>
  );
}

function IsIt(props: { readonly found: Found; readonly onYes: () => void; readonly onNo: () => void }) {
  const text = useText();
  return (
    <Screen
      name="mine"
      of="family"
      step="isIt"
      title={text("kiosk.family.isIt")}
      says={[{ key: "kiosk.family.isIt" }]}
      actions={
        <>
          <Press kind="second" onPress={props.onNo} testId="family-no">
            {text("kiosk.consent.no")}
          </Press>
          <Press kind="main" onPress={props.onYes} testId="family-yes">
            {text("kiosk.mine.give")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="family" className="state-picture" />
        <p className="title">{props.found.shownName}</p>
      </div>
    </Screen>
  );
}
