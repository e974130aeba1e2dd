import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import {
  fitsAnother,
  handGroups,
  handKeys,
  isWorse,
  needsDay,
  pickedSchema,
  tellMissing,
  tellWish,
  toldWord,
  type HandKey,
  type Picked,
} from "../../../core/care/telling-by-hand.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { languages } from "../../../core/i18n/language.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useHeard } from "../../parts/heard.ts";
import { typeset, useText } from "../../parts/language.tsx";
import type { DraftStore } from "../draft.ts";
import { useKept } from "../drafts.ts";
import type { HubDoor } from "../hub.ts";
import { DayPicker } from "../pages/DayPicker.tsx";
import { Fault } from "../pages/Fault.tsx";
import { failing, useToday } from "../pages/work-kit.ts";

/** Its id is made with it: sent again, after a lost answer or a reload, it is the same message. */
const formSchema = z.strictObject({ id: z.uuid(), picked: z.array(pickedSchema) });

/** As it is said: what to do when it gets worse comes last. */
const inOrder = (picked: readonly Picked[]) => picked.toSorted((one, other) => +isWorse(one.key) - +isWorse(other.key));

/** A message for the next visit, put together from sentences that the station can say, shown as it will be said. */
export function TellForm(props: {
  readonly door: HubDoor;
  readonly drafts: DraftStore;
  readonly keptAs: string;
  readonly resident: string;
  /** Where it is told; undefined: nobody knows one. */
  readonly station: string | undefined;
  readonly sent: () => void;
}) {
  const text = useText();
  const { door, resident, station } = props;
  const { value, put, drop } = useKept(props.drafts, props.keptAs, formSchema, () => ({
    id: uuidv7(),
    picked: [{ key: "loop.worse.callUs" as const }],
  }));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const today = useToday();
  const { id, picked } = value;
  const missing = tellMissing(picked, today);
  const wish = station === undefined ? undefined : tellWish(picked, { id, resident, station }, today);
  const change = (next: readonly Picked[]) => put({ id, picked: [...inOrder(next)] });
  const send = async () => {
    if (wish === undefined || busy) return;
    setBusy(true);
    const why = await failing(() => door.client.resident.tell(wish));
    setBusy(false);
    setFault(why);
    if (why !== undefined) return;
    drop();
    props.sent();
  };
  useHeard("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  });
  return (
    <div className="tell-form">
      <p className="hint">{text("desk.tell.lead")}</p>
      <fieldset className="said tell-said" disabled={busy}>
        <Pick picked={picked} add={(key) => change([...picked, { key }])} />
        <ol className="said-list" tabIndex={0} aria-label={text("desk.tell.title")}>
          {picked.map((one) => (
            <Chosen
              key={one.key}
              one={one}
              today={today}
              put={(day) => change(picked.map((it) => (it.key === one.key ? { key: it.key, day } : it)))}
              remove={() => change(picked.filter(({ key }) => key !== one.key))}
            />
          ))}
        </ol>
      </fieldset>
      <div className="work-foot">
        <span className="hint spread" data-testid="tell-missing">
          {station === undefined
            ? text("desk.tell.noStation")
            : missing !== undefined && text(`desk.tell.missing.${missing}`)}
        </span>
        <Fault code={fault} />
        <button
          type="button"
          className="main"
          data-testid="tell-send"
          disabled={wish === undefined || busy}
          onClick={() => void send()}
        >
          {busy ? text("desk.opinion.sending") : text("desk.tell.send")}
        </button>
      </div>
    </div>
  );
}

/** Nothing is added by the mere walk of a key through the list: that takes the button, or Enter. */
function Pick({ picked, add }: { readonly picked: readonly Picked[]; readonly add: (key: HandKey) => void }) {
  const text = useText();
  const [at, setAt] = useState<HandKey | "">("");
  const open = handGroups
    .filter((group) => fitsAnother(picked, group))
    .map((group) => ({
      group,
      keys: handKeys[group].filter((key: HandKey) => picked.every((one) => one.key !== key)),
    }));
  const put = () => {
    if (at === "") return;
    add(at);
    setAt("");
  };
  return (
    <div className="said-pick">
      <select
        ref={focusNow}
        data-testid="tell-pick"
        aria-label={text("desk.tell.choose")}
        value={at}
        onChange={({ target }) => setAt(open.flatMap(({ keys }) => keys).find((key) => key === target.value) ?? "")}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          put();
        }}
      >
        <option value="">{text("desk.tell.choose")}</option>
        {open.map(({ group, keys }) => (
          <optgroup key={group} label={text(`desk.tell.group.${group}`)}>
            {keys.map((key) => (
              <option key={key} value={key}>
                {typeset(text.language, toldWord(text.language, key))}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <button type="button" className="second small" data-testid="tell-add" disabled={at === ""} onClick={put}>
        {text("desk.tell.add")}
      </button>
    </div>
  );
}

/** One sentence in both languages, and the day it names. */
function Chosen(props: {
  readonly one: Picked;
  readonly today: string;
  readonly put: (day: string) => void;
  readonly remove: () => void;
}) {
  const text = useText();
  const { one, today } = props;
  return (
    <li data-testid="tell-sentence" data-fit={tellMissing([one], today) !== "day"}>
      <div>
        {languages.map((language) => (
          <p key={language} lang={language}>
            {typeset(language, toldWord(language, one.key, { day: one.day }))}
          </p>
        ))}
      </div>
      {needsDay(one.key) ? (
        <DayPicker
          testId="tell-day"
          compact
          label={text("desk.tell.day")}
          value={one.day ?? ""}
          first={today}
          choose={props.put}
        />
      ) : (
        <span />
      )}
      <button
        type="button"
        className="quiet said-remove"
        data-testid="tell-remove"
        aria-label={text("desk.tell.remove")}
        title={text("desk.tell.remove")}
        onClick={props.remove}
      >
        ×
      </button>
    </li>
  );
}
