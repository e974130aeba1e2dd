import type { ReactNode } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Fault } from "./Fault.tsx";
import { rowKeys } from "./work-kit.ts";

/** The left side of a page on which somebody decides: what waits for it above, what was decided below; the arrows walk both. */
export function TwoLists<T>(props: {
  readonly title: string;
  readonly lead: string;
  readonly empty: string;
  /** Undefined until the hub's first word. */
  readonly lists: readonly { readonly id: string; readonly name: string; readonly rows: readonly T[] }[] | undefined;
  readonly keyOf: (row: T) => string;
  readonly row: (row: T) => ReactNode;
  readonly fault: FaultCode | undefined;
  /** What was just done. */
  readonly said: { readonly words: string; readonly testId: string } | undefined;
}) {
  const { title, lead, empty, lists, said } = props;
  return (
    <section className="pane work-side" aria-label={title}>
      <h2>{title}</h2>
      <p className="hint">{lead}</p>
      <Fault code={props.fault} />
      {said && (
        <p className="work-done" role="status" data-testid={said.testId}>
          {said.words}
        </p>
      )}
      {lists?.every(({ rows }) => rows.length === 0) === true && <p className="calm">{empty}</p>}
      <div className="two-lists" onKeyDown={rowKeys}>
        {lists?.map(({ id, name, rows }) =>
          rows.length === 0 ? null : (
            <section key={id}>
              <h3>
                {name} <span className="count">{rows.length}</span>
              </h3>
              <ol>
                {rows.map((one) => (
                  <li key={props.keyOf(one)}>{props.row(one)}</li>
                ))}
              </ol>
            </section>
          ),
        )}
      </div>
    </section>
  );
}

/** One row of such a list. */
export function ListRow(props: {
  readonly testId: string;
  readonly late?: boolean;
  readonly present: boolean;
  readonly choose: () => void;
  readonly name: string;
  readonly when: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      data-row
      data-testid={props.testId}
      className={`work-row ${props.late === true ? "work-row-late" : ""}`}
      aria-current={props.present}
      onClick={props.choose}
    >
      <span className="work-row-top">
        <strong>{props.name}</strong>
        <span className="work-age">{props.when}</span>
      </span>
      {props.children}
    </button>
  );
}
