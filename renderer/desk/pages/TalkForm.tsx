import { useEffect, useState } from "react";
import { z } from "zod";
import type { MessageLeft } from "../../../core/care/messages.ts";
import type { Task } from "../../../core/care/tasks.ts";
import { talkWays } from "../../../core/care/talk.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { DraftStore } from "../draft.ts";
import { useKept } from "../drafts.ts";
import { faultOf, type HubDoor } from "../hub.ts";
import { Fault } from "./Fault.tsx";
import { failing } from "./work-kit.ts";

type Way = Exclude<(typeof talkWays)[number], "station">;
const ways = talkWays.filter((way): way is Way => way !== "station");
/** Empty: not chosen. */
const saidSchema = z.strictObject({ how: z.enum(["", ...ways]), detail: z.string() });

/** What a resident was to hear, or wants to talk about; who told it says how, and what was said. */
export function TalkForm(props: {
  readonly door: HubDoor;
  readonly task: Task;
  readonly name: string;
  readonly drafts: DraftStore;
  readonly done: () => void;
}) {
  const text = useText();
  const { door, task } = props;
  const { id } = task.about;
  const [about, setAbout] = useState<MessageLeft>();
  const { value, put, drop } = useKept(props.drafts, `talk:${id}`, saidSchema, (): z.infer<typeof saidSchema> => ({
    how: "",
    detail: "",
  }));
  const { how, detail } = value;
  const [fault, setFault] = useState<FaultCode>();
  useEffect(() => {
    let left = false;
    door.client.talk.about({ id }).then(
      (message) => left || setAbout(message),
      (error: unknown) => left || setFault(faultOf(error)),
    );
    return () => {
      left = true;
    };
  }, [door, id]);
  const send = async () => {
    if (how === "") return;
    const why = await failing(() => door.client.talk.done({ id, how, detail }));
    if (why !== undefined) return setFault(why);
    drop();
    props.done();
  };
  return (
    <section className="pane follow-pane" aria-label={props.name} data-testid="talk-form">
      <h2>{props.name}</h2>
      <h3>{text(`loop.step.${task.kind}`)}</h3>
      {about?.sentences.map(({ key, params: { day = "", department = "", reason } = {} }) => (
        <p key={key} data-testid="talk-about">
          {text.of(key, { day, department })}
          {reason !== undefined && <span className="hint"> {`${about.from.name}: ${reason}`}</span>}
        </p>
      ))}
      <form
        className="referral-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label className="work-field">
          {text("work.talk.how")}
          <select
            required
            autoFocus
            data-testid="talk-how"
            value={how}
            onChange={({ currentTarget }) =>
              put({ how: ways.find((one) => one === currentTarget.value) ?? "", detail })
            }
          >
            <option value="" disabled>
              {text("work.choose")}
            </option>
            {ways.map((one) => (
              <option key={one} value={one}>
                {text(`work.talk.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="work-field">
          {text("work.field.detail")}
          <textarea
            required
            maxLength={1_000}
            data-testid="talk-detail"
            value={detail}
            onChange={(event) => put({ how, detail: event.currentTarget.value })}
          />
        </label>
        <Fault code={fault} />
        <div className="work-foot">
          <button type="submit" className="main" data-testid="talk-send">
            {text("work.follow.send")}
          </button>
        </div>
      </form>
    </section>
  );
}
