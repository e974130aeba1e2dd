import { useState, type SyntheticEvent } from "react";
import { isGoodPassword } from "../../core/domain/directory.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { focusNow } from "../parts/focus-first.ts";
import { useText } from "../parts/language.tsx";
import type { Desk } from "./desk.ts";

type Wrong = "short" | "same" | "differs";

/** What is wrong with a password before anybody is asked. */
export function wrongPassword(account: string, password: string, again: string): Wrong | undefined {
  if (!isGoodPassword(password, account.trim())) return isGoodPassword(password, "") ? "same" : "short";
  return password === again ? undefined : "differs";
}

/** Somebody who was given a code chooses their password; the code is spent by it, and the sign-in goes on as always. */
export function Invited(props: {
  readonly desk: Desk;
  /** The password is set. */
  readonly went: (account: string, password: string) => Promise<void>;
  readonly back: () => void;
}) {
  const text = useText();
  const [account, setAccount] = useState("");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const [refusal, setRefusal] = useState<FaultCode | "away">();

  const enter = async (event: SyntheticEvent) => {
    event.preventDefault();
    const found = wrongPassword(account, password, again);
    setWrong(found);
    setRefusal(undefined);
    if (found !== undefined) return;
    setBusy(true);
    const answer = await props.desk.takeInvitation(account.trim(), code.trim(), password);
    if (answer.ok) return props.went(account.trim(), password);
    setBusy(false);
    setRefusal(answer.why);
  };
  const fields = [
    ["account", text("desk.account"), account, setAccount, "username", "text"],
    ["code", text("desk.invited.code"), code, setCode, "off", "text"],
    ["password", text("desk.invited.password"), password, setPassword, "new-password", "password"],
    ["again", text("desk.invited.again"), again, setAgain, "new-password", "password"],
  ] as const;
  /** Each refusal stands where it is mended. */
  const wrongAt: Partial<Record<(typeof fields)[number][0], string>> = {
    ...(refusal === "account.invitation" && { code: text.fault(refusal) }),
    ...(refusal === "account.password" && { password: text.fault(refusal) }),
    ...(wrong !== undefined && { [wrong === "differs" ? "again" : "password"]: text(`desk.invited.${wrong}`) }),
  };
  const isSaid = Object.keys(wrongAt).length > 0;
  return (
    <form className="sign-in-invited" data-testid="invited" onSubmit={(event) => void enter(event)}>
      <p className="sign-in-lead">{text("desk.invited.lead")}</p>
      {fields.map(([name, label, value, change, complete, type], nth) => {
        const under = wrongAt[name] ?? (name === "password" ? text("desk.invited.passwordHint") : undefined);
        const isWrong = wrongAt[name] !== undefined;
        return (
          <div key={name}>
            <label>
              {label}
              <input
                data-testid={`invited-${name}`}
                name={name === "code" ? "invitation" : name}
                type={type}
                autoComplete={complete}
                ref={nth === 0 ? focusNow : undefined}
                autoCapitalize="none"
                spellCheck={false}
                maxLength={name === "account" || name === "code" ? 64 : 200}
                required
                aria-invalid={isWrong ? true : undefined}
                aria-describedby={under === undefined ? undefined : `invited-${name}-under`}
                value={value}
                onChange={(event) => change(event.target.value)}
              />
            </label>
            {under !== undefined && (
              <p
                id={`invited-${name}-under`}
                className={isWrong ? "sign-in-under sign-in-wrong" : "sign-in-under hint"}
                role={isWrong ? "alert" : undefined}
                data-testid={isWrong ? "invited-wrong" : undefined}
              >
                {under}
              </p>
            )}
          </div>
        );
      })}
      <p className="sign-in-error" role="alert" data-testid="sign-in-error">
        {refusal !== undefined && !isSaid && (refusal === "away" ? text("desk.signIn.away") : text.fault(refusal))}
      </p>
      <button type="submit" className="main" data-testid="invited-do" disabled={busy}>
        {text("desk.invited.do")}
      </button>
      <button type="button" className="quiet" data-testid="invited-back" onClick={props.back}>
        {text("desk.invited.back")}
      </button>
    </form>
  );
}
