import { useEffect, useRef, useState } from "react";
import { useText } from "../../parts/language.tsx";
import { ColleagueRow, matches } from "../colleagues/ColleagueRow.tsx";
import type { HubDoor } from "../hub.ts";
import { usePinyin } from "../pinyin.ts";
import { useFeed } from "../use-feed.ts";

/** Whom to ask into the call, or to hand it to. Those with a desk open come first. */
export function InviteDialog(props: {
  readonly door: HubDoor;
  readonly what: "invite" | "transfer";
  /** Already in the call, or asked. */
  readonly inside: readonly string[];
  readonly person: (id: string) => void;
  /** Back to the queue, for the next tier. */
  readonly queue?: (step: "county" | "everyone") => void;
  readonly close: () => void;
}) {
  const text = useText();
  const { what, inside, queue } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const sounds = usePinyin();
  const [words, setWords] = useState("");
  const { value } = useFeed(props.door, (client, options) => client.people.colleagues(undefined, options));
  useEffect(() => dialog.current?.showModal(), []);
  const shown = (value ?? [])
    .filter(({ id, role }) => !inside.includes(id) && role !== "pharmacist")
    .filter(({ role }) => what === "invite" || role !== "villageDoctor")
    .filter((one) => matches(one, words, sounds))
    .toSorted((one, other) => Number(other.here) - Number(one.here));
  return (
    <dialog
      ref={dialog}
      className="proof invite"
      data-testid="invite-dialog"
      onClose={props.close}
      aria-label={text(`desk.people.${what}.title`)}
    >
      <h2>{text(`desk.people.${what}.title`)}</h2>
      <input
        type="search"
        className="search"
        autoFocus
        aria-label={text("desk.colleagues.search")}
        placeholder={text("desk.colleagues.search")}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <ul className="colleague-list">
        {shown.map((one) => (
          <ColleagueRow key={one.id} colleague={one}>
            <button type="button" className="second small" onClick={() => props.person(one.id)}>
              {text(`desk.people.${what}`)}
            </button>
          </ColleagueRow>
        ))}
        {shown.length === 0 && <li className="hint">{text("desk.colleagues.none")}</li>}
      </ul>
      <footer className="invite-foot">
        {queue && (
          <>
            <button type="button" className="second small" onClick={() => queue("county")}>
              {text("desk.people.transfer.county")}
            </button>
            <button type="button" className="second small" onClick={() => queue("everyone")}>
              {text("desk.people.transfer.everyone")}
            </button>
          </>
        )}
        <span className="spread" />
        <button type="button" className="main small" onClick={() => dialog.current?.close()}>
          {text("desk.proof.close")}
        </button>
      </footer>
    </dialog>
  );
}
