import { useState, type ComponentProps } from "react";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import type { RecordKind, Task } from "../../../core/care/tasks.ts";
import { allows } from "../../../core/rights.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { Calm } from "../Calm.tsx";
import type { PageId, PageProps } from "../pages.ts";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { Fault } from "./Fault.tsx";
import { ContractForm } from "./ContractForm.tsx";
import { DangerForm } from "./DangerForm.tsx";
import { TalkForm } from "./TalkForm.tsx";
import { WishForm } from "./WishForm.tsx";
import { dueWords, failing, rowKeys, span, useNames, type Called } from "./work-kit.ts";
import "./work.css";
import "./follow-up.css";

const pageOf: Readonly<Partial<Record<RecordKind, PageId>>> = {
  prescription: "prescriptions",
  referral: "referrals",
  followUp: "followUps",
  plan: "resident",
};

/** What is done about it on this very page. */
const here: readonly RecordKind[] = ["danger", "talk", "contract", "wish"];

/** What one's institution owes, the most overdue first; what another tier missed is marked. */
export function Page({ door, me, drafts, open }: PageProps) {
  const text = useText();
  const now = useNow();
  const { value: tasks, fault: cut } = useFeed(door, (client, options) => client.task.watch(undefined, options));
  const { value: colleagues } = useFeed(door, (client, options) => client.people.colleagues(undefined, options));
  const [chosen, setChosen] = useState<string>();
  const [fault, setFault] = useState<FaultCode>();
  const all = tasks ?? [];
  const names = useNames(
    door,
    all.map(({ resident }) => resident),
    all.map(({ owner }) => owner.org),
    text,
  );
  const near = (colleagues ?? []).filter(({ practice }) => practice?.org === me.practice?.org);
  const mayHand = allows(me.role, "task.hand") !== "no";
  const present = all.find(({ id }) => id === chosen);
  const onPage = present !== undefined && here.includes(present.about.kind) ? present : undefined;

  const go = async (task: Task) => {
    setFault(await failing(() => door.client.task.read({ task: task.id })));
    const page = pageOf[task.about.kind];
    if (page === "resident") open(page, { resident: task.resident, id: task.about.id });
    else if (page && me.role !== "pharmacist") open(page, { id: task.about.id });
    else if (page === "prescriptions") open("pharmacy", { id: task.about.id });
    else setChosen(task.id);
  };
  const hand = async (task: Task, to: string) =>
    setFault(await failing(() => door.client.task.hand({ task: task.id, to })));

  return (
    <main className={onPage === undefined ? "tasks-page" : "follow-page"} data-testid="tasks">
      <section className="pane follow-list" aria-label={text("work.tasks.title")}>
        <header className="board-head">
          <h2>
            {text("work.tasks.title")} <span className="count">{all.length}</span>
          </h2>
          <Fault code={fault ?? cut} />
        </header>
        {tasks?.length === 0 && (
          <Calm icon="clock" title={text("work.calm.tasks")} words={text("work.calm.tasks.then")} />
        )}
        <ol onKeyDown={rowKeys}>
          {all.map((task) => (
            <Row
              key={task.id}
              task={task}
              now={now}
              names={names}
              near={near}
              self={me.id}
              go={() => void go(task)}
              hand={mayHand ? (to) => void hand(task, to) : undefined}
            />
          ))}
        </ol>
      </section>
      {onPage && (
        <TaskForm
          key={onPage.id}
          door={door}
          drafts={drafts}
          task={onPage}
          name={names.resident(onPage.resident)}
          refer={
            allows(me.role, "referral.draft") === "no"
              ? undefined
              : () => open("referrals", { resident: onPage.resident, danger: onPage.about.id })
          }
          done={() => setChosen(undefined)}
        />
      )}
    </main>
  );
}

function TaskForm(props: ComponentProps<typeof DangerForm> & ComponentProps<typeof TalkForm>) {
  if (props.task.about.kind === "contract") return <ContractForm {...props} />;
  if (props.task.about.kind === "wish") return <WishForm {...props} />;
  return props.task.about.kind === "talk" ? <TalkForm {...props} /> : <DangerForm {...props} />;
}

function Row(props: {
  readonly task: Task;
  readonly now: number;
  readonly names: Called;
  readonly near: readonly Colleague[];
  readonly self: string;
  readonly go: () => void;
  readonly hand: ((to: string) => void) | undefined;
}) {
  const text = useText();
  const { task, now, names, near, self, hand } = props;
  const { person } = task.owner;
  const owner =
    person === undefined
      ? undefined
      : person === self
        ? text("work.tasks.me")
        : near.find(({ id }) => id === person)?.name;
  const late = task.due < now;
  return (
    <li className="task">
      <button
        type="button"
        data-row
        data-testid="task-row"
        className={`follow-row task-row ${late ? "work-row-late" : ""}`}
        onClick={props.go}
      >
        <strong>{text(`loop.step.${task.kind}`)}</strong>
        <span>{names.resident(task.resident)}</span>
        <span className={late ? "tag tag-late" : "tag"}>{dueWords(text, task.due, now)}</span>
        <span className="hint">{text("work.tasks.age", { span: span(text, now - task.madeAt) })}</span>
        <span>
          {task.missed > 0 && (
            <span className="tag tag-warn" data-testid="climbed">
              {text("work.tasks.climbed", { n: task.missed })}
            </span>
          )}
          {task.readAt === undefined && <span className="tag">{text("work.tasks.unread")}</span>}
        </span>
        <span className="hint">
          {names.org(task.owner.org)}
          {owner !== undefined && ` · ${owner}`}
        </span>
      </button>
      {hand && (
        <select
          aria-label={text("work.tasks.hand")}
          data-testid="task-hand"
          value={person ?? ""}
          onChange={(event) => hand(event.currentTarget.value)}
        >
          <option value="" disabled>
            {text("work.tasks.hand")}
          </option>
          <option value={self}>{text("work.tasks.me")}</option>
          {near.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </li>
  );
}
