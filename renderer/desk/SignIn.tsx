import { useState, type SyntheticEvent } from "react";
import { useText } from "../parts/language.tsx";
import type { Desk } from "./desk.ts";
import { LanguageSwitch } from "./Header.tsx";
import type { SignedIn } from "./hub.ts";

type Refusal = Extract<SignedIn, { ok: false }>["why"];

export function SignIn({ desk }: { readonly desk: Desk }) {
  const text = useText();
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  const enter = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    const answer = await desk.signIn(account.trim(), password);
    setBusy(false);
    if (answer.ok) return;
    setRefusal(answer.why);
    setPassword("");
  };

  return (
    <main className="sign-in">
      <div className="sign-in-language">
        <LanguageSwitch />
      </div>
      <section className="sign-in-card">
        <p className="sign-in-brand">{text("desk.brand")}</p>
        <h1>{text("desk.title")}</h1>
        <p className="sign-in-lead">{text("desk.signIn.lead")}</p>
        <form onSubmit={(event) => void enter(event)}>
          <label>
            {text("desk.account")}
            <input
              data-testid="account"
              name="account"
              autoComplete="username"
              autoFocus
              required
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            />
          </label>
          <label>
            {text("desk.password")}
            <input
              data-testid="password"
              name="password"
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
          <p className="sign-in-error" role="alert" data-testid="sign-in-error">
            {refusal !== undefined && refusalText(text, refusal)}
          </p>
          <button type="submit" className="main" data-testid="sign-in" disabled={busy}>
            {busy ? text("desk.signingIn") : text("desk.signIn")}
          </button>
        </form>
        <p className="sign-in-demo">{text("desk.signIn.demo")}</p>
      </section>
    </main>
  );
}

function refusalText(text: ReturnType<typeof useText>, why: Refusal): string {
  if (why === "away") return text("desk.signIn.away");
  return why === "account.forbidden" ? text("desk.signIn.role") : text.fault(why);
}
