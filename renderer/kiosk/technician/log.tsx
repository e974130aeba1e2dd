import { useEffect, useRef, useState } from "react";
import type { WorkLog, WorkLogLine } from "../../../core/contract/technician-log.ts";
import { measurementKinds } from "../../../core/domain/outcome.ts";
import { workParts } from "../../../core/i18n/work-log.ts";
import { Icon } from "../../parts/icons.tsx";
import { typeset } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { Card, Data, Facts, FaultNote, Field, Page } from "./parts.tsx";
import { savePdf } from "./save.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

const dayMs = 86_400_000;

/** A day of the calendar, so many days later. */
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10);

/** What happened on a day, as the station's records tell it. Only remarks are written here. */
export function LogPage() {
  const tech = useTech();
  const { quality } = usePlace();
  const [log, setLog] = useState<WorkLog>();
  /** Undefined: today. */
  const [day, setDay] = useState<string>();
  const [written, setWritten] = useState(0);
  const load = useAct(async (client, { session }) => {
    setLog(await client.technician.log.day({ session, ...(day === undefined ? {} : { day }) }));
  });
  const paper = useAct(async (client, { session }, day: string) => {
    const { name, pdf } = await client.technician.log.paper({ session, day });
    savePdf(name, pdf);
    return name;
  });
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  // Told anew whenever the station says something new of itself: what was just signed elsewhere is in the log too.
  const at = quality?.at;
  useEffect(() => void latest.current.run(), [day, written, at]);
  const choose = (chosen: string) => setDay(chosen === log?.today ? undefined : chosen);
  return (
    <Page name="log" title={tech("tech.log.title")} note={tech("tech.log.what")}>
      <FaultNote code={load.fault ?? paper.fault} />
      {log === undefined ? (
        <p className="lead" role="status">
          {tech("tech.opening")}
        </p>
      ) : (
        <>
          <div className="tech-actions tech-log-day">
            <Press kind="second" disabled={load.busy} onPress={() => choose(dayAfter(log.day, -1))} testId="log-before">
              <Icon name="back" />
              {tech("tech.log.before")}
            </Press>
            <p className="lead" data-testid="log-date">
              <Data>{log.day}</Data>
            </p>
            <Press
              kind="second"
              disabled={load.busy || log.day === log.today}
              onPress={() => choose(dayAfter(log.day, 1))}
              testId="log-after"
            >
              {tech("tech.log.after")}
              <Icon name="next" />
            </Press>
            <Press kind="main" disabled={paper.busy} onPress={() => void paper.run(log.day)} testId="log-pdf">
              {tech("tech.log.pdf")}
            </Press>
          </div>
          <div className="tech-grid tech-grid-two">
            <Counts counts={log.counts} />
            <Remarks log={log} onKept={() => setWritten((n) => n + 1)} />
          </div>
          <Card title={tech("tech.log.lines", { n: log.lines.length })} testId="log-lines" wide>
            {log.lines.length === 0 && <p>{tech("tech.log.none")}</p>}
            <ol className="tech-log">
              {log.lines.map((line) => (
                <Line key={line.entry} line={line} />
              ))}
            </ol>
          </Card>
        </>
      )}
    </Page>
  );
}

function Line({ line }: { readonly line: WorkLogLine }) {
  const tech = useTech();
  return (
    <li data-testid="log-line" data-kind={line.kind}>
      <time dateTime={line.at}>{tech.clock(line.at)}</time>
      <div>
        <span>
          {workParts(tech.language, line).map(({ text, data }, index) =>
            data ? <Data key={index}>{text}</Data> : typeset(tech.language, text),
          )}
        </span>
        <span className="quiet">
          <Data>{[line.device, line.who].filter((part) => part !== undefined).join(" · ")}</Data>
          {line.who === undefined && ` ${line.device === undefined ? "" : "· "}${tech("tech.log.itself")}`}
        </span>
      </div>
    </li>
  );
}

function Counts({ counts }: { readonly counts: WorkLog["counts"] }) {
  const tech = useTech();
  const measured = measurementKinds
    .filter((of) => counts.measured[of] > 0)
    .map((of) => `${tech(`tech.of.${of}`)} ${counts.measured[of]}`)
    .join(tech("tech.and"));
  return (
    <Card title={tech("tech.log.counts")} testId="log-counts">
      <Facts
        rows={[
          ["tech.log.visits", tech("tech.log.visitsOf", { n: counts.visits, guests: counts.guests })],
          ["tech.log.measured", measured === "" ? "0" : measured],
          ["tech.log.refused", String(counts.refused)],
          ["tech.log.consults", tech("tech.log.consultsOf", { n: counts.consults, opinions: counts.opinions })],
        ]}
      />
    </Card>
  );
}

/** The only thing a person writes in the log. */
function Remarks({ log, onKept }: { readonly log: WorkLog; readonly onKept: () => void }) {
  const tech = useTech();
  const [text, setText] = useState("");
  const keep = useAct(async (client, own) => {
    await client.technician.log.remark({ ...own, day: log.day, text: text.trim() });
    setText("");
    onKept();
  });
  return (
    <Card
      title={tech("tech.log.remarks")}
      testId="log-remarks"
      actions={
        <Press
          kind="main"
          disabled={keep.busy || text.trim() === ""}
          onPress={() => void keep.run()}
          testId="log-remark-keep"
        >
          <Icon name="yes" />
          {tech("tech.log.remark.keep")}
        </Press>
      }
    >
      <ul className="tech-rows">
        {log.remarks.map(({ entry, values, who, at }) => (
          <li key={entry} data-testid="log-remark">
            <div>
              <Data>{String(values["text"] ?? "")}</Data>
              <span className="quiet">
                <Data>{who ?? ""}</Data> {tech.moment(at)}
              </span>
            </div>
          </li>
        ))}
      </ul>
      <Field
        label={tech("tech.log.remark")}
        hint={tech("tech.log.remark.hint")}
        value={text}
        onChange={setText}
        maxLength={400}
        testId="log-remark-text"
      />
      <FaultNote code={keep.fault} />
    </Card>
  );
}
