import { useEffect, useRef } from "react";
import type { KioskState } from "../../core/machine/kiosk.ts";
import type { PartyRole } from "../../core/domain/calls.ts";
import { useText } from "../parts/language.tsx";
import { useShown } from "./use-kiosk.ts";
import type { Spoken } from "./voice/voice.tsx";
import { useVoice } from "./voice/voice.tsx";
import "./came-in.css";

/** Where what to do is being said, or nothing may be: who comes and goes is then shown, and not said. */
const quiet: readonly KioskState["at"][] = ["prepare", "measure", "confirm"];

const said = (what: "joined" | "gone", role: Exclude<PartyRole, "resident">): Spoken => ({
  key: what === "joined" ? `kiosk.came.in.${role}` : `kiosk.went.${role}`,
});

/** Stands for the person while the sentence is made: a name is the same in every language, and marked so. */
const mark = "\u2063";

/**
 * Who came into the call besides its doctor, or went out of it: said once, and in words for a while. Who is handed back to the
 * queue hears that, and not who went.
 */
export function CameIn() {
  const text = useText();
  const voice = useVoice();
  const { call, screen } = useShown();
  const { change } = call;
  const isQuiet = quiet.includes(screen.at);
  const isInterrupted = call.view?.state === "interrupted";
  // Of this coming or going once, wherever the person goes meanwhile; what came at a quiet moment is not said later.
  const told = useRef<typeof change>(undefined);
  useEffect(() => {
    if (!change || told.current === change) return;
    told.current = change;
    const { role } = change.who;
    if (role !== "resident" && !isQuiet && !isInterrupted) voice.say([said(change.what, role)]);
  }, [voice, change, isQuiet, isInterrupted]);
  useEffect(() => {
    if (isInterrupted && !isQuiet) voice.say([{ key: "kiosk.consult.interrupted" }]);
  }, [voice, isInterrupted, isQuiet]);
  if (!change) return null;
  const { what, who } = change;
  const [before, after] = text(`kiosk.party.${what}`, { who: mark }).split(mark);
  return (
    <p className="dock-line came-in" role="status" data-testid="came-in" data-what={what}>
      {before}
      {text(`kiosk.party.${who.role}`)} <span translate="no">{who.name}</span>
      {after}
    </p>
  );
}
