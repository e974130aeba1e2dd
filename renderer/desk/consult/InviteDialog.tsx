import { Fragment, useEffect, useRef, useState } from "react";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import { useText } from "../../parts/language.tsx";
import { ColleagueRow, matches } from "../colleagues/ColleagueRow.tsx";
import type { HubDoor } from "../hub.ts";
import { usePinyin } from "../pinyin.ts";
import { SearchField } from "../SearchField.tsx";
import { useFeed } from "../use-feed.ts";
import "./guests.css";

/** As what somebody is asked in. Who watches, and relatives, come when the resident has said yes. */
const kinds = ["colleague", "teach", "family"] as const;
type GuestKind = (typeof kinds)[number];

/** By institution, those with somebody at the desk first; inside each, who is here first. */
export function byPractice(all: readonly Colleague[]): readonly (readonly [org: string, of: readonly Colleague[]])[] {
  const orgs = new Map<string, Colleague[]>();
  for (const one of all.toSorted((a, b) => Number(b.here) - Number(a.here))) {
    const org = one.practice?.orgName ?? "";
    orgs.set(org, [...(orgs.get(org) ?? []), one]);
  }
  return [...orgs];
}

/** Whom to ask into the call and as what, or to hand it to. */
export function InviteDialog(props: {
  readonly door: HubDoor;
  readonly what: "invite" | "transfer";
  /** Already in the call, or asked. */
  readonly inside: readonly string[];
  /** A resident is in the call: guests may be asked about. */
  readonly mayAskGuests: boolean;
  readonly person: (id: string) => void;
  /** `undefined`: a relative. */
  readonly guest: (id: string | undefined) => void;
  /** Back to the queue, for the next tier. */
  readonly queue?: (step: "county" | "everyone") => void;
  readonly close: () => void;
}) {
  const text = useText();
  const { what, inside, queue } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const sounds = usePinyin();
  const [words, setWords] = useState("");
  const [kind, setKind] = useState<GuestKind>("colleague");
  const { value } = useFeed(props.door, (client, options) => client.people.colleagues(undefined, options));
  useEffect(() => dialog.current?.showModal(), []);
  const shown = (value ?? [])
    .filter(({ id, role }) => !inside.includes(id) && role !== "pharmacist")
    .filter(({ role }) => what === "invite" || role !== "villageDoctor")
    .filter((one) => matches(one, words, sounds));
  return (
    <dialog
      ref={dialog}
      className="proof invite"
      data-testid="invite-dialog"
      onClose={props.close}
      aria-label={text(`desk.people.${what}.title`)}
    >
      <h2>{text(`desk.people.${what}.title`)}</h2>
      {what === "invite" && props.mayAskGuests && (
        <div className="guest-kinds" role="group" aria-label={text("desk.guest.who")}>
          {kinds.map((one) => (
            <button
              key={one}
              type="button"
              className="second small"
              aria-pressed={kind === one}
              data-testid={`guest-kind-${one}`}
              onClick={() => setKind(one)}
            >
              {text(`desk.guest.who.${one}`)}
            </button>
          ))}
        </div>
      )}
      {kind !== "colleague" && <p className="hint">{text(`desk.guest.${kind}.how`)}</p>}
      {kind !== "family" && (
        <>
          <SearchField
            className="search"
            autoFocus
            words={text("desk.colleagues.search")}
            value={words}
            change={setWords}
            testId="invite-search"
          />
          <ul className="colleague-list">
            {byPractice(shown).map(([org, of]) => (
              <Fragment key={org}>
                <li className="colleague-org">{org === "" ? text("desk.guest.noOrg") : org}</li>
                {of.map((one) => (
                  <ColleagueRow key={one.id} colleague={one}>
                    <button
                      type="button"
                      className="second small"
                      onClick={() => (kind === "teach" ? props.guest(one.id) : props.person(one.id))}
                    >
                      {text(kind === "teach" ? "desk.guest.teach.ask" : `desk.people.${what}`)}
                    </button>
                  </ColleagueRow>
                ))}
              </Fragment>
            ))}
            {shown.length === 0 && <li className="hint">{text("desk.colleagues.none")}</li>}
          </ul>
        </>
      )}
      <footer className="invite-foot">
        {queue && (
          <>
            <button type="button" className="second small" data-testid="queue-county" onClick={() => queue("county")}>
              {text("desk.people.transfer.county")}
            </button>
            <button
              type="button"
              className="second small"
              data-testid="queue-everyone"
              onClick={() => queue("everyone")}
            >
              {text("desk.people.transfer.everyone")}
            </button>
          </>
        )}
        {kind === "family" && (
          <button type="button" className="main small" data-testid="ask-family" onClick={() => props.guest(undefined)}>
            {text("desk.guest.family.ask")}
          </button>
        )}
        <span className="spread" />
        <button
          type="button"
          className={kind === "family" ? "second small" : "main small"}
          onClick={() => dialog.current?.close()}
        >
          {text("desk.proof.close")}
        </button>
      </footer>
    </dialog>
  );
}
