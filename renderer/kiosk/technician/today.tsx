import type { DeviceQuality, QualityView } from "../../../core/contract/quality.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { nameOf } from "./device-words.tsx";
import { Card, Data, FaultNote, Mark, Page } from "./parts.tsx";
import { aboutWords, analyteWords, dueWords, gateMarks, routeFor, verdictMarks } from "./quality-words.ts";
import { useAct, usePlace } from "./session.ts";
import { VoiceNote } from "./voice.tsx";
import { numberOf, useTech } from "./words.ts";

/** Today's work first: what is locked, what is due, which control is still to run. */
export function TodayPage() {
  const tech = useTech();
  const { quality, devices, go } = usePlace();
  const tasks = quality?.tasks ?? [];
  const open = tasks.length + devices.tasks.length;
  return (
    <Page
      name="today"
      title={tech("tech.today.title")}
      note={open === 0 ? tech("tech.today.none") : tech("tech.today.count", { n: open })}
    >
      <VoiceNote />
      <div className="tech-grid tech-grid-two">
        <Card title={tech("tech.today.tasks")} mark={<Mark kind={open === 0 ? "ok" : "care"}>{String(open)}</Mark>}>
          <ul className="tech-rows" data-testid="tasks">
            {devices.tasks.map((task) => (
              <li key={task.id} data-testid="task" data-code={task.code}>
                <div>
                  <strong>{tech.cause(task.code)}</strong>
                  <span className="quiet">
                    {task.device !== undefined && (
                      <>
                        <Data>{nameOf(devices, task.device)}</Data> ·{" "}
                      </>
                    )}
                    {tech("tech.number", { n: numberOf(task.code) })}
                    {task.since !== undefined && ` · ${tech("tech.since", { time: tech.moment(task.since) })}`}
                  </span>
                </div>
                {task.code === "technician.badServices" && (
                  <Press kind="second" onPress={() => go({ at: "offers" })} testId="task-open">
                    {tech("tech.task.open")}
                  </Press>
                )}
                {task.device !== undefined && (
                  <Press
                    kind="second"
                    onPress={() => task.device !== undefined && go({ at: "doctor", device: task.device })}
                    testId="task-open"
                  >
                    {tech("tech.task.open")}
                  </Press>
                )}
              </li>
            ))}
            {tasks.map((task) => (
              <li key={task.id} data-testid="task" data-code={task.condition.code}>
                <div>
                  <Mark kind={task.condition.state === "ready" ? "care" : gateMarks[task.condition.state]}>
                    {tech.code("qc.condition", task.condition.code)}
                  </Mark>
                  <span className="quiet">
                    <Data>{nameOf(devices, task.device)}</Data>
                    {task.condition.about !== undefined && ` · ${aboutWords(tech, task.condition.about)}`} ·{" "}
                    {tech(`tech.role.${task.owner}`)}
                  </span>
                </div>
                <Press kind="second" onPress={() => go(routeFor(task.device, task.condition))} testId="task-open">
                  {tech("tech.task.open")}
                </Press>
              </li>
            ))}
          </ul>
        </Card>
        {quality !== undefined && <Controls quality={quality} />}
        {quality !== undefined && <Dates quality={quality} />}
        {quality !== undefined && quality.review.length > 0 && (
          <Card
            title={tech("tech.review.title")}
            mark={<Mark kind="care">{String(quality.review.length)}</Mark>}
            actions={
              <Press kind="second" onPress={() => go({ at: "review" })} testId="review-open">
                {tech("tech.task.open")}
              </Press>
            }
          >
            <p>{tech("tech.review.what")}</p>
          </Card>
        )}
        {quality?.devices.map((one) => (
          <Cleaning key={one.device} device={one} />
        ))}
      </div>
      <div className="tech-actions">
        <Press kind="second" onPress={() => go({ at: "log" })} testId="log-open">
          <Icon name="list" />
          {tech("tech.log.title")}
        </Press>
      </div>
    </Page>
  );
}

