import { useEffect, useState, type SyntheticEvent } from "react";
import { QrPicture } from "../kiosk/qr-picture.tsx";
import { useText } from "../parts/language.tsx";
import type { Desk } from "./desk.ts";
import { Invited } from "./Invited.tsx";
import { LanguageSwitch } from "./Header.tsx";
import { isDemo, type NextStep, type SignedIn } from "./hub.ts";
import { useShown } from "./use-shown.ts";

type Refusal = Extract<SignedIn, { ok: false }>["why"];

/**
 * Password first, then the code of the second factor. Who has none yet is shown how to get one; who was invited chooses their
 * password before.
 */
export function SignIn({ desk }: { readonly desk: Desk }) {
  const text = useText();
  const [next, setNext] = useState<NextStep>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isInvited, setInvited] = useState(false);
  /** The account whose password was just set, and which signs in itself. */
  const [fresh, setFresh] = useState<string>();
  const [demo, setDemo] = useState(false);
  useEffect(() => void isDemo().then(setDemo), []);
  const { ended } = useShown(desk.shown);
  const back = (why?: Refusal) => {
    setNext(undefined);
    setRefusal(why);
  };
  const goOn = async (account: string, password: string) => {
    const answer = await desk.enterPassword(account, password);
    setFresh(account);
    setInvited(false);
    if (answer.ok) setNext(answer.next);
  };
  const title = text(isInvited ? "desk.invited.title" : "desk.title");
  return (
    <main className="sign-in">
      <div className="sign-in-language">
        <LanguageSwitch />
      </div>
      <section className="sign-in-card">
        <p className="sign-in-brand">{text("desk.brand")}</p>
        <h1>{title}</h1>
        {isInvited && <Invited desk={desk} went={goOn} back={() => setInvited(false)} />}
        {!isInvited && next === undefined && (
          <>
            {ended && (
              <p className="sign-in-ended" role="alert" data-testid="sign-in-ended">
                {text("desk.signIn.ended")}
              </p>
            )}
            {fresh !== undefined && (
              <p className="sign-in-done" role="status" data-testid="invited-done">
                {text("desk.invited.done")}
              </p>
            )}
            <Password
              desk={desk}
              account={fresh}
              went={setNext}
              refusal={refusal}
              refuse={setRefusal}
              invited={() => {
                setRefusal(undefined);
                setInvited(true);
              }}
            />
          </>
        )}
        {!isInvited && next !== undefined && <Code desk={desk} next={next} back={back} />}
        {!isInvited && demo && (
          <p className="sign-in-demo" data-testid="sign-in-demo">
            {text(next === undefined ? "desk.signIn.demo" : "desk.code.demo")}
          </p>
        )}
      </section>
    </main>
  );
}

function Password(props: {
  readonly desk: Desk;
  /** Typed already. */
  readonly account: string | undefined;
  readonly went: (next: NextStep) => void;
  readonly refusal: Refusal | undefined;
  readonly refuse: (why: Refusal | undefined) => void;
  /** Leads to whoever has a code and no password yet. */
  readonly invited: () => void;
}) {
  const text = useText();
  const [account, setAccount] = useState(props.account ?? "");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);

  const enter = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    props.refuse(undefined);
    const answer = await props.desk.enterPassword(account.trim(), password);
    setBusy(false);
    setPassword("");
    if (answer.ok) props.went(answer.next);
    else props.refuse(answer.why);
  };

  return (
    <>
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
        <RefusalLine why={props.refusal} />
        <button type="submit" className="main" data-testid="sign-in" disabled={busy}>
          {busy ? text("desk.signingIn") : text("desk.signIn")}
        </button>
        <button type="button" className="quiet" data-testid="invited-open" onClick={props.invited}>
          {text("desk.invited")}
        </button>
      </form>
    </>
  );
}

function Code({
  desk,
  next,
  back,
}: {
  readonly desk: Desk;
  readonly next: NextStep;
  readonly back: (why?: Refusal) => void;
}) {
  const text = useText();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  const enter = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    const answer = await desk.enterCode(next.step, code);
    setBusy(false);
    setCode("");
    if (answer.ok) return;
    if (answer.why === "account.stepOver" || answer.why === "account.forbidden") back(answer.why);
    else setRefusal(answer.why);
  };

  return (
    <form onSubmit={(event) => void enter(event)}>
      {next.enrol === undefined ? (
        <p className="sign-in-lead">{text("desk.code.lead")}</p>
      ) : (
        <div className="sign-in-enrol">
          <p>{text("desk.code.enrol")}</p>
          <QrPicture words={next.enrol.uri} says={text("desk.code.picture")} />
          <p data-testid="enrol-secret">{next.enrol.secret.replaceAll(/(.{4})/g, "$1 ")}</p>
        </div>
      )}
      <label>
        {text("desk.code")}
        <CodeInput value={code} change={setCode} testId="code" />
      </label>
      <RefusalLine why={refusal} />
      <button type="submit" className="main" data-testid="enter-code" disabled={busy}>
        {busy ? text("desk.signingIn") : text("desk.code.enter")}
      </button>
      <button type="button" className="quiet" data-testid="code-back" onClick={() => back()}>
        {text("desk.code.back")}
      </button>
    </form>
  );
}

export function CodeInput(props: {
  readonly value: string;
  readonly change: (code: string) => void;
  readonly testId: string;
  readonly focus?: boolean;
}) {
  return (
    <input
      data-testid={props.testId}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9 ]{6,7}"
      maxLength={7}
      autoFocus={props.focus ?? true}
      required
      value={props.value}
      onChange={(event) => props.change(event.target.value)}
    />
  );
}

function RefusalLine({ why }: { readonly why: Refusal | undefined }) {
  const text = useText();
  const words = () => {
    if (why === undefined) return null;
    if (why === "away") return text("desk.signIn.away");
    return why === "account.forbidden" ? text("desk.signIn.role") : text.fault(why);
  };
  return (
    <p className="sign-in-error" role="alert" data-testid="sign-in-error">
      {words()}
    </p>
  );
}
