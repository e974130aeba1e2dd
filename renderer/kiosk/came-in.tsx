import { useEffect, useRef, useState } from "react";
import { useText } from "../parts/language.tsx";
import { useShown } from "./use-kiosk.ts";
import "./came-in.css";

/** How long it stands there, milliseconds. */
const saidMs = 10_000;

interface Change {
  readonly what: "kiosk.party.joined" | "kiosk.party.gone";
  readonly who: string;
}

/** Who came into the call besides its doctor, or went out of it, in words for a while. */
export function CameIn() {
  const text = useText();
  const { call } = useShown();
  const known = useRef<ReadonlyMap<string, string>>(undefined);
  const [change, setChange] = useState<Change>();
  const now = new Map(
    (call.view?.others ?? []).map(({ id, role, name }) => [id, `${text(`kiosk.party.${role}`)} ${name}`]),
  );
  const ids = [...now.keys()].join();
  useEffect(() => {
    const before = known.current;
    known.current = now;
    if (!before) return;
    const clinician = call.view?.clinician?.id;
    const came = [...now].find(([id]) => !before.has(id) && id !== clinician);
    const gone = [...before].find(([id]) => !now.has(id));
    const [, who] = came ?? gone ?? [];
    if (who === undefined) return;
    setChange({ what: came ? "kiosk.party.joined" : "kiosk.party.gone", who });
    const over = setTimeout(() => setChange(undefined), saidMs);
    return () => clearTimeout(over);
    // Told by who is there, not by how they are called.
  }, [ids]);
  if (!change) return null;
  return (
    <p className="dock-line came-in" role="status" data-testid="came-in" data-what={change.what}>
      {text(change.what, { who: change.who })}
    </p>
  );
}
