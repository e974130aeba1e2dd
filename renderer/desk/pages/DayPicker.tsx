import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useText, type Text } from "../../parts/language.tsx";
import { daysAway, daysBetween, isDay, monthsAway, readDay, weeksOf } from "./day.ts";
import { MonthPicker } from "./MonthPicker.tsx";
import { useToday } from "./work-kit.ts";
import "./day-picker.css";

/** Where a key goes from a day. */
function moved(key: string, day: string, rows: boolean): string | undefined {
  const step = rows ? 7 : 1;
  switch (key) {
    case "ArrowDown":
      return daysAway(day, step);
    case "ArrowUp":
      return daysAway(day, -step);
    case "PageDown":
      return monthsAway(day, 1);
    case "PageUp":
      return monthsAway(day, -1);
    case "ArrowRight":
      return rows ? daysAway(day, 1) : undefined;
    case "ArrowLeft":
      return rows ? daysAway(day, -1) : undefined;
    default:
      return undefined;
  }
}

const shown = (text: Text, day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(text.language, { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00.000Z`));

/**
 * A day in the language of the page, which a native field takes from the browser. It is typed, moved by arrow keys (Page Up and
 * Down: a month), or picked from a month. `value`, `first`: `YYYY-MM-DD`; an empty value is none.
 */
export function DayPicker(props: {
  readonly label: string;
  readonly value: string;
  readonly choose: (day: string) => void;
  readonly testId: string;
  /** The earliest that may be picked. */
  readonly first?: string;
  readonly required?: boolean;
  /** In a line of other things: the label is only heard. */
  readonly compact?: boolean;
  readonly focus?: ((element: HTMLElement | null) => void) | undefined;
}) {
  const text = useText();
  const id = useId();
  const { label, value, choose, testId, focus, first, required = false, compact = false } = props;
  /** While it is no day yet. */
  const [typed, setTyped] = useState<string>();
  const [open, setOpen] = useState(false);
  const today = useToday();
  const may = (day: string): boolean => first === undefined || day >= first;
  const put = (day: string) => {
    setTyped(undefined);
    choose(day);
  };
  const read = (words: string) => {
    const day = readDay(words, today);
    if (words.trim() === "") put("");
    else if (day !== undefined && may(day)) put(day);
  };
  const isWrong = typed !== undefined && typed.trim() !== "";
  return (
    <div className={`work-field day-field ${compact ? "day-compact" : ""}`}>
      {!compact && <label htmlFor={id}>{label}</label>}
      <span className="day-typed">
        <input
          id={id}
          aria-label={compact ? label : undefined}
          data-testid={testId}
          ref={focus}
          inputMode="numeric"
          autoComplete="off"
          required={required}
          placeholder={text("desk.day.hint")}
          aria-invalid={isWrong}
          aria-describedby={`${id}-words`}
          value={typed ?? value}
          onInput={({ currentTarget: { value: words } }) => {
            const day = words.trim();
            // A whole day counts at once; what is still being typed, when the field is left.
            if (day === "" || (isDay(day) && may(day))) put(day);
            else setTyped(words);
          }}
          onBlur={() => typed !== undefined && read(typed)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && typed !== undefined) return read(typed);
            const day = moved(event.key, value === "" ? today : value, false);
            if (day === undefined) return;
            event.preventDefault();
            if (may(day)) put(day);
          }}
        />
        <button
          type="button"
          className="quiet small"
          data-testid={`${testId}-open`}
          aria-expanded={open}
          aria-label={text("desk.day.pick")}
          title={text("desk.day.pick")}
          onClick={() => setOpen(!open)}
        >
          ▾
        </button>
      </span>
      {!compact && (
        <small id={`${id}-words`} aria-live="polite">
          {isWrong
            ? text("desk.day.wrong")
            : value !== "" &&
              `${shown(text, value, { month: "long", day: "numeric", weekday: "long" })} · ${value === today ? text("desk.day.today") : text("desk.day.away", { n: daysBetween(today, value) })}`}
        </small>
      )}
      {open && (
        <Grid
          value={value === "" ? (first ?? today) : value}
          may={may}
          today={today}
          choose={(day) => {
            put(day);
            setOpen(false);
          }}
          close={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** A month of days over the page; the arrows move among them. */
function Grid(props: {
  readonly value: string;
  readonly today: string;
  readonly may: (day: string) => boolean;
  readonly choose: (day: string) => void;
  readonly close: () => void;
}) {
  const text = useText();
  const { value, today, may, choose } = props;
  const [at, setAt] = useState(value);
  const month = at.slice(0, 7);
  const weeks = weeksOf(month);
  const keys = (event: KeyboardEvent) => {
    const day = moved(event.key, at, true);
    if (day === undefined) return;
    event.preventDefault();
    if (may(day)) setAt(day);
  };
  const dialog = useRef<HTMLDialogElement>(null);
  const present = useRef<HTMLButtonElement>(null);
  // A dialog that opens takes the focus to its first button: the day has it afterwards, and again wherever the keys go.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useLayoutEffect(() => present.current?.focus(), [at]);
  return (
    <dialog
      ref={dialog}
      className="day-grid"
      aria-label={text("desk.day.pick")}
      data-testid="day-grid"
      onClose={props.close}
      onKeyDown={keys}
    >
      <MonthPicker value={month} last="9999-12" choose={(other) => setAt(monthsAway(at, other < month ? -1 : 1))} />
      <div className="day-weeks">
        {weeks[0]?.map((day) => (
          <span key={day} aria-hidden="true">
            {shown(text, day, { weekday: "narrow" })}
          </span>
        ))}
        {weeks.flat().map((day) => (
          <button
            key={day}
            type="button"
            className="day"
            tabIndex={day === at ? 0 : -1}
            ref={day === at ? present : undefined}
            disabled={!may(day)}
            aria-label={shown(text, day, { dateStyle: "full" })}
            aria-current={day === today ? "date" : undefined}
            aria-pressed={day === value}
            data-other={day.slice(0, 7) !== month}
            onClick={() => choose(day)}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </div>
    </dialog>
  );
}
