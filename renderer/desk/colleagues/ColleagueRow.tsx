import type { ReactNode } from "react";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import { useText } from "../../parts/language.tsx";
import { hour } from "../words.ts";
import type { Sounds } from "../pinyin.ts";
import "./colleagues.css";

/** Whether what was typed is in the name, the institution or the specialty, or is how one of them sounds. */
export function matches({ name, practice }: Colleague, words: string, sounds: Sounds): boolean {
  return [name, practice?.orgName, practice?.specialty].some((one) => one !== undefined && sounds(one, words));
}

/** `children`: what may be asked of them now; of somebody who is away nothing may, and it says when they were here. */
export function ColleagueRow({
  colleague,
  children,
}: {
  readonly colleague: Colleague;
  readonly children?: ReactNode;
}) {
  const text = useText();
  const { name, role, practice, here, lastHere } = colleague;
  return (
    <li className="colleague" data-testid="colleague" data-here={here}>
      <span className={`presence ${here ? "presence-here" : ""}`}>
        {text(here ? "desk.colleagues.here" : "desk.colleagues.away")}
      </span>
      <span className="colleague-who">
        <strong>{name}</strong> <span className="tag">{text(`desk.role.${role}`)}</span>
        {practice?.specialty !== undefined && <span className="tag">{practice.specialty}</span>}
      </span>
      <span className="colleague-where">
        {practice && (
          <>
            {practice.orgName} · {text(`desk.tier.${practice.tier}`)}
          </>
        )}
      </span>
      {here ? (
        children
      ) : (
        <span className="colleague-last" data-testid="colleague-last">
          {lastHere === undefined
            ? text("desk.colleagues.notSeen")
            : text("desk.colleagues.last", { at: hour(lastHere) })}
        </span>
      )}
    </li>
  );
}
