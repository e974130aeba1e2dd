import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { directions, greenKinds, priorities, type Priority } from "../../../core/care/referral-parts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useHeard } from "../../parts/heard.ts";
import { useText } from "../../parts/language.tsx";
import type { Me } from "../desk.ts";
import type { DraftStore } from "../draft.ts";
import { useKept } from "../drafts.ts";
import type { HubDoor } from "../hub.ts";
import { useFeed } from "../use-feed.ts";
import { Fault } from "./Fault.tsx";
import {
  letterKeptSchema,
  letterOf,
  missingOf,
  reasonsFor,
  receiversFor,
  whatThen,
  type LetterDraft,
  type LetterForm,
  type LetterKept,
} from "./referral-letter.ts";
import { useSigning } from "./use-signing.tsx";
import { failing, span } from "./work-kit.ts";
import "../opinion/opinion.css";

/** What a referral is written about, and what is known of it already. */
export interface WriteAbout {
  readonly resident: string;
  readonly name: string;
  readonly station?: string | undefined;
  readonly visit?: string | undefined;
  /** A danger value that it answers. */
  readonly danger?: string | undefined;
  /** How fast, as far as the opinion says. */
  readonly priority: Priority;
  /** Of the signed opinion, for the doctor to go on from. */
  readonly summary: string;
}

