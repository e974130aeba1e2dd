import { useState } from "react";
import { noticeOf, type MessageLeft, type NoticeKey } from "../../core/care/messages.ts";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import { newsOf, type NewsItem } from "./engine/news.ts";
import { messageSaid, MessageNote, notices } from "./message-note.tsx";
import { OpinionNote, opinionSaid } from "./opinion.tsx";
import { Sheet } from "./sheet.tsx";
import { useEngine, useShown } from "./use-kiosk.ts";
import { useVoice, type Spoken } from "./voice/voice.tsx";

/**
 * What came for the resident since the last visit, oldest first, one after the other. Who is helped is asked first: a helper
 * sees and hears it, too.
 */
export function News() {
  const engine = useEngine();
  const shown = useShown();
  const voice = useVoice();
  const [mayBegin, setMayBegin] = useState(shown.visit?.helper === undefined);
  const [talks, setTalks] = useState<"talks" | "wrong">();
  const [item, ...others] = newsOf(shown);
  const close = () => engine.cover(undefined);
  if (talks !== undefined)
    return <Talks of={talks} onClose={() => (item === undefined ? close() : setTalks(undefined))} />;
  if (item === undefined) return null;
  if (!mayBegin) return <MayBegin onBegin={() => setMayBegin(true)} />;
  return (
    <Item
      key={item.id}
      item={item}
      isLast={others.length === 0}
      onHeard={() => {
        engine.told(item, { talk: false, spoken: voice.heard(saidOf(item)) });
        if (others.length === 0) close();
      }}
      onTalk={() => {
        engine.told(item, { talk: true, spoken: voice.heard(saidOf(item)) });
        setTalks(item.what === "message" && noticeOf(item.message) !== "loop.say.recordOpened" ? "wrong" : "talks");
      }}
    />
  );
}

/** As it is said aloud. */
function saidOf(item: NewsItem): readonly Spoken[] {
  if (item.what === "opinion") return [{ key: "kiosk.answer.title" }, ...opinionSaid(item.opinion)];
  return [{ key: titleOf(item.message) }, ...messageSaid(item.message)];
}

function titleOf(message: MessageLeft): Title {
  const notice = noticeOf(message);
  return notice === undefined ? "kiosk.news.title" : notices[notice].title;
}
type Title = "kiosk.news.title" | (typeof notices)[NoticeKey]["title"];

function Item(props: {
  readonly item: NewsItem;
  readonly isLast: boolean;
  readonly onHeard: () => void;
  readonly onTalk: () => void;
}) {
  const text = useText();
  const { item, isLast, onHeard, onTalk } = props;
  if (item.what === "opinion")
    return (
      <Sheet
        name="answer"
        long
        says={saidOf(item)}
        title={text("kiosk.answer.title")}
        actions={
          <Press kind="main" onPress={onHeard} testId="answer-read">
            <Icon name="yes" />
            {text("kiosk.opinion.read")}
          </Press>
        }
      >
        <OpinionNote opinion={item.opinion} />
      </Sheet>
    );
  const notice = noticeOf(item.message);
  return (
    <Sheet
      name="message"
      long
      says={saidOf(item)}
      title={text(titleOf(item.message))}
      actions={
        <>
          {notice !== undefined && (
            <Press kind="second" onPress={onTalk} testId="news-talk">
              <Icon name="help" />
              {text(notices[notice].talk)}
            </Press>
          )}
          <Press kind="main" onPress={onHeard} testId="news-heard">
            <Icon name="yes" />
            {text(isLast ? "kiosk.news.heard" : "kiosk.news.next")}
          </Press>
        </>
      }
    >
      <MessageNote message={item.message} />
    </Sheet>
  );
}

const talking = {
  talks: { title: "kiosk.news.talks", what: "kiosk.news.talks.what" },
  wrong: { title: "kiosk.same.checked", what: "kiosk.same.checked.what" },
} as const;

function Talks({ of, onClose }: { readonly of: keyof typeof talking; readonly onClose: () => void }) {
  const text = useText();
  const { title, what } = talking[of];
  return (
    <Sheet
      name="talks"
      says={[{ key: title }, { key: what }]}
      title={text(title)}
      actions={
        <Press kind="main" onPress={onClose} testId="talks-close">
          <Icon name="yes" />
          {text("kiosk.news.heard")}
        </Press>
      }
    >
      <p className="lead">{text(what)}</p>
    </Sheet>
  );
}

function MayBegin({ onBegin }: { readonly onBegin: () => void }) {
  const text = useText();
  const engine = useEngine();
  return (
    <Sheet
      name="news-ask"
      says={[{ key: "kiosk.news.ask" }, { key: "kiosk.news.ask.what" }]}
      title={text("kiosk.news.ask")}
      actions={
        <>
          <Press kind="second" onPress={() => engine.newsLater()} testId="news-later">
            {text("kiosk.news.ask.later")}
          </Press>
          <Press kind="main" onPress={onBegin} testId="news-now">
            <Icon name="yes" />
            {text("kiosk.news.ask.now")}
          </Press>
        </>
      }
    >
      <p className="lead">{text("kiosk.news.ask.what")}</p>
    </Sheet>
  );
}
