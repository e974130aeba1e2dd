import { Icon } from "../parts/icons.tsx";
import { useSetLanguage, useText } from "../parts/language.tsx";
import type { PageEntry, PageId } from "./pages.ts";

export function LanguageSwitch() {
  const text = useText();
  const setLanguage = useSetLanguage();
  const other = text.language === "en" ? "zh-CN" : "en";
  return (
    <button type="button" className="quiet" data-testid="language" lang={other} onClick={() => setLanguage(other)}>
      {text("desk.language.other")}
    </button>
  );
}

export function Header(props: {
  readonly name: string;
  readonly lineUp: boolean;
  readonly tabs: readonly (PageEntry & { readonly id: PageId })[];
  readonly here: PageId | undefined;
  readonly open: (page: PageId) => void;
  /** How many records stand open because of an alarm, and the way back to them. */
  readonly glasses: number;
  readonly glass: () => void;
  readonly help: () => void;
  readonly signOut: () => void;
}) {
  const text = useText();
  return (
    <header className="head">
      <h1 className="brand">{text("desk.brand")}</h1>
      <nav className="tabs" aria-label={text("desk.pages")}>
        {props.tabs.map(({ id, title, icon, shortcut }) => (
          <button
            key={id}
            type="button"
            className="tab"
            data-testid={`tab-${id}`}
            aria-current={id === props.here ? "page" : undefined}
            aria-keyshortcuts={`Alt+${String(shortcut)}`}
            title={`Alt + ${String(shortcut)}`}
            onClick={() => props.open(id)}
          >
            <Icon name={icon} />
            {text.of(title, {})}
          </button>
        ))}
      </nav>
      {props.glasses > 0 && (
        <button
          type="button"
          className="head-glass small"
          data-testid="glass-back"
          aria-keyshortcuts="Alt+0"
          title={`Alt + 0 · ${text("desk.glass.back")}`}
          onClick={props.glass}
        >
          {text("desk.glass.mine", { n: props.glasses })}
        </button>
      )}
      <span className={`line ${props.lineUp ? "line-up" : "line-away"}`} role="status" data-testid="line">
        {props.lineUp ? text("desk.line.up") : text("desk.line.away")}
      </span>
      <span className="head-name" data-testid="doctor-name">
        {props.name}
      </span>
      <button
        type="button"
        className="quiet"
        data-testid="help-open"
        aria-label={text("desk.help")}
        onClick={props.help}
      >
        ?
      </button>
      <LanguageSwitch />
      <button type="button" className="quiet" data-testid="sign-out" onClick={props.signOut}>
        {text("desk.signOut")}
      </button>
    </header>
  );
}
