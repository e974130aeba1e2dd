import { useText } from "../../parts/language.tsx";

const two = (n: number) => String(n).padStart(2, "0");

/** `YYYY-MM` so many months away. */
export function monthAway(month: string, by: number): string {
  const [year = 0, nth = 1] = month.split("-").map(Number);
  const at = year * 12 + nth - 1 + by;
  return `${String(Math.floor(at / 12))}-${two((at % 12) + 1)}`;
}

/** A month in the language of the page, which a native field takes from the browser. `value`, `last`: `YYYY-MM`. */
export function MonthPicker(props: {
  readonly value: string;
  readonly last: string;
  readonly choose: (month: string) => void;
}) {
  const text = useText();
  const { value, last, choose } = props;
  const [year = 0, nth = 1] = value.split("-").map(Number);
  const shown = new Intl.DateTimeFormat(text.language, { year: "numeric", month: "long", timeZone: "UTC" }).format(
    Date.UTC(year, nth - 1),
  );
  return (
    <span className="month" role="group" aria-label={text("work.referral.month")} data-testid="month">
      <button
        type="button"
        className="quiet small"
        aria-label={text("desk.month.before")}
        onClick={() => choose(monthAway(value, -1))}
      >
        ‹
      </button>
      <strong aria-live="polite">{shown}</strong>
      <button
        type="button"
        className="quiet small"
        aria-label={text("desk.month.after")}
        disabled={value >= last}
        onClick={() => choose(monthAway(value, 1))}
      >
        ›
      </button>
    </span>
  );
}
