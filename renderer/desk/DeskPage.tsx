import { useEffect } from "react";
import { useHeard } from "../parts/heard.ts";
import { useText } from "../parts/language.tsx";
import { AlarmBar } from "./AlarmBar.tsx";
import { CallPane, NoCall } from "./CallPane.tsx";
import { callsAgain, type Desk } from "./desk.ts";
import type { DraftStore } from "./draft.ts";
import { Header } from "./Header.tsx";
import { Queue } from "./Queue.tsx";
import { RecordPane } from "./RecordPane.tsx";
import { SignIn } from "./SignIn.tsx";
import { useShown, useShownIf } from "./use-shown.ts";

export function DeskPage({ desk, drafts }: { readonly desk: Desk; readonly drafts: DraftStore }) {
  const text = useText();
  const { session } = useShown(desk.shown);
  useEffect(() => {
    document.title = `${text("desk.brand")} · ${text("desk.title")}`;
  }, [text]);
  if (session === "opening") return <p className="opening">{text("desk.opening")}</p>;
  if (session === "signedOut") return <SignIn desk={desk} />;
  return <Work desk={desk} drafts={drafts} name={session.name} />;
}

/** One screen: who waits, the call, the facts and the opinion. Nothing scrolls but long lists. */
function Work({ desk, drafts, name }: { readonly desk: Desk; readonly drafts: DraftStore; readonly name: string }) {
  const { lineUp, queue, alarms, accepting, notice, current } = useShown(desk.shown);
  const call = useShownIf(current?.shown);
  const busy = accepting !== undefined || (call !== undefined && call.over === undefined);

  useHeard("keydown", (event) => {
    const first = desk.shown.get().queue?.find((item) => !item.mine);
    if (event.key !== "F2" || !first || busy) return;
    event.preventDefault();
    void desk.accept(first);
  });

  return (
    <div className="desk">
      <Header name={name} lineUp={lineUp} signOut={() => void desk.signOut()} />
      <AlarmBar items={alarms} answer={desk.answerAlarm} />
      <Queue
        items={queue}
        accepting={accepting}
        notice={notice}
        dismiss={desk.dismissNotice}
        accept={(item) => void desk.accept(item)}
        busy={busy}
      />
      {current ? (
        <>
          <CallPane
            key={`call-${current.shown.get().call}`}
            call={current}
            lineUp={lineUp}
            again={(shown) => {
              const item = queue?.find((one) => callsAgain(one, shown.view?.station?.id, shown.media));
              return item && (() => void desk.accept(item));
            }}
            leave={desk.leaveCall}
          />
          <RecordPane
            key={`record-${current.shown.get().call}`}
            call={current}
            drafts={drafts}
            leave={desk.leaveCall}
          />
        </>
      ) : (
        <NoCall />
      )}
    </div>
  );
}
