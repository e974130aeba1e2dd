import type { PartyRole } from "../../core/domain/calls.ts";
import { guestScopes, scopeOfGuest } from "../../core/domain/guests.ts";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Picture, type PictureName } from "../parts/picture.tsx";
import { Press } from "../parts/press.tsx";
import "./screens-call.css";
import { useEngine, useShown } from "./use-kiosk.ts";

const pictures: Readonly<Record<PartyRole, PictureName>> = {
  resident: "self",
  family: "family",
  villageDoctor: "doctor",
  doctor: "doctor",
  specialist: "doctor",
  observer: "learn",
};

/** Who is in the call besides the person, as pictures with their roles, and the key for one's own voice. */
export function Parties() {
  const text = useText();
  const engine = useEngine();
  const { call } = useShown();
  return (
    <div className="parties">
      <ul aria-label={text("kiosk.party.title")} data-testid="parties">
        {(call.view?.others ?? []).map(({ id, role, state }) => {
          const who = text(`kiosk.party.${role}`);
          return (
            <li key={id} data-state={state}>
              <Picture name={pictures[role]} />
              <span>{state === "away" ? text("kiosk.party.away", { who }) : who}</span>
            </li>
          );
        })}
      </ul>
      {guestScopes
        .filter((scope) => (call.view?.others ?? []).some(({ role }) => scopeOfGuest(role) === scope))
        .map((scope) => (
          <Press
            key={scope}
            kind="quiet"
            onPress={() => engine.guest(undefined, scope, "withdrawn")}
            testId={`send-away-${scope}`}
          >
            <Icon name="leave" />
            {text(`kiosk.guest.sendAway.${scope}`)}
          </Press>
        ))}
      <Press kind="quiet" pressed={call.muted} onPress={() => engine.mute(!call.muted)} testId="mute">
        <Icon name={call.muted ? "micOff" : "mic"} />
        {text(call.muted ? "kiosk.call.unmute" : "kiosk.call.mute")}
      </Press>
    </div>
  );
}
