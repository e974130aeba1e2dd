import { allows } from "../../../core/rights.ts";
import { CallPane, NoCall } from "../CallPane.tsx";
import { callsAgain } from "../desk.ts";
import type { PageProps } from "../pages.ts";
import { Queue } from "../Queue.tsx";
import { RecordPane } from "../RecordPane.tsx";
import { useShown, useShownIf } from "../use-shown.ts";
import "./consult.css";

/** Who waits, the call, the facts and the opinion: one screen, nothing scrolls but long lists. */
export function Page({ desk, drafts, me, open }: PageProps) {
  const { lineUp, queue, invitations, accepting, notice, current } = useShown(desk.shown);
  const call = useShownIf(current?.shown);
  const busy = accepting !== undefined || (call !== undefined && call.over === undefined);
  return (
    <div className="consult">
      <Queue
        items={queue}
        invitations={invitations}
        decline={(item) => void desk.decline(item)}
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
              const item = queue?.find((one) => callsAgain(one, shown.call, shown.media));
              return item && (() => void desk.accept(item));
            }}
            leave={desk.leaveCall}
          />
          <RecordPane
            key={`record-${current.shown.get().call}`}
            call={current}
            drafts={drafts}
            refer={
              allows(me.role, "referral.draft") === "no"
                ? undefined
                : (resident) => open("referrals", { resident, call: current.shown.get().call })
            }
            leave={desk.leaveCall}
          />
        </>
      ) : (
        <NoCall />
      )}
    </div>
  );
}
