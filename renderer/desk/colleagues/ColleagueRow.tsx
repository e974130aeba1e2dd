import type { ReactNode } from "react";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import { useText } from "../../parts/language.tsx";
import "./colleagues.css";

/** Whether what was typed is in the name, the institution or the specialty. */
export function matches({ name, practice }: Colleague, words: string): boolean {
  const typed = words.trim().toLowerCase();
  return [name, practice?.orgName, practice?.specialty].some((one) => one?.toLowerCase().includes(typed));
}

export function ColleagueRow({
  colleague,
  children,
}: {
  readonly colleague: Colleague;
  readonly children?: ReactNode;
}) {
  const text = useText();
  const { name, role, practice, here } = colleague;
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
      {children}
    </li>
  );
}
