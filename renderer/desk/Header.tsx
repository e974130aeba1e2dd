import { useSetLanguage, useText } from "../parts/language.tsx";

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

export function Header(props: { readonly name: string; readonly lineUp: boolean; readonly signOut: () => void }) {
  const text = useText();
  return (
    <header className="head">
      <strong className="brand">{text("desk.brand")}</strong>
      <h1 className="head-title">{text("desk.title")}</h1>
      <span className={`line ${props.lineUp ? "line-up" : "line-away"}`} role="status" data-testid="line">
        {props.lineUp ? text("desk.line.up") : text("desk.line.away")}
      </span>
      <span className="head-keys">{text("desk.keys")}</span>
      <span className="head-name" data-testid="doctor-name">
        {props.name}
      </span>
      <LanguageSwitch />
      <button type="button" className="quiet" data-testid="sign-out" onClick={props.signOut}>
        {text("desk.signOut")}
      </button>
    </header>
  );
}