/** The two levels of today: what is still to do first, what has passed behind one touch. */
function Controls({ quality }: { readonly quality: QualityView }) {
  const tech = useTech();
  const wanted = quality.devices.flatMap((device) => device.controls.map((control) => ({ device, control })));
  if (wanted.length === 0) return null;
  const passed = wanted.filter(({ control }) => control.state === "passed");
  const open = wanted.filter(({ control }) => control.state !== "passed");
  return (
    <Card
      title={tech("tech.today.controls")}
      mark={
        <Mark kind={open.length === 0 ? "ok" : "care"}>{tech("tech.of", { n: passed.length, of: wanted.length })}</Mark>
      }
    >
      {open.length > 0 && <ControlRows controls={open} />}
      {passed.length > 0 && (
        <details className="proof-part">
          <summary>
            <strong>{tech("tech.today.passed", { n: passed.length })}</strong>
          </summary>
          <ControlRows controls={passed} />
        </details>
      )}
    </Card>
  );
}

function ControlRows(props: {
  readonly controls: readonly { readonly device: DeviceQuality; readonly control: DeviceQuality["controls"][number] }[];
}) {
  const tech = useTech();
  const { go, devices } = usePlace();
  return (
    <ul className="tech-rows">
      {props.controls.map(({ device, control }) => (
        <li
          key={`${device.device} ${control.analyte} ${control.level}`}
          data-testid="control-today"
          data-state={control.state}
        >
          <div>
            <strong>
              {analyteWords(tech, control.analyte)} {tech(`tech.level.${control.level}`)}
            </strong>
            <span className="quiet">
              <Data>{nameOf(devices, device.device)}</Data>
              {control.at !== undefined && ` · ${tech.clock(control.at)}`}
            </span>
          </div>
          <Mark kind={control.state === "missing" ? "none" : verdictMarks[control.state]}>
            {tech(`qc.verdict.${control.state}`)}
          </Mark>
          <Press
            kind={control.state === "passed" ? "second" : "main"}
            onPress={() => go({ at: "control", device: device.device, analyte: control.analyte, level: control.level })}
            testId={`run-${control.analyte}-${control.level}`}
          >
            {tech(control.state === "missing" ? "tech.control.run" : "tech.control.runAgain")}
          </Press>
        </li>
      ))}
    </ul>
  );
}

function Dates({ quality }: { readonly quality: QualityView }) {
  const tech = useTech();
  const { devices, go } = usePlace();
  const dates = quality.devices
    .flatMap((device) =>
      device.due.filter(({ what }) => what !== "control").map((due) => ({ device: device.device, due })),
    )
    .toSorted((a, b) => Date.parse(a.due.at ?? "1970-01-01") - Date.parse(b.due.at ?? "1970-01-01"))
    .slice(0, 10);
  if (dates.length === 0) return null;
  return (
    <Card
      title={tech("tech.today.dates")}
      actions={
        <Press kind="second" onPress={() => go({ at: "checks" })} testId="dates-open">
          <Icon name="list" />
          {tech("tech.checks.title")}
        </Press>
      }
    >
      <ul className="tech-rows">
        {dates.map(({ device, due }) => {
          const { words, mark } = dueWords(tech, due.at, due.what === "cleaning" ? 1 : undefined);
          return (
            <li key={`${device} ${due.what} ${due.about ?? ""}`}>
              <div>
                <strong>
                  {tech(`qc.check.${due.what}`)} {due.about !== undefined && aboutWords(tech, due.about)}
                </strong>
                <span className="quiet">
                  <Data>{nameOf(devices, device)}</Data>
                </span>
              </div>
              <Mark kind={mark}>{words}</Mark>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** Wiped down and looked at, weekly; signed with one touch. */
function Cleaning({ device }: { readonly device: DeviceQuality }) {
  const tech = useTech();
  const { devices } = usePlace();
  const clean = useAct((client, own) => client.quality.cleaning.record({ ...own, device: device.device }));
  const due = device.due.find(({ what }) => what === "cleaning");
  if (due === undefined) return null;
  const { words, mark } = dueWords(tech, due.at, 1);
  if (mark === "ok") return null;
  return (
    <Card
      title={
        <>
          {tech("qc.check.cleaning")} · <Data>{nameOf(devices, device.device)}</Data>
        </>
      }
      mark={<Mark kind={mark}>{words}</Mark>}
      actions={
        <Press kind="main" disabled={clean.busy} onPress={() => void clean.run()} testId="cleaned">
          <Icon name="yes" />
          {tech("tech.cleaned")}
        </Press>
      }
    >
      <p>{tech("tech.cleaning.what")}</p>
      <FaultNote code={clean.fault} />
    </Card>
  );
}
