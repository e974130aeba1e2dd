import { noticeOf, type MessageLeft, type NoticeKey } from "../../core/care/messages.ts";
import type { MessageKey } from "../../core/i18n/message.ts";
import { useText, type Text } from "../parts/language.tsx";
import { clockWords, dayWords } from "./judged.ts";
import type { Spoken } from "./voice/voice.tsx";

type Sentence = MessageLeft["sentences"][number];

/** What a notice is called, who did it, and what the resident may answer. */
export const notices = {
  "loop.say.recordOpened": { title: "kiosk.news.opened", who: "kiosk.news.opened.who", talk: "kiosk.news.talk" },
  "loop.say.recordsJoined": { title: "kiosk.same.joined", who: "kiosk.same.who", talk: "kiosk.same.wrong" },
  "loop.say.recordsParted": { title: "kiosk.same.parted", who: "kiosk.same.who", talk: "kiosk.same.wrong" },
} as const satisfies Record<NoticeKey, Record<"title" | "who" | "talk", MessageKey>>;

function valuesOf({ params: { day, department } = {} }: Sentence): Readonly<Record<string, string>> {
  return { ...(day === undefined ? {} : { day }), ...(department === undefined ? {} : { department }) };
}

/** As it is said aloud; names and what was written freely can only be read. */
export function messageSaid(message: MessageLeft): readonly Spoken[] {
  const said = message.sentences.map((one): Spoken => ({ key: one.key, values: valuesOf(one) }));
  if (noticeOf(message) !== undefined) return said;
  return [...said, { key: "kiosk.answer.worse" }, ...message.worse.map((key): Spoken => ({ key }))];
}

function sentenceWords(text: Text, one: Sentence): string {
  const { day, ...values } = valuesOf(one);
  return text.of(one.key, { ...values, ...(day === undefined ? {} : { day: dayWords(text, day) }) });
}

/** What the hub has to say to the resident, and what to do when it gets worse. */
export function MessageNote({ message }: { readonly message: MessageLeft }) {
  const text = useText();
  const { from, sentences, worse } = message;
  const time = `${dayWords(text, wallDay(message.at))} ${clockWords(text, message.at)}`;
  const notice = noticeOf(message);
  const reason = sentences.find(({ key }) => key === notice)?.params?.reason;
  return (
    <section
      className="opinion opinion-whole message-whole"
      aria-label={text("kiosk.news.title")}
      data-testid="message"
    >
      {notice !== undefined ? (
        <dl className="news-facts" data-testid="message-opened">
          <dt>{text(notices[notice].who)}</dt>
          <dd translate="no">{from.org === undefined ? from.name : `${from.name} · ${from.org}`}</dd>
          <dt>{text("kiosk.news.opened.when")}</dt>
          <dd>{time}</dd>
          {reason !== undefined && (
            <>
              <dt>{text("kiosk.news.opened.why")}</dt>
              <dd translate="no">{reason}</dd>
            </>
          )}
        </dl>
      ) : (
        <p className="opinion-from">
          {from.name === "hub"
            ? text("kiosk.news.fromHub", { time })
            : text("kiosk.news.from", { name: from.name, time })}
        </p>
      )}
      <p className="opinion-text" data-testid="message-text">
        {sentences.map((one) => sentenceWords(text, one)).join("\n")}
      </p>
      {notice === undefined && (
        <div className="opinion-worse" data-testid="message-worse">
          <p className="opinion-next">{text("kiosk.answer.worse")}</p>
          <p>{worse.map((key) => text.of(key, {})).join("\n")}</p>
        </div>
      )}
    </section>
  );
}

/** The day of an instant on the wall of the station, `YYYY-MM-DD`. */
function wallDay(instant: string): string {
  const at = new Date(instant);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
