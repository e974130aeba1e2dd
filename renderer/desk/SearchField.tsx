/** What narrows a list while it is typed. `words`: what may be typed, for eye and ear alike. */
export function SearchField(props: {
  readonly words: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly testId: string;
  readonly className?: string;
  readonly autoFocus?: boolean;
}) {
  const { words, value, change, testId, className, autoFocus } = props;
  return (
    <input
      type="search"
      className={className}
      autoFocus={autoFocus}
      data-testid={testId}
      aria-label={words}
      placeholder={words}
      value={value}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}
