import { useEffect, useState } from "react";
import type { Task } from "../../../core/care/tasks.ts";
import { dayHalves, meetingWays, type DayHalf, type MeetingWay, type Wish } from "../../../core/care/wish.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText, type Text } from "../../parts/language.tsx";
import { faultOf, type HubDoor } from "../hub.ts";
import { DayPicker } from "./DayPicker.tsx";
import { Fault } from "./Fault.tsx";
import { failing, useToday } from "./work-kit.ts";

const answers = { open: ["agree", "decline"], agreed: ["done", "agree", "decline"], declined: [], done: [] } as const;
type Answer = (typeof answers)["agreed"][number];

function wantedWords(text: Text, { wanted }: Wish): string {
  if (wanted.kind === "package") return text("work.wish.package", { id: wanted.package });
  if (wanted.kind === "refill") return text("work.wish.refill");
  const { week, half, how } = wanted;
  return text("work.wish.followUp", {
    week: text(`work.wish.week.${week}`),
    half: text(`work.wish.half.${half}`),
    how: text(`work.wish.how.${how}`),
  });
}

function standingWords(text: Text, { settled }: Wish): string | undefined {
  if (settled === undefined) return undefined;
  const { day = "", half, how } = settled;
  return text("work.wish.standing", {
    day,
    half: half === undefined ? "" : text(`work.wish.half.${half}`),
    how: how === undefined ? "" : text(`work.wish.how.${how}`),
  });
}

/** What a resident asked for at a station; who answers says on which day and how, why not, or what became of it. */
export function WishForm(props: {
  readonly door: HubDoor;
  readonly task: Task;
  readonly name: string;
  readonly done: () => void;
}) {
  const text = useText();
  const today = useToday();
  const { door, task } = props;
  const { id } = task.about;
  const [wish, setWish] = useState<Wish>();
  const [answer, setAnswer] = useState<Answer>();
  const [day, setDay] = useState("");
  const [half, setHalf] = useState<DayHalf>();
  const [how, setHow] = useState<MeetingWay>();
  const [detail, setDetail] = useState("");
  const [fault, setFault] = useState<FaultCode>();
  useEffect(() => {
    let left = false;
    door.client.wish.get({ id }).then(
      (there) => {
        if (left) return;
        setWish(there);
        const { wanted } = there;
        if (wanted.kind === "followUp") {
          setHalf(there.settled?.half ?? wanted.half);
          setHow(there.settled?.how ?? wanted.how);
        }
      },
      (error: unknown) => left || setFault(faultOf(error)),
    );
    return () => {
      left = true;
    };
  }, [door, id]);
  const send = async () => {
    if (answer === undefined) return;
    const settled = {
      ...(day === "" ? {} : { day }),
      ...(half === undefined ? {} : { half }),
      ...(how === undefined ? {} : { how }),
    };
    const input = answer === "agree" ? ({ kind: answer, settled } as const) : ({ kind: answer, detail } as const);
    const why = await failing(() => door.client.wish.move({ id, input }));
    if (why === undefined) props.done();
    else setFault(why);
  };
  const meets = wish?.wanted.kind === "followUp" && answer === "agree";
  const standing = wish && standingWords(text, wish);
  return (
    <section className="pane follow-pane" aria-label={props.name} data-testid="wish-form">
      <h2>{props.name}</h2>
      <h3>{text(`loop.step.${task.kind}`)}</h3>
      {wish && <p data-testid="wish-wanted">{wantedWords(text, wish)}</p>}
      {standing !== undefined && <p data-testid="wish-standing">{standing}</p>}
      <form
        className="referral-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label className="work-field">
          {text("work.wish.answer")}
          <select
            required
            autoFocus
            data-testid="wish-answer"
            value={answer ?? ""}
            onChange={({ currentTarget: { value } }) => setAnswer(answers.agreed.find((one) => one === value))}
          >
            <option value="" disabled>
              {text("work.choose")}
            </option>
            {answers[wish?.state ?? "declined"].map((one) => (
              <option key={one} value={one}>
                {text(`work.wish.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {meets && (
          <>
            <DayPicker
              label={text("work.wish.day")}
              value={day}
              choose={setDay}
              first={today}
              required
              testId="wish-day"
            />
            <label className="work-field">
              {text("work.wish.half")}
              <select
                data-testid="wish-half"
                value={half ?? ""}
                onChange={({ currentTarget: { value } }) => setHalf(dayHalves.find((one) => one === value))}
              >
                {dayHalves.map((one) => (
                  <option key={one} value={one}>
                    {text(`work.wish.half.${one}`)}
                  </option>
                ))}
              </select>
            </label>
            <label className="work-field">
              {text("work.wish.how")}
              <select
                data-testid="wish-how"
                value={how ?? ""}
                onChange={({ currentTarget: { value } }) => setHow(meetingWays.find((one) => one === value))}
              >
                {meetingWays.map((one) => (
                  <option key={one} value={one}>
                    {text(`work.wish.how.${one}`)}
                  </option>
                ))}
              </select>
            </label>
          </>
        )}
        {(answer === "decline" || answer === "done") && (
          <label className="work-field">
            {text("work.field.detail")}
            <textarea
              required
              maxLength={1_000}
              data-testid="wish-detail"
              value={detail}
              onChange={(event) => setDetail(event.currentTarget.value)}
            />
          </label>
        )}
        <p className="hint">{text("work.wish.told")}</p>
        <Fault code={fault} />
        <div className="work-foot">
          <button type="submit" className="main" data-testid="wish-send">
            {text("work.follow.send")}
          </button>
        </div>
      </form>
    </section>
  );
}
