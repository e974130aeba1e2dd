import { useState } from "react";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { Field, useSending } from "./Field.tsx";
import { OrgSelect } from "./OrgSelect.tsx";
import { invitable, needsOrg, roleWord, type Office, type Person, type Role } from "./shape.ts";

/** Who somebody is and where they work: for an invitation with account and role, which stay; later the rest can change. */
export function PersonForm(props: {
  readonly office: Office;
  /** Absent: an invitation. */
  readonly person?: Person | undefined;
  /** Institution that is looked at. */
  readonly place: string | undefined;
  readonly done: (id: string) => void;
}) {
  const text = useText();
  const { office, person } = props;
  const [account, setAccount] = useState("");
  const [name, setName] = useState(person?.name ?? "");
  const [role, setRole] = useState<Role>("doctor");
  const [org, setOrg] = useState(person ? person.practice?.org : props.place);
  const [specialty, setSpecialty] = useState(person?.practice?.specialty ?? "");
  const [licence, setLicence] = useState(person?.practice?.licence ?? "");
  const { busy, fault, send } = useSending();
  const mustWork = needsOrg(person?.role ?? role);
  const practice = () =>
    org === undefined
      ? {}
      : {
          practice: {
            org,
            licence: licence.trim(),
            ...(specialty.trim() === "" ? {} : { specialty: specialty.trim() }),
          },
        };
  const save = async () => {
    const named = { name: name.trim(), ...practice() };
    if (person) {
      if (!(await send(() => office.client.change({ id: person.id, ...named })))) return;
      office.say(text("desk.staff.saved", { name: named.name }));
      return props.done(person.id);
    }
    const made = await send(() => office.client.invite({ account: account.trim(), role, ...named }));
    if (!made) return;
    office.show({ ...made, person: { account: account.trim(), name: named.name } });
    props.done(made.id);
  };
  const isTaken = fault === "account.taken";
  const isWork = fault === "account.needsPractice" || fault === "org.unknown";
  return (
    <form
      className="staff-form"
      data-testid={person ? "change-form" : "invite-form"}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {!person && (
        <Field
          label={text("desk.staff.account")}
          hint={text("desk.staff.account.hint")}
          wrong={isTaken ? text.fault(fault) : undefined}
        >
          {(told) => (
            <input
              {...told}
              required
              ref={focusNow}
              pattern="[\p{L}\p{N}][\p{L}\p{N}._\-]+"
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              data-testid="invite-account"
              value={account}
              onInput={(event) => setAccount(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <Field label={text("desk.staff.name")}>
        {(told) => (
          <input
            {...told}
            required
            ref={person ? focusNow : undefined}
            maxLength={60}
            autoComplete="off"
            data-testid="person-name"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      {!person && (
        <Field label={text("desk.staff.role")}>
          {(told) => (
            <select
              {...told}
              data-testid="invite-role"
              value={role}
              onChange={({ currentTarget }) => setRole(invitable.find((one) => one === currentTarget.value) ?? role)}
            >
              {invitable.map((one) => (
                <option key={one} value={one}>
                  {roleWord(text, one)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={text("desk.staff.org")} wrong={isWork ? text.fault(fault) : undefined}>
        {(told) => (
          <OrgSelect
            told={told}
            testId="person-org"
            orgs={office.shown.orgs}
            none={text(mustWork ? "work.choose" : "desk.staff.org.none")}
            required={mustWork}
            value={org}
            change={setOrg}
          />
        )}
      </Field>
      {org !== undefined && (
        <div className="staff-pair">
          <Field label={text("desk.staff.licence")}>
            {(told) => (
              <input
                {...told}
                required
                maxLength={60}
                autoComplete="off"
                spellCheck={false}
                data-testid="person-licence"
                value={licence}
                onInput={(event) => setLicence(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={text("desk.staff.specialty")}>
            {(told) => (
              <input
                {...told}
                maxLength={60}
                autoComplete="off"
                data-testid="person-specialty"
                value={specialty}
                onInput={(event) => setSpecialty(event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
      )}
      <Fault code={isTaken || isWork ? undefined : fault} />
      <div className="work-foot">
        <button type="button" className="quiet" data-testid="staff-not" onClick={office.close}>
          {text("desk.staff.not")}
        </button>
        <span className="spread" />
        <button type="submit" className="main" data-testid={person ? "person-save" : "invite-do"} disabled={busy}>
          {text(person ? "desk.staff.save" : "desk.staff.invite.do")}
        </button>
      </div>
    </form>
  );
}