/** Writes a letter up or down, and signs and sends it; beside it what will be owed by whom, and how soon. */
export function ReferralWriter(props: {
  readonly door: HubDoor;
  readonly me: Me;
  readonly practice: Practice;
  readonly about: WriteAbout;
  readonly drafts: DraftStore;
  readonly done: (words: string) => void;
  readonly cancel: () => void;
}) {
  const text = useText();
  const { door, me, practice, about } = props;
  const { value, put, drop } = useKept<LetterKept>(
    props.drafts,
    `letter:${about.resident}:${about.danger ?? ""}`,
    letterKeptSchema,
    () => ({
      id: uuidv7(),
      form: {
        direction: practice.tier === "county" ? "down" : "up",
        to: "",
        department: "",
        priority: about.danger === undefined ? about.priority : "stat",
        green: "",
        reasons: about.danger === undefined ? [] : ["urgentSet"],
        summary: about.summary,
      },
      kept: false,
    }),
  );
  const { id, form, kept } = value;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const signing = useSigning(door);
  const { value: colleagues } = useFeed(door, (client, options) => client.people.colleagues(undefined, options));
  const receivers = receiversFor(form.direction, practice, colleagues ?? []);
  // With one place to go there is nothing to choose.
  const only = receivers.length === 1 ? receivers[0]?.org : undefined;
  const whole: LetterForm = form.to === "" && only !== undefined ? { ...form, to: only } : form;
  const letter = letterOf(whole, { ...about, id }, receivers);
  const missing = missingOf(whole);
  const chosen = receivers.find(({ org }) => org === whole.to);
  const change = (part: Partial<LetterForm>) => put((before) => ({ ...before, form: { ...before.form, ...part } }));

  /** Kept once: what is signed is the letter that was kept. */
  const keep = async (): Promise<FaultCode | undefined> => {
    if (!letter || kept) return undefined;
    const why = await failing(() => door.client.referral.draft(letter));
    if (why === undefined) put((before) => ({ ...before, kept: true }));
    return why;
  };
  const send = async () => {
    if (!letter || busy) return;
    setBusy(true);
    setFault(undefined);
    const { danger } = about;
    const why =
      (await keep()) ??
      (await signing.run(() => door.client.referral.sign({ id }))) ??
      (danger === undefined
        ? undefined
        : await failing(() =>
            door.client.danger.move({
              id: danger,
              input: { kind: "answer", outcome: "refer", detail: text("work.refer.dangerDetail"), referral: id },
            }),
          ));
    setBusy(false);
    if (why !== undefined) return setFault(why);
    drop();
    props.done(text("work.refer.signed", { name: about.name }));
  };
  const keepOnly = async () => {
    setBusy(true);
    const why = await keep();
    setBusy(false);
    if (why !== undefined) return setFault(why);
    drop();
    props.done(text("work.refer.kept", { name: about.name }));
  };

  useHeard("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  });

  const radio = <T extends string>(
    name: string,
    all: readonly T[],
    value: T,
    label: (one: T) => string,
    put: (one: T) => void,
    hint?: (one: T) => string,
  ) => (
    <div className="letter-choices" role="radiogroup" aria-label={name}>
      {all.map((one) => (
        <label key={one} className="next-step" data-testid={`letter-${one === "" ? "none" : one}`}>
          <input type="radio" name={name} checked={value === one} disabled={kept} onChange={() => put(one)} />
          <span>
            {label(one)}
            {hint && <small>{hint(one)}</small>}
          </span>
        </label>
      ))}
    </div>
  );

  return (
    <section className="pane letter" aria-label={text("work.refer.title")} data-testid="referral-writer">
      <header className="who">
        <h2>
          {text("work.refer.title")} · {about.name}
        </h2>
        {about.danger !== undefined && <span className="tag tag-warn">{text("work.refer.fromDanger")}</span>}
      </header>
      <div className="letter-columns">
        <fieldset className="letter-main" disabled={kept}>
          <div className="letter-row">
            <span className="letter-name">{text("work.refer.direction")}</span>
            {radio(
              text("work.refer.direction"),
              directions,
              form.direction,
              (one) => text(`work.referral.${one}`),
              (direction) => change({ direction, to: "", reasons: [] }),
            )}
            <label className="letter-to">
              <span className="letter-name">{text("work.refer.to")}</span>
              <select
                data-testid="letter-to"
                ref={focusNow}
                value={whole.to}
                onChange={(event) => change({ to: event.currentTarget.value })}
              >
                <option value="" disabled>
                  {receivers.length === 0 && colleagues !== undefined
                    ? text("work.refer.to.none", { tier: text(`work.refer.${form.direction}`) })
                    : text("work.choose")}
                </option>
                {receivers.map(({ org, orgName, tier, here }) => (
                  <option key={org} value={org}>
                    {orgName} · {text(`desk.tier.${tier}`)} · {text("work.refer.here", { n: here })}
                  </option>
                ))}
              </select>
            </label>
            <label className="letter-to">
              <span className="letter-name">{text("work.refer.department")}</span>
              <input
                data-testid="letter-department"
                maxLength={100}
                list="letter-departments"
                value={form.department}
                onChange={(event) => change({ department: event.currentTarget.value })}
              />
              <datalist id="letter-departments">
                {chosen?.departments.map((one) => (
                  <option key={one} value={one} />
                ))}
              </datalist>
            </label>
          </div>
          <div className="letter-row">
            <span className="letter-name">{text("work.refer.priority")}</span>
            {radio(
              text("work.refer.priority"),
              priorities,
              form.priority,
              (one) => text(`work.referral.${one}`),
              (priority) => change({ priority }),
              (one) => text(`work.refer.within.${one}`),
            )}
          </div>
          <div className="letter-row">
            <span className="letter-name">{text("work.refer.green")}</span>
            {radio(
              text("work.refer.green"),
              ["" as const, ...greenKinds],
              form.green,
              (one) => text(one === "" ? "work.refer.green.none" : `work.refer.green.${one}`),
              (green) => change({ green }),
            )}
          </div>
          <div className="letter-reasons" role="group" aria-label={text("work.refer.reasons")}>
            <span className="letter-name">{text("work.refer.reasons")}</span>
            {reasonsFor(form.direction).map((one) => (
              <label key={one} className="letter-reason">
                <input
                  type="checkbox"
                  data-testid={`letter-reason-${one}`}
                  checked={form.reasons.includes(one)}
                  onChange={({ currentTarget: { checked } }) =>
                    change({ reasons: checked ? [...form.reasons, one] : form.reasons.filter((it) => it !== one) })
                  }
                />
                <span>{text(`work.reason.${one}`)}</span>
              </label>
            ))}
          </div>
          <label className="work-field letter-summary">
            {text("work.refer.summary")}
            <textarea
              data-testid="letter-summary"
              maxLength={1_000}
              value={form.summary}
              onChange={(event) => change({ summary: event.currentTarget.value })}
            />
          </label>
        </fieldset>
        <WhatThen letter={letter} me={me} practice={practice} to={chosen?.orgName} />
      </div>
      <div className="work-foot">
        <button
          type="button"
          className="quiet"
          onClick={() => {
            drop();
            props.cancel();
          }}
        >
          {text("work.refer.cancel")}
        </button>
        <span className="hint spread" data-testid="letter-missing">
          {missing !== undefined && text(`work.refer.missing.${missing}`)}
        </span>
        <Fault code={fault} />
        <button
          type="button"
          className="second"
          data-testid="letter-keep"
          disabled={!letter || busy}
          onClick={() => void keepOnly()}
        >
          {text("work.refer.keep")}
        </button>
        <button
          type="button"
          className="main"
          data-testid="letter-sign"
          disabled={!letter || busy}
          onClick={() => void send()}
        >
          {busy ? text("desk.opinion.sending") : text("work.refer.sign")}
        </button>
      </div>
      {signing.dialog}
    </section>
  );
}

function WhatThen(props: {
  readonly letter: LetterDraft | undefined;
  readonly me: Me;
  readonly practice: Practice;
  readonly to: string | undefined;
}) {
  const text = useText();
  const { letter, me, practice, to } = props;
  const [began] = useState(() => Date.now());
  const steps = letter ? whatThen(letter, { org: practice.org, tier: practice.tier, person: me.id }, began) : [];
  return (
    <aside className="letter-then" aria-label={text("work.refer.then")} data-testid="letter-then">
      <h3>{text("work.refer.then")}</h3>
      <ol>
        {steps.map(({ kind, owner, withinMs }) => (
          <li key={kind}>
            <strong>{text(`loop.step.${kind}`)}</strong>
            <span>{owner.org === practice.org ? practice.orgName : to}</span>
            <span className="tag">≤ {span(text, withinMs)}</span>
          </li>
        ))}
      </ol>
      {steps.length === 0 && <p className="hint">{text("work.refer.missing.to")}</p>}
      <p className="hint">{text("work.refer.check")}</p>
    </aside>
  );
}
