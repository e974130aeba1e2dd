import { useState } from "react";
import { tiers } from "../../../core/domain/practice.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { Field, useSending } from "./Field.tsx";
import { higherThan } from "./org-tree.ts";
import type { Office, Org } from "./shape.ts";

/** A new institution, or another name, tier, telephone or place in the ladder of one. */
export function OrgForm(props: {
  readonly office: Office;
  /** Absent: a new one. */
  readonly org?: Org | undefined;
  /** Where a new one begins: below the institution that is looked at. */
  readonly below?: Org | undefined;
  readonly done: (id: string) => void;
}) {
  const text = useText();
  const { office, org, below } = props;
  const [name, setName] = useState(org?.name ?? "");
  const [tier, setTier] = useState(org?.tier ?? (below?.tier === "county" ? "township" : below ? "village" : "county"));
  const [above, setAbove] = useState(org ? org.above : below?.id);
  const [phone, setPhone] = useState(org?.phone ?? "");
  const { busy, fault, send } = useSending();
  const higher = higherThan(office.shown.orgs, tier).filter(({ id }) => id !== org?.id);
  const chosen = higher.some(({ id }) => id === above) ? above : undefined;
  const isAbove = fault === "org.tier" || fault === "org.unknown";
  const title = text(org ? "desk.staff.org.change" : "desk.staff.org.add");
  const save = async () => {
    const saved = await send(() =>
      office.client.putOrg({
        ...(org ? { id: org.id } : {}),
        name: name.trim(),
        tier,
        ...(chosen === undefined ? {} : { above: chosen }),
        ...(phone.trim() === "" ? {} : { phone: phone.trim() }),
      }),
    );
    if (!saved) return;
    office.say(text("desk.staff.org.saved", { name: name.trim() }));
    props.done(saved.id);
  };
  return (
    <section className="pane staff-aside" aria-label={title} data-testid="org-form">
      <h2>{title}</h2>
      {org && <p className="hint">{text("desk.staff.org.renames")}</p>}
      <form
        className="staff-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={text("desk.staff.org.name")}>
          {(told) => (
            <input
              {...told}
              required
              ref={focusNow}
              maxLength={100}
              autoComplete="off"
              data-testid="org-name"
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={text("desk.staff.org.tier")}>
          {(told) => (
            <select
              {...told}
              data-testid="org-tier"
              value={tier}
              onChange={({ currentTarget }) => setTier(tiers.find((one) => one === currentTarget.value) ?? tier)}
            >
              {tiers.toReversed().map((one) => (
                <option key={one} value={one}>
                  {text(`desk.tier.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label={text("desk.staff.org.above")}
          hint={text("desk.staff.org.aboveHint")}
          wrong={isAbove ? text.fault(fault) : undefined}
        >
          {(told) => (
            <select
              {...told}
              data-testid="org-above"
              value={chosen ?? ""}
              onChange={({ currentTarget: { value } }) => setAbove(value === "" ? undefined : value)}
            >
              <option value="">{text("desk.staff.org.aboveNone")}</option>
              {higher.map(({ id, name: word }) => (
                <option key={id} value={id}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={text("desk.staff.org.phone")}>
          {(told) => (
            <input
              {...told}
              type="tel"
              pattern="\+?[0-9][0-9 \-]{2,19}"
              maxLength={21}
              autoComplete="off"
              data-testid="org-phone"
              value={phone}
              onInput={(event) => setPhone(event.currentTarget.value)}
            />
          )}
        </Field>
        <Fault code={isAbove ? undefined : fault} />
        <div className="work-foot">
          <button type="button" className="quiet" data-testid="staff-not" onClick={office.close}>
            {text("desk.staff.not")}
          </button>
          <span className="spread" />
          <button type="submit" className="main" data-testid="org-save" disabled={busy}>
            {text("desk.staff.save")}
          </button>
        </div>
      </form>
    </section>
  );
}
