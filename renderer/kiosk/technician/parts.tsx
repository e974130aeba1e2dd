import { useEffect, useId, useRef, type ReactNode } from "react";
import { useFocusFirst } from "../../parts/focus-first.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { TechnicianKey } from "../../../core/i18n/technician.ts";
import { useHold } from "../../parts/hold.ts";
import { Icon } from "../../parts/icons.tsx";
import { SeverityShape } from "../../parts/severity.tsx";
import { numberOf, useTech } from "./words.ts";

/** One page: a heading that takes the focus when the page comes, what it is for in words, what it shows. */
export function Page(props: {
  readonly name: string;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.closest("main")?.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={`tech-page page-${props.name}`} data-testid={`tech-${props.name}`}>
      <header className="tech-page-head">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.note !== undefined && <p className="quiet">{props.note}</p>}
      </header>
      {props.children}
    </div>
  );
}

export function Card(props: {
  readonly title: ReactNode;
  readonly mark?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly testId?: string;
  /** Which device it is about. */
  readonly device?: string;
  readonly wide?: boolean;
}) {
  return (
    <section
      className={props.wide ? "tech-card tech-wide" : "tech-card"}
      data-testid={props.testId}
      data-device={props.device}
    >
      <header>
        <h2>{props.title}</h2>
        {props.mark}
      </header>
      {props.children}
      {props.actions !== undefined && <div className="tech-actions">{props.actions}</div>}
    </section>
  );
}

export type MarkKind = "ok" | "care" | "bad" | "none";
const shapes = { ok: 0, care: 1, bad: 3, none: undefined } as const;
const colors = { ok: "sev-0", care: "sev-2", bad: "sev-3", none: "sev-none" } as const;

/** How something stands: shape, color and word together. */
export function Mark(props: { readonly kind: MarkKind; readonly children: ReactNode; readonly testId?: string }) {
  const shape = shapes[props.kind];
  return (
    <span className={`sev tech-mark ${colors[props.kind]}`} data-kind={props.kind} data-testid={props.testId}>
      {shape !== undefined && <SeverityShape severity={shape} />}
      {props.children}
    </span>
  );
}

/** Names and numbers that are the same in every language: models, ports, lots, people. */
export function Data({ children, code = false }: { readonly children: ReactNode; readonly code?: boolean }) {
  return code ? <code translate="no">{children}</code> : <span translate="no">{children}</span>;
}

/** Names and what they stand for; a row without a value is left out. */
export function Facts({ rows }: { readonly rows: readonly (readonly [TechnicianKey, ReactNode])[] }) {
  const tech = useTech();
  return (
    <dl className="tech-facts">
      {rows
        .filter(([, value]) => value !== undefined && value !== "" && value !== false)
        .map(([key, value]) => (
          <div key={key}>
            <dt>{tech(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What did not work: the sentence, the cause for staff, and the number for the telephone. */
export function FaultNote({ code }: { readonly code: FaultCode | undefined }) {
  const tech = useTech();
  if (code === undefined) return null;
  return (
    <div className="notice tech-fault" role="alert" data-testid="tech-fault" data-code={code}>
      <p>{tech.fault(code)}</p>
      <p className="quiet">
        {tech.cause(code)} · {tech("tech.number", { n: numberOf(code) })}
      </p>
    </div>
  );
}

export function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly type?: "text" | "search" | "password";
  /** Why what stands here was not taken. */
  readonly wrong?: string | undefined;
  /** More than one: for a sentence that does not fit a line. */
  readonly rows?: number;
  readonly maxLength?: number;
  readonly testId?: string;
  readonly first?: boolean;
}) {
  const id = useId();
  const held = useFocusFirst<HTMLInputElement>(props.first);
  const { hint, wrong, rows = 1 } = props;
  const about = [hint === undefined ? "" : `${id}-hint`, wrong === undefined ? "" : `${id}-wrong`].join(" ").trim();
  const common = {
    id,
    value: props.value,
    autoComplete: "off",
    spellCheck: false,
    maxLength: props.maxLength,
    "aria-invalid": wrong !== undefined,
    "aria-describedby": about === "" ? undefined : about,
    "data-testid": props.testId,
  };
  return (
    <div className="tech-field">
      <label htmlFor={id}>{props.label}</label>
      {rows > 1 ? (
        <textarea
          {...common}
          className="tech-prose"
          rows={rows}
          onChange={(event) => props.onChange(event.target.value)}
        />
      ) : (
        <input
          {...common}
          ref={held}
          type={props.type ?? "text"}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
      {wrong !== undefined && (
        <p id={`${id}-wrong`} className="tech-wrong">
          {wrong}
        </p>
      )}
      {props.hint !== undefined && (
        <p id={`${id}-hint`} className="quiet">
          {props.hint}
        </p>
      )}
    </div>
  );
}

export interface Choice<Name extends string = string> {
  readonly name: Name;
  readonly says: ReactNode;
  readonly about?: ReactNode;
}

/** One of a few, all of them to be seen. Arrow keys move between them, as people know it. */
export function Choices<Name extends string>(props: {
  readonly label: string;
  readonly choices: readonly Choice<Name>[];
  readonly value: Name | undefined;
  readonly onChange: (name: Name) => void;
  readonly testId?: string;
  readonly labelHidden?: boolean;
}) {
  const group = useId();
  return (
    <fieldset className="tech-choices" data-testid={props.testId}>
      <legend className={props.labelHidden ? "unseen" : ""}>{props.label}</legend>
      <div>
        {props.choices.map(({ name, says, about }) => (
          <label
            key={name}
            data-chosen={name === props.value ? "" : undefined}
            data-testid={`${props.testId ?? ""}-${name}`}
          >
            <input
              type="radio"
              className="unseen"
              name={group}
              value={name}
              checked={name === props.value}
              onChange={() => props.onChange(name)}
            />
            <Icon name={name === props.value ? "yes" : "next"} />
            <span>
              {says}
              {about !== undefined && <small className="quiet">{about}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Something grave: held, not tapped. */
export function HoldPress(props: {
  readonly onDone: () => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly testId?: string;
}) {
  const { holding, props: hold } = useHold(1_500, props.onDone);
  return (
    <button
      type="button"
      className="press press-stop tech-hold"
      disabled={props.disabled}
      data-holding={holding ? "" : undefined}
      data-testid={props.testId}
      {...(props.disabled === true ? { "data-disabled": "" } : hold)}
    >
      <span className="tech-hold-fill" aria-hidden="true" />
      <span className="tech-hold-words">{props.children}</span>
    </button>
  );
}

/** Sentences that are often the answer: one touch instead of a keyboard. */
export function Suggestions(props: { readonly words: readonly string[]; readonly onPick: (words: string) => void }) {
  return (
    <div className="tech-suggestions">
      {props.words.map((words) => (
        <button type="button" className="press press-quiet" key={words} onClick={() => props.onPick(words)}>
          {words}
        </button>
      ))}
    </div>
  );
}
