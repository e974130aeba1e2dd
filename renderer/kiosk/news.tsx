import { useState } from "react";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import { newsOf, type NewsItem } from "./engine/news.ts";
import { isOpened, messageSaid, MessageNote } from "./message-note.tsx";
import { OpinionNote, opinionSaid } from "./opinion.tsx";
import { Sheet } from "./sheet.tsx";
import { useEngine, useShown } from "./use-kiosk.ts";

/**
 * What came for the resident since the last visit, oldest first, one after the other. Who is helped is asked first: a helper
 * sees and hears it, too.
 */
export function News() {
  const engine = useEngine();
  const shown = useShown();
  const [mayBegin, setMayBegin] = useState(shown.visit?.helper === undefined);
  const [talks, setTalks] = useState(false);
  const [item, ...others] = newsOf(shown);
  const close = () => engine.cover(undefined);
  if (talks) return <Talks onClose={() => (item === undefined ? close() : setTalks(false))} />;
  if (item === undefined) return null;
  if (!mayBegin) return <MayBegin onBegin={() => setMayBegin(true)} />;
  return (
    <Item
      key={item.id}
      item={item}
      isLast={others.length === 0}
      onHeard={() => {
        engine.told(item, false);
        if (others.length === 0) close();
      }}
      onTalk={() => {
        engine.told(item, true);
        setTalks(true);
      }}
    />
  );
}

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
        says={[{ key: "kiosk.answer.title" }, ...opinionSaid(item.opinion)]}
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
  const title = isOpened(item.message) ? "kiosk.news.opened" : "kiosk.news.title";
  return (
    <Sheet
      name="message"
      long
      says={[{ key: title }, ...messageSaid(item.message)]}
      title={text(title)}
      actions={
        <>
          {isOpened(item.message) && (
            <Press kind="second" onPress={onTalk} testId="news-talk">
              <Icon name="help" />
              {text("kiosk.news.talk")}
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

function Talks({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  return (
    <Sheet
      name="talks"
      says={[{ key: "kiosk.news.talks" }, { key: "kiosk.news.talks.what" }]}
      title={text("kiosk.news.talks")}
      actions={
        <Press kind="main" onPress={onClose} testId="talks-close">
          <Icon name="yes" />
          {text("kiosk.news.heard")}
        </Press>
      }
    >
      <p className="lead">{text("kiosk.news.talks.what")}</p>
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
