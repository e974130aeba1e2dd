import { createContext, useContext, useId, useMemo, useRef, useState, type ReactNode } from "react";
import { useHeard } from "../../parts/heard.ts";
import { Icon } from "../../parts/icons.tsx";
import { useTech } from "./words.ts";

interface Focused {
  readonly input: HTMLInputElement;
  readonly set: (value: string) => void;
}

const Context = createContext<(focused: Focused | undefined) => void>(() => undefined);
const keys = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "-", "0", "."] as const;

/** A station has no keyboard of its own: a number field that is touched brings these keys; a keyboard works as ever. */
export function NumberPadProvider({ children }: { readonly children: ReactNode }) {
  const tech = useTech();
  const [focused, setFocused] = useState<Focused>();
  const touched = useRef(false);
  useHeard("pointerdown", (event) => (touched.current = event.pointerType !== "mouse"), { capture: true });
  const [side, setSide] = useState<"left" | "right">("right");
  const take = useMemo(
    () => (next: Focused | undefined) => {
      setFocused(touched.current ? next : undefined);
      if (!touched.current || next === undefined) return;
      // The keys never lie over the field they write into.
      const { left, width } = next.input.getBoundingClientRect();
      setSide(left + width / 2 > window.innerWidth / 2 ? "left" : "right");
      next.input.scrollIntoView({ block: "center" });
    },
    [],
  );
  const press = (change: (value: string) => string) => {
    if (focused === undefined) return;
    const { value, selectionStart, selectionEnd } = focused.input;
    // What is marked is written over, as with any keyboard.
    const marked = value !== "" && selectionStart === 0 && selectionEnd === value.length;
    focused.set(change(marked ? "" : value));
    focused.input.focus({ preventScroll: true });
  };
  const further = () => {
    const all = [...document.querySelectorAll<HTMLInputElement>("input[data-number]")];
    const after = focused === undefined ? [] : all.slice(all.indexOf(focused.input) + 1);
    // What is filled in already is seldom changed.
    const next = after.find(({ value }) => value === "") ?? after[0];
    if (next) next.focus();
    else setFocused(undefined);
  };
  return (
    <Context value={take}>
      {children}
      {focused !== undefined && (
        // The field keeps the focus: these are its keys, not places of their own.
        <aside
          className="tech-pad tech-dense"
          aria-label={tech("tech.pad")}
          data-side={side}
          data-testid="number-pad"
          onPointerDown={(event) => event.preventDefault()}
        >
          {keys.map((key) => (
            <button
              type="button"
              className="press press-quiet"
              tabIndex={-1}
              key={key}
              onClick={() => press((value) => value + key)}
            >
              {key}
            </button>
          ))}
          <button
            type="button"
            className="press press-quiet"
            tabIndex={-1}
            aria-label={tech("tech.pad.erase")}
            onClick={() => press((value) => value.slice(0, -1))}
          >
            <Icon name="back" />
          </button>
          <button type="button" className="press press-main" tabIndex={-1} onClick={further}>
            {tech("tech.pad.next")}
          </button>
        </aside>
      )}
    </Context>
  );
}

/** Typed as people write numbers; `12,5` and `12.5` are the same. */
export function numberIn(typed: string): number | undefined {
  const text = typed.trim().replace(",", ".");
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

export function NumberField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly unit?: string;
  readonly labelHidden?: boolean;
  readonly testId?: string;
}) {
  const id = useId();
  const take = useContext(Context);
  const wrong = props.value.trim() !== "" && numberIn(props.value) === undefined;
  return (
    <div className="tech-field tech-number">
      <label htmlFor={id} className={props.labelHidden ? "unseen" : ""}>
        {props.label}
      </label>
      <span>
        <input
          id={id}
          data-number=""
          inputMode="none"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          onFocus={(event) => {
            event.currentTarget.select();
            take({ input: event.currentTarget, set: props.onChange });
          }}
          onBlur={() => take(undefined)}
          autoComplete="off"
          aria-invalid={wrong}
          data-testid={props.testId}
        />
        {props.unit !== undefined && <span className="unit">{props.unit}</span>}
      </span>
    </div>
  );
}

/** A day as `YYYY-MM-DD`, the same in every language; anything else is undefined. */
export function dayIn(typed: string): string | undefined {
  const text = typed.trim().replaceAll(/[./]/g, "-");
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

export function DayField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly testId?: string;
}) {
  const id = useId();
  const take = useContext(Context);
  const tech = useTech();
  return (
    <div className="tech-field tech-number">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        data-number=""
        inputMode="none"
        placeholder={tech("tech.day.form")}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onFocus={(event) => {
          event.currentTarget.select();
          take({ input: event.currentTarget, set: props.onChange });
        }}
        onBlur={() => take(undefined)}
        autoComplete="off"
        aria-invalid={props.value.trim() !== "" && dayIn(props.value) === undefined}
        data-testid={props.testId}
      />
    </div>
  );
}
