import { useText } from "../../parts/language.tsx";
import { rowKeys } from "../pages/work-kit.ts";
import { treeOf } from "./org-tree.ts";
import type { Shown } from "./shape.ts";

/** The institutions as they stand under one another; above them the county, to which everybody belongs who has none. */
export function OrgTree(props: {
  readonly shown: Shown;
  /** Id of an institution; undefined: the county. */
  readonly place: string | undefined;
  readonly choose: (place: string | undefined) => void;
  /** Absent: this person only looks. */
  readonly add?: (() => void) | undefined;
}) {
  const text = useText();
  const { shown, place, choose, add } = props;
  const working = (org: string | undefined) =>
    shown.accounts.filter(({ practice, state }) => practice?.org === org && state !== "retired").length;
  return (
    <section className="pane staff-orgs" aria-label={text("desk.staff.orgs")}>
      <header className="board-head">
        <h2>{text("desk.staff.orgs")}</h2>
        <span className="spread" />
        {add && (
          <button type="button" className="second small" data-testid="org-add" onClick={add}>
            {text("desk.staff.org.add")}
          </button>
        )}
      </header>
      <ul className="staff-tree" onKeyDown={rowKeys} data-testid="org-tree">
        <li>
          <button
            type="button"
            data-row
            data-testid="org-county"
            className="staff-org staff-org-county"
            aria-current={place === undefined}
            onClick={() => choose(undefined)}
          >
            <strong>{text("desk.staff.county")}</strong>
            <span className="staff-org-count">{working(undefined)}</span>
            <span className="hint">{text("desk.staff.county.hint")}</span>
          </button>
        </li>
        {treeOf(shown.orgs).map(({ org, depth }) => (
          <li key={org.id} className={`staff-depth-${String(Math.min(depth, 3))}`}>
            <button
              type="button"
              data-row
              data-testid="org-row"
              data-org={org.id}
              className="staff-org"
              aria-current={place === org.id}
              onClick={() => choose(org.id)}
            >
              <strong>{org.name}</strong>
              <span className="staff-org-count">{working(org.id)}</span>
              <span className="hint">
                {text(`desk.tier.${org.tier}`)}
                {org.phone !== undefined && ` · ${org.phone}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.orgs.length === 0 && <p className="calm">{text("desk.staff.noOrgs")}</p>}
    </section>
  );
}
