import { useState } from "react";
import type { ConsentScope } from "../../../core/domain/consent.ts";
import { consentScopes } from "../../../core/domain/consent.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { MyWays } from "./mine-ways.tsx";

const names = {
  keep: "kiosk.mine.keep",
  send: "kiosk.mine.send",
  family: "kiosk.mine.familySee",
} as const satisfies Record<ConsentScope, string>;
const pictures: Readonly<Record<ConsentScope, PictureName>> = { keep: "record", send: "doctor", family: "family" };

/** Each consent by itself, with how it stands, and one key that turns it round. */
export function MyConsents() {
  const text = useText();
  const engine = useEngine();
  const { visit, call, screen } = useShown();
  const [ways, setWays] = useState(false);
  if (ways) return <MyWays onBack={() => setWays(false)} />;
  // Taken back in the middle of a call: the person hears what that means.
  const inCall = "visit" in screen && screen.visit.call !== "none";
  const what = inCall && !call.sends ? "kiosk.call.notSent" : "kiosk.mine.consents.what";
  return (
    <Screen
      name="mine"
      of="consents"
      step={what}
      title={text("kiosk.mine.consents")}
      note={
        <p className="lead" role="status" data-testid="consents-what">
          {text(what)}
        </p>
      }
      says={[...(what === "kiosk.call.notSent" ? [] : [{ key: "kiosk.mine.consents" } as const]), { key: what }]}
      actions={
        visit?.kind === "resident" && (
          <Press kind="second" onPress={() => setWays(true)} testId="consents-ways">
            {text("kiosk.ways.open")}
            <Icon name="next" />
          </Press>
        )
      }
    >
      <ul className="consent-rows">
        {consentScopes.map((scope) => {
          const given = visit?.consents.findLast((one) => one.scope === scope)?.given === true;
          return (
            <li key={scope} data-testid={`consent-${scope}`} data-given={given}>
              <Picture name={pictures[scope]} />
              <div>
                <p className="answer-name">{text(names[scope])}</p>
                <p className={given ? "consent-state sev sev-0" : "consent-state sev sev-none"}>
                  <Icon name={given ? "yes" : "no"} />
                  {text(given ? "kiosk.mine.given" : "kiosk.mine.refused")}
                </p>
              </div>
              <Press
                kind="second"
                disabled={visit?.kind !== "resident"}
                onPress={() => engine.consent(scope, !given)}
                label={`${text(names[scope])}: ${text(given ? "kiosk.mine.withdraw" : "kiosk.mine.give")}`}
                testId={`consent-${scope}-turn`}
              >
                {text(given ? "kiosk.mine.withdraw" : "kiosk.mine.give")}
              </Press>
            </li>
          );
        })}
      </ul>
    </Screen>
  );
}
